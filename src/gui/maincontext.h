#pragma once

#include "gui/guiservices.h"

#include <memory>
#include <QObject>
#include <QQmlEngine>

// moc and the QML type registration want the whole types of properties.
#include "gui/alertsmodel.h"
#include "gui/appearance.h"
#include "gui/budgetsmodel.h"
#include "gui/commandmodel.h"
#include "gui/connectmodel.h"
#include "gui/guidemodel.h"
#include "gui/keysmodel.h"
#include "gui/navigator.h"
#include "gui/overviewmodel.h"
#include "gui/pricesmodel.h"
#include "gui/requestsmodel.h"
#include "gui/settingsmodel.h"
#include "gui/shellmodel.h"
#include "gui/toastmodel.h"
#include "gui/uistate.h"

namespace lbp::gui {

class SpendWatch;

/// Everything that the window is handed: one property for each part of it. Owns the models; borrows the rest
/// of \a services. Thread: main.
class MainContext : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("provided by the application")
    Q_PROPERTY(lbp::gui::ShellModel *shell READ shell CONSTANT)
    Q_PROPERTY(lbp::gui::OverviewModel *overview READ overview CONSTANT)
    Q_PROPERTY(lbp::gui::RequestsModel *requests READ requests CONSTANT)
    Q_PROPERTY(lbp::gui::KeysModel *keys READ keys CONSTANT)
    Q_PROPERTY(lbp::gui::BudgetsModel *budgets READ budgets CONSTANT)
    Q_PROPERTY(lbp::gui::PricesModel *prices READ prices CONSTANT)
    Q_PROPERTY(lbp::gui::AlertsModel *alerts READ alerts CONSTANT)
    Q_PROPERTY(lbp::gui::ConnectModel *connectTools READ connectTools CONSTANT)
    Q_PROPERTY(lbp::gui::SettingsModel *settings READ settings CONSTANT)
    Q_PROPERTY(lbp::gui::GuideModel *guide READ guide CONSTANT)
    Q_PROPERTY(lbp::gui::ToastModel *toasts READ toasts CONSTANT)
    Q_PROPERTY(lbp::gui::CommandModel *commands READ commands CONSTANT)
    Q_PROPERTY(lbp::gui::Navigator *navigator READ navigator CONSTANT)
    Q_PROPERTY(lbp::gui::Appearance *appearance READ appearance CONSTANT)
    Q_PROPERTY(lbp::gui::UiState *state READ state CONSTANT)
public:
    MainContext(const GuiServices &services, Appearance &appearance, QObject *parent = nullptr);
    ~MainContext() override;

    [[nodiscard]] ShellModel *shell() const { return m_shell.get(); }
    [[nodiscard]] OverviewModel *overview() const { return m_overview.get(); }
    [[nodiscard]] RequestsModel *requests() const { return m_requests.get(); }
    [[nodiscard]] KeysModel *keys() const { return m_keys.get(); }
    [[nodiscard]] BudgetsModel *budgets() const { return m_budgets.get(); }
    [[nodiscard]] PricesModel *prices() const { return m_prices.get(); }
    [[nodiscard]] AlertsModel *alerts() const { return m_alerts.get(); }
    [[nodiscard]] ConnectModel *connectTools() const { return m_connect.get(); }
    [[nodiscard]] SettingsModel *settings() const { return m_settings.get(); }
    [[nodiscard]] GuideModel *guide() const { return m_guide.get(); }
    [[nodiscard]] ToastModel *toasts() const { return &m_services.toasts; }
    [[nodiscard]] CommandModel *commands() const { return &m_services.commands; }
    [[nodiscard]] Navigator *navigator() const { return &m_services.navigator; }
    [[nodiscard]] Appearance *appearance() const { return &m_appearance; }
    [[nodiscard]] UiState *state() const { return &m_services.state; }
    [[nodiscard]] SpendWatch &spend() const { return *m_spend; }

private:
    void addCommands();
    GuiServices m_services;
    Appearance &m_appearance;
    std::unique_ptr<SpendWatch> m_spend;
    std::unique_ptr<ShellModel> m_shell;
    std::unique_ptr<OverviewModel> m_overview;
    std::unique_ptr<RequestsModel> m_requests;
    std::unique_ptr<KeysModel> m_keys;
    std::unique_ptr<BudgetsModel> m_budgets;
    std::unique_ptr<PricesModel> m_prices;
    std::unique_ptr<AlertsModel> m_alerts;
    std::unique_ptr<ConnectModel> m_connect;
    std::unique_ptr<SettingsModel> m_settings;
    std::unique_ptr<GuideModel> m_guide;
};

} // namespace lbp::gui
