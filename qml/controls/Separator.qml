// A hairline, across or down.
import QtQuick
import QtQuick.Layouts
import BudgetProxy.Theme

Rectangle {
    id: root

    property bool vertical: false

    implicitWidth: Theme.line
    implicitHeight: Theme.line
    Layout.fillWidth: !vertical
    Layout.fillHeight: vertical
    color: Theme.border
    Accessible.role: Accessible.Separator
}
