import QtQuick
import BudgetProxy
import BudgetProxy.Theme
import BudgetProxy.Controls

PageFrame {
    id: root

    required property MainContext app
    readonly property AlertsModel model: app.alerts

    title: qsTr("Alerts")
}
