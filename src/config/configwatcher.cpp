#include "config/configwatcher.h"

#include "config/configreader.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QFileInfo>

namespace lbp {

ConfigWatcher::ConfigWatcher(ConfigSources sources, QObject *parent)
    : QObject(parent)
    , m_sources(std::move(sources))
    , m_pricingFile(pricingPath(m_sources))
{
    m_settle.setSingleShot(true);
    m_settle.setInterval(std::chrono::milliseconds(200));
    connect(&m_settle, &QTimer::timeout, this, &ConfigWatcher::onSettled);
    connect(&m_watcher, &QFileSystemWatcher::fileChanged, this, &ConfigWatcher::onFileChanged);
    connect(&m_watcher, &QFileSystemWatcher::directoryChanged, this, &ConfigWatcher::onDirectoryChanged);
    watch();
    m_fingerprint = fingerprint();
}

void ConfigWatcher::reload()
{
    m_settle.stop();
    m_fingerprint = fingerprint(); // before reading: what changes meanwhile is read again
    const auto config = loadConfig(m_sources);
    if (config) {
        // A bad file may be the one that names the prices, so only a good one changes what is watched.
        if (const QString pricing = pricingPath(m_sources); pricing != m_pricingFile) {
            m_pricingFile = pricing;
            m_fingerprint = fingerprint();
        }
    }
    watch();
    if (config)
        Q_EMIT changed(*config);
    else
        Q_EMIT rejected(config.error());
}

void ConfigWatcher::watch()
{
    // A replaced file is dropped by the watcher, and one that did not exist yet was never taken: both are
    // added again.
    const QStringList watched = m_watcher.files() + m_watcher.directories();
    for (const QString &file : files()) {
        for (const QString &path : {file, QFileInfo(file).absolutePath()})
            if (!watched.contains(path) && QFileInfo::exists(path))
                m_watcher.addPath(path);
    }
}

void ConfigWatcher::onFileChanged()
{
    m_settle.start();
}

void ConfigWatcher::onDirectoryChanged()
{
    // Other files in the same place may change without end: they must not put off the reading.
    if (!m_settle.isActive())
        m_settle.start();
}

void ConfigWatcher::onSettled()
{
    watch();
    if (fingerprint() != m_fingerprint)
        reload();
}

QStringList ConfigWatcher::files() const
{
    return {QFileInfo(m_sources.configFile).absoluteFilePath(), dotEnvPath(m_sources), m_pricingFile};
}

QByteArray ConfigWatcher::fingerprint() const
{
    QCryptographicHash hash(QCryptographicHash::Sha256);
    for (const QString &path : files()) {
        QFile file(path);
        const bool readable = file.open(QIODevice::ReadOnly);
        hash.addData(QByteArray::number(readable ? file.size() : -1) + ';');
        if (readable)
            hash.addData(&file);
    }
    return hash.result();
}

} // namespace lbp
