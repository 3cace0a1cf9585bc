import QtQuick
import BudgetProxy
import BudgetProxy.Theme
import BudgetProxy.Controls

PageFrame {
    id: root

    required property MainContext app
    readonly property RequestsModel model: app.requests

    title: qsTr("Requests")
}
