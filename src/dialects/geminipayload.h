#pragma once

#include "dialects/geminiusage.h"
#include "dialects/textcount.h"

#include <QByteArrayView>
#include <QVarLengthArray>

namespace lbp {

/// What one response, or one chunk of a stream, of generateContent or the embedding calls says about money.
/// The views are raw JSON values inside this thread's scratch buffer: valid until the next JSON text is read
/// on this thread.
struct GeminiPayload
{
    struct Candidate
    {
        qint64 index = 0;
        bool finished = false; ///< has a finishReason
        qint64 searches = 0; ///< grounding that is billed by the call, as far as this chunk tells
    };

    QByteArrayView modelVersion, responseId, serviceTier; ///< with quotes; empty: absent or null
    QVarLengthArray<Candidate, 4> candidates;
    bool hasUsage = false; ///< `usageMetadata` is an object
    GeminiUsage usage;
    bool blocked = false; ///< the prompt was refused, so no candidate will come
    bool error = false; ///< there is an `error`
    TextCount text; ///< what the model wrote: text, thoughts, calls, code
    qint64 audioBytes = 0; ///< base64 characters of generated sound
    qint64 images = 0; ///< generated
};

enum class GeminiPart { Everything, UsageAlone };

/// Reads \a json. What stands before the first mistake counts; unknown fields and odd types are passed over.
/// UsageAlone leaves what the model wrote unmeasured. \return false when nothing could be read: no JSON
/// object, or one with an unclosed string.
bool readGeminiPayload(QByteArrayView json, GeminiPayload &out, GeminiPart part = GeminiPart::Everything);

} // namespace lbp
