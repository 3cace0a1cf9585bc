#include "gui/notifications.h"

#include "control/control.h"
#include "control/eventhub.h"
#include "gui/format.h"
#include "gui/names.h"
#include "gui/navigator.h"
#include "gui/toastmodel.h"

namespace lbp::gui {

using namespace Qt::StringLiterals;

namespace {

QString holdKey(RequestId hold)
{
    return u"hold."_s + QString::fromLatin1(hold.toText());
}

QString toneOf(const QString &event)
{
    if (event == "budgetExceeded"_L1 || event == "upstreamDown"_L1)
        return u"danger"_s;
    return event == "modelDowngraded"_L1 ? u"info"_s : u"warning"_s;
}

Navigator::Page pageOf(const QString &event)
{
    if (event == "budgetWarning"_L1 || event == "budgetExceeded"_L1)
        return Navigator::Budgets;
    if (event == "keyPaused"_L1)
        return Navigator::Keys;
    if (event == "unpricedModel"_L1)
        return Navigator::Prices;
    return Navigator::Alerts;
}

} // namespace

Notifications::Notifications(const GuiServices &services, AlertCenter &alerts, QObject *parent)
    : QObject(parent)
    , m_services(services)
{
    m_services.events.subscribe(this, [this](const QList<Event> &events) { handle(events); });
    connect(&alerts, &AlertCenter::raised, this, &Notifications::raised);
    connect(&alerts, &AlertCenter::notice, this, &Notifications::notice);
    connect(&m_desktop, &DesktopNotifier::actionChosen, this, &Notifications::chosen);
    m_mailbox.when(m_services.control.held(), [this](const QList<HeldRequest> &held) {
        for (const HeldRequest &one : held)
            asked(one);
    });
}

Money Notifications::suggestedRaise(Money needed, Money limit)
{
    const qint64 least = std::max({needed.picodollars(), limit.picodollars() / 10, qint64{1}});
    qint64 step = Money::picodollarsPerDollar;
    for (;;) {
        for (const qint64 factor : {1, 2, 5}) {
            const std::optional<Money> candidate = Money::fromPicodollars(step).times(factor);
            if (!candidate)
                return Money::fromPicodollars(least);
            if (candidate->picodollars() >= least)
                return *candidate;
        }
        if (qMulOverflow(step, qint64{10}, &step))
            return Money::fromPicodollars(least);
    }
}

void Notifications::handle(const QList<Event> &events)
{
    for (const Event &event : events) {
        if (const auto *hold = std::get_if<event::HoldAsked>(&event.body))
            asked(hold->held);
        else if (const auto *ended = std::get_if<event::HoldEnded>(&event.body))
            holdEnded(ended->hold, ended->how);
        else
            remember(event);
    }
}

void Notifications::remember(const Event &event)
{
    const AlertIdentity identity = identityOf(event.body);
    if (identity.event < 0)
        return;
    if (m_bodies.size() >= maxRemembered && !m_bodies.contains(identity))
        m_bodies.clear(); // an alert without its event still has its text
    m_bodies.insert(identity, event.body);
}

QList<Notifications::Offer> Notifications::offersFor(const AlertRecord &record)
{
    const auto open = [this, page = pageOf(record.event)] {
        m_services.navigator.open(page);
        m_services.navigator.raiseWindow();
    };
    const auto keyName = [this](KeyId id) { return m_services.control.keyName(id); };
    for (auto it = m_bodies.cbegin(); it != m_bodies.cend(); ++it) {
        const auto *exceeded = std::get_if<event::BudgetExceeded>(&it.value());
        if (exceeded == nullptr || record.event != "budgetExceeded"_L1
            || alertFor({record.at, it.value()}, keyName).subject != record.subject)
            continue;
        const Budget budget = exceeded->status.budget;
        if (budget.period == Period::Total)
            break; // it never begins anew: its limit is to be changed, not raised for today
        const Money amount = suggestedRaise(exceeded->needed, budget.limit);
        const QString amountText = m_services.format.moneyShort(amount);
        return {{u"raise"_s,
                 budget.period == Period::Daily ? tr("Raise today's limit by %1").arg(amountText)
                                                : tr("Raise this limit by %1 for now").arg(amountText),
                 [this, budget, amount] { raise(budget, amount); }},
                {u"keep"_s, tr("Keep blocked"), [] {}},
                {u"default"_s, QString(), open}};
    }
    return {{u"open"_s, tr("Open"), open}, {u"default"_s, QString(), open}};
}

void Notifications::raised(const AlertRecord &record)
{
    if (!m_windowActive)
        return; // the desktop tells it, and the history keeps it
    QList<ToastModel::Action> actions;
    for (const Offer &offer : offersFor(record))
        if (!offer.text.isEmpty())
            actions.append({offer.text, offer.run});
    const bool asks = actions.size() > 1;
    m_services.toasts.show(toneOf(record.event), alertText(record.event), record.text, actions,
                           asks ? 0 : ToastModel::defaultTimeoutMs * 2);
}

void Notifications::notice(const AlertNotice &notice)
{
    if (m_windowActive)
        return; // a toast has told it
    const AlertRecord &record = notice.record;
    if (notice.heldBack > 0) {
        showDesktop(u"quiet"_s, tr("%n alert(s) during quiet hours", nullptr, notice.heldBack), record.text,
                    DesktopNotification::Urgency::Normal, offersFor(record));
        return;
    }
    showDesktop(record.event + u'/' + record.subject, alertText(record.event), record.text,
                record.event == "budgetExceeded"_L1 ? DesktopNotification::Urgency::Critical
                                                    : DesktopNotification::Urgency::Normal,
                offersFor(record));
}

void Notifications::showDesktop(const QString &key, const QString &title, const QString &text,
                                DesktopNotification::Urgency urgency, const QList<Offer> &offers,
                                int timeoutMs)
{
    if (m_offers.size() >= maxRemembered)
        m_offers.clear(); // so old that nobody answers it any more
    m_offers.insert(key, offers);
    DesktopNotification notification{key, title, text, urgency, {}, timeoutMs};
    for (const Offer &offer : offers)
        if (!offer.text.isEmpty())
            notification.actions.append({offer.id, offer.text});
    m_desktop.show(notification);
}

void Notifications::chosen(const QString &key, const QString &action)
{
    for (const Offer &offer : m_offers.take(key)) {
        if (offer.id != action)
            continue;
        m_desktop.withdraw(key);
        offer.run();
        return;
    }
}

void Notifications::asked(const HeldRequest &held)
{
    const QString title =
        tr("%1 wants to spend %2", "key and amount").arg(held.keyName, m_services.format.money(held.needed));
    const Duration left = held.deadline - m_services.clock.now();
    const QString text = tr("%1 does not fit into %2: %3 of %4 left. Blocked in %5 unless you allow it.")
                             .arg(held.model, scopeText(held.refusing.budget.scope, m_services.control),
                                  m_services.format.money(held.refusing.remaining()),
                                  m_services.format.moneyShort(held.refusing.effectiveLimit()),
                                  m_services.format.duration(std::max(left, Duration::zero())));
    const Money more = suggestedRaise(held.shortfall, held.refusing.budget.limit);
    const bool canRaise = held.refusing.budget.period != Period::Total;
    QList<Offer> offers{{u"once"_s, tr("Allow once (%1)").arg(m_services.format.money(held.needed)),
                         [this, held] { answer(held, {HoldAnswer::Kind::AllowOnce}); }}};
    if (canRaise)
        offers.append({u"raise"_s,
                       held.refusing.budget.period == Period::Daily
                           ? tr("+%1 today").arg(m_services.format.moneyShort(more))
                           : tr("+%1 for now").arg(m_services.format.moneyShort(more)),
                       [this, held, more] {
                           answer(held, {HoldAnswer::Kind::RaiseToday, more});
                       }});
    offers.append({u"block"_s, tr("Block"), [this, held] { answer(held, {HoldAnswer::Kind::Block}); }});

    // A question has a deadline: it is asked in both places, and answered in one.
    QList<ToastModel::Action> actions;
    for (const Offer &offer : offers)
        actions.append({offer.text, offer.run});
    if (const auto shown = m_holdToasts.constFind(held.id.value); shown != m_holdToasts.constEnd())
        m_services.toasts.close(*shown);
    m_holdToasts.insert(held.id.value, m_services.toasts.show(u"warning"_s, title, text, actions, 0));
    offers.append({u"default"_s, QString(), [this] { m_services.navigator.raiseWindow(); }});
    showDesktop(holdKey(held.id), title, text, DesktopNotification::Urgency::Critical, offers, 0);
}

void Notifications::holdEnded(RequestId hold, HoldEnd how)
{
    m_desktop.withdraw(holdKey(hold));
    m_offers.remove(holdKey(hold));
    if (const auto shown = m_holdToasts.constFind(hold.value); shown != m_holdToasts.constEnd()) {
        m_services.toasts.close(*shown);
        m_holdToasts.erase(shown);
    }
    if (how == HoldEnd::TimedOut)
        m_services.toasts.show(u"info"_s, tr("Blocked: nobody answered in time"));
}

void Notifications::answer(const HeldRequest &held, HoldAnswer answer)
{
    m_mailbox.when(m_services.control.answerHold(held.id, answer),
                   [this](const Status &status) { complain(status); });
}

void Notifications::raise(const Budget &budget, Money amount)
{
    m_mailbox.when(m_services.control.raiseBudget(budget.scope, budget.period, amount),
                   [this, amount](const Result<BudgetRaise> &raised) {
                       if (!raised)
                           return complain(tl::unexpected(raised.error()));
                       m_services.toasts.show(u"ok"_s,
                                              tr("Raised by %1").arg(m_services.format.moneyShort(amount)),
                                              tr("The limit is back to what it was when the period ends."));
                   });
}

void Notifications::complain(const Status &status)
{
    if (!status)
        m_services.toasts.show(u"danger"_s, tr("That did not work"), status.error().detail, {}, 0);
}

} // namespace lbp::gui
