#pragma once

#include <array>
#include <QtGlobal>

namespace lbp {

/// What the split rules ask of a character. Exactly one bit is set, so that a set of classes is a mask.
namespace CharClass {
inline constexpr quint8 Other = 1; ///< none of the following
inline constexpr quint8 Break = 2; ///< CR and LF
inline constexpr quint8 Space = 4; ///< all other white space (property White_Space)
inline constexpr quint8 Upper = 8; ///< Lu, Lt
inline constexpr quint8 Lower = 16; ///< Ll
inline constexpr quint8 Caseless = 32; ///< Lm, Lo
inline constexpr quint8 Mark = 64; ///< M
inline constexpr quint8 Number = 128; ///< N
inline constexpr quint8 Letter = Upper | Lower | Caseless;
inline constexpr quint8 White = Break | Space;
} // namespace CharClass

[[nodiscard]] quint8 charClassOf(char32_t c);

/// Of the characters below U+0080.
extern const std::array<quint8, 128> &asciiClasses;

struct CharAt
{
    quint8 charClass;
    quint8 length; ///< bytes
};

/// The character at \a at, which begins a sequence of valid UTF-8.
[[nodiscard]] inline CharAt charAt(const uchar *at)
{
    const uchar first = *at;
    if (first < 0x80)
        return {asciiClasses[first], 1};
    if (first < 0xe0)
        return {charClassOf(char32_t(first & 0x1f) << 6 | (at[1] & 0x3f)), 2};
    if (first < 0xf0)
        return {charClassOf(char32_t(first & 0x0f) << 12 | char32_t(at[1] & 0x3f) << 6 | (at[2] & 0x3f)), 3};
    return {charClassOf(char32_t(first & 0x07) << 18 | char32_t(at[1] & 0x3f) << 12
                        | char32_t(at[2] & 0x3f) << 6 | (at[3] & 0x3f)),
            4};
}

} // namespace lbp
