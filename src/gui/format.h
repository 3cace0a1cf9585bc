#pragma once

#include "core/clock.h"
#include "core/money.h"
#include "core/period.h"

#include <QLocale>
#include <QString>
#include <QTimeZone>

namespace lbp::gui {

/// Values as text for people, by their locale and time zone. Pure but for what it is made from. Amounts are
/// rounded for display only (half to even); they never pass through floating point.
class Format
{
public:
    explicit Format(QLocale locale = QLocale(), QTimeZone zone = QTimeZone::systemTimeZone());

    [[nodiscard]] const QLocale &locale() const { return m_locale; }
    [[nodiscard]] const QTimeZone &timeZone() const { return m_zone; }
    void setTimeZone(const QTimeZone &zone) { m_zone = zone; }

    /// "$12.35", "$0.0421", "$0.0000123": two decimals from a dollar up, four from a cent up, two significant
    /// digits below; in German "12,35 $".
    [[nodiscard]] QString money(Money amount) const;
    /// With two decimals whatever its size, for limits and totals; "<$0.01" for what would be rounded to
    /// nothing.
    [[nodiscard]] QString moneyShort(Money amount) const;
    [[nodiscard]] QString moneyExact(Money amount) const; ///< every digit that is not zero
    /// What a person typed, in their locale's or in plain notation, with or without $. A separator of thousands
    /// where none belongs is an error, never passed over. Error as of Money::fromDecimal.
    [[nodiscard]] Result<Money> readMoney(QStringView text) const;
    [[nodiscard]] QString count(qint64 n) const; ///< "12,345"
    [[nodiscard]] QString countShort(qint64 n) const; ///< "980", "12.3 k", "1.2 M"
    [[nodiscard]] QString percent(int basisPoints) const; ///< whole percents: "84 %"
    [[nodiscard]] QString duration(Duration d) const; ///< "320 ms", "4.2 s", "3 min 20 s", "2 h 5 min"
    [[nodiscard]] QString bytes(qint64 n) const;
    [[nodiscard]] QString time(Instant t) const; ///< "14:03:22"
    [[nodiscard]] QString date(Instant t) const; ///< "23 Nov 2026", by locale
    /// "14:03" today, "yesterday 14:03", else date and time.
    [[nodiscard]] QString when(Instant t, Instant now) const;
    [[nodiscard]] QString exact(Instant t) const; ///< date, time with milliseconds and zone, for tooltips
    [[nodiscard]] QString in(Duration d) const; ///< "in 3 h 20 min", for resets
    [[nodiscard]] QString periodName(Period period) const; ///< "per day" and so on
    [[nodiscard]] QDateTime local(Instant t) const;

private:
    QLocale m_locale;
    QTimeZone m_zone;
};

/// Spent against limit for a bar: 0 to 1 and beyond; a zero limit is full. Display only.
[[nodiscard]] double fraction(Money part, Money whole);

} // namespace lbp::gui
