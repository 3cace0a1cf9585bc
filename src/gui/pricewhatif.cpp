#include "gui/pricewhatif.h"

#include "control/control.h"
#include "gui/format.h"
#include "gui/names.h"
#include "gui/pricetable.h"
#include "gui/pricetext.h"

namespace lbp::gui {

using namespace Qt::StringLiterals;

PriceWhatIf::PriceWhatIf(const GuiServices &services, const PriceTable &table, QObject *parent)
    : QObject(parent)
    , m_services(services)
    , m_table(table)
    , m_model(this,
              [this](const QString &text) {
                  const auto &prices = m_services.control.config()->prices;
                  const bool known = prices && prices->find(text.trimmed());
                  return text.trimmed().isEmpty() || known ? QString() : tr("This model has no price.");
              })
    , m_suggestions(this, [this] { return m_table.models(); })
{
    connect(&m_model, &FormValue::changed, this, &PriceWhatIf::compute);
}

QVariantList PriceWhatIf::ranges() const
{
    const std::pair<QString, QString> choices[] = {
        {u"today"_s, tr("Today")},          {u"yesterday"_s, tr("Yesterday")},
        {u"week"_s, tr("This week")},       {u"lastweek"_s, tr("Last week")},
        {u"month"_s, tr("This month")},     {u"lastmonth"_s, tr("Last month")},
        {u"30d"_s, tr("The last 30 days")}, {u"90d"_s, tr("The last 90 days")}};
    QVariantList list;
    for (const auto &[value, text] : choices)
        list.append(QVariantMap{{u"value"_s, value}, {u"text"_s, text}});
    return list;
}

void PriceWhatIf::setRange(const QString &range)
{
    if (m_range == range)
        return;
    m_range = range;
    m_usageOf.clear();
    load();
}

QVariantList PriceWhatIf::usages() const
{
    QVariantList list{QVariantMap{{u"value"_s, QString()}, {u"text"_s, tr("Every model")}}};
    for (const QString &model : m_used)
        list.append(QVariantMap{{u"value"_s, model}, {u"text"_s, model}});
    return list;
}

void PriceWhatIf::setUsageOf(const QString &model)
{
    if (m_usageOf == model)
        return;
    m_usageOf = model;
    load();
}

TimeRange PriceWhatIf::times() const
{
    const Instant now = m_services.clock.now();
    return namedRange(m_range, now, m_services.control.timeZone()).value_or(TimeRange{now, now});
}

UsageScope PriceWhatIf::scope() const
{
    UsageScope scope;
    if (!m_usageOf.isEmpty())
        scope.model = m_usageOf;
    return scope;
}

void PriceWhatIf::load()
{
    constexpr int mostUsed = 30;
    const quint64 turn = ++m_loadTurn;
    ++m_busy;
    UsageSeriesQuery query;
    query.range = times();
    query.bucket = TimeBucket::Month;
    query.zone = m_services.control.timeZone();
    query.splitBy = SplitBy::Model;
    query.mostLines = mostUsed;
    m_mailbox.when(m_services.control.usageSeries(query), [this, turn](const Result<UsageSeries> &series) {
        --m_busy;
        if (turn != m_loadTurn)
            return Q_EMIT changed();
        m_problem = series ? QString() : series.error().detail;
        m_real.reset();
        m_used.clear();
        if (series) {
            for (const UsageLine &line : series->lines)
                if (!line.isRest && !line.group.isEmpty() && !line.total.usage.isZero())
                    m_used.append(line.group);
            if (m_usageOf.isEmpty())
                m_real = series->total;
            for (const UsageLine &line : series->lines)
                if (!line.isRest && !m_usageOf.isEmpty() && line.group == m_usageOf)
                    m_real = line.total;
        }
        compute();
    });
    Q_EMIT changed();
}

void PriceWhatIf::compute()
{
    const quint64 turn = ++m_turn;
    const QString model = m_model.text().trimmed();
    if (!hasUsage() || model.isEmpty() || !m_model.isValid()) {
        m_other.reset();
        Q_EMIT changed();
        return;
    }
    ++m_busy;
    m_mailbox.when(m_services.control.whatIf(times(), model, scope()),
                   [this, turn](const Result<WhatIf> &result) {
                       --m_busy;
                       if (turn == m_turn) {
                           m_problem = result ? QString() : result.error().detail;
                           m_other = result ? std::optional(*result) : std::nullopt;
                       }
                       Q_EMIT changed();
                   });
    Q_EMIT changed();
}

QString PriceWhatIf::usageText() const
{
    if (!m_real)
        return {};
    return tr("%n request(s), %1 tokens in, %2 out", nullptr,
              int(std::min<qint64>(m_real->requests, INT_MAX)))
        .arg(m_services.format.countShort(m_real->usage.inputTokens()),
             m_services.format.countShort(m_real->usage.outputTokens()));
}

QString PriceWhatIf::realText() const
{
    return m_real ? m_services.format.money(m_real->cost) : QString();
}

QString PriceWhatIf::realExact() const
{
    return m_real ? m_services.format.moneyExact(m_real->cost) : QString();
}

QString PriceWhatIf::otherText() const
{
    return m_other ? m_services.format.money(m_other->cost) : QString();
}

QString PriceWhatIf::otherExact() const
{
    return m_other ? m_services.format.moneyExact(m_other->cost) : QString();
}

std::optional<Money> PriceWhatIf::difference() const
{
    if (!hasResult())
        return std::nullopt;
    return Money::fromPicodollars(m_other->cost.picodollars() - m_real->cost.picodollars());
}

QString PriceWhatIf::differenceText() const
{
    const std::optional<Money> by = difference();
    if (!by)
        return {};
    const Money size = Money::fromPicodollars(std::abs(by->picodollars()));
    return by->isZero()    ? m_services.format.money(size)
        : by->isNegative() ? tr("−%1", "an amount less").arg(m_services.format.money(size))
                           : tr("+%1", "an amount more").arg(m_services.format.money(size));
}

QString PriceWhatIf::differenceNote() const
{
    const std::optional<Money> by = difference();
    if (!by)
        return {};
    if (by->isZero())
        return tr("the same");
    if (m_real->cost.isZero())
        return tr("it cost nothing");
    const double share = double(std::abs(by->picodollars())) / double(m_real->cost.picodollars());
    if (!by->isNegative() && share >= 2)
        return tr("%1 times as much").arg(m_services.format.locale().toString(share + 1, 'f', 1));
    const QString percent = m_services.format.percent(int(share * 10'000));
    return by->isNegative() ? tr("%1 less").arg(percent) : tr("%1 more").arg(percent);
}

QString PriceWhatIf::differenceTone() const
{
    const std::optional<Money> by = difference();
    return !by || by->isZero() ? u"neutral"_s : by->isNegative() ? u"ok"_s : u"warning"_s;
}

QVariantList PriceWhatIf::lines() const
{
    QVariantList list;
    if (!hasResult())
        return list;
    const Format &format = m_services.format;
    for (const ChargeLine &line : m_other->lines) {
        list.append(QVariantMap{
            {u"label"_s, billingClassText(line.billingClass)},
            {u"count"_s, format.count(line.count)},
            {u"rate"_s,
             line.rateText.isEmpty() ? tr("no price") : ratePhrase(format, line.billingClass, line.rateText)},
            {u"amount"_s, line.amount ? format.moneyExact(*line.amount) : tr("unknown", "amount")},
            {u"missing"_s, !line.rate},
            {u"note"_s,
             line.isFallback ? tr("The price of a related class: none of its own is known.") : QString()}});
    }
    return list;
}

QString PriceWhatIf::unpricedText() const
{
    if (!hasResult() || m_other->unpriced.isEmpty())
        return {};
    QStringList names;
    for (const BillingClass one : m_other->unpriced)
        names.append(billingClassText(one));
    return tr("%1 has no price for: %2. What was used of it is not in the amount, which is too low.")
        .arg(m_model.text().trimmed(), names.join(u", "_s));
}

QStringList PriceWhatIf::notes() const
{
    QStringList list;
    if (!hasResult())
        return list;
    const auto number = [](qint64 n) { return int(std::min<qint64>(n, INT_MAX)); };
    if (m_real->unpriced > 0)
        list.append(tr("%n request(s) had no known cost; they are missing from what it really cost.", nullptr,
                       number(m_real->unpriced)));
    if (m_real->cacheHits > 0)
        list.append(
            tr("%n answer(s) came from the cache and cost nothing; here their tokens are counted in full. "
               "The cache saved %1.",
               nullptr, number(m_real->cacheHits))
                .arg(m_services.format.money(m_real->saved)));
    if (m_other->ignoresLongContext)
        list.append(tr("Long requests cost more with this model; all are taken at its usual prices here."));
    list.append(tr("The same number of tokens is assumed; another model may use more or fewer."));
    return list;
}

} // namespace lbp::gui
