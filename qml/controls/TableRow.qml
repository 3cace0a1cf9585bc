// One row of a DataTable: reused for other rows while the table scrolls.
import QtQuick
import QtQuick.Layouts
import QtQuick.Templates as T
import BudgetProxy.Theme

T.AbstractButton {
    id: root

    required property int index
    required property var model
    property var columns: []
    property string nameRole: ""
    property bool current: false
    property bool ringed: false
    property bool last: false

    // A row that waits to be reused, or that is about to go, stands for nothing: new cells would read what is not there.
    property bool waiting: false
    property var shown: []
    function adopt() {
        if (!waiting && index >= 0)
            shown = columns
    }
    onColumnsChanged: adopt()
    onIndexChanged: adopt()
    ListView.onPooled: waiting = true
    ListView.onReused: {
        waiting = false
        adopt()
    }

    signal contextRequested(real x, real y)

    function cellAt(at: real): Item {
        for (let i = 0; i < cells.count; ++i) {
            const slot = cells.itemAt(i)
            if (slot && at >= slot.x && at < slot.x + slot.width)
                return slot.children[0] ?? null
        }
        return null
    }
    function describe(): string {
        const parts = []
        for (const column of columns) {
            const value = model[column.role]
            if (column.role !== nameRole && value !== undefined && value !== null && value !== "")
                parts.push(column.title === "" ? value : qsTr("%1: %2").arg(column.title).arg(value))
        }
        return parts.join(", ")
    }

    focusPolicy: Qt.NoFocus
    activeFocusOnTab: false
    padding: 0
    hoverEnabled: true
    Accessible.role: Accessible.Row
    Accessible.name: nameRole === "" ? "" : (model[nameRole] ?? "").toString()
    Accessible.description: current ? describe() : ""
    Accessible.selected: current
    Accessible.selectable: true

    contentItem: Item {
        Repeater {
            id: cells
            model: root.shown

            Item {
                id: slot
                required property TableColumn modelData
                readonly property TableColumn column: modelData
                x: root.mirrored ? root.width - column.position - column.actualWidth : column.position
                width: column.actualWidth
                height: root.height

                Component.onCompleted: {
                    const inset = Theme.spaceSm
                    const cell = column.cell
                        ? column.cell.createObject(slot, { row: root.model })
                        : plain.createObject(slot, { row: root.model, column: column })
                    const item = cell as Item
                    if (!item || item.anchors.fill)
                        return
                    const stretched = !column.cell || item.implicitWidth <= 0 || item.Layout.fillWidth || item instanceof RowLayout || item instanceof ColumnLayout
                    if (stretched) {
                        item.x = inset
                        item.width = Qt.binding(() => slot.width - 2 * inset)
                    } else {
                        item.width = Qt.binding(() => Math.min(item.implicitWidth, slot.width - 2 * inset))
                        item.x = Qt.binding(() => {
                            const free = slot.width - 2 * inset - item.width
                            const atEnd = (slot.column.align === Qt.AlignRight) !== root.mirrored
                            return inset + (slot.column.align === Qt.AlignHCenter ? Math.round(free / 2) : atEnd ? free : 0)
                        })
                    }
                    if (item.implicitHeight <= 0)
                        item.height = Qt.binding(() => slot.height)
                    else
                        item.y = Qt.binding(() => Math.round((slot.height - item.height) / 2))
                }
            }
        }
    }
    background: Rectangle {
        color: root.current ? Theme.selected : root.down ? Theme.pressed : root.hovered ? Theme.hover : Theme.transparent

        Rectangle {
            anchors.left: parent.left
            anchors.right: parent.right
            anchors.bottom: parent.bottom
            visible: !root.last
            height: Theme.line
            color: Theme.border
        }
        // Here and not in the button itself, which would then take this button of the mouse for a press.
        TapHandler {
            acceptedButtons: Qt.RightButton
            onTapped: eventPoint => root.contextRequested(eventPoint.position.x, eventPoint.position.y)
        }
        FocusRing { shown: root.ringed; gap: -Theme.focusLine; cornerRadius: Theme.radiusSm }
    }
    Component {
        id: plain
        TableCell {}
    }
}
