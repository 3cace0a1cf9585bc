#pragma once

#include "core/clock.h"

#include <optional>
#include <QList>
#include <QString>
#include <QStringList>

namespace lbp {

/// Which alerts of the history are wanted.
struct AlertQuery
{
    std::optional<Instant> from, to; ///< [from, to)
    QStringList events; ///< "budgetWarning", …; empty: all
    QString text; ///< in the text, upper and lower case alike; empty: any
    bool onlyFailed = false; ///< those whose webhook was not delivered
    qint64 before = 0; ///< cursor: alerts with a smaller id; 0: from the newest on
    int limit = 50; ///< 1 to 500
};

} // namespace lbp
