#pragma once

#include "dialects/openaiusage.h"
#include "dialects/textcount.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QVarLengthArray>

namespace lbp {

/// The counts of a response's `usage` as they stand there.
struct ResponsesUsage
{
    OpenAiUsage counts; ///< cacheWrite is all that was written
    std::optional<qint64> cacheWriteLong; ///< of it, kept for twelve hours
};

/// Tokens of the image generation tool, billed at the price of its model.
struct ImageGeneration
{
    std::optional<qint64> input, text, image; ///< input tokens, and the parts of them
    std::optional<qint64> output;
    bool unreadable = false;
};

/// What a response object (`response`, `response.compaction`) says about money. The views are raw JSON values
/// inside this thread's scratch buffer: valid until the next JSON text is read on this thread.
struct ResponsesPayload
{
    QByteArrayView id, model, status, serviceTier; ///< with quotes; empty: absent or null
    QByteArrayView createdAt;
    bool background = false;
    bool hasError = false;
    bool hasUsage = false; ///< `usage` is an object
    ResponsesUsage usage;
    std::optional<qint64> webSearches; ///< tool_usage.web_search.num_requests
    ImageGeneration images; ///< tool_usage.image_gen
    QByteArrayView imageModel; ///< of the image generation tool, as the answer repeats it
    qint64 webSearchItems = 0, fileSearchItems = 0; ///< calls among the output items
    QVarLengthArray<QByteArray, 2> containers; ///< in which code ran, each once, with quotes
    TextCount text; ///< what the model wrote: text, refusals, calls, code
    TextCount summaries; ///< of its reasoning, which are not what is billed
    qint64 sealedBytes = 0; ///< base64 of reasoning that only the provider can read

    /// It works on, so that its counts are not final.
    [[nodiscard]] bool isRunning() const { return status == "\"queued\"" || status == "\"in_progress\""; }
};

/// One event of a response's stream.
struct ResponsesEvent
{
    QByteArrayView type; ///< with quotes
    std::optional<qint64> sequence;
    QByteArrayView delta; ///< text or base64, with quotes
    QByteArrayView itemId; ///< with quotes
    std::optional<qint64> outputIndex, contentIndex;
    QByteArrayView item; ///< raw object, of output_item.done
    bool hasResponse = false;
    ResponsesPayload response;
    bool isError = false; ///< type "error", or an `error` member
};

/// Reads a whole answer. What stands before the first mistake counts; unknown fields and odd types are passed
/// over. \return false when nothing could be read: no JSON object, or one with an unclosed string.
bool readResponsesPayload(QByteArrayView json, ResponsesPayload &out);
/// The same for one event's data.
bool readResponsesEvent(QByteArrayView json, ResponsesEvent &out);

/// The normal form, in disjoint classes. Errors as of normalised(OpenAiUsage). Tokens written to the cache
/// for thirty minutes, the default lifetime, are CacheWrite5m, the class of default lifetimes; those for
/// twelve hours are CacheWrite1h, the class of long ones, which is charged at the dearer of both rates where
/// only one is known.
[[nodiscard]] Result<Usage> normalised(const ResponsesUsage &raw);
/// The image tool's tokens. Errors as above; NotFound when there are none.
[[nodiscard]] Result<Usage> normalised(const ImageGeneration &raw);

} // namespace lbp
