#pragma once

#include "config/config.h"
#include "core/result.h"

#include <optional>
#include <QString>
#include <QUrl>

namespace lbp {

/// The files of one proxy: where they are, and with which rights they are made. Directories are 0700, files
/// 0600.
class DataDirectory
{
public:
    /// The platform's directories, or what the command line names instead (empty: not named). Touches
    /// nothing.
    [[nodiscard]] static DataDirectory locate(const QString &configFile, const QString &dataDirectory);

    /// Makes what is missing; the documented defaults are copied only to the platform's config directory,
    /// never beside a file that was named. Blocks on the disk.
    [[nodiscard]] Status create() const;

    [[nodiscard]] const QString &configFile() const { return m_configFile; }
    [[nodiscard]] const QString &path() const { return m_path; }
    [[nodiscard]] QString ledgerFile() const { return file("ledger.sqlite"); }
    [[nodiscard]] QString cacheFile() const { return file("cache.sqlite"); }
    [[nodiscard]] QString bodiesFile() const { return file("bodies.sqlite"); } ///< only with logging.bodies
    [[nodiscard]] QString adminKeyFile() const { return file("admin.key"); }
    [[nodiscard]] QString lockFile() const { return file("proxy.lock"); }

    /// The key of the management API: the configured one, else the one in adminKeyFile(), made at the first
    /// call.
    [[nodiscard]] Result<Secret> adminKey(const Config &config) const;
    /// The one in adminKeyFile(), without making one.
    [[nodiscard]] Result<Secret> storedAdminKey() const;

private:
    [[nodiscard]] QString file(const char *name) const { return m_path + u'/' + QLatin1String(name); }
    QString m_configFile;
    QString m_path;
    bool m_configIsNamed = false;
};

/// Makes \a path and what is missing above it, for its owner alone.
[[nodiscard]] Status makePrivateDirectory(const QString &path);
/// Writes \a content whole or not at all, readable by its owner alone. Fails when the file exists already.
[[nodiscard]] Status writeNewPrivateFile(const QString &path, const QByteArray &content);

} // namespace lbp
