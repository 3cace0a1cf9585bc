// The line around what has the keyboard's focus. Lies just outside its parent.
import QtQuick
import BudgetProxy.Theme

Rectangle {
    id: root

    property bool shown: false
    property real cornerRadius: Theme.radiusMd
    /// Room between the control and the line; negative draws inside, where a neighbour or a clip would hide it.
    property real gap: Theme.line

    anchors.fill: parent
    anchors.margins: -(gap + Theme.focusLine)
    radius: Math.max(0, cornerRadius + gap + Theme.focusLine)
    color: Theme.transparent
    border.width: Theme.focusLine
    border.color: Theme.focus
    visible: shown
    z: 1
    Accessible.ignored: true
}
