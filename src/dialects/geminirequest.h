#pragma once

#include "dialects/dialect.h"
#include "dialects/geminipath.h"
#include "dialects/openairequest.h"

namespace lbp {

/// Room for one image of any size in any resolution, in tokens: 64 tiles of 258. The tiling that is
/// documented scales to 3,072 pixels a side, 16 tiles, and the highest resolution of newer models is 2,240
/// tokens.
inline constexpr qint64 geminiImageTokensUpperBound = 64 * 258;

/// What in the contents of a request is not bounded by the bytes that spell it.
///
/// Sound has 32 tokens a second, far fewer than its bytes. Video (about 263 tokens a second) and documents (a
/// page is an image) can hold far more than their bytes say, as can whatever is not in the body: the model's
/// context is their bound.
struct GeminiInput
{
    qint64 images = 0;
    qint64 inlineImageBytes = 0; ///< base64 in the body, never counted as text
    bool audio = false;
    bool unbounded = false;

    void add(const GeminiInput &other);
};

/// Reads one content or a list of them at [begin, end) of \a body: `contents`, `content`,
/// `systemInstruction`. Whatever cannot be followed, such as escapes in the names that decide, is taken as
/// unbounded.
[[nodiscard]] GeminiInput readGeminiContents(const QByteArray &body, qsizetype begin, qsizetype end);
/// Adds it to the bounds of \a facts.
void boundGeminiInput(const GeminiInput &input, RequestFacts &facts);

/// What hosted tools of a request may do.
struct GeminiTools
{
    bool searches = false; ///< billed by the call
    bool addsInput = false; ///< what they find or compute becomes input
};
[[nodiscard]] GeminiTools readGeminiTools(const QByteArray &body, qsizetype begin, qsizetype end);

/// What a query asks of the form of the answer.
struct GeminiQuery
{
    bool events = false; ///< alt=sse
};
/// InvalidRequest for forms in which an answer cannot be metered: protocol buffers, JSONP, answers without
/// all of their fields.
[[nodiscard]] Result<GeminiQuery> readGeminiQuery(const Call &call);

/// The member of a request that has the field name \a camel or \a snake; nullptr when it is absent or null.
/// Google's API takes both. InvalidRequest when both are there.
[[nodiscard]] Result<const JsonMember *> eitherSpelling(const OpenAiRequest &request, int camel, int snake);
/// The same for whole numbers, which this API also takes in quotes.
[[nodiscard]] Result<std::optional<qint64>> eitherInteger(const OpenAiRequest &request, int camel, int snake);
[[nodiscard]] Result<QString> eitherString(const OpenAiRequest &request, int camel, int snake);

/// InvalidRequest when the body names another \a model than the path.
[[nodiscard]] Status checkSameModel(const OpenAiRequest &request, int field, const QString &model);

} // namespace lbp
