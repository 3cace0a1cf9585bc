#pragma once

#include "dialects/anthropicusage.h"
#include "dialects/textcount.h"

#include <QByteArrayView>

namespace lbp {

/// What one whole answer, or one event of a stream, of the Messages API says about money. The views are raw
/// JSON values inside this thread's scratch buffer: valid until the next JSON text is read on this thread.
struct AnthropicPayload
{
    QByteArrayView type; ///< without quotes: "message", "content_block_delta", …
    QByteArrayView id, model; ///< with quotes; empty: absent or null
    qint64 index = -1; ///< of a content block
    bool hasUsage = false;
    AnthropicUsage usage;
    bool stopped = false; ///< has a stop_reason
    bool error = false; ///< there is an `error`
    bool isWhole = false; ///< no mistake was met: it did not break off in the middle
    TextCount text; ///< what the model wrote: visible text and calls of tools
    TextCount thinking; ///< a summary of it, as a rule
    int textPieces = 0; ///< deltas and blocks with visible text in them
    int contentPieces = 0; ///< with anything that the model made in them
    qint64 sealedBytes = 0; ///< thinking that only the provider can read, in base64
    qint64 hiddenThinking = 0; ///< tokens of thinking that is not shown, as the provider roughly says
    int webSearches = 0; ///< begun
};

/// Reads \a json. What stands before the first mistake counts; unknown fields and odd types are passed over.
/// \return false when nothing could be read: no JSON object, or one with an unclosed string.
bool readAnthropicPayload(QByteArrayView json, AnthropicPayload &out);

/// The same for all but what the model wrote, which is nearly all of an answer.
bool readAnthropicUsage(QByteArrayView json, AnthropicPayload &out);

/// The likeliest output tokens of what was read.
[[nodiscard]] qint64 likelyOutput(const AnthropicPayload &payload);

} // namespace lbp
