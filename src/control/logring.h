#pragma once

#include <deque>
#include <functional>
#include <mutex>
#include <QDateTime>
#include <QList>
#include <QObject>
#include <QString>

namespace lbp {

struct LogLine
{
    quint64 number = 0; ///< counts from 1, never twice
    QDateTime at; ///< UTC
    QString level; ///< "debug", "info", "warn", "error", "fatal"
    QString text; ///< one line; what looks like a key is masked
};

/// The last lines of the log, for a window. In memory only. Thread: any.
class LogRing : public QObject
{
    Q_OBJECT
public:
    static constexpr size_t maxLines = 2000;
    static constexpr qsizetype maxLineLength = 2000;
    void add(const QString &level, const QString &text);
    [[nodiscard]] QList<LogLine> lines(quint64 after = 0) const; ///< oldest first, those above that number

Q_SIGNALS:
    void grew(); ///< on the thread of the ring, once for many lines

private:
    mutable std::mutex m_mutex;
    std::deque<LogLine> m_lines;
    quint64 m_last = 0;
    bool m_told = false;
};

/// \a text with everything that looks like a key masked: lbp_…, sk-…, AIza…, Bearer …, long runs of base64.
[[nodiscard]] QString withoutSecrets(const QString &text);

} // namespace lbp
