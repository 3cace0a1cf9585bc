#include "gui/formvalue.h"

#include "gui/format.h"

#include <QCoreApplication>

namespace lbp::gui {

using namespace Qt::StringLiterals;

namespace {

struct Tr
{
    Q_DECLARE_TR_FUNCTIONS(Form)
};

} // namespace

FormValue::FormValue(QObject *parent, Check check)
    : QObject(parent)
    , m_check(std::move(check))
{
    recheck();
}

void FormValue::setText(const QString &text)
{
    if (m_text == text && m_touched)
        return;
    m_text = text;
    m_touched = true;
    recheck();
}

void FormValue::reset(const QString &text)
{
    m_text = text;
    m_touched = false;
    recheck();
}

void FormValue::touch()
{
    m_touched = true;
    recheck();
}

void FormValue::recheck()
{
    m_problem = m_check ? m_check(m_text) : QString();
    Q_EMIT changed();
}

QString amountProblem(const Format &format, const QString &text, AmountRule rule, bool optional)
{
    if (text.trimmed().isEmpty())
        return optional ? QString() : Tr::tr("Type an amount in US dollars.");
    const Result<Money> amount = format.readMoney(text);
    if (!amount) {
        if (amount.error().code == ErrorCode::AmountOverflow)
            return Tr::tr("That is more than can be counted here; at most %1.")
                .arg(format.moneyShort(Money::max()));
        const Money sample = Money::fromPicodollars(Money::picodollarsPerDollar * 25 / 2);
        return Tr::tr("This is not an amount; write it like %1.").arg(amountText(format, sample));
    }
    if (amount->isNegative())
        return Tr::tr("An amount cannot be negative.");
    if (rule == AmountRule::MoreThanZero && amount->isZero())
        return Tr::tr("It must be more than zero.");
    return {};
}

std::optional<Money> amountIn(const Format &format, const FormValue &value)
{
    if (value.isEmpty())
        return std::nullopt;
    const Result<Money> amount = format.readMoney(value.text());
    return amount ? std::optional(*amount) : std::nullopt;
}

QString countProblem(const Format &format, const QString &text, qint64 from, qint64 to, bool optional)
{
    const QString plain = text.simplified();
    if (plain.isEmpty())
        return optional ? QString() : Tr::tr("Type a whole number.");
    bool ok = false;
    const qint64 number = format.locale().toLongLong(plain, &ok);
    if (!ok)
        return Tr::tr("This is not a whole number; write it like %1.").arg(format.count(1000));
    if (number < from || number > to)
        return Tr::tr("It must be between %1 and %2.").arg(format.count(from), format.count(to));
    return {};
}

std::optional<qint64> countIn(const Format &format, const FormValue &value)
{
    if (value.isEmpty())
        return std::nullopt;
    bool ok = false;
    const qint64 number = format.locale().toLongLong(value.text().simplified(), &ok);
    return ok ? std::optional(number) : std::nullopt;
}

QString amountText(const Format &format, Money amount)
{
    return format.moneyExact(amount).remove(u'$').simplified();
}

} // namespace lbp::gui
