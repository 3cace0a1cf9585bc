#include "gui/requestlistmodel.h"

#include "control/control.h"
#include "control/eventhub.h"

#include <algorithm>

namespace lbp::gui {

using namespace Qt::StringLiterals;

namespace {

constexpr int margin = 100; ///< rows held ready on either side of those that are seen
constexpr int pageRows = 200;
constexpr int nearby = 250; ///< up to here a gap is closed row by row, beyond it is jumped over
constexpr int applyEveryMs = 100;

QString nameOf(RequestSort sort)
{
    switch (sort) {
    case RequestSort::Time:
        return u"time"_s;
    case RequestSort::Cost:
        return u"cost"_s;
    case RequestSort::Tokens:
        return u"tokens"_s;
    case RequestSort::Elapsed:
        return u"duration"_s;
    }
    return {};
}

} // namespace

RequestListModel::RequestListModel(const GuiServices &services, QObject *parent)
    : QAbstractListModel(parent)
    , m_services(services)
    , m_pager(services.control)
{
    connect(&m_pager, &RequestPager::totalChanged, this, [this] {
        followTotal();
        Q_EMIT progressChanged();
    });
    m_apply.setSingleShot(true);
    m_apply.setInterval(applyEveryMs);
    connect(&m_apply, &QTimer::timeout, this, &RequestListModel::applyPending);
    m_second.setInterval(1000);
    connect(&m_second, &QTimer::timeout, this, &RequestListModel::tick);
}

void RequestListModel::setFilter(const QString &text)
{
    if (m_filter == text)
        return;
    m_filter = text;
    if (m_active)
        restart();
    else
        m_started = false;
}

void RequestListModel::setSort(RequestSort sort, bool ascending)
{
    if (m_sort == sort && m_ascending == ascending)
        return;
    m_sort = sort;
    m_ascending = ascending;
    Q_EMIT sortChanged();
    Q_EMIT liveChanged();
    if (m_active)
        restart();
    else
        m_started = false;
}

void RequestListModel::sortBy(const QString &role)
{
    for (const RequestSort sort :
         {RequestSort::Time, RequestSort::Cost, RequestSort::Tokens, RequestSort::Elapsed})
        if (nameOf(sort) == role)
            setSort(sort, sort == m_sort && !m_ascending);
}

QString RequestListModel::sortRole() const
{
    return nameOf(m_sort);
}

void RequestListModel::reload()
{
    if (m_active)
        restart();
    else
        m_started = false;
}

void RequestListModel::restart()
{
    m_terms = m_services.control.readFilter(m_filter).terms;
    m_started = false;
    m_fetching = Fetch::None;
    m_loading = m_rows.isEmpty();
    setProblem({});
    m_pager.start({m_terms, m_sort, m_ascending},
                  [this](const Result<RequestPager::Piece> &piece) { begin(piece); });
    Q_EMIT progressChanged();
}

void RequestListModel::begin(const Result<RequestPager::Piece> &piece)
{
    m_loading = false;
    if (!piece) {
        setProblem(piece.error().detail);
        Q_EMIT progressChanged();
        return;
    }
    beginResetModel();
    m_rows.clear();
    for (const ExchangeRow &row : piece->rows)
        m_rows.append(itemOf(row));
    m_first = 0;
    m_adjusted = 0;
    m_startKnown = true;
    m_endKnown = piece->reachesEnd;
    m_count =
        int(std::clamp<qint64>(std::max<qint64>(m_rows.size(), m_endKnown ? 0 : m_pager.total()), 0, m_most));
    m_seenFirst = m_seenLast = 0;
    m_started = true;
    m_atTop = true;
    endResetModel();
    setNew(0);
    Q_EMIT countChanged();
    Q_EMIT progressChanged();
    Q_EMIT liveChanged();
    Q_EMIT reloaded();
    checkOpen(piece->rows);
    insertLive(std::exchange(m_arrived, {}));
}

RequestItem RequestListModel::itemOf(const ExchangeRow &row) const
{
    RequestItem item{row, {}, 0};
    if (item.isRunning()) {
        const auto running = m_running.constFind(row.open.id.value);
        if (running != m_running.constEnd()) {
            item.soFar = running->soFar;
            item.outputSoFar = running->output;
        }
    }
    return item;
}

void RequestListModel::show(int first, int last)
{
    m_seenFirst = std::max(0, first);
    m_seenLast = std::max(m_seenFirst, last);
    fetch();
}

void RequestListModel::fetch()
{
    if (!m_started || m_count == 0)
        return;
    const int end = m_first + int(m_rows.size());
    const int seenLast = std::min(m_seenLast, m_count - 1);
    const bool isFar = m_rows.isEmpty() || seenLast < m_first - nearby || m_seenFirst > end + nearby;
    if (isFar && m_pager.isPlaced()) {
        // What is on its way is for another place: a load overtakes a search, but waits for another load.
        if (m_fetching != Fetch::Jump)
            run(Fetch::Jump, std::max(0, (m_seenFirst + seenLast) / 2 - nearby / 2));
        return;
    }
    if (m_fetching != Fetch::None || m_rows.isEmpty())
        return;
    if (std::min(m_count - 1, seenLast + margin) >= end - (m_endKnown ? 0 : 1) && !m_endKnown && end < m_most)
        run(Fetch::Forward);
    else if (std::max(0, m_seenFirst - margin) < m_first + (m_startKnown ? 0 : 1) && !m_startKnown)
        run(Fetch::Backward);
}

void RequestListModel::run(Fetch how, int at)
{
    m_fetching = how;
    const auto done = [this, how](const Result<RequestPager::Piece> &piece) { take(how, piece); };
    if (how == Fetch::Jump)
        m_pager.load(at, nearby, done);
    else if (how == Fetch::Forward)
        m_pager.extend(m_rows.last().row, m_first + m_rows.size() - 1, false, pageRows, done);
    else
        m_pager.extend(m_rows.first().row, m_first, true, pageRows, done);
}

void RequestListModel::take(Fetch how, const Result<RequestPager::Piece> &piece)
{
    m_fetching = Fetch::None;
    if (!piece) {
        setProblem(piece.error().detail);
        return;
    }
    setProblem({});
    checkOpen(piece->rows);
    switch (how) {
    case Fetch::Jump:
        if (piece->rows.isEmpty() && m_count > 0)
            return restart(); // shorter than it was: rows were pruned
        jumpTo(*piece);
        break;
    case Fetch::Forward:
        append(*piece);
        break;
    case Fetch::Backward:
        prepend(*piece);
        break;
    case Fetch::None:
        break;
    }
    fetch();
}

void RequestListModel::jumpTo(const RequestPager::Piece &piece)
{
    m_rows.clear();
    for (const ExchangeRow &row : piece.rows)
        m_rows.append(itemOf(row));
    m_first = int(std::min<qint64>(piece.at, m_count));
    m_startKnown = piece.reachesStart;
    m_endKnown = piece.reachesEnd;
    const int end = m_first + int(m_rows.size());
    if (m_endKnown || end > m_count)
        setCount(end);
    Q_EMIT dataChanged(index(0), index(m_count - 1));
    if (m_startKnown && m_first > 0)
        closeUp(m_first);
}

void RequestListModel::append(const RequestPager::Piece &piece)
{
    const int at = m_first + int(m_rows.size());
    for (const ExchangeRow &row : piece.rows)
        m_rows.append(itemOf(row));
    m_endKnown = piece.reachesEnd;
    const int end = m_first + int(m_rows.size());
    const int known = std::min(end, m_count);
    if (m_endKnown || end > m_count)
        setCount(end);
    if (known > at)
        Q_EMIT dataChanged(index(at), index(known - 1));
    trim(true);
}

void RequestListModel::prepend(const RequestPager::Piece &piece)
{
    const int added = int(piece.rows.size());
    if (added > m_first)
        openUp(added - m_first);
    QList<RequestItem> items;
    items.reserve(added + m_rows.size());
    for (const ExchangeRow &row : piece.rows)
        items.append(itemOf(row));
    m_rows = items + m_rows;
    m_first -= added;
    m_startKnown = piece.reachesStart;
    if (added > 0)
        Q_EMIT dataChanged(index(m_first), index(m_first + added - 1));
    if (m_startKnown && m_first > 0)
        closeUp(m_first);
    trim(false);
}

void RequestListModel::openUp(int rows)
{
    beginInsertRows({}, 0, rows - 1);
    m_first += rows;
    m_count += rows;
    m_adjusted += rows;
    m_seenFirst += rows;
    m_seenLast += rows;
    endInsertRows();
    Q_EMIT countChanged();
}

void RequestListModel::closeUp(int rows)
{
    beginRemoveRows({}, 0, rows - 1);
    m_first -= rows;
    m_count -= rows;
    m_adjusted -= rows;
    m_seenFirst = std::max(0, m_seenFirst - rows);
    m_seenLast = std::max(0, m_seenLast - rows);
    endRemoveRows();
    Q_EMIT countChanged();
}

void RequestListModel::trim(bool fromFront)
{
    const qsizetype over = m_rows.size() - mostHeld;
    if (over <= 0)
        return;
    if (fromFront) {
        m_rows.remove(0, over);
        m_first += int(over);
        m_startKnown = false;
    } else {
        m_rows.remove(mostHeld, over);
        m_endKnown = false;
    }
}

void RequestListModel::followTotal()
{
    if (m_started && !m_endKnown)
        setCount(int(std::min<qint64>(std::max<qint64>(m_pager.total() + m_adjusted, m_first + m_rows.size()),
                                      m_most)));
}

void RequestListModel::setCount(int count)
{
    if (count > m_count) {
        beginInsertRows({}, m_count, count - 1);
        m_count = count;
        endInsertRows();
    } else if (count < m_count) {
        beginRemoveRows({}, count, m_count - 1);
        m_count = count;
        endRemoveRows();
    } else {
        return;
    }
    Q_EMIT countChanged();
    Q_EMIT progressChanged();
}

void RequestListModel::setProblem(const QString &problem)
{
    if (m_problem == problem)
        return;
    m_problem = problem;
    Q_EMIT progressChanged();
}

bool RequestListModel::isBusy() const
{
    return !m_started || m_pager.isCounting() || (m_fetching != Fetch::None && m_rows.isEmpty());
}

QString RequestListModel::cappedText() const
{
    if (!isCapped())
        return {};
    return tr("Only the first %1 are listed here. A filter reaches the others; an export has all of them.")
        .arg(m_services.format.count(m_most));
}

QString RequestListModel::countText() const
{
    if (!m_started && m_rows.isEmpty())
        return {};
    const Format &format = m_services.format;
    const qint64 known = std::max<qint64>(m_count, m_pager.total());
    if (m_pager.isCounting() && !m_endKnown)
        return tr("%1 and more").arg(format.count(known));
    return m_filter.trimmed().isEmpty()
        ? tr("%1 requests", "", int(std::min<qint64>(known, INT_MAX))).arg(format.count(known))
        : tr("%1 found", "", int(std::min<qint64>(known, INT_MAX))).arg(format.count(known));
}

const RequestItem *RequestListModel::item(int row) const
{
    return isHeld(row) ? &m_rows[row - m_first] : nullptr;
}

QString RequestListModel::idAt(int row) const
{
    const RequestItem *found = item(row);
    return found ? QString::fromLatin1(found->row.open.id.toText()) : QString();
}

int RequestListModel::rowOf(const QString &id) const
{
    const std::optional<RequestId> wanted = RequestId::fromText(id.toLatin1());
    return wanted ? heldRowOf(*wanted) : -1;
}

int RequestListModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : m_count;
}

QVariant RequestListModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || index.row() >= m_count)
        return {};
    const RequestItem *item = this->item(index.row());
    if (!item)
        return role == LoadedRole || role == RunningRole || role == EstimatedRole ? QVariant(false)
                                                                                  : QVariant(QString());
    static const Series none;
    const OpenRow &open = item->row.open;
    const CloseRow &close = item->row.close;
    const Series &series = open.series ? *open.series : none;
    const Format &format = m_services.format;
    const bool running = item->isRunning();
    switch (role) {
    case RequestIdRole:
        return QString::fromLatin1(open.id.toText());
    case LoadedRole:
        return true;
    case RunningRole:
        return running;
    case ToneRole:
        return stateTone(*item);
    case StateRole:
        return stateText(*item);
    case TimeRole:
        return momentText(open.id.time(), format, m_services.clock.now());
    case KeyRole:
        return m_services.control.keyName(series.key);
    case TeamRole:
        return series.team;
    case ProjectRole:
        return series.project;
    case ModelRole: // what was refused before a model was chosen has none
        return series.model.isEmpty() ? open.requestedModel : series.model;
    case RemarkRole:
        return remarkText(*item);
    case ProviderRole:
        return series.provider;
    case EndpointRole:
        return open.endpoint;
    case InputRole:
        if (running)
            return open.estimatedInputTokens > 0 ? format.count(open.estimatedInputTokens) : QString();
        return close.usage.inputTokens() > 0 ? format.count(close.usage.inputTokens()) : QString();
    case OutputRole:
        if (running)
            return item->outputSoFar > 0 ? format.count(item->outputSoFar) : QString();
        return close.usage.outputTokens() > 0 ? format.count(close.usage.outputTokens()) : QString();
    case CostRole:
        return costText(*item, format);
    case EstimatedRole:
        return running || isEstimated(close);
    case SavedRole:
        return close.saved.isZero() ? QString() : format.money(close.saved);
    case DurationRole:
        return durationText(*item, format, m_services.clock.now());
    case TtftRole:
        return close.ttftUs > 0 ? format.duration(Duration(close.ttftUs)) : QString();
    case ErrorRole:
        return close.error;
    default:
        return {};
    }
}

QHash<int, QByteArray> RequestListModel::roleNames() const
{
    return {{RequestIdRole, "requestId"},
            {LoadedRole, "loaded"},
            {RunningRole, "running"},
            {ToneRole, "tone"},
            {StateRole, "stateText"},
            {TimeRole, "time"},
            {KeyRole, "key"},
            {TeamRole, "team"},
            {ProjectRole, "project"},
            {ModelRole, "modelName"},
            {RemarkRole, "remark"},
            {ProviderRole, "provider"},
            {EndpointRole, "endpoint"},
            {InputRole, "inputTokens"},
            {OutputRole, "outputTokens"},
            {CostRole, "cost"},
            {EstimatedRole, "estimated"},
            {SavedRole, "saved"},
            {DurationRole, "elapsed"},
            {TtftRole, "ttft"},
            {ErrorRole, "errorText"}};
}

} // namespace lbp::gui
