#include "control/control.h"
#include "control/keychecks.h"

#include <QLoggingCategory>

namespace lbp {

namespace {

Q_LOGGING_CATEGORY(lcBudgets, "lbp.control")

bool binds(const Scope &scope, KeyId key, const QString &team, const QString &project)
{
    switch (scope.kind) {
    case ScopeKind::Global:
        return true;
    case ScopeKind::Team:
        return scope.id == team;
    case ScopeKind::Project:
        return scope.id == project;
    case ScopeKind::Key:
        return scope.id == QString::number(key);
    }
    return false;
}

} // namespace

void Control::tellBudgets()
{
    if (m_plane)
        m_plane->setBudgets(m_budgets);
    publish(event::BudgetsChanged{});
}

QFuture<Status> Control::setBudget(Budget budget)
{
    const auto promise = std::make_shared<QPromise<Status>>();
    promise->start();
    const auto finish = [promise](const Status &status) {
        promise->addResult(status);
        promise->finish();
    };
    enqueue([this, budget = std::move(budget), finish](const Turn &turn) mutable {
        budget.isDefault = false;
        if (const Status ok = checkBudget(budget); !ok)
            return finish(ok);
        if (budget.scope.kind == ScopeKind::Key) {
            const std::optional<KeyRecord> bound = key(budget.scope.id.toLongLong());
            if (!bound)
                return finish(
                    fail(ErrorCode::NotFound,
                         QStringLiteral("there is no key with the id key_%1").arg(budget.scope.id)));
            if (bound->status == KeyStatus::Revoked)
                return finish(fail(ErrorCode::Conflict, QStringLiteral("the key is revoked")));
        }
        m_mailbox.when(m_store.putBudget(budget), [this, budget, finish, turn](const Status &written) {
            if (written) {
                m_budgets.removeIf(
                    [&](const Budget &b) { return b.scope == budget.scope && b.period == budget.period; });
                m_budgets.append(budget);
                tellBudgets();
            }
            finish(written);
        });
    });
    return promise->future();
}

QFuture<Status> Control::removeBudget(Scope scope, Period period)
{
    const auto promise = std::make_shared<QPromise<Status>>();
    promise->start();
    enqueue([this, scope = std::move(scope), period, promise](const Turn &turn) {
        m_mailbox.when(m_store.removeBudget(scope, period),
                       [this, scope, period, promise, turn](const Status &removed) {
                           if (removed) {
                               m_budgets.removeIf(
                                   [&](const Budget &b) { return b.scope == scope && b.period == period; });
                               tellBudgets();
                           }
                           promise->addResult(removed);
                           promise->finish();
                       });
    });
    return promise->future();
}

QFuture<Status> Control::rememberRaises(const QList<BudgetRaise> &added)
{
    m_raises = raisesInForce(m_raises, m_clock.now(), timeZone()) + added;
    return m_store.putSetting(QString::fromUtf16(raisesSetting), raisesToText(m_raises));
}

void Control::tellRaise(const BudgetRaise &raise, RequestId request)
{
    Money limit;
    for (const Budget &budget : effectiveBudgets())
        if (budget.scope == raise.scope && budget.period == raise.period)
            limit = budget.limit;
    const QString whose = raise.scope.kind == ScopeKind::Global ? QStringLiteral("of everything")
        : raise.scope.kind == ScopeKind::Key
        ? QStringLiteral("of key \"%1\"").arg(keyName(raise.scope.id.toLongLong()))
        : QStringLiteral("of %1 \"%2\"").arg(scopeKindName(raise.scope.kind), raise.scope.id);
    const QString text = raise.once
        ? QStringLiteral("One request went over the %1 budget %2 by at most $%3, allowed once.")
              .arg(periodName(raise.period), whose, raise.amount.toDecimal())
        : QStringLiteral("The %1 budget %2 ($%3) was raised by $%4 until it resets.")
              .arg(periodName(raise.period), whose, limit.toDecimal(), raise.amount.toDecimal());
    qCInfo(lcBudgets, "%ls", qUtf16Printable(text));
    m_mailbox.when(m_store.addAlert({0, raise.at, QStringLiteral("budgetRaised"),
                                     scopeKindName(raise.scope.kind) + u'/' + periodName(raise.period), text,
                                     QString()}),
                   [](const Result<qint64> &added) {
                       if (!added)
                           qCWarning(lcBudgets, "a raise could not be written to the history: %ls",
                                     qUtf16Printable(added.error().detail));
                   });
    publish(event::BudgetRaised{raise, limit, request});
    publish(event::BudgetsChanged{});
}

QFuture<Result<BudgetRaise>> Control::raiseBudget(Scope scope, Period period, Money amount)
{
    const auto promise = std::make_shared<QPromise<Result<BudgetRaise>>>();
    promise->start();
    const auto finish = [promise](Result<BudgetRaise> result) {
        promise->addResult(std::move(result));
        promise->finish();
    };
    enqueue([this, scope = std::move(scope), period, amount, finish](const Turn &turn) {
        if (amount <= Money())
            return finish(
                fail(ErrorCode::InvalidRequest, QStringLiteral("amount must be more than zero, such as 5")));
        if (period == Period::Total)
            return finish(fail(ErrorCode::Conflict,
                               QStringLiteral("a total budget has no end, so what was raised would stay; "
                                              "change its limit instead")));
        const QList<Budget> all = effectiveBudgets();
        if (std::none_of(all.begin(), all.end(),
                         [&](const Budget &b) { return b.scope == scope && b.period == period; }))
            return finish(
                fail(ErrorCode::NotFound,
                     QStringLiteral("there is no %1 budget for this scope").arg(periodName(period))));
        const Instant now = m_clock.now();
        const BudgetRaise raise{scope, period, periodSpan(period, now, timeZone()).start, amount, now, false};
        m_mailbox.when(rememberRaises({raise}), [this, raise, finish, turn](const Status &written) {
            if (!written) {
                m_raises.removeOne(raise);
                return finish(tl::unexpected(written.error()));
            }
            if (m_plane)
                m_plane->raiseBudget(raise);
            tellRaise(raise, {});
            finish(raise);
        });
    });
    return promise->future();
}

QFuture<Status> Control::answerHold(RequestId hold, HoldAnswer answer)
{
    const auto promise = std::make_shared<QPromise<Status>>();
    promise->start();
    const auto finish = [promise](const Status &status) {
        promise->addResult(status);
        promise->finish();
    };
    if (answer.kind == HoldAnswer::Kind::RaiseToday && answer.amount <= Money()) {
        finish(fail(ErrorCode::InvalidRequest, QStringLiteral("amount must be more than zero, such as 5")));
        return promise->future();
    }
    if (!m_plane) {
        finish(fail(ErrorCode::NotFound, QStringLiteral("no request is held while no proxy runs")));
        return promise->future();
    }
    enqueue([this, hold, answer, finish](const Turn &turn) {
        m_mailbox.when(m_plane->answerHold(hold, answer),
                       [this, hold, finish, turn](const Result<QList<BudgetRaise>> &made) {
                           if (!made)
                               return finish(tl::unexpected(made.error()));
                           if (made->isEmpty())
                               return finish({});
                           for (const BudgetRaise &raise : *made)
                               tellRaise(raise, hold);
                           // It is in force already; what is not remembered ends with the process.
                           m_mailbox.when(rememberRaises(*made),
                                          [finish, turn](const Status &written) { finish(written); });
                       });
    });
    return promise->future();
}

QFuture<QList<HeldRequest>> Control::held()
{
    return m_plane ? m_plane->held() : QtFuture::makeReadyFuture(QList<HeldRequest>());
}

QList<Budget> Control::effectiveBudgets() const
{
    QList<Budget> all = m_budgets;
    const auto &settings = m_config->budgets;
    for (const KeyRecord &key : m_keys) {
        if (key.status == KeyStatus::Revoked)
            continue;
        const Scope scope{ScopeKind::Key, QString::number(key.id)};
        for (const auto &[period, limit] : {std::pair(Period::Daily, settings.defaultDaily),
                                            std::pair(Period::Monthly, settings.defaultMonthly)}) {
            const auto same = [&, wanted = period](const Budget &b) {
                return b.scope == scope && b.period == wanted;
            };
            if (limit && std::none_of(m_budgets.begin(), m_budgets.end(), same))
                all.append({scope, period, *limit, true});
        }
    }
    return all;
}

QFuture<Result<QList<BudgetStatus>>> Control::budgets()
{
    if (!m_plane)
        return budgetsFromStore();
    return m_plane->budgets().then(
        [](const QList<BudgetStatus> &all) { return Result<QList<BudgetStatus>>(all); });
}

/// What the data path would say, from the sums in the store; used while none runs, so nothing is reserved.
QFuture<Result<QList<BudgetStatus>>> Control::budgetsFromStore()
{
    struct Work
    {
        QPromise<Result<QList<BudgetStatus>>> promise;
        QList<BudgetStatus> statuses;
        int pending = 0;
        std::optional<Error> error;
    };
    const auto work = std::make_shared<Work>();
    work->promise.start();
    const Instant now = m_clock.now();
    const QList<BudgetRaise> raises = raisesInForce(m_raises, now, timeZone());
    for (const Budget &budget : effectiveBudgets()) {
        BudgetStatus status{budget, periodSpan(budget.period, now, timeZone()), Money(), Money()};
        for (const BudgetRaise &raise : raises) {
            if (raise.scope != budget.scope || raise.period != budget.period)
                continue;
            status.raised = status.raised.plusSaturated(raise.amount);
            if (raise.once)
                status.allowedOnce = status.allowedOnce.plusSaturated(raise.amount);
        }
        work->statuses.append(std::move(status));
    }

    for (const Period period : allPeriods) {
        ++work->pending;
        m_mailbox.when(m_store.spentSince(periodSpan(period, now, timeZone()).start),
                       [work, period](const Result<QList<SpentSum>> &sums) {
                           if (!sums)
                               work->error = sums.error();
                           else
                               for (BudgetStatus &status : work->statuses)
                                   if (status.budget.period == period)
                                       for (const SpentSum &sum : *sums)
                                           if (binds(status.budget.scope, sum.key, sum.team, sum.project))
                                               status.spent = status.spent.plusSaturated(sum.spent);
                           if (--work->pending > 0)
                               return;
                           if (work->error)
                               work->promise.addResult(
                                   Result<QList<BudgetStatus>>(tl::unexpected(*work->error)));
                           else
                               work->promise.addResult(Result<QList<BudgetStatus>>(work->statuses));
                           work->promise.finish();
                       });
    }
    return work->promise.future();
}

QFuture<Result<KeyView>> Control::view(KeyId id)
{
    const auto promise = std::make_shared<QPromise<Result<KeyView>>>();
    promise->start();
    const auto finish = [promise](Result<KeyView> result) {
        promise->addResult(std::move(result));
        promise->finish();
    };
    const std::optional<KeyRecord> record = key(id);
    if (!record) {
        finish(fail(ErrorCode::NotFound, QStringLiteral("there is no key with the id key_%1").arg(id)));
        return promise->future();
    }
    KeyView view{*record, {}, {}, m_pause.paused};
    if (m_plane) {
        m_mailbox.when(m_plane->budgetsFor(id), [this, id, view, finish](const QList<BudgetStatus> &budgets) {
            m_mailbox.when(m_plane->load(id), [view, budgets, finish](const DataPlane::KeyLoad &load) {
                KeyView full = view;
                full.budgets = budgets;
                full.load = load;
                finish(full);
            });
        });
        return promise->future();
    }
    const RateLimits limits =
        limitsFor(*record, m_config->rateLimits.defaults, m_config->rateLimits.overrides);
    view.load.rpmLimit = limits.rpm;
    view.load.tpmLimit = limits.tpm;
    view.load.parallelLimit = limits.parallel;
    m_mailbox.when(budgetsFromStore(), [view, finish](const Result<QList<BudgetStatus>> &all) {
        if (!all)
            return finish(tl::unexpected(all.error()));
        KeyView full = view;
        for (const BudgetStatus &status : *all)
            if (binds(status.budget.scope, view.key.id, view.key.team, view.key.project))
                full.budgets.append(status);
        std::stable_sort(full.budgets.begin(), full.budgets.end(),
                         [](const BudgetStatus &a, const BudgetStatus &b) {
                             return a.pressureBasisPoints() > b.pressureBasisPoints();
                         });
        finish(full);
    });
    return promise->future();
}

} // namespace lbp
