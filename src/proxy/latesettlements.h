#pragma once

#include "core/exchangerow.h"
#include "dialects/dialect.h"

#include <memory>
#include <QFuture>
#include <QObject>
#include <QSet>

namespace lbp {

struct ProviderConfig;
struct ProxyContext;
class Store;

/// Corrects requests that ran on in the background. Such a request is booked at its whole reservation when
/// its answer comes, which is before its end; what it cost is seen when somebody asks the provider for the
/// response. The request is then found in the ledger by the response's id, near the time at which the
/// provider says that it began it, and corrected once: whoever asks again, or after a restart, changes
/// nothing. Thread: lives on the proxy thread.
class LateSettlements : public QObject
{
    Q_OBJECT
public:
    LateSettlements(ProxyContext &context, Store &store);
    ~LateSettlements() override;

    /// \a provider told what a response cost. Anything else that it told is passed over.
    void told(const ProviderConfig &provider, const UsageReport &report);

private:
    struct Address;
    template <typename T, typename F>
    void when(QFuture<T> future, F function); ///< on this thread, while this lives
    void found(const QString &response, const UsageReport &report, const ExchangeRow &row);
    void remember(const QString &response);

    /// How far the provider's clock may be from ours.
    static constexpr auto clockDifference = std::chrono::minutes(15);
    static constexpr qsizetype mostRemembered = 10'000;
    ProxyContext &m_context;
    Store &m_store;
    std::shared_ptr<Address> m_address; ///< shared with the store's threads, which may outlive this
    QSet<QString> m_running; ///< being looked up: provider and response
    QSet<QString> m_settled; ///< of late, so that polling costs nothing
};

} // namespace lbp
