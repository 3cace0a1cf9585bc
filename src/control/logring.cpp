#include "control/logring.h"

#include <QRegularExpression>

namespace lbp {

void LogRing::add(const QString &level, const QString &text)
{
    bool tell = false;
    {
        QString line = withoutSecrets(text);
        line.replace(u'\n', u' ').replace(u'\r', u' ');
        if (line.size() > maxLineLength)
            line = line.left(maxLineLength - 1) + QChar(0x2026);
        const std::lock_guard lock(m_mutex);
        m_lines.push_back({++m_last, QDateTime::currentDateTimeUtc(), level, line});
        if (m_lines.size() > maxLines)
            m_lines.pop_front();
        tell = !std::exchange(m_told, true);
    }
    if (tell)
        QMetaObject::invokeMethod(
            this,
            [this] {
                {
                    const std::lock_guard lock(m_mutex);
                    m_told = false;
                }
                Q_EMIT grew();
            },
            Qt::QueuedConnection);
}

QList<LogLine> LogRing::lines(quint64 after) const
{
    const std::lock_guard lock(m_mutex);
    QList<LogLine> found;
    for (const LogLine &line : m_lines)
        if (line.number > after)
            found.append(line);
    return found;
}

QString withoutSecrets(const QString &text)
{
    // Who writes to the log must not write secrets; this is the net below.
    static const QRegularExpression known(
        QStringLiteral("\\b(lbp_|lbpadmin_|sk-|AIza|xox[a-z]-|gsk_|ghp_)[A-Za-z0-9_\\-]{6,}|\\b(Bearer|Basic)"
                       " +[A-Za-z0-9._~+/=\\-]{8,}"));
    static const QRegularExpression random(
        QStringLiteral("(?=[A-Za-z0-9+_\\-]*[0-9])(?=[A-Za-z0-9+_\\-]*[a-z])(?=[A-Za-z0-9+_\\-]*[A-Z])"
                       "[A-Za-z0-9+_\\-]{32,}={0,2}"));
    QString out = text;
    out.replace(known, QStringLiteral("\\1\\2…"));
    out.replace(random, QStringLiteral("…"));
    return out;
}

} // namespace lbp
