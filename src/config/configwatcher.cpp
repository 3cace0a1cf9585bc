#include "config/configwatcher.h"

#include "config/configreader.h"
#include "config/publicprices.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QFileInfo>

namespace lbp {

namespace {

QStringList filesOf(const ConfigSources &sources, const QString &pricingFile)
{
    return {QFileInfo(sources.configFile).absoluteFilePath(), dotEnvPath(sources), pricingFile,
            importedPricesPath(pricingFile)};
}

QByteArray fingerprintOf(const QStringList &files)
{
    QCryptographicHash hash(QCryptographicHash::Sha256);
    for (const QString &path : files) {
        QFile file(path);
        const bool readable = file.open(QIODevice::ReadOnly);
        hash.addData(QByteArray::number(readable ? file.size() : -1) + ';');
        if (readable)
            hash.addData(&file);
    }
    return hash.result();
}

} // namespace

ConfigWatcher::ConfigWatcher(ConfigSources sources, QObject *parent)
    : QObject(parent)
    , m_sources(std::move(sources))
    , m_pricingFile(pricingPath(m_sources))
{
    m_worker.setMaxThreadCount(1);
    m_settle.setSingleShot(true);
    m_settle.setInterval(std::chrono::milliseconds(200));
    connect(&m_settle, &QTimer::timeout, this, [this] { look(false); });
    connect(&m_watcher, &QFileSystemWatcher::fileChanged, this, &ConfigWatcher::onFileChanged);
    connect(&m_watcher, &QFileSystemWatcher::directoryChanged, this, &ConfigWatcher::onDirectoryChanged);
    watch();
    m_fingerprint = fingerprintOf(filesOf(m_sources, m_pricingFile));
}

ConfigWatcher::~ConfigWatcher()
{
    m_worker.waitForDone();
}

void ConfigWatcher::reload()
{
    m_settle.stop();
    look(true);
}

ConfigWatcher::Found ConfigWatcher::read(const ConfigSources &sources, const QString &pricingFile,
                                         const std::optional<QByteArray> &unless)
{
    Found found;
    found.pricingFile = pricingFile;
    // Before reading: what changes meanwhile is read again.
    found.fingerprint = fingerprintOf(filesOf(sources, pricingFile));
    if (unless && *unless == found.fingerprint)
        return found;
    found.wasRead = true;
    found.config = loadConfig(sources);
    // A bad file may be the one that names the prices, so only a good one changes what is watched.
    if (found.config) {
        if (const QString pricing = pricingPath(sources); pricing != pricingFile) {
            found.pricingFile = pricing;
            found.fingerprint = fingerprintOf(filesOf(sources, pricing));
        }
    }
    return found;
}

void ConfigWatcher::look(bool evenIfTheSame)
{
    if (m_looking) {
        m_again = true;
        m_againForced = m_againForced || evenIfTheSame;
        return;
    }
    m_looking = true;
    watch();
    const std::optional<QByteArray> unless =
        evenIfTheSame ? std::nullopt : std::optional<QByteArray>(m_fingerprint);
    m_worker.start(
        [this, address = m_mailbox.address(), sources = m_sources, pricingFile = m_pricingFile, unless] {
            Found found = read(sources, pricingFile, unless);
            address.post([this, found = std::move(found)] { onFound(found); });
        });
}

void ConfigWatcher::onFound(const Found &found)
{
    m_looking = false;
    m_fingerprint = found.fingerprint;
    m_pricingFile = found.pricingFile;
    if (found.wasRead) {
        watch();
        if (found.config)
            Q_EMIT changed(*found.config);
        else
            Q_EMIT rejected(found.config.error());
    }
    if (m_again) {
        m_again = false;
        look(std::exchange(m_againForced, false));
    }
}

void ConfigWatcher::watch()
{
    // A replaced file is dropped by the watcher, and one that did not exist yet was never taken: both are
    // added again.
    const QStringList watched = m_watcher.files() + m_watcher.directories();
    for (const QString &file : filesOf(m_sources, m_pricingFile)) {
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

} // namespace lbp
