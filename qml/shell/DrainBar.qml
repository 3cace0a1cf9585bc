// While the program ends: what it still waits for, and a way not to wait.
import QtQuick
import QtQuick.Layouts
import BudgetProxy
import BudgetProxy.Theme
import BudgetProxy.Controls

Rectangle {
    id: root

    required property ShellModel shell

    visible: shell.draining
    height: visible ? row.implicitHeight + Theme.spaceMd * 2 : 0
    color: Theme.surfaceRaised

    Rectangle {
        anchors { left: parent.left; right: parent.right; top: parent.top }
        height: Theme.line
        color: Theme.border
    }
    RowLayout {
        id: row
        anchors { left: parent.left; right: parent.right; verticalCenter: parent.verticalCenter; margins: Theme.spaceLg }
        spacing: Theme.spaceMd
        BodyText { text: root.shell.drainText }
        ProgressLine { Layout.fillWidth: true; fraction: root.shell.drainFraction }
        AppButton {
            text: qsTr("Quit now")
            kind: AppButton.Danger
            small: true
            onClicked: root.shell.quit()
        }
    }
}
