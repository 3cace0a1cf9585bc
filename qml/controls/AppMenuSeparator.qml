// A line between groups of commands.
import QtQuick
import QtQuick.Templates as T
import BudgetProxy.Theme

T.MenuSeparator {
    id: root

    width: parent ? parent.width : implicitWidth
    implicitWidth: Theme.menuWidth
    implicitHeight: visible ? Theme.line + 2 * Theme.spaceXs : 0
    topPadding: Theme.spaceXs
    bottomPadding: Theme.spaceXs
    contentItem: Rectangle {
        implicitHeight: Theme.line
        color: Theme.border
    }
}
