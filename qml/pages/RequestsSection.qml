// A titled part of the panel.
import QtQuick
import QtQuick.Layouts
import BudgetProxy.Theme
import BudgetProxy.Controls

ColumnLayout {
    id: root

    property string title: ""
    property string note: ""
    default property alias content: body.data

    Layout.fillWidth: true
    spacing: Theme.spaceSm
    Accessible.role: Accessible.Grouping
    Accessible.name: title

    Separator { Layout.bottomMargin: Theme.spaceXs }
    RowLayout {
        Layout.fillWidth: true
        spacing: Theme.spaceSm
        LabelText {
            text: root.title
            Accessible.role: Accessible.Heading
        }
        Item { Layout.fillWidth: true }
        MutedText { text: root.note; visible: text !== "" }
    }
    ColumnLayout {
        id: body
        Layout.fillWidth: true
        spacing: Theme.spaceSm
    }
}
