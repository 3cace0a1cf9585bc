#include "proxy/latesettlements.h"

#include "proxy/chargeparts.h"
#include "proxy/context.h"
#include "proxy/decide.h"

#include <algorithm>
#include <mutex>

namespace lbp {

struct LateSettlements::Address
{
    std::mutex mutex;
    LateSettlements *owner = nullptr;
};

LateSettlements::LateSettlements(ProxyContext &context, Store &store)
    : m_context(context)
    , m_store(store)
    , m_address(std::make_shared<Address>())
{
    m_address->owner = this;
}

LateSettlements::~LateSettlements()
{
    const std::lock_guard lock(m_address->mutex);
    m_address->owner = nullptr;
}

template <typename T, typename F> void LateSettlements::when(QFuture<T> future, F function)
{
    future.then([address = m_address, function = std::move(function)](const T &value) {
        const std::lock_guard lock(address->mutex);
        if (address->owner)
            QMetaObject::invokeMethod(
                address->owner, [function, value] { function(value); }, Qt::QueuedConnection);
    });
}

void LateSettlements::told(const ProviderConfig &provider, const UsageReport &report)
{
    if (report.isPending || !report.isBackground || report.responseId.isEmpty()
        || report.createdAtSeconds <= 0 || report.createdAtSeconds > qint64(1) << 36)
        return;
    const QString response = provider.name + u'\n' + report.responseId;
    if (m_settled.contains(response) || m_running.contains(response))
        return;
    m_running.insert(response);
    const Instant begun = fromMicros(report.createdAtSeconds * 1'000'000);
    when(m_store.pendingRow(
             {provider.name, report.responseId, begun - clockDifference, begun + clockDifference}),
         [this, response, report](const Result<std::optional<ExchangeRow>> &row) {
             // One that is not there may still be streaming, so it is asked for anew the next time.
             m_running.remove(response);
             if (row && *row)
                 found(response, report, **row);
         });
}

void LateSettlements::found(const QString &response, const UsageReport &report, const ExchangeRow &row)
{
    if (!row.open.series)
        return;
    const Series series = *row.open.series;
    const std::shared_ptr<const Config> config = m_context.config;
    const auto provider =
        std::find_if(config->providers.begin(), config->providers.end(),
                     [&](const ProviderConfig &each) { return each.name == series.provider; });
    if (provider == config->providers.end())
        return;
    const ModelPrice *price = ownPrice(*config, *provider, series.model, row.open.id.time());
    if (!price)
        return; // it has lost its price since; the estimate stands
    const ServiceTier tier = serviceTierFromName(report.serviceTier);
    Charge charge = chargeFor(report.usage, *price, tier, Provenance::Exact, m_context.rates);
    addParts(charge, report.parts, *config, *provider, *price, tier, m_context.rates,
             row.open.id.time());
    if (!charge.cost)
        return;
    m_running.insert(response);
    when(m_store.settlePending({row.open.id, report.responseId, charge.provenance, *charge.cost, charge.usage,
                                charge.rates, charge.note}),
         [this, response, series, id = row.open.id,
          cost = *charge.cost](const Result<std::optional<Money>> &before) {
             m_running.remove(response);
             if (!before)
                 return; // the ledger cannot be written; the next who asks tries again
             remember(response);
             if (!*before)
                 return;
             // Neither is negative, so the difference cannot overflow.
             m_context.ledger.addSpent({series.key, series.team, series.project}, *cost.minus(**before),
                                       id.time());
             m_context.holds.changed(HoldEnd::RoomFreed);
             m_context.publish(event::BudgetsChanged{});
         });
}

void LateSettlements::remember(const QString &response)
{
    if (m_settled.size() >= mostRemembered)
        m_settled.clear();
    m_settled.insert(response);
}

} // namespace lbp
