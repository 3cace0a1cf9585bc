#include "tokens/charclass.h"

namespace lbp {
namespace {

#include "tokens/charclasstable.inc"

constexpr quint8 classOfLetter(char letter)
{
    switch (letter) {
    case 'r':
        return CharClass::Break;
    case 's':
        return CharClass::Space;
    case 'u':
        return CharClass::Upper;
    case 'l':
        return CharClass::Lower;
    case 'o':
        return CharClass::Caseless;
    case 'm':
        return CharClass::Mark;
    case 'n':
        return CharClass::Number;
    default:
        return CharClass::Other;
    }
}

using Blocks = std::array<std::array<quint8, 128>, blockCount>;

constexpr Blocks readBlocks()
{
    static_assert(sizeof(blockLetters) == blockCount * 128 + 1);
    Blocks blocks{};
    for (size_t block = 0; block < blockCount; ++block) {
        for (size_t i = 0; i < 128; ++i)
            blocks[block][i] = classOfLetter(blockLetters[block * 128 + i]);
    }
    return blocks;
}

constexpr Blocks blocks = readBlocks();

} // namespace

const std::array<quint8, 128> &asciiClasses = blocks[0];

quint8 charClassOf(char32_t c)
{
    return c < 0x110000 ? blocks[blockOf[c >> 7]][c & 127] : CharClass::Other;
}

} // namespace lbp
