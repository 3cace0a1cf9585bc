#pragma once

#include "config/config.h"
#include "config/secretvault.h"
#include "core/result.h"

#include <memory>
#include <QHash>
#include <QStringList>

namespace lbp {

/// One thing wrong with a file. All of a file are reported at once.
struct ConfigProblem
{
    QString file;
    int line = 0; ///< 1-based; 0: the whole file
    QString key; ///< dotted path, such as budgets.timeZone; empty: none
    QString message; ///< what is wrong, what was expected, the nearest known key; never a secret value
    [[nodiscard]] QString toString() const; ///< "config.yml:12: budgets.timeZone: …"
};

struct ConfigSources
{
    QString configFile; ///< YAML; must exist
    QString pricingFile; ///< overrides pricing.file and the default beside configFile
    QHash<QString, QString> environment; ///< for ${NAME}; a .env beside configFile is read underneath it
    std::shared_ptr<const SecretLookup> secrets{}; ///< for ${keychain:NAME}; null: there is none here
};

/// Reads config.yml (strict: an unknown key, a wrong type or a missing variable is a problem), .env and
/// pricing.yml. On success every field is valid and the price book is built. Blocks on the disk.
[[nodiscard]] tl::expected<std::shared_ptr<const Config>, QList<ConfigProblem>>
loadConfig(const ConfigSources &sources);
/// The same from text, for tests and fuzzing. \a pricing empty: no prices.
[[nodiscard]] tl::expected<std::shared_ptr<const Config>, QList<ConfigProblem>>
parseConfig(const QByteArray &config, const QByteArray &pricing, const QHash<QString, QString> &environment);

/// Parses a pricing file alone, without the public prices under it.
[[nodiscard]] tl::expected<std::shared_ptr<const PriceBook>, QList<ConfigProblem>>
parsePricing(const QByteArray &yaml, const QString &file, PriceOrigin origin = PriceOrigin::Own);

/// "config.yml" or "pricing.yml" as it is documented and installed.
[[nodiscard]] QByteArray documentedDefault(const QString &name);

/// Copies the documented defaults to \a directory where they are missing: config.yml and pricing.yml,
/// directory mode 0700, files 0600.
[[nodiscard]] Status installDefaults(const QString &directory);

/// The effective configuration with secrets shown as "set" or "not set", keys as documented.
[[nodiscard]] QJsonObject redactedJson(const Config &config);

} // namespace lbp
