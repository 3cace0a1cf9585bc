// A virtual table over a list model: holds a screenful of rows, whatever the model holds. Arrow keys, Page, Home and End move,
// Return and a click activate, the menu key asks for a menu. Columns that do not fit scroll sideways under a fixed head.
import QtQuick
import QtQuick.Layouts
import QtQuick.Templates as T
import BudgetProxy.Theme

FocusScope {
    id: root

    property alias model: list.model
    property list<TableColumn> columns
    property string sortRole: ""
    property bool sortDescending: false
    property string nameRole: columns.length > 0 ? columns[0].role : "" ///< what a screen reader calls a row by
    property string accessibleName: ""
    property Component emptyState: null
    property bool busy: false
    property bool headerShown: true
    property int rowHeight: Theme.rowHeight
    property int maximumRows: 12 ///< of its own height, where nothing stretches it
    property bool framed: false ///< draws a sheet around itself
    property alias currentIndex: list.currentIndex
    readonly property alias count: list.count
    readonly property alias contentY: list.contentY
    readonly property alias atYBeginning: list.atYBeginning
    readonly property alias atYEnd: list.atYEnd
    readonly property alias moving: list.moving
    readonly property alias listView: list

    signal sortRequested(string role)
    signal rowActivated(int row)
    signal contextMenuRequested(int row, real x, real y) ///< in the table's coordinates

    property var shownColumns: []
    property real totalWidth: 0
    property bool byKeyboard: false

    function positionAt(row: int) { list.positionViewAtIndex(row, ListView.Contain) }
    function scrollToTop() { list.positionViewAtBeginning() }
    function scrollToEnd() { list.positionViewAtEnd() }

    /// Shares the width out: each column gets what it asks for; what is left goes to those that fill.
    function arrange() {
        const room = width - 2 * edge
        const visibles = []
        let fixed = 0
        let least = 0
        let fills = 0
        for (let i = 0; i < columns.length; ++i) {
            const column = columns[i]
            if (!column.shown || (column.hideBelow > 0 && width < column.hideBelow))
                continue
            visibles.push(column)
            if (column.fill) {
                least += column.minimumWidth
                fills += Math.max(1, column.width)
            } else {
                fixed += column.width
            }
        }
        const spare = Math.max(0, room - fixed - least)
        let at = edge
        for (const column of visibles) {
            column.actualWidth = Math.floor(column.fill ? column.minimumWidth + spare * Math.max(1, column.width) / fills : column.width)
            column.position = at
            at += column.actualWidth
        }
        totalWidth = at + edge
        let same = visibles.length === shownColumns.length
        for (let i = 0; same && i < visibles.length; ++i)
            same = visibles[i] === shownColumns[i]
        if (!same)
            shownColumns = visibles
    }

    readonly property real edge: Theme.spaceSm

    implicitWidth: Theme.panelWidth
    implicitHeight: list.y + (list.count > 0 ? Math.min(list.count, maximumRows) * rowHeight
                    : busy ? Math.min(4, maximumRows) * rowHeight : empty.item ? (empty.item as Item).implicitHeight : rowHeight)
    Layout.fillWidth: true
    onWidthChanged: arrange()
    Component.onCompleted: arrange()

    // What a column is asked for may change while the table stands: a column is switched off, a width is chosen.
    Instantiator {
        model: root.columns
        delegate: Connections {
            required property TableColumn modelData
            target: modelData
            function onShownChanged() { Qt.callLater(root.arrange) }
            function onWidthChanged() { Qt.callLater(root.arrange) }
            function onFillChanged() { Qt.callLater(root.arrange) }
            function onMinimumWidthChanged() { Qt.callLater(root.arrange) }
        }
    }

    Rectangle {
        anchors.fill: parent
        visible: root.framed
        radius: Theme.radiusLg
        color: Theme.surface
        border.width: Theme.line
        border.color: Theme.border
    }
    Item {
        id: head
        visible: root.headerShown
        width: parent.width
        height: visible ? Theme.controlHeight : 0
        clip: true
        Item {
            x: -list.contentX
            width: Math.max(root.width, root.totalWidth)
            height: parent.height
            Repeater {
                model: root.shownColumns
                TableHeaderCell {
                    required property TableColumn modelData
                    column: modelData
                    x: list.mirrored ? parent.width - column.position - width : column.position
                    width: column.actualWidth
                    height: head.height
                    sorted: column.sortable && root.sortRole !== "" && root.sortRole === column.sortRole
                    descending: root.sortDescending
                    onClicked: if (column.sortable) root.sortRequested(column.sortRole)
                }
            }
        }
        Rectangle {
            anchors.bottom: parent.bottom
            width: parent.width
            height: Theme.line
            color: Theme.border
        }
    }
    ListView {
        id: list

        readonly property bool mirrored: LayoutMirroring.enabled

        anchors.left: parent.left
        anchors.right: parent.right
        y: head.height
        height: parent.height - y
        clip: true
        focus: true
        activeFocusOnTab: count > 0
        currentIndex: -1
        Accessible.role: Accessible.Table
        Accessible.name: root.accessibleName === "" ? qsTr("Table") : root.accessibleName
        reuseItems: true
        cacheBuffer: root.rowHeight * 6
        boundsBehavior: Flickable.StopAtBounds
        flickableDirection: Flickable.AutoFlickIfNeeded
        contentWidth: count > 0 ? Math.max(width, root.totalWidth) : width // there is nothing to scroll to
        highlightMoveDuration: 0
        highlightFollowsCurrentItem: true
        highlight: null
        pixelAligned: true
        T.ScrollBar.vertical: AppScrollBar {}
        T.ScrollBar.horizontal: AppScrollBar {}

        function page(rows: int) {
            const step = Math.max(1, Math.floor(height / root.rowHeight) - 1)
            currentIndex = Math.max(0, Math.min(count - 1, currentIndex + rows * step))
        }

        onActiveFocusChanged: {
            if (!activeFocus)
                return
            root.byKeyboard = true // a press says otherwise right after
            if (currentIndex < 0 && count > 0)
                currentIndex = 0
        }
        Keys.onPressed: event => {
            if (count === 0)
                return
            root.byKeyboard = true
            switch (event.key) {
            case Qt.Key_Home: currentIndex = 0; break
            case Qt.Key_End: currentIndex = count - 1; break
            case Qt.Key_PageUp: page(-1); break
            case Qt.Key_PageDown: page(1); break
            case Qt.Key_Return:
            case Qt.Key_Enter:
            case Qt.Key_Space:
                if (currentIndex < 0 || event.isAutoRepeat)
                    return
                root.rowActivated(currentIndex)
                break
            case Qt.Key_Menu:
                if (currentIndex < 0 || !currentItem)
                    return
                const at = currentItem.mapToItem(root, root.edge, root.rowHeight)
                root.contextMenuRequested(currentIndex, at.x, at.y)
                break
            default:
                return
            }
            event.accepted = true
        }

        delegate: TableRow {
            id: line
            width: list.contentWidth
            height: root.rowHeight
            columns: root.shownColumns
            nameRole: root.nameRole
            current: ListView.isCurrentItem
            ringed: current && list.activeFocus && root.byKeyboard
            last: index === list.count - 1
            onClicked: {
                list.currentIndex = index
                list.forceActiveFocus(Qt.MouseFocusReason)
                root.byKeyboard = false
                root.rowActivated(index)
            }
            onContextRequested: (x, y) => {
                root.byKeyboard = false
                list.currentIndex = index
                const at = line.mapToItem(root, x, y)
                root.contextMenuRequested(index, at.x, at.y)
            }
        }
        onContentYChanged: tip.hide()
    }
    HoverHandler {
        id: pointer

        // The window tells of the same place again whenever something below it has changed, such as the tip itself.
        property point place: Qt.point(-1, -1)

        onHoveredChanged: if (!hovered) tip.hide()
        onPointChanged: {
            const now = point.position
            if (hovered && now.x === place.x && now.y === place.y)
                return
            place = now
            tip.hide()
            if (hovered)
                rest.restart()
            else
                rest.stop()
        }
    }
    Timer {
        id: rest
        interval: Theme.delayTip
        onTriggered: tip.showFor(list.mapFromItem(root, pointer.point.position))
    }
    // One tip for all the cells: it costs nothing until the pointer rests on a text that was cut.
    AppToolTip {
        id: tip
        objectName: "cellTip"
        delay: 0
        parent: root

        function hide() { visible = false }
        function showFor(at: point) {
            const line = list.itemAt(at.x + list.contentX, at.y + list.contentY) as TableRow
            if (!line || !pointer.hovered || list.moving)
                return
            const cell = line.cellAt(at.x + list.contentX) as Text
            if (!cell || !cell.truncated)
                return
            const place = cell.mapToItem(root, 0, 0)
            text = cell.text
            x = Math.max(0, Math.min(place.x, root.width - width))
            y = place.y - height - Theme.spaceXs
            visible = true
        }
    }
    Column {
        anchors.left: parent.left
        anchors.right: parent.right
        y: head.height
        visible: root.busy && list.count === 0
        Repeater {
            model: parent.visible ? Math.min(4, Math.max(1, Math.floor((root.height - head.height) / root.rowHeight))) : 0
            Item {
                required property int index
                width: root.width
                height: root.rowHeight
                Skeleton {
                    anchors.verticalCenter: parent.verticalCenter
                    x: root.edge + Theme.spaceSm
                    width: (parent.width - 2 * x) * (4 - parent.index % 3) / 5
                }
            }
        }
    }
    ProgressLine {
        y: head.height - height
        width: root.width
        height: Theme.focusLine
        visible: root.busy && list.count > 0
        indeterminate: true
        label: qsTr("Loading")
    }
    Loader {
        id: empty
        anchors.left: parent.left
        anchors.right: parent.right
        y: head.height
        height: root.height - y
        active: list.count === 0 && !root.busy && root.emptyState !== null
        sourceComponent: root.emptyState
    }
}
