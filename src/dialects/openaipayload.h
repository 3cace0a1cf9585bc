#pragma once

#include "dialects/openaiusage.h"
#include "dialects/textcount.h"

#include <QByteArrayView>
#include <QVarLengthArray>

namespace lbp {

/// What one response, or one chunk of a stream, of the chat, completions or embeddings API says about money.
/// The views are raw JSON values inside this thread's scratch buffer: valid until the next JSON text is read
/// on this thread.
struct OpenAiPayload
{
    struct Choice
    {
        qint64 index = 0;
        bool finished = false; ///< has a finish_reason
    };

    QByteArrayView id, model, created, serviceTier; ///< with quotes; empty: absent or null
    QVarLengthArray<Choice, 4> choices;
    bool emptyChoices = false; ///< `choices` is there and has no element
    bool hasUsage = false; ///< `usage` is an object in its usual place
    OpenAiUsage usage; ///< from the usual place, else from choices[].usage, else from x_groq.usage
    bool error = false; ///< there is an `error`
    TextCount text; ///< what the model wrote: visible text, reasoning, refusals, tool calls
    QVarLengthArray<QByteArrayView, 4> written; ///< the same as it stands between the quotes
    int contentPieces = 0; ///< choices with something the model made in them
    qint64 audioBytes = 0; ///< base64 characters of generated audio
};

/// Reads \a json. What stands before the first mistake counts; unknown fields and odd types are passed over.
/// \return false when nothing could be read: no JSON object, or one with an unclosed string.
bool readOpenAiPayload(QByteArrayView json, OpenAiPayload &out);

/// The same for `usage`, `id`, `model` and `service_tier` alone. What the model wrote is nearly all of an
/// answer, and is not looked at unless the usage is not in its usual place.
bool readOpenAiPayloadUsage(QByteArrayView json, OpenAiPayload &out);

} // namespace lbp
