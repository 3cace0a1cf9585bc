#include "gui/keydetail.h"

#include "gui/format.h"
#include "gui/keytable.h"
#include "gui/names.h"

#include <algorithm>

namespace lbp::gui {

using namespace Qt::StringLiterals;

KeyDetail::KeyDetail(const GuiServices &services, QObject *parent)
    : QObject(parent)
    , m_services(services)
{
}

void KeyDetail::show(KeyId id)
{
    if (id == m_view.key.id)
        return refresh();
    m_view = {};
    if (const std::optional<KeyRecord> key = m_services.control.key(id))
        m_view.key = *key;
    Q_EMIT changed();
    refresh();
}

void KeyDetail::refresh()
{
    const KeyId id = m_view.key.id;
    if (id == 0)
        return;
    m_mailbox.when(m_services.control.view(id), [this, id](const Result<KeyView> &view) {
        if (id != m_view.key.id || !view)
            return;
        m_view = *view;
        Q_EMIT changed();
    });
}

QString KeyDetail::subtitle() const
{
    const KeyRecord &key = m_view.key;
    if (!key.team.isEmpty() && !key.project.isEmpty())
        return tr("Team %1, project %2").arg(key.team, key.project);
    if (!key.team.isEmpty())
        return tr("Team %1").arg(key.team);
    return key.project.isEmpty() ? QString() : tr("Project %1").arg(key.project);
}

QString KeyDetail::status() const
{
    return keyStandingText(m_view.key, m_services.clock.now());
}

QString KeyDetail::statusTone() const
{
    return keyStandingTone(m_view.key, m_services.clock.now());
}

QString KeyDetail::statusNote() const
{
    const KeyRecord &key = m_view.key;
    switch (keyStanding(key, m_services.clock.now())) {
    case KeyStanding::Active:
        return m_services.control.isPaused() ? tr("All spending is paused, so it is refused for now.")
                                             : QString();
    case KeyStanding::Paused:
        if (key.pausedReason == "runaway"_L1)
            return tr("It spent more in a minute than its guard allows (%1). Look at its requests before you "
                      "resume it.")
                .arg(key.maxSpendPerMinute ? m_services.format.money(*key.maxSpendPerMinute)
                                           : tr("no limit"));
        return tr("Its requests are refused until you resume it.");
    case KeyStanding::Revoking:
        return tr("It is refused already, and revoked for good in a moment.");
    case KeyStanding::Expired:
        return tr("It stopped working on %1. Edit it to let it work longer.")
            .arg(m_services.format.exact(*key.expiresAt));
    case KeyStanding::Revoked:
        return tr("It never works again. Its requests stay in the ledger.");
    }
    return {};
}

bool KeyDetail::isUsable() const
{
    const KeyStanding standing = keyStanding(m_view.key, m_services.clock.now());
    return m_view.key.id != 0 && (standing == KeyStanding::Active || standing == KeyStanding::Paused);
}

bool KeyDetail::isPaused() const
{
    return keyStanding(m_view.key, m_services.clock.now()) == KeyStanding::Paused;
}

bool KeyDetail::isUndoable() const
{
    return keyStanding(m_view.key, m_services.clock.now()) == KeyStanding::Revoking;
}

QVariantList KeyDetail::budgets() const
{
    const Format &format = m_services.format;
    const Instant now = m_services.clock.now();
    QVariantList list;
    for (const BudgetStatus &status : m_view.budgets) {
        const bool own = status.budget.scope.kind == ScopeKind::Key;
        const QString whose = own ? tr("This key") : scopeText(status.budget.scope, m_services.control);
        const bool ends = status.budget.period != Period::Total;
        list.append(QVariantMap{
            {u"title"_s,
             tr("%1, %2", "whose budget, per day").arg(whose, format.periodName(status.budget.period))},
            {u"amount"_s,
             tr("%1 of %2", "spent of a limit")
                 .arg(format.money(status.spent), format.moneyExact(status.effectiveLimit()))},
            {u"fraction"_s, fraction(status.spent, status.effectiveLimit())},
            {u"reserved"_s,
             status.effectiveLimit().isZero() ? 0.0 : fraction(status.reserved, status.effectiveLimit())},
            {u"left"_s, tr("%1 left").arg(format.money(status.remaining()))},
            {u"resets"_s,
             ends
                 ? tr("resets %1", "in 3 h").arg(format.in(std::max(Duration::zero(), status.span.end - now)))
                 : tr("never resets")},
            {u"resetsExact"_s, ends ? format.exact(status.span.end) : QString()},
            {u"source"_s, status.budget.isDefault ? tr("from settings") : QString()},
        });
    }
    return list;
}

QVariantList KeyDetail::load() const
{
    const Format &format = m_services.format;
    const DataPlane::KeyLoad &load = m_view.load;
    const auto entry = [&](const QString &label, int used, int limit) {
        return QVariantMap{
            {u"label"_s, label},
            {u"text"_s,
             limit > 0 ? tr("%1 of %2", "used of a limit").arg(format.count(used), format.count(limit))
                       : tr("%1, no limit", "used").arg(format.count(used))},
            {u"fraction"_s, limit > 0 ? double(used) / limit : 0.0},
            {u"limited"_s, limit > 0}};
    };
    return {entry(tr("Requests in the last minute"), load.rpmUsed, load.rpmLimit),
            entry(tr("Tokens in the last minute"), load.tpmUsed, load.tpmLimit),
            entry(tr("Running now"), load.running, load.parallelLimit)};
}

QVariantList KeyDetail::facts() const
{
    const Format &format = m_services.format;
    const KeyRecord &key = m_view.key;
    const Instant now = m_services.clock.now();
    QVariantList list;
    const auto add = [&](const QString &label, const QString &text, const QString &tip = {}) {
        list.append(QVariantMap{{u"label"_s, label}, {u"text"_s, text}, {u"tip"_s, tip}});
    };
    add(tr("Ends with"), key.last4);
    add(tr("Created"), format.date(key.createdAt), format.exact(key.createdAt));
    add(tr("Expires"),
        key.expiresAt ? format.date(*key.expiresAt - std::chrono::microseconds(1)) : tr("never"),
        key.expiresAt ? format.exact(*key.expiresAt) : QString());
    if (key.previousValidUntil && *key.previousValidUntil > now)
        add(tr("Old secret works until"), format.when(*key.previousValidUntil, now),
            format.exact(*key.previousValidUntil));
    add(tr("Runaway guard"),
        key.maxSpendPerMinute ? tr("%1 a minute").arg(format.money(*key.maxSpendPerMinute)) : tr("off"));
    add(tr("Paths without a meter"), key.allowUnmetered ? tr("allowed") : tr("refused"));
    return list;
}

} // namespace lbp::gui
