#pragma once

#include "core/budget.h"
#include "core/exchangerow.h"
#include "core/hold.h"
#include "core/story.h"

#include <QString>
#include <QStringList>
#include <QUrl>
#include <variant>

namespace lbp {

/// What happened, as plain values. The data path reports here and knows neither windows nor webhooks.
namespace event {
struct ExchangeStarted
{
    OpenRow row;
    StoryPtr story{};
};
struct ExchangeProgress
{
    RequestId id;
    KeyId key = 0;
    Money soFar; ///< of input and output
    qint64 outputTokens = 0;
};
struct ExchangeEnded
{
    ExchangeRow row;
    StoryPtr story{}; ///< null for what was refused before a decision about money, and for cache hits
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
    int percent = 0; ///< pressure of the tightest budget
    BudgetStatus because{}; ///< that budget
};
/// A request does not fit its budgets and waits for DataPlane::answerHold(). Told again with the same id when
/// another budget refuses it now, or more is needed.
struct HoldAsked
{
    HeldRequest held;
};
struct HoldEnded
{
    RequestId hold;
    KeyId key = 0;
    HoldEnd how = HoldEnd::Blocked;
};
/// A limit was raised for its present span, for all (once false) or for one request.
struct BudgetRaised
{
    BudgetRaise raise;
    Money limit; ///< as it is set
    RequestId request{}; ///< whom it was raised for, when it was held; else 0
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
    std::optional<Instant> until{}; ///< paused: resumes by itself then
    bool byItself = false; ///< resumed because its time was over
};
struct ConfigChanged
{
    QString problem; ///< empty: in force
    /// Settings that differ from what runs and are taken into use at the next start only, such as
    /// "server.port".
    QStringList needsRestart{};
};
/// Where the proxy can be reached changed.
struct ListenerChanged
{
    QUrl url; ///< empty: nowhere
    QString problem; ///< why not, such as that the port is taken
};
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
                 event::KeysChanged, event::BudgetsChanged, event::HoldAsked, event::HoldEnded,
                 event::BudgetRaised, event::ListenerChanged>;

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
