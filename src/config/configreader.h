#pragma once

#include "config/config.h"
#include "config/yamlreader.h"

#include <utility>

namespace lbp {

/// How the values of an enumeration are spelled in config.yml and in redactedJson().
template <typename E> using Spelling = QList<std::pair<QLatin1String, E>>;
[[nodiscard]] const Spelling<ProviderKind> &providerKinds();
[[nodiscard]] const Spelling<AuthStyle> &authStyles();
[[nodiscard]] const Spelling<StreamUsage> &streamUsages();
[[nodiscard]] const Spelling<ThresholdAction> &thresholdActions();
[[nodiscard]] const Spelling<AdmissionMode> &admissionModes();
[[nodiscard]] const Spelling<BlockStatus> &blockStatuses();
[[nodiscard]] const Spelling<CacheScope> &cacheScopes();
[[nodiscard]] const Spelling<SyncMode> &syncModes();

/// What alerts.events may hold.
[[nodiscard]] const QStringList &configuredEvents();

template <typename E> [[nodiscard]] QString spelled(const Spelling<E> &spelling, E value)
{
    for (const auto &[name, candidate] : spelling)
        if (candidate == value)
            return name;
    return {};
}

/// Reads everything but the prices from \a root, variables already substituted. \a environment gives the key
/// of the provider that stands when none is configured. Paths are made absolute against \a directory unless
/// it is empty.
void readConfig(const YamlNode &root, const QHash<QString, QString> &environment, const QString &directory,
                Config &config, ProblemList &problems);

/// The price file that loadConfig() reads for \a sources: always a path, which need not exist. Blocks on the
/// disk.
[[nodiscard]] QString pricingPath(const ConfigSources &sources);
/// The variables beside the configuration.
[[nodiscard]] QString dotEnvPath(const ConfigSources &sources);

} // namespace lbp
