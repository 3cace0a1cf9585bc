#include "core/price.h"
#include "core/pricenames.h"

#include <algorithm>
#include <QVarLengthArray>

namespace lbp {

namespace {

constexpr int minutesOfDay = 24 * 60;
constexpr const char16_t *dayNames[] = {u"mon", u"tue", u"wed", u"thu", u"fri", u"sat", u"sun"};

/// "mon-fri", "sat, sun"; empty for every day.
QString daysText(int days)
{
    if (days == 0b1111111)
        return {};
    QStringList parts;
    for (int day = 0; day < 7; ++day) {
        if (!(days & (1 << day)))
            continue;
        int last = day;
        while (last < 6 && (days & (1 << (last + 1))))
            ++last;
        const QString first = QString::fromUtf16(dayNames[day]);
        parts.append(last > day ? first + u'-' + QString::fromUtf16(dayNames[last]) : first);
        day = last;
    }
    return parts.join(QLatin1String(", "));
}

const ModelPrice *inForce(const std::vector<PriceStep> &steps, Instant at)
{
    const PriceStep *step = &steps.front();
    for (const PriceStep &next : steps)
        if (!next.price.from || *next.price.from <= at)
            step = &next;
    for (const PriceStep::Window &window : step->windows)
        if (window.hours.holdAt(at))
            return &window.price;
    return &step->price;
}

} // namespace

bool DailyHours::holdAt(Instant at) const
{
    using namespace std::chrono;
    const auto day = floor<std::chrono::days>(at);
    // The epoch was a Thursday.
    const qint64 weekday = ((day.time_since_epoch().count() + 3) % 7 + 7) % 7;
    const qint64 minute = floor<minutes>(at - day).count();
    return (days & (1 << weekday)) && minute >= beginMinute && minute < endMinute;
}

QString DailyHours::toString() const
{
    const auto clock = [](int minute) {
        return QStringLiteral("%1:%2")
            .arg(minute / 60, 2, 10, QLatin1Char('0'))
            .arg(minute % 60, 2, 10, QLatin1Char('0'));
    };
    Q_ASSERT(beginMinute >= 0 && beginMinute < endMinute && endMinute <= minutesOfDay);
    const QString which = daysText(days);
    return clock(beginMinute) + u'-' + clock(endMinute) + QLatin1String(" UTC")
        + (which.isEmpty() ? QString() : QLatin1String(", ") + which);
}

QString priceOriginName(PriceOrigin origin)
{
    switch (origin) {
    case PriceOrigin::Own:
        return QStringLiteral("pricing.yml");
    case PriceOrigin::Imported:
        return QStringLiteral("imported-prices.yml");
    case PriceOrigin::Shipped:
        break;
    }
    return QStringLiteral("the list of the program");
}

void PriceBook::add(ModelPrice price)
{
    std::vector<PriceStep> steps(1);
    steps[0].price = std::move(price);
    add(std::move(steps));
}

void PriceBook::add(std::vector<PriceStep> steps, PriceOrigin origin)
{
    Q_ASSERT(!steps.empty());
    std::stable_sort(steps.begin(), steps.end(), [](const PriceStep &a, const PriceStep &b) {
        return a.price.from < b.price.from; // no date is before every date
    });
    const QString name = steps.front().price.model;
    m_byName.insert(name, std::make_shared<const Entry>(Entry{std::move(steps), origin}));
}

PriceBook::Found PriceBook::listed(QStringView name, QStringView space) const
{
    // Characters are looked up where they are: a request copies nothing.
    const auto named = [](const PriceBook &book, QStringView key) -> const Entry * {
        const auto it = book.m_byName.constFind(QString::fromRawData(key.data(), key.size()));
        return it == book.m_byName.constEnd() ? nullptr : it->get();
    };
    QVarLengthArray<QChar, 160> inSpace;
    if (!space.isEmpty()) {
        inSpace.append(space.data(), space.size());
        inSpace.append(u'/');
        inSpace.append(name.data(), name.size());
    }
    for (const PriceBook *book : {this, m_public.get()}) {
        if (!book)
            continue;
        if (!inSpace.isEmpty())
            if (const Entry *entry = named(*book, QStringView(inSpace.data(), inSpace.size())))
                return {entry, true};
        if (const Entry *entry = named(*book, name))
            return {entry, false};
    }
    return {};
}

const ModelPrice *PriceBook::find(QStringView model, QStringView space, Instant at) const
{
    const Entry *found = listed(model, space).entry; // nearly always: no rule, no copy
    if (!found)
        forEachPriceName(model, space, [&](const QString &name, QLatin1String) {
            found = listed(name, space).entry;
            return found != nullptr;
        });
    return found ? inForce(found->steps, at) : nullptr;
}

PriceExplanation PriceBook::explain(QStringView model, QStringView space, Instant at) const
{
    PriceExplanation explanation;
    forEachPriceName(model, space, [&](const QString &name, QLatin1String rule) {
        const Found found = listed(name, space);
        QString shown = QStringView(name).toString(); // the first one borrows its characters
        if (found.inSpace)
            shown = space.toString() + u'/' + shown;
        explanation.looks.append({shown, rule, found.entry != nullptr});
        if (!found.entry)
            return false;
        explanation.price = inForce(found.entry->steps, at);
        explanation.steps = &found.entry->steps;
        explanation.origin = found.entry->origin;
        return true;
    });
    return explanation;
}

const std::vector<PriceStep> *PriceBook::steps(const QString &name) const
{
    const Found found = listed(name, {});
    return found.entry ? &found.entry->steps : nullptr;
}

std::optional<PriceOrigin> PriceBook::origin(const QString &name) const
{
    const Found found = listed(name, {});
    return found.entry ? std::optional(found.entry->origin) : std::nullopt;
}

QStringList PriceBook::models() const
{
    QStringList names = m_byName.keys();
    if (m_public)
        names += m_public->m_byName.keys();
    names.sort();
    names.removeDuplicates();
    return names;
}

bool PriceBook::hasSpace(QStringView space) const
{
    const auto has = [space](const PriceBook &book) {
        return std::any_of(book.m_byName.keyBegin(), book.m_byName.keyEnd(), [space](const QString &name) {
            return name.size() > space.size() && name[space.size()] == u'/' && name.startsWith(space);
        });
    };
    return !space.isEmpty() && (has(*this) || (m_public && has(*m_public)));
}

} // namespace lbp
