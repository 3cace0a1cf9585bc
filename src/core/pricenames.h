#pragma once

#include <functional>
#include <QString>

namespace lbp {

/// The names under which the price of \a model may be listed, from its own to the most general, until \a look
/// says that it found one. Each rule works on what the one before has left:
///   1. as it was asked for;
///   2. without "models/", which Gemini's API puts before every name;
///   3. without ":free", ":floor" or ":thinking" behind a "maker/model": the route is not dearer than the
///   model.
///      Others (":nitro", ":online") may be, and find nothing;
///   4. without the maker before it ("openai/gpt-4o"), for makers whose models cost the same wherever they
///   are
///      asked for (openai, anthropic, google, x-ai), and for the provider's own space. "anthropic/" also
///      writes "4.5" for what Anthropic calls "4-5". Open weights have a price of each host's own, so other
///      makers stay;
///   5. "ft:gpt-4o-mini:acme::1" without what stands behind the name of the model that was tuned;
///   6. without the date at the end (`-2024-08-06`, `-20240806`, `-0613`);
///   7. without "-latest" at the end, or else with it.
/// \param space the provider's price space; empty: none. \param look gets the name and the rule, for people.
void forEachPriceName(QStringView model, QStringView space,
                      const std::function<bool(const QString &name, QLatin1String rule)> &look);

} // namespace lbp
