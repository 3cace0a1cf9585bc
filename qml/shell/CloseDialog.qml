// Where there is no tray: a window that is closed could not be found again, so it is asked what is meant.
import QtQuick
import BudgetProxy
import BudgetProxy.Theme
import BudgetProxy.Controls

AppDialog {
    id: root

    required property ShellModel shell

    title: qsTr("Quit the proxy?")
    text: qsTr("This desktop has no tray for the program to stay in. Without the proxy your tools cannot reach their providers. Start the program again to bring the window back.")
    primaryText: qsTr("Keep it running")
    secondaryText: qsTr("Quit")
    onPrimaryClicked: root.shell.hideWindow()
    onSecondaryClicked: root.shell.quit()
}
