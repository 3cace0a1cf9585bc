import QtQuick
import BudgetProxy
import BudgetProxy.Theme
import BudgetProxy.Controls

PageFrame {
    id: root

    required property MainContext app
    readonly property PricesModel model: app.prices

    title: qsTr("Prices")
}
