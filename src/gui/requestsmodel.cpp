#include "gui/requestsmodel.h"

#include "gui/commandmodel.h"

namespace lbp::gui {

using namespace Qt::StringLiterals;

RequestsModel::RequestsModel(const GuiServices &services, QObject *parent)
    : PageModel(services, parent)
    , m_filter(services)
    , m_columns(services.state)
    , m_list(services)
    , m_detail(services)
    , m_export(services, m_list)
{
    connect(&m_filter, &RequestFilterInput::appliedChanged, this,
            [this] { m_list.setFilter(m_filter.applied()); });
    connect(&m_list, &RequestListModel::reloaded, this, [this] { setReady(); });
    connect(&m_list, &RequestListModel::progressChanged, this, [this] { setProblem(m_list.problem()); });
    connect(&m_detail, &RequestDetail::corrected, &m_list, &RequestListModel::noteChanged);
    connect(&services.navigator, &Navigator::opened, this, &RequestsModel::opened);
    addCommands();
}

void RequestsModel::activated()
{
    m_list.setActive(true);
    m_detail.setActive(true);
}

void RequestsModel::deactivated()
{
    m_list.setActive(false);
    m_detail.setActive(false);
}

void RequestsModel::opened(Navigator::Page page, const QVariantMap &arguments)
{
    if (page != Navigator::Requests)
        return;
    if (arguments.contains(u"filter"_s))
        m_filter.setText(arguments.value(u"filter"_s).toString());
    if (arguments.contains(u"id"_s))
        m_detail.show(arguments.value(u"id"_s).toString());
}

void RequestsModel::openSettings()
{
    services().navigator.open(Navigator::Settings, {{u"setting"_s, u"logging.bodies"_s}});
}

void RequestsModel::addCommands()
{
    CommandModel &commands = services().commands;
    Navigator &navigator = services().navigator;
    const QString section = tr("Requests");
    commands.add({u"requests.find"_s, tr("Find requests"), section, u"search"_s, u"/"_s,
                  tr("filter search key model status cost"), [this, &navigator] {
                      navigator.open(Navigator::Requests);
                      Q_EMIT filterFocusAsked();
                  }});
    const auto filtered = [&](const QString &id, const QString &title, const QString &icon,
                              const QString &keywords, const QString &filter) {
        commands.add({u"requests."_s + id, title, section, icon, {}, keywords, [&navigator, filter] {
                          navigator.open(Navigator::Requests, {{u"filter"_s, filter}});
                      }});
    };
    filtered(u"running"_s, tr("Show running requests"), u"activity"_s, tr("live streams active"),
             u"outcome:open"_s);
    filtered(u"failed"_s, tr("Show failed requests"), u"exclamation-triangle"_s, tr("errors 4xx 5xx"),
             u"status:4xx|5xx"_s);
    filtered(u"today"_s, tr("Show today's requests"), u"calendar3"_s, tr("day"), u"time:today"_s);
    filtered(u"estimated"_s, tr("Show estimated costs"), u"calculator"_s, tr("recovered correct"),
             u"estimated:yes"_s);
    const auto exports = [&](const QString &id, const QString &title, int format) {
        commands.add({u"requests."_s + id,
                      title,
                      section,
                      u"download"_s,
                      {},
                      tr("save file download list"),
                      [this, &navigator, format] {
                          navigator.open(Navigator::Requests);
                          Q_EMIT exportAsked(format);
                      },
                      [this] { return !m_export.isRunning(); }});
    };
    exports(u"exportCsv"_s, tr("Export requests as CSV"), RequestExport::Csv);
    exports(u"exportJson"_s, tr("Export requests as JSON"), RequestExport::Json);
}

} // namespace lbp::gui
