#include "gui/maincontext.h"

#include "gui/spendwatch.h"

namespace lbp::gui {

using namespace Qt::StringLiterals;

MainContext::MainContext(const GuiServices &services, Appearance &appearance, QObject *parent)
    : QObject(parent)
    , m_services(services)
    , m_appearance(appearance)
    , m_spend(std::make_unique<SpendWatch>(services))
    , m_shell(std::make_unique<ShellModel>(services, *m_spend))
    , m_overview(std::make_unique<OverviewModel>(services, *m_spend))
    , m_requests(std::make_unique<RequestsModel>(services))
    , m_keys(std::make_unique<KeysModel>(services))
    , m_budgets(std::make_unique<BudgetsModel>(services))
    , m_prices(std::make_unique<PricesModel>(services))
    , m_alerts(std::make_unique<AlertsModel>(services))
    , m_connect(std::make_unique<ConnectModel>(services))
    , m_settings(std::make_unique<SettingsModel>(services, appearance))
    , m_guide(std::make_unique<GuideModel>(services, *m_connect))
{
    addCommands();
}

MainContext::~MainContext() = default;

void MainContext::addCommands()
{
    struct PageCommand
    {
        Navigator::Page page;
        QString id, title, icon, keywords;
    };
    const PageCommand pages[] = {
        {Navigator::Overview, u"overview"_s, tr("Overview"), u"speedometer2"_s, tr("home dashboard charts")},
        {Navigator::Requests, u"requests"_s, tr("Requests"), u"list-ul"_s, tr("log live history")},
        {Navigator::Keys, u"keys"_s, tr("Keys"), u"key"_s, tr("virtual tokens")},
        {Navigator::Budgets, u"budgets"_s, tr("Budgets"), u"wallet2"_s, tr("limits caps")},
        {Navigator::Prices, u"prices"_s, tr("Models and prices"), u"tags"_s, tr("rates cost")},
        {Navigator::Alerts, u"alerts"_s, tr("Alerts"), u"bell"_s, tr("webhook notifications")},
        {Navigator::Connect, u"connect"_s, tr("Connect a tool"), u"plug"_s, tr("sdk codex claude base url")},
        {Navigator::Settings, u"settings"_s, tr("Settings"), u"gear"_s, tr("preferences options theme")},
    };
    int number = 0;
    for (const PageCommand &one : pages) {
        ++number;
        m_services.commands.add({u"go."_s + one.id, one.title, tr("Go to"), one.icon,
                                 u"Ctrl+%1"_s.arg(number), one.keywords,
                                 [this, page = one.page] { m_services.navigator.open(page); }});
    }
    m_services.commands.add({u"go.guide"_s,
                             tr("Set up again"),
                             tr("Go to"),
                             u"rocket-takeoff"_s,
                             {},
                             tr("guide first start welcome"),
                             [this] { m_services.navigator.open(Navigator::Guide); }});
    const auto theme = [this](const QString &id, const QString &title, const QString &icon,
                              Appearance::Theme value) {
        m_services.commands.add({u"theme."_s + id,
                                 title,
                                 tr("Window"),
                                 icon,
                                 {},
                                 tr("theme colours mode"),
                                 [this, value] { m_appearance.setTheme(value); },
                                 [this, value] { return m_appearance.theme() != value; }});
    };
    theme(u"light"_s, tr("Light theme"), u"sun"_s, Appearance::Light);
    theme(u"dark"_s, tr("Dark theme"), u"moon"_s, Appearance::Dark);
    theme(u"system"_s, tr("Theme of the desktop"), u"circle-half"_s, Appearance::System);
}

} // namespace lbp::gui
