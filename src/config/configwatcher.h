#pragma once

#include "config/configfile.h"
#include "core/mailbox.h"

#include <QFileSystemWatcher>
#include <QObject>
#include <QThreadPool>
#include <QTimer>

namespace lbp {

/// Watches config.yml, .env and pricing.yml and reads them again when they change, also when an editor
/// replaces the file. A bad file leaves the old configuration in force. Each change of the content is told
/// once; a write of the same bytes is none. Files are read and parsed on a worker thread, so that a slow disk
/// or a keychain that waits for a person holds up nobody. Thread: that of its owner.
class ConfigWatcher : public QObject
{
    Q_OBJECT
public:
    explicit ConfigWatcher(ConfigSources sources, QObject *parent = nullptr);
    ~ConfigWatcher() override; ///< waits for what is being read
    void reload(); ///< now, as on SIGHUP; while one is under way, once more after it

Q_SIGNALS:
    void changed(std::shared_ptr<const lbp::Config> config);
    void rejected(QList<lbp::ConfigProblem> problems);

private:
    /// What one look at the files has found, on the worker.
    struct Found
    {
        QByteArray fingerprint; ///< of the content of all files
        QString pricingFile;
        bool wasRead = false;
        tl::expected<std::shared_ptr<const Config>, QList<ConfigProblem>> config;
    };
    void watch();
    void onFileChanged();
    void onDirectoryChanged();
    void look(bool evenIfTheSame);
    void onFound(const Found &found);
    [[nodiscard]] static Found read(const ConfigSources &sources, const QString &pricingFile,
                                    const std::optional<QByteArray> &unless);

    ConfigSources m_sources;
    QString m_pricingFile;
    QByteArray m_fingerprint; ///< of what was read last
    QFileSystemWatcher m_watcher;
    QTimer m_settle; ///< editors write in several steps; read once they are done
    QThreadPool m_worker; ///< of one thread
    bool m_looking = false, m_again = false, m_againForced = false;
    Mailbox m_mailbox{this};
};

} // namespace lbp
