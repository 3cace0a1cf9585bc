#pragma once

#include "core/clock.h"
#include "core/mailbox.h"
#include "storage/store.h"

#include <QObject>
#include <QTimer>

namespace lbp {

/// Deletes requests older than the retention time, once a day; sums stay. A computer that slept catches up,
/// because the wall clock is looked at hourly. Thread: main.
class Retention : public QObject
{
    Q_OBJECT
public:
    Retention(Store &store, const Clock &clock, QObject *parent = nullptr);
    void setDays(int days); ///< 0: nothing is ever deleted
    void check(); ///< prunes when a day has passed since the last time

private:
    Store &m_store;
    const Clock &m_clock;
    int m_days = 0;
    Instant m_last{};
    bool m_running = false;
    QTimer m_hourly;
    Mailbox m_mailbox{this};
};

} // namespace lbp
