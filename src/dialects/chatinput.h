#pragma once

#include <QByteArray>

namespace lbp {

/// What in a request's input is not bounded by the bytes that spell it.
struct ChatInput
{
    qint64 images = 0;
    qint64 inlineImageBytes = 0; ///< of the body, in data URLs of images: never counted as text
    bool audio = false; ///< audio clips; their tokens are far fewer than their bytes
    bool unbounded = false; ///< files, earlier audio answers, or parts of a kind not known here
};

/// Reads the `messages` array at [begin, end) of \a body. Whatever cannot be followed, such as escapes in the
/// names that decide, is taken as unbounded.
[[nodiscard]] ChatInput readChatInput(const QByteArray &body, qsizetype begin, qsizetype end);

/// Inputs of the completions and embeddings APIs: a string, token numbers, or an array of either.
struct PlainInputs
{
    qint64 count = 1;
    bool unbounded = false; ///< objects, whose meaning is not known here
};
[[nodiscard]] PlainInputs readPlainInputs(const QByteArray &body, qsizetype begin, qsizetype end);

} // namespace lbp
