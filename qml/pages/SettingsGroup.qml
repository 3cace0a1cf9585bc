// Settings that belong together, as a card of rows.
import QtQuick
import QtQuick.Layouts
import BudgetProxy
import BudgetProxy.Theme
import BudgetProxy.Controls

Card {
    id: root

    required property SettingsModel model
    required property string group
    default property alias more: below.data

    padding: Theme.spaceXl - Theme.unit
    spacing: Theme.spaceLg

    Repeater {
        model: root.model.fields(root.group)
        delegate: ColumnLayout {
            id: line
            required property int index
            required property var modelData
            Layout.fillWidth: true
            spacing: Theme.spaceLg
            Separator { visible: line.index > 0; Layout.fillWidth: true }
            SettingsRow {
                field: line.modelData
                stacked: root.width < Theme.unit * 140
            }
        }
    }
    ColumnLayout {
        id: below
        Layout.fillWidth: true
        visible: children.length > 0
        spacing: Theme.spaceLg
    }
}
