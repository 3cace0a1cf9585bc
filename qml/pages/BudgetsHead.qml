// The head of the tree of budgets.
import QtQuick
import QtQuick.Layouts
import BudgetProxy.Theme
import BudgetProxy.Controls

Item {
    id: root

    required property bool narrow
    required property bool tight

    implicitHeight: Theme.controlHeight
    Accessible.ignored: true

    BudgetsColumns { id: columns; narrow: root.narrow; tight: root.tight }

    component Title: MutedText {
        font.weight: Theme.weightMedium
        Accessible.ignored: true
    }
    RowLayout {
        anchors { fill: parent; leftMargin: Theme.spaceLg; rightMargin: Theme.spaceLg }
        spacing: Theme.spaceMd
        Title { Layout.fillWidth: true; Layout.preferredWidth: columns.nameLeast; Layout.minimumWidth: columns.nameLeast; text: qsTr("Who") }
        Title { Layout.preferredWidth: columns.period; visible: !root.tight; text: qsTr("Resets") }
        Title { Layout.fillWidth: true; Layout.preferredWidth: columns.meterLeast; Layout.minimumWidth: columns.meterLeast; text: qsTr("Used") }
        Title { Layout.preferredWidth: columns.amount; visible: !root.narrow; text: qsTr("Spent"); horizontalAlignment: Text.AlignRight }
        Title { Layout.preferredWidth: columns.amount; visible: !root.narrow; text: qsTr("Reserved"); horizontalAlignment: Text.AlignRight }
        Title { Layout.preferredWidth: columns.amount; text: qsTr("Left"); horizontalAlignment: Text.AlignRight }
        Title { Layout.preferredWidth: columns.limit; rightPadding: Theme.spaceSm; text: qsTr("Limit"); horizontalAlignment: Text.AlignRight }
        Item { Layout.preferredWidth: columns.actions }
    }
    Separator { anchors { left: parent.left; right: parent.right; bottom: parent.bottom } }
}
