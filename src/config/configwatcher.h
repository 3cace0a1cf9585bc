#pragma once

#include "config/configfile.h"

#include <QFileSystemWatcher>
#include <QObject>
#include <QTimer>

namespace lbp {

/// Watches config.yml, .env and pricing.yml and reads them again when they change, also when an editor
/// replaces the file. A bad file leaves the old configuration in force. Thread: that of its owner, not the
/// proxy thread; reading blocks on the disk. Each change of the content is told once; a write of the same
/// bytes is none.
class ConfigWatcher : public QObject
{
    Q_OBJECT
public:
    explicit ConfigWatcher(ConfigSources sources, QObject *parent = nullptr);
    void reload(); ///< now, as on SIGHUP

Q_SIGNALS:
    void changed(std::shared_ptr<const lbp::Config> config);
    void rejected(QList<lbp::ConfigProblem> problems);

private:
    void watch();
    void onFileChanged();
    void onDirectoryChanged();
    void onSettled();
    [[nodiscard]] QStringList files() const;
    [[nodiscard]] QByteArray fingerprint() const; ///< of the content of all files

    ConfigSources m_sources;
    QString m_pricingFile;
    QByteArray m_fingerprint; ///< of what was read last
    QFileSystemWatcher m_watcher;
    QTimer m_settle; ///< editors write in several steps; read once they are done
};

} // namespace lbp
