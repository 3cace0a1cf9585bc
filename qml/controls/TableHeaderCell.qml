// The head of one column; sorts where the column can.
import QtQuick
import QtQuick.Templates as T
import BudgetProxy.Theme

T.AbstractButton {
    id: root

    required property TableColumn column
    property bool sorted: false
    property bool descending: false

    readonly property bool atEnd: column.align === Qt.AlignRight

    leftPadding: Theme.spaceSm
    rightPadding: Theme.spaceSm
    topPadding: 0
    bottomPadding: 0
    focusPolicy: column.sortable ? Qt.TabFocus : Qt.NoFocus
    activeFocusOnTab: column.sortable
    hoverEnabled: true
    text: column.title
    Accessible.role: Accessible.ColumnHeader
    Accessible.name: text
    Accessible.description: !sorted ? column.tip : descending ? qsTr("Sorted, largest first") : qsTr("Sorted, smallest first")
    Keys.onReturnPressed: if (column.sortable) clicked()
    Keys.onEnterPressed: if (column.sortable) clicked()

    contentItem: Item {
        Row {
            id: line
            readonly property real arrowRoom: root.sorted ? arrow.width + spacing : 0
            anchors.verticalCenter: parent.verticalCenter
            x: root.atEnd !== root.mirrored ? parent.width - width : root.column.align === Qt.AlignHCenter ? (parent.width - width) / 2 : 0
            spacing: Theme.spaceXs
            layoutDirection: root.atEnd ? Qt.RightToLeft : Qt.LeftToRight

            Text {
                id: label
                anchors.verticalCenter: parent.verticalCenter
                width: Math.min(implicitWidth, line.parent.width - line.arrowRoom)
                text: root.text
                textFormat: Text.PlainText
                elide: Text.ElideRight
                color: root.sorted || (root.hovered && root.column.sortable) ? Theme.text : Theme.textMuted
                font.family: Theme.font
                font.pixelSize: Theme.textSmall
                font.weight: Theme.weightMedium
            }
            Icon {
                id: arrow
                anchors.verticalCenter: parent.verticalCenter
                visible: root.sorted
                name: root.descending ? "arrow-down" : "arrow-up"
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
        color: root.column.sortable && root.down ? Theme.pressed : root.column.sortable && root.hovered ? Theme.hover : Theme.transparent
        FocusRing { shown: root.visualFocus; gap: -Theme.focusLine; cornerRadius: Theme.radiusSm }
    }
    Loader {
        active: root.hovered && (root.column.tip !== "" || label.truncated)
        sourceComponent: Item {
            AppToolTip {
                parent: root
                text: root.column.tip !== "" ? root.column.tip : root.text
                visible: root.hovered
            }
        }
    }
}
