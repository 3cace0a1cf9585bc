import QtQuick
import BudgetProxy
import BudgetProxy.Theme
import BudgetProxy.Controls

PageFrame {
    id: root

    required property MainContext app
    readonly property GuideModel model: app.guide

    title: qsTr("Guide")
}
