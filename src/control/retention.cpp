#include "control/retention.h"

#include <QLoggingCategory>

namespace lbp {

namespace {
Q_LOGGING_CATEGORY(lcRetention, "lbp.retention")
}

Retention::Retention(Store &store, const Clock &clock, QObject *parent)
    : QObject(parent)
    , m_store(store)
    , m_clock(clock)
{
    m_hourly.setInterval(std::chrono::hours(1));
    m_hourly.setTimerType(Qt::VeryCoarseTimer);
    connect(&m_hourly, &QTimer::timeout, this, &Retention::check);
    m_hourly.start();
}

void Retention::setDays(int days)
{
    m_days = days;
}

void Retention::check()
{
    const Instant now = m_clock.now();
    if (m_days <= 0 || m_running || now - m_last < std::chrono::hours(24))
        return;
    m_running = true;
    m_mailbox.when(
        m_store.prune(now - std::chrono::days(m_days)), [this, now](const Result<qint64> &deleted) {
            m_running = false;
            if (!deleted) {
                qCWarning(lcRetention, "cannot delete old requests: %ls",
                          qUtf16Printable(deleted.error().detail));
                return; // tried again in an hour
            }
            m_last = now;
            if (*deleted > 0)
                qCInfo(lcRetention, "%lld requests older than %d days were deleted; their sums stay",
                       *deleted, m_days);
        });
}

} // namespace lbp
