#pragma once

#include "dialects/dialect.h"

namespace lbp {

/// Tokens around each tool, beside those of its JSON: tools are rendered in another form, which is shorter.
inline constexpr qint64 tokensAroundTool = 10;

/// The text of a chat request that a tokenizer counts, by the rule that OpenAI's cookbook gives: 3 tokens for
/// each message, its role, its content, and 1 and the name where it has one; 3 for the start of the reply.
/// Exact for messages of plain text. Tools, functions and schemas count as their JSON without white space and
/// `tokensAroundTool` each, which is close and rather above; calls and their results likewise.
/// \param model decides how much room an image gets.
/// \return nullopt where a message has a part of which nothing is known.
[[nodiscard]] std::optional<InputText> chatInputText(const QByteArray &body, QStringView model);

/// The most tokens that a model makes of one image. Rules that are published: gpt-4o, gpt-4.1, gpt-4-turbo
/// and o1 scale it into 2,048 x 2,048 and its shorter side to 768 pixels, and count 85 and 170 for each
/// 512-pixel tile (eight at most), or 85 where the request asks for low detail; gpt-4o-mini counts 2,833 and
/// 5,667. Others: imageTokensUpperBound.
[[nodiscard]] qint64 mostImageTokens(QStringView model, bool lowDetail);

/// `prompt` or `input` of the completions and embeddings APIs, at [begin, end) of \a body: text, tokens as
/// numbers, or arrays of either. Exact: nothing is added to them. nullopt for anything else.
[[nodiscard]] std::optional<InputText> plainInputText(const QByteArray &body, qsizetype begin, qsizetype end);

/// What stands between the quotes of a JSON string, as UTF-8. A surrogate alone becomes U+FFFD, as tokenizers
/// read it.
[[nodiscard]] QByteArray jsonUnescaped(QByteArrayView inside);
/// JSON without the white space between its tokens.
[[nodiscard]] QByteArray jsonMinified(QByteArrayView json);

} // namespace lbp
