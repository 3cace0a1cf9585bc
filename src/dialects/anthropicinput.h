#pragma once

#include "dialects/dialect.h"

#include <vector>

namespace lbp {

// Assumptions on the safe side, where the provider publishes no bound.

/// Room for one image, in tokens. An image is scaled down to what the model takes: about 1,600 tokens (w x h
/// / 750 of at most 1,568 pixels a side), three times that on the newest models.
inline constexpr qint64 anthropicImageTokens = 8'000;
/// What the provider adds that is not in the body: the frame of messages and the system text about tools.
inline constexpr qint64 anthropicHiddenTokens = 1'024;
/// The definition of a tool that is named by its type alone (a shell, an editor), and of a set of such tools.
inline constexpr qint64 anthropicToolTokens = 4'096, anthropicToolsetTokens = 16'384;
/// What one use of a hosted tool adds to the input.
inline constexpr qint64 hostedResultTokens = 32'000;
/// The same for a fetched page or PDF without `max_content_tokens`.
inline constexpr qint64 fetchedPageTokens = 128'000;
/// The hosted loop ends after so many rounds with stop_reason pause_turn.
inline constexpr qint64 mostHostedRounds = 10;
/// Uses of a hosted tool that are assumed where `max_uses` is absent.
inline constexpr qint64 assumedHostedUses = 20;
/// `max_uses` above this is refused as a mistake.
inline constexpr qint64 mostHostedUses = 1'000'000;

/// What in the messages or in the system prompt is not bounded by the bytes that spell it.
struct AnthropicInput
{
    qint64 images = 0;
    qint64 inlineBytes = 0; ///< of the body, in base64 of images: never counted as text
    bool unbounded = false; ///< documents, files, or blocks of a kind that is not known here
    bool writesCache = false, writesCacheLong = false; ///< `cache_control` is in it
};

/// Reads `messages` or `system` at [begin, end) of \a body into \a found. Whatever cannot be followed, such
/// as escapes in the names that decide, is taken as unbounded.
void readAnthropicInput(const QByteArray &body, qsizetype begin, qsizetype end, AnthropicInput &found);

/// What `tools` may cause.
struct AnthropicTools
{
    qint64 webSearches = 0; ///< at most
    qint64 codeSessions = 0;
    qint64 uses = 0; ///< of all hosted tools, at most
    qint64 resultTokens = 0; ///< the most that one use of any of them adds to the input
    qint64 hiddenTokens = 0; ///< of definitions that are not in the body
    bool unbounded = false; ///< tools of remote servers, or of a kind that is not known here
    bool writesCache = false, writesCacheLong = false;
    std::vector<OtherModel> advisers;
};

/// Reads the array `tools` at [begin, end) of \a body. InvalidRequest when a number that bounds the use of a
/// tool is none.
[[nodiscard]] Result<AnthropicTools> readAnthropicTools(const QByteArray &body, qsizetype begin,
                                                        qsizetype end);

/// The array `fallbacks` at [begin, end) of \a body: models that may answer in place of the one that was
/// asked, each with the ceiling \a ceiling unless it has one of its own.
[[nodiscard]] Result<std::vector<OtherModel>> readAnthropicFallbacks(const QByteArray &body, qsizetype begin,
                                                                     qsizetype end, qint64 ceiling);

/// True if the `cache_control` that stands at \a raw asks for the one-hour lifetime, or cannot be read.
[[nodiscard]] bool mayCacheLong(QByteArrayView raw);

/// Adds the text of `system` or `messages` at [begin, end) of \a body to \a text.
void appendAnthropicText(const QByteArray &body, qsizetype begin, qsizetype end, InputText &text);

} // namespace lbp
