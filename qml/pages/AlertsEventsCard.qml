// Which events become alerts.
import QtQuick
import QtQuick.Layouts
import BudgetProxy
import BudgetProxy.Theme
import BudgetProxy.Controls

Card {
    id: root

    required property AlertsModel model

    title: qsTr("What is told")
    iconName: "bell"
    spacing: Theme.spaceXs

    Repeater {
        model: root.model.events
        delegate: Toggle {
            id: toggle
            required property var modelData
            Layout.fillWidth: true
            text: modelData.text
            description: modelData.description
            checked: modelData.on
            onToggled: root.model.setEventOn(modelData.event, checked)
        }
    }
}
