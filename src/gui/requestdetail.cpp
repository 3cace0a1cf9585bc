#include "gui/requestdetail.h"

#include "control/control.h"
#include "control/eventhub.h"
#include "gui/desktopservices.h"
#include "gui/requestcopy.h"
#include "gui/toastmodel.h"

namespace lbp::gui {

using namespace Qt::StringLiterals;

RequestDetail::RequestDetail(const GuiServices &services, QObject *parent)
    : QObject(parent)
    , m_services(services)
{
    m_second.setInterval(1000);
    connect(&m_second, &QTimer::timeout, this, &RequestDetail::progressed);
    connect(this, &RequestDetail::changed, this, &RequestDetail::progressed);
}

void RequestDetail::show(const QString &id)
{
    const std::optional<RequestId> wanted = RequestId::fromText(id.toLatin1());
    if (!wanted || *wanted == m_id)
        return;
    m_id = *wanted;
    m_item.reset();
    m_details.reset();
    m_budgetsNow.clear();
    m_problem.clear();
    m_correctProblem.clear();
    m_stopping = m_correcting = false;
    Q_EMIT openChanged();
    Q_EMIT changed();
    load();
}

void RequestDetail::close()
{
    if (!isOpen())
        return;
    m_id = {};
    m_second.stop();
    Q_EMIT openChanged(); // what it held stays until the panel is shut
}

void RequestDetail::setActive(bool active)
{
    if (m_active == active)
        return;
    m_active = active;
    if (!active) {
        disconnect(m_subscription);
        m_second.stop();
        return;
    }
    m_subscription =
        m_services.events.subscribe(this, [this](const QList<Event> &events) { handle(events); });
    if (isOpen())
        load();
}

void RequestDetail::load()
{
    const RequestId id = m_id;
    m_mailbox.when(m_services.control.request(id), [this, id](const Result<ExchangeRow> &row) {
        if (id != m_id)
            return;
        if (!row) {
            m_problem = row.error().code == ErrorCode::NotFound
                ? tr("There is no such request any more. It may have been older than what is kept.")
                : row.error().detail;
            Q_EMIT changed();
            return;
        }
        if (m_item && !m_item->isRunning() && row->close.outcome == Outcome::Open)
            return; // it ended while this was read
        const RequestItem before = m_item.value_or(RequestItem{});
        m_item = RequestItem{*row, before.soFar, before.outputSoFar};
        if (isRunning() && m_active)
            m_second.start();
        loadDetails();
        loadBudgets();
        Q_EMIT changed();
    });
    m_mailbox.when(m_services.control.live(), [this, id](const QList<LiveExchange> &live) {
        for (const LiveExchange &one : live) {
            if (one.row.id != id || id != m_id)
                continue;
            if (!m_item)
                m_item = RequestItem{openRow(one.row), {}, 0};
            m_item->soFar = one.soFar;
            m_item->outputSoFar = one.outputTokens;
            m_item->row.close.ttftUs = one.ttft ? one.ttft->count() : 0;
            Q_EMIT changed();
        }
    });
}

void RequestDetail::loadDetails()
{
    const RequestId id = m_id;
    m_mailbox.when(m_services.control.details(id), [this, id](const Result<ExchangeDetails> &details) {
        if (id != m_id || !details)
            return;
        m_details = *details;
        Q_EMIT changed();
    });
}

void RequestDetail::loadBudgets()
{
    const RequestId id = m_id;
    m_mailbox.when(m_services.control.budgets(), [this, id](const Result<QList<BudgetStatus>> &budgets) {
        if (id != m_id || !budgets || !m_item)
            return;
        m_budgetsNow.clear();
        for (const BudgetStatus &status : *budgets) {
            const Scope &scope = status.budget.scope;
            const bool binds = scope.kind == ScopeKind::Global
                || (scope.kind == ScopeKind::Team && scope.id == series().team)
                || (scope.kind == ScopeKind::Project && scope.id == series().project)
                || (scope.kind == ScopeKind::Key && scope.id == QString::number(series().key));
            if (binds)
                m_budgetsNow.append(status);
        }
        Q_EMIT changed();
    });
}

void RequestDetail::handle(const QList<Event> &events)
{
    if (!isOpen())
        return;
    bool isNew = false;
    bool isFurther = false;
    for (const Event &event : events) {
        if (const auto *progress = std::get_if<event::ExchangeProgress>(&event.body)) {
            if (progress->id != m_id || !isRunning())
                continue;
            m_item->soFar = progress->soFar;
            m_item->outputSoFar = progress->outputTokens;
            isFurther = true;
        } else if (const auto *ended = std::get_if<event::ExchangeEnded>(&event.body)) {
            if (ended->row.open.id != m_id)
                continue;
            m_item = RequestItem{ended->row, {}, 0};
            m_stopping = false;
            m_second.stop();
            loadDetails();
            loadBudgets();
            isNew = true;
        } else if (std::holds_alternative<event::ConfigChanged>(event.body)) {
            isNew = true;
        }
    }
    if (isNew)
        Q_EMIT changed();
    else if (isFurther)
        Q_EMIT progressed();
}

void RequestDetail::stop(const QString &idText)
{
    const std::optional<RequestId> id = RequestId::fromText(idText.toLatin1());
    if (!id || (*id == m_id && m_stopping))
        return;
    if (*id == m_id) {
        m_stopping = true;
        Q_EMIT changed();
    }
    m_mailbox.when(m_services.control.stopRequest(*id), [this, id = *id](const Status &status) {
        if (status)
            return; // its end is told by an event
        if (id == m_id) {
            m_stopping = false;
            Q_EMIT changed();
        }
        if (status.error().code != ErrorCode::Conflict)
            m_services.toasts.show(u"danger"_s, tr("The request could not be stopped"),
                                   status.error().detail);
        else if (id == m_id)
            load(); // it had ended
    });
}

void RequestDetail::correct(const QString &amount)
{
    if (!isCorrectable() || m_correcting)
        return;
    const Result<Money> money = m_services.format.readMoney(amount);
    if (!money || money->isNegative()) {
        m_correctProblem = tr("Write an amount in dollars, such as %1.")
                               .arg(m_services.format.moneyExact(Money::fromPicodollars(42'000'000'000)));
        Q_EMIT changed();
        return;
    }
    m_correcting = true;
    m_correctProblem.clear();
    Q_EMIT changed();
    const RequestId id = m_id;
    m_mailbox.when(m_services.control.correctCost(id, *money), [this, id](const Result<ExchangeRow> &row) {
        if (id == m_id)
            m_correcting = false;
        if (!row) {
            if (id == m_id)
                m_correctProblem = row.error().detail;
            Q_EMIT changed();
            return;
        }
        if (id == m_id) {
            m_item = RequestItem{*row, {}, 0};
            loadBudgets();
        }
        Q_EMIT changed();
        Q_EMIT corrected(*row);
        m_services.toasts.show(u"ok"_s, tr("The cost is corrected"),
                               tr("Sums and budgets count %1 now.")
                                   .arg(m_services.format.moneyExact(row->close.cost.value_or(Money()))));
    });
}

void RequestDetail::clearCorrection()
{
    m_correctProblem.clear();
    Q_EMIT changed();
}

void RequestDetail::copyAs(const QString &id, const QString &language)
{
    const std::optional<RequestId> wanted = RequestId::fromText(id.toLatin1());
    if (!wanted)
        return;
    if (*wanted == m_id && m_item && m_details)
        return copy(m_item->row, *m_details, language);
    m_mailbox.when(m_services.control.request(*wanted), [this, language](const Result<ExchangeRow> &row) {
        if (!row)
            return void(m_services.toasts.show(u"danger"_s, tr("The request could not be copied"),
                                               row.error().detail));
        m_mailbox.when(m_services.control.details(row->open.id),
                       [this, language, row = *row](const Result<ExchangeDetails> &details) {
                           copy(row, details.value_or(ExchangeDetails{}), language);
                       });
    });
}

void RequestDetail::copy(const ExchangeRow &row, const ExchangeDetails &details, const QString &language)
{
    const RequestSketch sketch = sketchOf(row, details.request, m_services.desktop.proxyUrl());
    const bool isPython = language == "python"_L1;
    const bool isScript = language == "javascript"_L1;
    m_services.desktop.copyToClipboard(isPython       ? asPython(sketch)
                                           : isScript ? asJavaScript(sketch)
                                                      : asCurl(sketch));
    const QString key = tr("Set %1 to the virtual key before you run it.").arg(QLatin1String(keyVariable));
    m_services.toasts.show(
        u"ok"_s,
        isPython       ? tr("Copied as Python")
            : isScript ? tr("Copied as JavaScript")
                       : tr("Copied as cURL"),
        sketch.isSample ? tr("%1 Its body was not kept: a sample stands in its place.").arg(key) : key);
}

void RequestDetail::copyId(const QString &id)
{
    m_services.desktop.copyToClipboard(id);
}

const Series &RequestDetail::series() const
{
    static const Series none;
    return m_item && m_item->row.open.series ? *m_item->row.open.series : none;
}

QString RequestDetail::requestId() const
{
    return isOpen() ? QString::fromLatin1(m_id.toText()) : QString();
}

} // namespace lbp::gui
