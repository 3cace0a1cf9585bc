#include "gui/overviewrecentmodel.h"

#include "control/control.h"
#include "gui/format.h"
#include "gui/names.h"

#include <algorithm>

namespace lbp::gui {

using namespace Qt::StringLiterals;

namespace {

QString toneOf(Outcome outcome)
{
    switch (outcome) {
    case Outcome::Open:
        return u"accent"_s;
    case Outcome::Completed:
        return u"ok"_s;
    case Outcome::CacheHit:
        return u"info"_s;
    case Outcome::UpstreamError:
    case Outcome::UpstreamFailed:
        return u"danger"_s;
    case Outcome::ClientGone:
    case Outcome::CutAtCeiling:
    case Outcome::Refused:
    case Outcome::Stopped:
    case Outcome::Recovered:
        break;
    }
    return u"warning"_s;
}

} // namespace

OverviewRecentModel::OverviewRecentModel(const GuiServices &services, QObject *parent)
    : QAbstractListModel(parent)
    , m_services(services)
{
}

void OverviewRecentModel::show(const QHash<qint64, SpendWatch::Running> &running)
{
    QList<const SpendWatch::Running *> newest;
    newest.reserve(running.size());
    for (const SpendWatch::Running &one : running)
        newest += &one;
    const qsizetype shown = std::min(mostRunning, newest.size());
    std::partial_sort(newest.begin(), newest.begin() + shown, newest.end(),
                      [](const auto *a, const auto *b) { return a->row.id > b->row.id; });
    m_running.clear();
    for (qsizetype i = 0; i < shown; ++i)
        m_running += *newest[i];
    const bool countChanged = std::exchange(m_runningCount, running.size()) != running.size();
    QList<Row> rows;
    for (const SpendWatch::Running &one : std::as_const(m_running))
        rows += rowOf(one);
    for (const ExchangeRow &ended : std::as_const(m_ended)) {
        const bool stillRuns = std::any_of(m_running.begin(), m_running.end(),
                                           [&](const auto &one) { return one.row.id == ended.open.id; });
        if (rows.size() < mostRows && !stillRuns)
            rows += rowOf(ended);
    }
    merge(std::move(rows));
    if (countChanged)
        Q_EMIT runningTextChanged();
}

void OverviewRecentModel::addEnded(const QList<ExchangeRow> &rows)
{
    for (const ExchangeRow &row : rows) {
        if (row.close.outcome == Outcome::Open)
            continue; // those that run are known from elsewhere
        const auto place = std::find_if(m_ended.begin(), m_ended.end(), [&](const ExchangeRow &other) {
            return other.open.id <= row.open.id;
        });
        if (place != m_ended.end() && place->open.id == row.open.id)
            *place = row;
        else if (place != m_ended.end() || m_ended.size() < mostRows)
            m_ended.insert(place, row);
    }
    if (m_ended.size() > mostRows)
        m_ended.resize(mostRows);
}

QString OverviewRecentModel::runningText() const
{
    return m_runningCount == 0 ? QString() : tr("%n running", nullptr, int(m_runningCount));
}

QString OverviewRecentModel::idAt(int row) const
{
    return row < 0 || row >= m_shown.size() ? QString()
                                            : QString::fromLatin1(RequestId{m_shown[row].id}.toText());
}

OverviewRecentModel::Row OverviewRecentModel::labels(const OpenRow &open) const
{
    Row row;
    row.id = open.id.value;
    row.time = m_services.format.when(open.id.time(), m_services.clock.now());
    if (open.series) {
        row.key = m_services.control.keyName(open.series->key);
        row.model = open.series->model;
    }
    if (row.key.isEmpty())
        row.key = tr("unknown");
    return row;
}

OverviewRecentModel::Row OverviewRecentModel::rowOf(const SpendWatch::Running &running) const
{
    Row row = labels(running.row);
    row.running = true;
    row.estimated = !running.row.unpriced;
    row.status = outcomeText(Outcome::Open);
    row.tone = toneOf(Outcome::Open);
    row.tokens = m_services.format.count(running.row.estimatedInputTokens + running.outputTokens);
    row.cost = running.row.unpriced ? tr("unknown") : m_services.format.money(running.soFar);
    return row;
}

OverviewRecentModel::Row OverviewRecentModel::rowOf(const ExchangeRow &ended) const
{
    const CloseRow &close = ended.close;
    Row row = labels(ended.open);
    row.estimated = close.provenance == Provenance::Estimated || close.provenance == Provenance::Recovered;
    row.status = outcomeText(close.outcome);
    row.tone = toneOf(close.outcome);
    const qint64 tokens = close.usage.inputTokens() + close.usage.outputTokens();
    if (tokens > 0)
        row.tokens = m_services.format.count(tokens);
    if (close.durationUs > 0)
        row.duration = m_services.format.duration(Duration(close.durationUs));
    row.cost = close.cost ? m_services.format.money(*close.cost) : tr("unknown");
    return row;
}

void OverviewRecentModel::merge(QList<Row> rows)
{
    const qsizetype before = m_shown.size();
    const auto has = [](const QList<Row> &list, qint64 id) {
        return std::any_of(list.begin(), list.end(), [id](const Row &row) { return row.id == id; });
    };
    for (qsizetype i = m_shown.size() - 1; i >= 0; --i) {
        if (has(rows, m_shown[i].id))
            continue;
        beginRemoveRows({}, int(i), int(i));
        m_shown.removeAt(i);
        endRemoveRows();
    }
    for (qsizetype i = 0; i < rows.size(); ++i) {
        const auto found = std::find_if(m_shown.begin() + i, m_shown.end(),
                                        [&](const Row &row) { return row.id == rows[i].id; });
        const qsizetype from = found - m_shown.begin();
        if (found == m_shown.end()) {
            beginInsertRows({}, int(i), int(i));
            m_shown.insert(i, rows[i]);
            endInsertRows();
            continue;
        }
        if (from != i) {
            beginMoveRows({}, int(from), int(from), {}, int(i));
            m_shown.move(from, i);
            endMoveRows();
        }
        if (!(m_shown[i] == rows[i])) {
            m_shown[i] = rows[i];
            Q_EMIT dataChanged(index(int(i)), index(int(i)));
        }
    }
    if (m_shown.size() != before)
        Q_EMIT countChanged();
}

int OverviewRecentModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : count();
}

QVariant OverviewRecentModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || index.row() >= m_shown.size())
        return {};
    const Row &row = m_shown[index.row()];
    switch (role) {
    case IdRole:
        return idAt(index.row());
    case TimeRole:
        return row.time;
    case KeyRole:
        return row.key;
    case ModelRole:
        return row.model;
    case StatusRole:
        return row.status;
    case ToneRole:
        return row.tone;
    case TokensRole:
        return row.tokens;
    case DurationRole:
        return row.duration;
    case CostRole:
        return row.cost;
    case EstimatedRole:
        return row.estimated;
    case RunningRole:
        return row.running;
    default:
        return {};
    }
}

QHash<int, QByteArray> OverviewRecentModel::roleNames() const
{
    return {{IdRole, "requestId"},        {TimeRole, "time"},         {KeyRole, "keyName"},
            {ModelRole, "modelName"},     {StatusRole, "statusText"}, {ToneRole, "tone"},
            {TokensRole, "tokens"},       {DurationRole, "duration"}, {CostRole, "cost"},
            {EstimatedRole, "estimated"}, {RunningRole, "running"}};
}

} // namespace lbp::gui
