#include "gui/format.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QRegularExpression>

namespace lbp::gui {

using namespace Qt::StringLiterals;

namespace {

struct Tr
{
    Q_DECLARE_TR_FUNCTIONS(Format)
};

/// "1234.5" in the notation of a locale: grouping and decimal point, digit by digit.
QString localized(const QString &plain, const QLocale &locale)
{
    const bool negative = plain.startsWith(u'-');
    const QString digits = negative ? plain.mid(1) : plain;
    const qsizetype point = digits.indexOf(u'.');
    const QString whole = point < 0 ? digits : digits.left(point);
    QString text = locale.toString(whole.toLongLong());
    if (point >= 0)
        text += locale.decimalPoint() + digits.mid(point + 1);
    return negative ? locale.negativeSign() + text : text;
}

QString withCurrency(const QString &number, const QLocale &locale)
{
    // Where the locale writes the sign is seen from how it writes one dollar.
    const QString sample = locale.toCurrencyString(1.0, u"$"_s, 0);
    const bool before = sample.indexOf(u'$') < sample.indexOf(locale.toString(1));
    if (!before)
        return number + QChar::Nbsp + u'$';
    return number.startsWith(locale.negativeSign())
        ? locale.negativeSign() + u'$' + number.mid(locale.negativeSign().size())
        : u'$' + number;
}

int decimalsFor(Money amount)
{
    const qint64 p = amount.picodollars();
    const quint64 size = p < 0 ? quint64(-(p + 1)) + 1 : quint64(p);
    constexpr quint64 dollar = Money::picodollarsPerDollar;
    if (size == 0 || size >= dollar - dollar / 20'000) // with four decimals it would read 1.0000
        return 2;
    if (size >= dollar / 100)
        return 4;
    int decimals = 3; // of the first digit that is not zero
    for (quint64 unit = dollar / 1000; unit > size && decimals < 12; unit /= 10)
        ++decimals;
    return std::min(decimals + 1, 12);
}

} // namespace

Format::Format(QLocale locale, QTimeZone zone)
    : m_locale(std::move(locale))
    , m_zone(std::move(zone))
{
}

QString Format::money(Money amount) const
{
    return withCurrency(localized(amount.toRounded(decimalsFor(amount)), m_locale), m_locale);
}

QString Format::moneyShort(Money amount) const
{
    const Money half = Money::fromPicodollars(Money::picodollarsPerDollar / 200); // goes to the even digit: 0
    if (!amount.isZero() && !amount.isNegative() && amount <= half)
        return u'<' + withCurrency(localized(u"0.01"_s, m_locale), m_locale);
    return withCurrency(localized(amount.toRounded(2), m_locale), m_locale);
}

QString Format::moneyExact(Money amount) const
{
    return withCurrency(localized(amount.toDecimal(2), m_locale), m_locale);
}

Result<Money> Format::readMoney(QStringView text) const
{
    QString typed = text.toString().simplified();
    typed.remove(u'$');
    typed = typed.trimmed();
    // Grouping counts only where it groups: "1,234.5" is one amount, "12,5" in the same locale is a mistake
    // that must not become 125. Spaces group in some countries and confuse in none.
    const QString group =
        u"[ '"_s + QChar(0x2019) + QRegularExpression::escape(m_locale.groupSeparator()) + u']';
    const QString point = QRegularExpression::escape(m_locale.decimalPoint());
    const QRegularExpression local(
        u"^(-?)(\\d*|\\d{1,3}(?:%1\\d{2,3})*%1\\d{3})(?:%2(\\d*))?$"_s.arg(group, point));
    if (const QRegularExpressionMatch match = local.match(typed); match.hasMatch()) {
        QString whole = match.captured(2);
        whole.removeIf([](QChar c) { return !c.isDigit(); });
        const QString decimals = match.captured(3);
        return Money::fromDecimal(match.captured(1) + whole
                                  + (decimals.isEmpty() ? QString() : u'.' + decimals));
    }
    return Money::fromDecimal(typed);
}

QString Format::count(qint64 n) const
{
    return m_locale.toString(n);
}

QString Format::countShort(qint64 n) const
{
    if (n < 10'000)
        return count(n);
    struct Unit
    {
        qint64 size;
        QString name;
    };
    const Unit units[] = {{1'000'000'000, Tr::tr("%1 B", "billions")},
                          {1'000'000, Tr::tr("%1 M", "millions")},
                          {1'000, Tr::tr("%1 k", "thousands")}};
    for (const Unit &unit : units) {
        if (n < unit.size)
            continue;
        const qint64 tenths = n / (unit.size / 10);
        const QString number = tenths >= 1000
            ? m_locale.toString(tenths / 10)
            : m_locale.toString(tenths / 10) + m_locale.decimalPoint() + m_locale.toString(tenths % 10);
        return unit.name.arg(number);
    }
    return count(n);
}

QString Format::percent(int basisPoints) const
{
    return Tr::tr("%1 %", "percent").arg(m_locale.toString(basisPoints / 100));
}

QString Format::duration(Duration d) const
{
    const qint64 ms = std::chrono::duration_cast<std::chrono::milliseconds>(d).count();
    if (ms < 1000)
        return Tr::tr("%1 ms", "milliseconds").arg(m_locale.toString(ms));
    if (ms < 60'000) {
        const qint64 tenths = ms / 100;
        return Tr::tr("%1 s", "seconds")
            .arg(m_locale.toString(tenths / 10) + m_locale.decimalPoint() + m_locale.toString(tenths % 10));
    }
    const qint64 seconds = ms / 1000;
    if (seconds < 3600)
        return Tr::tr("%1 min %2 s").arg(m_locale.toString(seconds / 60), m_locale.toString(seconds % 60));
    const qint64 minutes = seconds / 60;
    if (minutes < 48 * 60)
        return Tr::tr("%1 h %2 min").arg(m_locale.toString(minutes / 60), m_locale.toString(minutes % 60));
    return Tr::tr("%n days", nullptr, int(minutes / (24 * 60)));
}

QString Format::bytes(qint64 n) const
{
    return m_locale.formattedDataSize(n, 1, QLocale::DataSizeTraditionalFormat);
}

QDateTime Format::local(Instant t) const
{
    return QDateTime::fromMSecsSinceEpoch(
        std::chrono::duration_cast<std::chrono::milliseconds>(t.time_since_epoch()).count(), m_zone);
}

QString Format::time(Instant t) const
{
    return m_locale.toString(local(t).time(), u"HH:mm:ss"_s);
}

QString Format::date(Instant t) const
{
    return m_locale.toString(local(t).date(), QLocale::ShortFormat);
}

QString Format::when(Instant t, Instant now) const
{
    const QDateTime at = local(t);
    const QString clock = m_locale.toString(at.time(), u"HH:mm"_s);
    const qint64 days = at.date().daysTo(local(now).date());
    if (days == 0)
        return clock;
    if (days == 1)
        return Tr::tr("yesterday %1").arg(clock);
    return Tr::tr("%1 %2", "date and time").arg(date(t), clock);
}

QString Format::exact(Instant t) const
{
    const QDateTime at = local(t);
    return Tr::tr("%1 %2 %3", "date, time and time zone")
        .arg(m_locale.toString(at.date(), QLocale::LongFormat), at.time().toString(u"HH:mm:ss.zzz"_s),
             at.timeZoneAbbreviation());
}

QString Format::in(Duration d) const
{
    if (d < std::chrono::minutes(1))
        return Tr::tr("in less than a minute");
    const qint64 minutes = std::chrono::duration_cast<std::chrono::minutes>(d).count();
    return Tr::tr("in %1", "a time span")
        .arg(minutes < 60 ? Tr::tr("%1 min").arg(m_locale.toString(minutes)) : duration(d));
}

QString Format::periodName(Period period) const
{
    switch (period) {
    case Period::Hourly:
        return Tr::tr("per hour");
    case Period::Daily:
        return Tr::tr("per day");
    case Period::Weekly:
        return Tr::tr("per week");
    case Period::Monthly:
        return Tr::tr("per month");
    case Period::Total:
        return Tr::tr("in total");
    }
    return {};
}

double fraction(Money part, Money whole)
{
    if (whole.picodollars() <= 0)
        return part.picodollars() > 0 || whole.picodollars() <= 0 ? 1 : 0;
    return double(part.picodollars()) / double(whole.picodollars());
}

} // namespace lbp::gui
