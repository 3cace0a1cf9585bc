// The head of one column of the list: sorts on a click, is made wider at its edge.
import QtQuick
import QtQuick.Templates as T
import BudgetProxy
import BudgetProxy.Theme
import BudgetProxy.Controls

T.AbstractButton {
    id: root

    required property RequestColumn column
    required property RequestListModel list
    readonly property bool sortable: column.sortRole !== ""
    readonly property bool sorted: sortable && list.sortRole === column.sortRole

    signal resized(int width)
    signal resizeDone

    objectName: "head." + column.name
    visible: column.shown
    focusPolicy: sortable ? Qt.TabFocus : Qt.NoFocus
    activeFocusOnTab: sortable
    hoverEnabled: true
    text: column.title
    Accessible.role: Accessible.ColumnHeader
    Accessible.name: text
    Accessible.description: !sorted ? "" : list.descending ? qsTr("Sorted, largest first") : qsTr("Sorted, smallest first")
    Keys.onReturnPressed: clicked()
    Keys.onEnterPressed: clicked()
    Keys.onPressed: event => { // the width by keyboard
        if (event.modifiers !== Qt.AltModifier || (event.key !== Qt.Key_Left && event.key !== Qt.Key_Right))
            return
        event.accepted = true
        root.resized(column.width + (event.key === Qt.Key_Right ? Theme.spaceSm : -Theme.spaceSm))
        root.resizeDone()
    }
    onClicked: if (sortable) list.sortBy(column.sortRole)

    contentItem: Item {
        Row {
            anchors.verticalCenter: parent.verticalCenter
            x: root.column.atEnd ? parent.width - width - Theme.spaceSm : Theme.spaceSm
            spacing: Theme.spaceXs
            layoutDirection: root.column.atEnd ? Qt.RightToLeft : Qt.LeftToRight
            Text {
                anchors.verticalCenter: parent.verticalCenter
                width: Math.min(implicitWidth, root.width - 2 * Theme.spaceSm - (root.sorted ? arrow.width + parent.spacing : 0))
                text: root.text
                textFormat: Text.PlainText
                elide: Text.ElideRight
                color: root.sorted || (root.hovered && root.sortable) ? Theme.text : Theme.textMuted
                font.family: Theme.font
                font.pixelSize: Theme.textSmall
                font.weight: Theme.weightMedium
            }
            Icon {
                id: arrow
                anchors.verticalCenter: parent.verticalCenter
                visible: root.sorted
                name: root.list.descending ? "arrow-down" : "arrow-up"
                size: Theme.textSmall
                color: Theme.accent
            }
        }
    }
    background: Rectangle {
        anchors.fill: parent
        anchors.topMargin: Theme.spaceXs
        anchors.bottomMargin: Theme.spaceXs
        radius: Theme.radiusSm
        color: root.sortable && root.down ? Theme.pressed : root.sortable && root.hovered ? Theme.hover : Theme.transparent
        FocusRing { shown: root.visualFocus; gap: -Theme.focusLine; cornerRadius: Theme.radiusSm }
    }
    MouseArea { // the edge
        id: edge
        anchors.right: parent.right
        anchors.rightMargin: -Theme.spaceXs
        width: Theme.spaceSm
        height: parent.height
        hoverEnabled: true
        cursorShape: Qt.SplitHCursor
        preventStealing: true
        property real grip: 0
        onPressed: mouse => grip = mouse.x
        onPositionChanged: mouse => { if (pressed) root.resized(root.width + mouse.x - grip) }
        onReleased: root.resizeDone()
        Rectangle {
            anchors.horizontalCenter: parent.horizontalCenter
            anchors.verticalCenter: parent.verticalCenter
            width: Theme.line
            height: Theme.iconMd
            color: edge.containsMouse || edge.pressed ? Theme.accent : Theme.border
        }
    }
}
