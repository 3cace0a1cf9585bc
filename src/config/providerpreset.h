#pragma once

#include "config/config.h"

namespace lbp {

/// What is known about a provider by its name: where it is, how keys travel there, what it does otherwise
/// than the maker of the API that it speaks.
struct ProviderPreset
{
    QLatin1String name; ///< "openai", "azure", …
    ProviderKind kind = ProviderKind::OpenAi; ///< main API
    std::array<ProviderApi, 3> apis; ///< by ProviderKind; Azure's main one has no address of its own
    QString priceSpace;
    bool free = false; ///< runs on your own machine
    ProviderQuirks quirks;
};

/// Every preset, "custom" last.
[[nodiscard]] const QList<ProviderPreset> &providerPresets();
/// nullptr: there is none of that name.
[[nodiscard]] const ProviderPreset *providerPreset(QStringView name);
/// What stands for a provider of \a kind without a preset.
[[nodiscard]] const ProviderPreset &presetOfKind(ProviderKind kind);

/// Fills what \a provider leaves open from \a preset: its addresses (those of its other APIs at the host of
/// baseUrl, where that is another one than the preset's), auth styles, price space, quirks.
/// \param auth its own `auth`, for every API that it speaks.
void applyPreset(const ProviderPreset &preset, std::optional<AuthStyle> auth, ProviderConfig &provider);

/// True where a key for \a one may go to \a other: the same host and port, and not from https to http.
[[nodiscard]] bool isSameHost(const QUrl &one, const QUrl &other);

} // namespace lbp
