#include "app/logging.h"

#include "control/logring.h"

#include <atomic>
#include <cstdlib>
#include <QDateTime>
#include <QString>
#include <unistd.h>

namespace lbp {

static std::atomic<LogLevel> threshold{LogLevel::Info};
static std::atomic<LogRing *> kept{nullptr};

LogLevel logLevelFromName(QStringView name)
{
    if (name == u"debug")
        return LogLevel::Debug;
    if (name == u"warning" || name == u"warn")
        return LogLevel::Warning;
    return name == u"error" ? LogLevel::Error : LogLevel::Info;
}

static void handle(QtMsgType type, const QMessageLogContext &, const QString &message)
{
    LogLevel level = LogLevel::Debug;
    const char *name = "debug";
    switch (type) {
    case QtDebugMsg:
        break;
    case QtInfoMsg:
        level = LogLevel::Info, name = "info ";
        break;
    case QtWarningMsg:
        level = LogLevel::Warning, name = "warn ";
        break;
    case QtCriticalMsg:
        level = LogLevel::Error, name = "error";
        break;
    case QtFatalMsg:
        level = LogLevel::Error, name = "fatal";
        break;
    }
    if (level < threshold.load(std::memory_order_relaxed))
        return;
    QString text = message;
    text.replace(u'\n', QLatin1String("\\n")).replace(u'\r', QLatin1String("\\r")); // no line can be forged
    const QByteArray line = QDateTime::currentDateTimeUtc().toString(Qt::ISODateWithMs).toLatin1() + ' '
        + name + "  " + text.toUtf8() + '\n';
    [[maybe_unused]] const ssize_t n = ::write(STDERR_FILENO, line.constData(), size_t(line.size()));
    if (LogRing *ring = kept.load(std::memory_order_acquire))
        ring->add(QLatin1String(name).trimmed(), text);
    // qFatal() ends the process itself after this returns.
}

void setLogLevel(LogLevel level)
{
    threshold.store(level, std::memory_order_relaxed);
}

void keepLog(LogRing *ring)
{
    kept.store(ring, std::memory_order_release);
}

void installLogging(LogLevel level)
{
    setLogLevel(level);
    qInstallMessageHandler(handle);
}

} // namespace lbp
