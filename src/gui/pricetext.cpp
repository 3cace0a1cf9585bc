#include "gui/pricetext.h"

#include "core/charge.h"
#include "gui/format.h"
#include "gui/formvalue.h"
#include "gui/names.h"

#include <algorithm>
#include <limits>
#include <QCoreApplication>

namespace lbp::gui {

using namespace Qt::StringLiterals;

namespace {

struct Tr
{
    Q_DECLARE_TR_FUNCTIONS(Prices)
};

QString textIn(const QList<PriceText> &rates, BillingClass billingClass)
{
    for (const PriceText &rate : rates)
        if (rate.billingClass == billingClass)
            return rate.text;
    return {};
}

/// "×10" where a price moves that much or more, in words where it comes from or goes to nothing.
QString leap(const QString &before, const QString &after)
{
    const Result<Money> a = Money::fromDecimal(before);
    const Result<Money> b = Money::fromDecimal(after);
    if (!a || !b || *a == *b)
        return {};
    const qint64 low = std::min(a->picodollars(), b->picodollars());
    const qint64 high = std::max(a->picodollars(), b->picodollars());
    if (low <= 0)
        return b->isZero() ? Tr::tr("free from then on") : Tr::tr("free until now");
    const qint64 times = high / low;
    if (times < 10)
        return {};
    return b->picodollars() > a->picodollars() ? Tr::tr("×%1").arg(times) : Tr::tr("÷%1").arg(times);
}

void compare(const Format &format, const QString &tier, const QList<PriceText> &before,
             const QList<PriceText> &after, QStringList &changes)
{
    for (int i = 0; i < billingClassCount; ++i) {
        const BillingClass one = BillingClass(i);
        const QString from = textIn(before, one), to = textIn(after, one);
        if (from == to)
            continue;
        const QString label = tier.isEmpty()
            ? rateLabel(one)
            : Tr::tr("%1, %2", "tier and kind of price").arg(tier, rateLabel(one));
        const auto shown = [&](const QString &text) {
            return text.isEmpty() ? Tr::tr("none", "no price") : priceText(format, text);
        };
        const QString jump = from.isEmpty() || to.isEmpty() ? QString() : leap(from, to);
        const QString move =
            Tr::tr("%1 %2 → %3", "kind of price, before, after").arg(label, shown(from), shown(to));
        changes.append(jump.isEmpty() ? move : Tr::tr("%1 (%2)", "a change, how much").arg(move, jump));
    }
}

/// Of "above 271999 tokens"; 0: none.
qint64 thresholdIn(const QString &name)
{
    for (const QString &word : name.split(u' '))
        if (const qint64 number = word.toLongLong(); number > 0)
            return number;
    return 0;
}

/// Without what comes before the last slash, in lower case: gateways put the maker's name there.
QString bare(const QString &model)
{
    return model.mid(model.lastIndexOf(u'/') + 1).toLower();
}

} // namespace

QString priceText(const Format &format, const QString &decimal)
{
    const Result<Money> amount = Money::fromDecimal(decimal);
    return amount ? format.moneyExact(*amount) : decimal;
}

QString typedPrice(const Format &format, const QString &decimal)
{
    const Result<Money> amount = Money::fromDecimal(decimal);
    return amount ? amountText(format, *amount) : decimal;
}

QString rateLabel(BillingClass billingClass)
{
    const QString name = billingClassText(billingClass);
    switch (billingUnit(billingClass)) {
    case BillingUnit::Token:
        break;
    case BillingUnit::Call:
        return Tr::tr("%1 per 1,000", "calls").arg(name);
    case BillingUnit::Character:
        return Tr::tr("%1 per million characters").arg(name);
    case BillingUnit::Second:
        return Tr::tr("%1 per hour").arg(name);
    case BillingUnit::Image:
        return Tr::tr("%1, each").arg(name);
    }
    return name;
}

QString ratePhrase(const Format &format, BillingClass billingClass, const QString &decimal)
{
    const QString price = priceText(format, decimal);
    switch (billingUnit(billingClass)) {
    case BillingUnit::Token:
        break;
    case BillingUnit::Call:
        return billingClass == BillingClass::CodeSessionCall ? Tr::tr("%1 per 1,000 sessions").arg(price)
                                                             : Tr::tr("%1 per 1,000 calls").arg(price);
    case BillingUnit::Character:
        return Tr::tr("%1 per million characters", "price").arg(price);
    case BillingUnit::Second:
        return Tr::tr("%1 per hour", "price").arg(price);
    case BillingUnit::Image:
        return Tr::tr("%1 each", "price").arg(price);
    }
    return Tr::tr("%1 per million", "price, tokens").arg(price);
}

QString countPhrase(const Format &format, BillingClass billingClass, qint64 count)
{
    const int number = int(std::min<qint64>(count, std::numeric_limits<int>::max()));
    const QString digits = format.count(count);
    switch (billingUnit(billingClass)) {
    case BillingUnit::Token:
        break;
    case BillingUnit::Call:
        return billingClass == BillingClass::CodeSessionCall ? Tr::tr("%1 sessions", "", number).arg(digits)
                                                             : Tr::tr("%1 calls", "", number).arg(digits);
    case BillingUnit::Character:
        return Tr::tr("%1 characters", "", number).arg(digits);
    case BillingUnit::Second:
        return Tr::tr("%1 seconds", "", number).arg(digits);
    case BillingUnit::Image:
        return Tr::tr("%1 images", "", number).arg(digits);
    }
    return Tr::tr("%1 tokens", "", number).arg(digits);
}

QString tierText(const Format &format, const QString &name)
{
    if (name == "flex"_L1)
        return Tr::tr("Flex", "a service tier");
    if (name == "priority"_L1)
        return Tr::tr("Priority", "a service tier");
    if (name == "batch"_L1)
        return Tr::tr("Batch", "a service tier");
    const qint64 threshold = thresholdIn(name);
    return threshold > 0 ? Tr::tr("Above %1 tokens").arg(format.count(threshold)) : name;
}

QString tierBadge(const Format &format, const QString &name)
{
    const qint64 threshold = thresholdIn(name);
    return threshold > 0 ? Tr::tr("> %1", "a number of tokens").arg(format.countShort(threshold))
                         : tierText(format, name);
}

QStringList rateChanges(const Format &format, const PriceListEntry &before, const PriceListEntry &after)
{
    QStringList changes;
    compare(format, {}, before.rates, after.rates, changes);
    QStringList tiers;
    for (const auto *entry : {&before, &after})
        for (const PriceListEntry::Tier &tier : entry->tiers)
            if (!tiers.contains(tier.name))
                tiers.append(tier.name);
    for (const QString &name : std::as_const(tiers)) {
        const auto ratesOf = [&](const PriceListEntry &entry) {
            for (const PriceListEntry::Tier &tier : entry.tiers)
                if (tier.name == name)
                    return tier.rates;
            return QList<PriceText>();
        };
        compare(format, tierText(format, name), ratesOf(before), ratesOf(after), changes);
    }
    const auto ceiling = [&](const QString &label, std::optional<qint64> a, std::optional<qint64> b) {
        const auto shown = [&](std::optional<qint64> n) {
            return n ? format.count(*n) : Tr::tr("none", "no limit");
        };
        if (a != b)
            changes.append(
                Tr::tr("%1 %2 → %3", "kind of price, before, after").arg(label, shown(a), shown(b)));
    };
    ceiling(Tr::tr("Longest input"), before.maxInputTokens, after.maxInputTokens);
    ceiling(Tr::tr("Longest answer"), before.maxOutputTokens, after.maxOutputTokens);
    return changes;
}

QString rateSummary(const Format &format, const QList<PriceText> &rates)
{
    QStringList parts;
    for (const PriceText &rate : rates)
        parts.append(Tr::tr("%1 %2", "kind of price, price")
                         .arg(rateLabel(rate.billingClass), priceText(format, rate.text)));
    return format.locale().createSeparatedList(parts);
}

QString nearestModel(const QString &model, const QStringList &known)
{
    constexpr qsizetype leastAlike = 3;
    const QString wanted = bare(model);
    QString best;
    qsizetype bestAlike = leastAlike - 1, bestRest = 0;
    for (const QString &one : known) {
        const QString name = bare(one);
        qsizetype alike = 0;
        while (alike < name.size() && alike < wanted.size() && name[alike] == wanted[alike])
            ++alike;
        const qsizetype rest = std::abs(name.size() - wanted.size());
        // Among equals the later name: of versions it is the newer one.
        if (one != model
            && (alike > bestAlike || (alike == bestAlike && !best.isEmpty() && rest <= bestRest))) {
            best = one;
            bestAlike = alike;
            bestRest = rest;
        }
    }
    return best;
}

} // namespace lbp::gui
