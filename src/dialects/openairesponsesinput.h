#pragma once

#include <QByteArray>
#include <QString>

namespace lbp {

/// What in the `input` of a response is not bounded by the bytes that spell it.
struct ResponsesInput
{
    qint64 images = 0;
    qint64 inlineImageBytes = 0; ///< of the body, in data URLs and results of image generation: never text
    bool audio = false;
    bool unbounded = false; ///< files, references to stored items, or items of a kind not known here
};

/// Reads the `input` at [begin, end) of \a body, a string or an array of items. Whatever cannot be followed,
/// such as escapes in the names that decide, is taken as unbounded. Encrypted content (reasoning, compacted
/// history) is bounded by its bytes: no token of it is spelt in less than one.
[[nodiscard]] ResponsesInput readResponsesInput(const QByteArray &body, qsizetype begin, qsizetype end);

/// What the hosted tools of a request may do beside writing text.
struct ResponsesTools
{
    bool webSearch = false;
    bool fileSearch = false;
    bool codeSession = false; ///< a hosted container
    bool images = false;
    bool remote = false; ///< servers of others (mcp): what they give is input, and what they do is done
    bool unknown = false; ///< a kind not known here, which may run at the provider
    QString imageModel; ///< as named; empty: the API's default

    /// What a tool finds or makes becomes input of the same response.
    [[nodiscard]] bool growInput() const
    {
        return webSearch || fileSearch || codeSession || images || remote || unknown;
    }
};

/// Reads the `tools` array at [begin, end) of \a body.
[[nodiscard]] ResponsesTools readResponsesTools(const QByteArray &body, qsizetype begin, qsizetype end);

} // namespace lbp
