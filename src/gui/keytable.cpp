#include "gui/keytable.h"

#include "control/control.h"
#include "gui/format.h"
#include "gui/rowchange.h"

#include <algorithm>
#include <QCoreApplication>

namespace lbp::gui {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype manyRuns = 64; ///< above it a fresh start is cheaper than so many small steps

struct Tr
{
    Q_DECLARE_TR_FUNCTIONS(Keys)
};

enum MeterPart { SpentText, LimitText, Fraction, Reserved, Tip };

} // namespace

KeyStanding keyStanding(const KeyRecord &key, Instant now)
{
    if (key.status == KeyStatus::Revoked)
        return KeyStanding::Revoked;
    if (key.status == KeyStatus::Paused && key.pausedReason == QStringView(revokingReason))
        return KeyStanding::Revoking;
    if (key.expiresAt && *key.expiresAt <= now)
        return KeyStanding::Expired;
    return key.status == KeyStatus::Paused ? KeyStanding::Paused : KeyStanding::Active;
}

QString keyStandingText(const KeyRecord &key, Instant now)
{
    switch (keyStanding(key, now)) {
    case KeyStanding::Active:
        return Tr::tr("Active", "a key");
    case KeyStanding::Paused:
        return key.pausedReason == "runaway"_L1 ? Tr::tr("Paused: spent too fast")
                                                : Tr::tr("Paused", "a key");
    case KeyStanding::Revoking:
        return Tr::tr("Being revoked", "a key");
    case KeyStanding::Expired:
        return Tr::tr("Expired", "a key");
    case KeyStanding::Revoked:
        return Tr::tr("Revoked", "a key");
    }
    return {};
}

QString keyStandingTone(const KeyRecord &key, Instant now)
{
    switch (keyStanding(key, now)) {
    case KeyStanding::Active:
        return u"ok"_s;
    case KeyStanding::Paused:
        return key.pausedReason == "runaway"_L1 ? u"danger"_s : u"warning"_s;
    case KeyStanding::Revoking:
        return u"danger"_s;
    case KeyStanding::Expired:
    case KeyStanding::Revoked:
        break;
    }
    return u"neutral"_s;
}

KeyTable::KeyTable(const GuiServices &services, QObject *parent)
    : QAbstractListModel(parent)
    , m_services(services)
    , m_collator(services.format.locale())
    , m_sortRole(u"name"_s)
{
    m_collator.setNumericMode(true);
    m_collator.setCaseSensitivity(Qt::CaseInsensitive);
}

void KeyTable::setKeys(const QList<KeyRecord> &keys)
{
    const Instant now = m_services.clock.now();
    QHash<KeyId, Row> rows;
    rows.reserve(keys.size());
    m_total = 0;
    for (const KeyRecord &key : keys) {
        const KeyStanding standing = keyStanding(key, now);
        m_total += standing != KeyStanding::Revoked && standing != KeyStanding::Expired ? 1 : 0;
        const auto old = m_rows.constFind(key.id);
        if (old == m_rows.cend())
            rows.insert(key.id, {key, {}, {}, m_collator.sortKey(key.name)});
        else
            rows.insert(key.id,
                        {key, old->day, old->month,
                         old->key.name == key.name ? old->nameKey : m_collator.sortKey(key.name)});
    }
    m_rows = std::move(rows);
    show();
    Q_EMIT countChanged();
}

void KeyTable::take(const BudgetStatus &status)
{
    const Budget &budget = status.budget;
    if (budget.scope.kind != ScopeKind::Key)
        return;
    const auto row = m_rows.find(budget.scope.id.toLongLong());
    if (row == m_rows.end())
        return;
    if (budget.period == Period::Daily)
        row->day = status;
    else if (budget.period == Period::Monthly)
        row->month = status;
}

void KeyTable::setBudgets(const QList<BudgetStatus> &all)
{
    for (Row &row : m_rows) {
        row.day.reset();
        row.month.reset();
    }
    for (const BudgetStatus &status : all)
        take(status);
    show();
    if (!m_shown.isEmpty())
        Q_EMIT dataChanged(index(0), index(count() - 1));
}

void KeyTable::updateBudgets(const QList<BudgetStatus> &some)
{
    KeyId touched = 0;
    for (const BudgetStatus &status : some) {
        take(status);
        if (status.budget.scope.kind == ScopeKind::Key)
            touched = status.budget.scope.id.toLongLong();
    }
    if (m_sortRole == "day"_L1 || m_sortRole == "month"_L1)
        show();
    if (const int row = rowOf(touched); row >= 0)
        Q_EMIT dataChanged(index(row), index(row));
}

void KeyTable::refreshTimes()
{
    show();
    if (!m_shown.isEmpty())
        Q_EMIT dataChanged(index(0), index(count() - 1), {StatusRole, StatusToneRole, OpenRole, ExpiresRole});
}

void KeyTable::setSearch(const QString &search)
{
    if (m_search == search)
        return;
    m_search = search;
    Q_EMIT viewChanged();
    show();
}

void KeyTable::setFilter(Filter filter)
{
    if (m_filter == filter)
        return;
    m_filter = filter;
    Q_EMIT viewChanged();
    show();
}

void KeyTable::sortBy(const QString &role)
{
    const bool amount = role == "day"_L1 || role == "month"_L1;
    m_descending = m_sortRole == role ? !m_descending : amount; // the dearest are looked for first
    m_sortRole = role;
    Q_EMIT viewChanged();
    show();
}

QString KeyTable::countText() const
{
    if (count() == m_total)
        return tr("%n key(s)", nullptr, m_total);
    return tr("%1 of %n key(s)", nullptr, int(m_rows.size())).arg(m_services.format.count(count()));
}

bool KeyTable::fits(const Row &row, const QStringList &words) const
{
    const KeyStanding standing = keyStanding(row.key, m_services.clock.now());
    const bool ended = standing == KeyStanding::Revoked || standing == KeyStanding::Expired;
    if (m_filter == Ended ? !ended : ended)
        return false;
    if (m_filter == PausedOnly && standing != KeyStanding::Paused)
        return false;
    return std::all_of(words.begin(), words.end(), [&](const QString &word) {
        return row.key.name.contains(word, Qt::CaseInsensitive)
            || row.key.team.contains(word, Qt::CaseInsensitive)
            || row.key.project.contains(word, Qt::CaseInsensitive) || row.key.last4.contains(word);
    });
}

bool KeyTable::isBefore(const Row &a, const Row &b) const
{
    const auto text = [](const QString &one, const QString &other) {
        // What has none goes last in both directions.
        return QString::compare(one, other, Qt::CaseInsensitive);
    };
    const auto spent = [](const std::optional<BudgetStatus> &status) {
        return status ? status->spent : Money::fromPicodollars(-1);
    };
    const Instant now = m_services.clock.now();
    int order = 0;
    if (m_sortRole == "team"_L1)
        order = text(a.key.team, b.key.team);
    else if (m_sortRole == "project"_L1)
        order = text(a.key.project, b.key.project);
    else if (m_sortRole == "status"_L1)
        order = int(keyStanding(a.key, now)) - int(keyStanding(b.key, now));
    else if (m_sortRole == "day"_L1)
        order = spent(a.day) < spent(b.day) ? -1 : spent(b.day) < spent(a.day) ? 1 : 0;
    else if (m_sortRole == "month"_L1)
        order = spent(a.month) < spent(b.month) ? -1 : spent(b.month) < spent(a.month) ? 1 : 0;
    else if (m_sortRole == "expires"_L1) {
        const Instant one = a.key.expiresAt.value_or(Instant::max());
        const Instant other = b.key.expiresAt.value_or(Instant::max());
        order = one < other ? -1 : other < one ? 1 : 0;
    } else {
        order = a.nameKey.compare(b.nameKey);
    }
    if (order != 0)
        return m_descending ? order > 0 : order < 0;
    const int byName = a.nameKey.compare(b.nameKey);
    return byName != 0 ? byName < 0 : a.key.id < b.key.id;
}

void KeyTable::show()
{
    const QStringList words = m_search.split(u' ', Qt::SkipEmptyParts);
    QList<const Row *> fitting;
    fitting.reserve(m_rows.size());
    for (const Row &row : std::as_const(m_rows))
        if (fits(row, words))
            fitting.append(&row);
    std::sort(fitting.begin(), fitting.end(),
              [this](const Row *a, const Row *b) { return isBefore(*a, *b); });
    QList<KeyId> wanted;
    wanted.reserve(fitting.size());
    for (const Row *row : std::as_const(fitting))
        wanted.append(row->key.id);

    if ((wanted.isEmpty() && m_shown.isEmpty()) || wanted == m_shown)
        return; // two empty lists are not compared: Qt hands a null pointer to memcmp() for one of them
    const RowChange change = rowChange(m_shown, wanted);
    if (change.removed.size() + change.inserted.size() > manyRuns) {
        beginResetModel();
        m_shown = wanted;
        endResetModel();
        Q_EMIT countChanged();
        return;
    }
    for (const RowChange::Run &run : change.removed) {
        beginRemoveRows({}, run.first, run.first + run.count - 1);
        m_shown.remove(run.first, run.count);
        endRemoveRows();
    }
    if (change.reordered) {
        Q_EMIT layoutAboutToBeChanged({}, VerticalSortHint);
        const QSet<KeyId> staying(m_shown.cbegin(), m_shown.cend());
        const QList<KeyId> before = std::exchange(m_shown, {});
        for (const KeyId id : std::as_const(wanted))
            if (staying.contains(id))
                m_shown.append(id);
        const QModelIndexList held = persistentIndexList();
        for (const QModelIndex &one : held)
            changePersistentIndex(one, index(int(m_shown.indexOf(before[one.row()]))));
        Q_EMIT layoutChanged({}, VerticalSortHint);
    }
    for (const RowChange::Run &run : change.inserted) {
        beginInsertRows({}, run.first, run.first + run.count - 1);
        for (int i = run.first; i < run.first + run.count; ++i)
            m_shown.insert(i, wanted[i]);
        endInsertRows();
    }
    Q_EMIT countChanged();
}

qint64 KeyTable::keyAt(int row) const
{
    return m_shown.value(row, 0);
}

int KeyTable::rowOf(qint64 key) const
{
    return int(m_shown.indexOf(key));
}

bool KeyTable::isOpen(int row) const
{
    return keyAt(row) != 0 && data(index(row), OpenRole).toBool();
}

bool KeyTable::isPaused(int row) const
{
    return keyAt(row) != 0 && data(index(row), PausedRole).toBool();
}

bool KeyTable::isEditable(int row) const
{
    const auto found = m_rows.constFind(keyAt(row));
    if (found == m_rows.cend())
        return false;
    const KeyStanding standing = keyStanding(found->key, m_services.clock.now());
    return standing != KeyStanding::Revoked && standing != KeyStanding::Revoking;
}

int KeyTable::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : count();
}

QVariant KeyTable::meter(const std::optional<BudgetStatus> &status, int part) const
{
    const Format &format = m_services.format;
    if (!status)
        return part == Fraction || part == Reserved ? QVariant(0.0) : QVariant(QString());
    switch (part) {
    case SpentText:
        return format.money(status->spent);
    case LimitText:
        return tr("of %1", "a limit").arg(format.moneyExact(status->effectiveLimit()));
    case Fraction:
        return fraction(status->spent, status->effectiveLimit());
    case Reserved:
        return status->effectiveLimit().isZero() ? 0 : fraction(status->reserved, status->effectiveLimit());
    case Tip:
        return tr("%1 spent, %2 reserved, %3 left. Resets %4.")
            .arg(format.money(status->spent), format.money(status->reserved),
                 format.money(status->remaining()),
                 format.in(std::max(Duration::zero(), status->span.end - m_services.clock.now())));
    }
    return {};
}

QVariant KeyTable::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const auto found = m_rows.constFind(m_shown[index.row()]);
    if (found == m_rows.cend())
        return {};
    const Row &row = *found;
    const Instant now = m_services.clock.now();
    switch (role) {
    case KeyIdRole:
        return row.key.id;
    case NameRole:
        return row.key.name;
    case LastFourRole:
        return u"…"_s + row.key.last4;
    case TeamRole:
        return row.key.team;
    case ProjectRole:
        return row.key.project;
    case StatusRole:
        return keyStandingText(row.key, now);
    case StatusToneRole:
        return keyStandingTone(row.key, now);
    case OpenRole: {
        const KeyStanding standing = keyStanding(row.key, now);
        return standing == KeyStanding::Active || standing == KeyStanding::Paused;
    }
    case PausedRole:
        return keyStanding(row.key, now) == KeyStanding::Paused;
    case DayRole:
    case DayLimitRole:
    case DayFractionRole:
    case DayReservedRole:
    case DayTipRole:
        return meter(row.day, role - DayRole);
    case MonthRole:
    case MonthLimitRole:
    case MonthFractionRole:
    case MonthReservedRole:
    case MonthTipRole:
        return meter(row.month, role - MonthRole);
    case ExpiresRole:
        if (!row.key.expiresAt)
            return tr("Never", "a key expires");
        return m_services.format.date(*row.key.expiresAt - std::chrono::microseconds(1));
    }
    return {};
}

QHash<int, QByteArray> KeyTable::roleNames() const
{
    return {{KeyIdRole, "keyId"},
            {NameRole, "name"},
            {LastFourRole, "lastFour"},
            {TeamRole, "team"},
            {ProjectRole, "project"},
            {StatusRole, "status"},
            {StatusToneRole, "statusTone"},
            {OpenRole, "open"},
            {PausedRole, "paused"},
            {DayRole, "day"},
            {DayLimitRole, "dayLimit"},
            {DayFractionRole, "dayFraction"},
            {DayReservedRole, "dayReserved"},
            {DayTipRole, "dayTip"},
            {MonthRole, "month"},
            {MonthLimitRole, "monthLimit"},
            {MonthFractionRole, "monthFraction"},
            {MonthReservedRole, "monthReserved"},
            {MonthTipRole, "monthTip"},
            {ExpiresRole, "expires"}};
}

} // namespace lbp::gui
