#include "gui/connectmodel.h"

#include "control/control.h"
#include "control/eventhub.h"
#include "dialects/dialect.h"
#include "gui/commandmodel.h"
#include "gui/desktopservices.h"
#include "gui/format.h"
#include "gui/navigator.h"
#include "gui/toastmodel.h"

namespace lbp::gui {

using namespace Qt::StringLiterals;

namespace {

const QString keyPlace = u"lbp_YOUR_KEY"_s;
constexpr int maxAttempts = 50;

/// The lines name models of OpenAI; where others answer, one of theirs takes the place.
QString withSample(QString lines, const QString &model)
{
    if (!model.isEmpty())
        lines.replace(u"gpt-4o-mini"_s, model).replace(u"gpt-4o"_s, model);
    return lines;
}

bool isMeteredHere(const ConnectTool &tool)
{
    // Dialects of OpenAI's kind see the path behind the /v1 of their base URL.
    QByteArrayView path = tool.path;
    if (path.startsWith("/v1/"))
        path = path.sliced(3);
    return DialectSet::all().find(tool.method, path) != nullptr;
}

} // namespace

ConnectToolList::ConnectToolList(QObject *parent)
    : QAbstractListModel(parent)
    , m_tools(connectTools())
{
}

int ConnectToolList::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_tools.size());
}

QVariant ConnectToolList::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const ConnectTool &tool = m_tools[index.row()];
    switch (role) {
    case IdRole:
        return tool.id;
    case NameRole:
        return tool.name;
    case IconRole:
        return tool.iconName;
    case AboutRole:
        return tool.about;
    case TestedRole:
        return tool.tested;
    case MeteredRole:
        return isMeteredHere(tool);
    }
    return {};
}

QHash<int, QByteArray> ConnectToolList::roleNames() const
{
    return {{IdRole, "toolId"},   {NameRole, "name"},     {IconRole, "iconName"},
            {AboutRole, "about"}, {TestedRole, "tested"}, {MeteredRole, "metered"}};
}

ConnectModel::ConnectModel(const GuiServices &services, QObject *parent)
    : PageModel(services, parent)
    , m_tools(this)
{
    services.events.subscribe(this, [this](const QList<Event> &events) { handle(events); });
    // Not when the window is hidden: the lines may be on their way into a tool.
    connect(&services.navigator, &Navigator::opened, this, [this](Navigator::Page page) {
        if (m_keyId != 0 && page != Navigator::Connect && page != Navigator::Guide)
            forgetKey();
    });
    for (int row = 0; row < m_tools.rowCount(); ++row) {
        const ConnectTool &one = m_tools.tools()[row];
        services.commands.add({u"connect."_s + one.id,
                               tr("Connect %1").arg(one.name),
                               tr("Connect a tool"),
                               one.iconName,
                               {},
                               one.about,
                               [this, row] {
                                   setCurrent(row);
                                   this->services().navigator.open(Navigator::Connect);
                               }});
    }
    setReady();
}

void ConnectModel::activated()
{
    Q_EMIT stepsChanged(); // the address may be another one now
}

const ConnectTool *ConnectModel::tool() const
{
    return m_current >= 0 && m_current < m_tools.rowCount() ? &m_tools.tools()[m_current] : nullptr;
}

QString ConnectModel::baseUrl() const
{
    const QUrl url = services().desktop.proxyUrl();
    return (url.isEmpty() ? u"http://127.0.0.1:3000"_s : url.toString()) + u"/v1"_s;
}

void ConnectModel::setCurrent(int row)
{
    if (m_current == row)
        return;
    m_current = row;
    forgetKey();
    Q_EMIT currentChanged();
    Q_EMIT stepsChanged();
}

QString ConnectModel::currentId() const
{
    return tool() ? tool()->id : QString();
}

int ConnectModel::rowOf(const QString &toolId) const
{
    for (int row = 0; row < m_tools.rowCount(); ++row)
        if (m_tools.tools()[row].id == toolId)
            return row;
    return -1;
}

QString ConnectModel::name() const
{
    return tool() ? tool()->name : QString();
}

QString ConnectModel::note() const
{
    return tool() ? tool()->note : QString();
}

bool ConnectModel::isMetered() const
{
    return tool() && isMeteredHere(*tool());
}

QVariantList ConnectModel::steps() const
{
    QVariantList list;
    if (!tool())
        return list;
    for (const ConnectStep &step : tool()->steps)
        list.append(QVariantMap{{u"place"_s, step.place},
                                {u"language"_s, step.language},
                                {u"lines"_s,
                                 filledIn(withSample(step.lines, services().desktop.sampleModel()), baseUrl(),
                                          hasKey() ? QString::fromLatin1(m_key.reveal().left(4)) + u"••••"_s
                                                  + QString::fromLatin1(m_key.reveal().right(4))
                                                   : keyPlace)}});
    return list;
}

void ConnectModel::copyStep(int index)
{
    if (!tool() || index < 0 || index >= tool()->steps.size())
        return;
    const QString key = hasKey() ? QString::fromLatin1(m_key.reveal()) : keyPlace;
    services().desktop.copyToClipboard(
        filledIn(withSample(tool()->steps[index].lines, services().desktop.sampleModel()), baseUrl(), key));
    services().toasts.show(u"ok"_s, tr("Copied"),
                           hasKey() ? tr("The key is in it: paste it now, it is not shown again.")
                                    : QString());
}

void ConnectModel::createKey()
{
    if (!tool() || m_creating)
        return;
    m_creating = true;
    Q_EMIT stepsChanged();
    createNamed(1);
}

void ConnectModel::createNamed(int attempt)
{
    KeyDraft draft;
    draft.record.name = attempt == 1 ? tool()->id : u"%1-%2"_s.arg(tool()->id).arg(attempt);
    if (services().control.keyByName(draft.record.name) && attempt < maxAttempts)
        return createNamed(attempt + 1);
    mailbox().when(services().control.createKey(std::move(draft)), [this](const Result<CreatedKey> &created) {
        m_creating = false;
        if (created)
            useKey(created->record.id, created->record.name, created->plaintext);
        else
            services().toasts.show(u"danger"_s, tr("The key was not made"), created.error().detail, {}, 0);
        Q_EMIT stepsChanged();
    });
}

void ConnectModel::useKey(KeyId id, const QString &name, const Secret &plaintext)
{
    m_keyId = id;
    m_keyName = name;
    m_key = plaintext;
    m_connectedText.clear();
    Q_EMIT stepsChanged();
    Q_EMIT connectedChanged();
}

void ConnectModel::forgetKey()
{
    m_key = Secret();
    m_keyId = 0;
    m_keyName.clear();
    m_connectedText.clear();
    Q_EMIT stepsChanged();
    Q_EMIT connectedChanged();
}

void ConnectModel::handle(const QList<Event> &events)
{
    if (m_keyId == 0 || isConnected())
        return;
    for (const Event &event : events) {
        const OpenRow *row = nullptr;
        if (const auto *started = std::get_if<event::ExchangeStarted>(&event.body))
            row = &started->row;
        else if (const auto *ended = std::get_if<event::ExchangeEnded>(&event.body))
            row = &ended->row.open;
        if (row == nullptr || !row->series || row->series->key != m_keyId)
            continue;
        m_connectedText = tr("Connected: a request for %1 arrived at %2")
                              .arg(row->series->model, services().format.time(event.at));
        Q_EMIT connectedChanged();
        return;
    }
}

} // namespace lbp::gui
