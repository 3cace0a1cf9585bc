#pragma once

#include "core/budget.h"
#include "core/exchangerow.h"

#include <QString>
#include <variant>

namespace lbp {

/// What happened, as plain values. The data path reports here and knows neither windows nor webhooks.
namespace event {
struct ExchangeStarted
{
    OpenRow row;
};
struct ExchangeProgress
{
    RequestId id;
    KeyId key = 0;
    Money soFar;
    qint64 outputTokens = 0;
};
struct ExchangeEnded
{
    ExchangeRow row;
};
/// A threshold of a budget was reached by a reservation or settlement. Sent each time; debounced by who
/// listens.
struct BudgetWarning
{
    BudgetStatus status;
    Threshold threshold;
    KeyId key = 0;
};
struct BudgetExceeded
{
    BudgetStatus status;
    Money needed;
    KeyId key = 0;
};
struct ModelDowngraded
{
    RequestId id;
    KeyId key = 0;
    QString from;
    QString to;
};
struct KeyPaused
{
    KeyId key = 0;
    QString keyName;
    QString reason;
}; ///< the data path asks for it (runaway guard)
struct UpstreamDown
{
    QString provider;
    QString detail;
};
struct UpstreamUp
{
    QString provider;
};
struct UnpricedModel
{
    QString model;
    QString provider;
    KeyId key = 0;
};
struct PauseChanged
{
    bool paused = false;
};
struct ConfigChanged
{
    QString problem;
}; ///< empty: in force
struct KeysChanged
{
};
struct BudgetsChanged
{
};
} // namespace event

using EventBody =
    std::variant<event::ExchangeStarted, event::ExchangeProgress, event::ExchangeEnded, event::BudgetWarning,
                 event::BudgetExceeded, event::ModelDowngraded, event::KeyPaused, event::UpstreamDown,
                 event::UpstreamUp, event::UnpricedModel, event::PauseChanged, event::ConfigChanged,
                 event::KeysChanged, event::BudgetsChanged>;

struct Event
{
    Instant at;
    EventBody body;
};

/// Where events go. Thread: publish() may be called from any thread and must not block.
class EventSink
{
public:
    virtual ~EventSink() = default;
    virtual void publish(Event event) = 0;
    /// False while nobody wants the course of single exchanges, so that a busy data path need not even put it
    /// together.
    [[nodiscard]] virtual bool watchesExchanges() const { return true; }
};

} // namespace lbp
