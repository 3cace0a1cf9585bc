#pragma once

#include <optional>
#include <QString>

namespace lbp {

/// A public byte-pair encoding.
enum class Encoding : quint8 { O200k, Cl100k };
inline constexpr int encodingCount = 2;
[[nodiscard]] QString encodingName(Encoding encoding); ///< "o200k_base"

/// The encoding that a model's provider counts with, by the model's name: gpt-4o, gpt-4.1, gpt-4.5, the o
/// series, gpt-5 and later, gpt-oss (whose "harmony" encoding has the same ranks) have o200k_base; gpt-4,
/// gpt-3.5 and the embeddings have cl100k_base. A provider in front ("openai/gpt-4o") and a fine-tuned name
/// ("ft:gpt-4o-mini:acme") are looked through. nullopt: no public tokenizer is known for it.
[[nodiscard]] std::optional<Encoding> encodingFor(QStringView model);

/// A reasoning model: its provider adds a few tokens of system text that nobody sees.
[[nodiscard]] bool addsHiddenText(QStringView model);

/// The name alone, in small letters: "openai/FT:GPT-4o:acme" is "gpt-4o".
[[nodiscard]] QString bareModelName(QStringView model);

} // namespace lbp
