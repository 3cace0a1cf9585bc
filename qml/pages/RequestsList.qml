// The list of requests: a head, as many rows as can be seen, whatever the ledger holds, and what is new above them.
import QtQuick
import QtQuick.Layouts
import QtQuick.Templates as T
import BudgetProxy
import BudgetProxy.Theme
import BudgetProxy.Controls

FocusScope {
    id: root

    required property RequestsModel model
    readonly property RequestListModel list: model.list
    readonly property RequestColumns columns: model.columns
    readonly property int rowHeight: Theme.controlHeight
    readonly property alias view: view
    property bool byKeyboard: false
    property bool pinned: true ///< to the top, until the person moves the list

    signal menuAsked(string id, bool running, string key, string modelName, real x, real y)
    signal connectAsked

    function stayPinned() {
        if (root.pinned && !view.moving && !bar.pressed)
            view.positionViewAtBeginning()
        root.tellSeen()
    }
    function tellSeen() {
        const top = view.contentY - view.originY
        const first = Math.max(0, Math.floor(top / root.rowHeight))
        root.list.show(first, first + Math.ceil(view.height / root.rowHeight))
        root.list.atTop = top < root.rowHeight
    }
    function toTop() {
        root.pinned = true
        view.positionViewAtBeginning()
        root.tellSeen()
    }
    function openCurrent() {
        const id = root.list.idAt(view.currentIndex)
        if (id !== "")
            root.model.detail.show(id)
    }
    /// Where the row is that the panel explains.
    function findCurrent() {
        view.currentIndex = root.model.detail.open ? root.list.rowOf(root.model.detail.requestId) : -1
    }

    Connections {
        target: root.list
        function onReloaded() {
            root.toTop()
            root.findCurrent()
        }
        function onCameOnTop() {
            if (root.list.following)
                root.toTop()
        }
    }
    Connections {
        target: root.model.detail
        function onOpenChanged() {
            if (!root.model.detail.open || root.list.idAt(view.currentIndex) !== root.model.detail.requestId)
                root.findCurrent()
        }
    }
    Binding { target: root.columns; property: "room"; value: Math.floor(view.width) }

    Rectangle {
        anchors.fill: parent
        radius: Theme.radiusLg
        color: Theme.surface
        border.width: Theme.line
        border.color: Theme.border
    }
    Item {
        id: head
        x: Theme.line
        y: Theme.line
        width: parent.width - 2 * x
        height: Theme.controlHeight
        clip: true
        Item {
            x: -view.contentX
            width: view.contentWidth
            height: parent.height
            Repeater {
                model: root.columns.all
                RequestsHeader {
                    required property RequestColumn modelData
                    column: modelData
                    list: root.list
                    x: modelData.x
                    width: modelData.width
                    height: head.height
                    onResized: width => root.columns.setWidth(modelData.name, width)
                    onResizeDone: root.columns.remember()
                }
            }
        }
        Rectangle {
            y: parent.height - height
            width: parent.width
            height: Theme.line
            color: Theme.border
        }
        ProgressLine {
            objectName: "listProgress"
            y: parent.height - height
            width: parent.width
            height: Theme.focusLine
            visible: root.list.busy && root.list.count > 0
            fraction: root.list.progress
            label: qsTr("Searching")
        }
    }
    ListView {
        id: view
        objectName: "requestsView"
        anchors.fill: parent
        anchors.margins: Theme.line
        anchors.topMargin: head.y + head.height
        model: root.list
        clip: true
        focus: true
        activeFocusOnTab: true
        Accessible.role: Accessible.Table
        Accessible.name: qsTr("Requests")
        currentIndex: -1
        reuseItems: true
        cacheBuffer: root.rowHeight * 4
        boundsBehavior: Flickable.StopAtBounds
        flickableDirection: Flickable.AutoFlickIfNeeded
        contentWidth: Math.max(width, root.columns.totalWidth)
        highlight: null
        highlightMoveDuration: 0
        pixelAligned: true
        keyNavigationEnabled: false
        T.ScrollBar.vertical: AppScrollBar { id: bar; objectName: "requestsScrollBar"; minimumSize: Theme.spaceXxl / Math.max(Theme.spaceXxl, view.height) }
        T.ScrollBar.horizontal: AppScrollBar {}

        onMovementStarted: root.pinned = false
        onContentYChanged: root.tellSeen()
        onOriginYChanged: settle.restart()
        onContentHeightChanged: settle.restart()
        onHeightChanged: root.tellSeen()

        function move(to: int) {
            root.pinned = false
            root.byKeyboard = true
            currentIndex = Math.max(0, Math.min(count - 1, to))
            positionViewAtIndex(currentIndex, ListView.Contain)
            if (root.model.detail.open)
                follow.restart()
        }
        Keys.onPressed: event => {
            const page = Math.max(1, Math.floor(height / root.rowHeight) - 1)
            switch (event.key) {
            case Qt.Key_Down: move(currentIndex + 1); break
            case Qt.Key_Up: move(currentIndex - 1); break
            case Qt.Key_PageDown: move(Math.max(0, currentIndex) + page); break
            case Qt.Key_PageUp: move(currentIndex - page); break
            case Qt.Key_Home: move(0); break
            case Qt.Key_End: move(count - 1); break
            case Qt.Key_Return:
            case Qt.Key_Enter:
            case Qt.Key_Space: root.openCurrent(); break
            case Qt.Key_Escape:
                if (!root.model.detail.open)
                    return
                root.model.detail.close()
                break
            case Qt.Key_Menu:
                const line = currentItem as RequestsRow
                if (!line)
                    return
                line.menuAsked(line.columns.model.x, line.height)
                break
            default: return
            }
            event.accepted = true
        }
        Connections {
            target: bar
            function onPressedChanged() { if (bar.pressed) root.pinned = false }
        }
        Timer { // once the view has laid itself out
            id: settle
            interval: 0
            onTriggered: root.stayPinned()
        }
        Timer { // the panel follows once the arrow keys rest
            id: follow
            interval: Theme.delayTyping
            onTriggered: root.openCurrent()
        }

        delegate: RequestsRow {
            id: line
            width: view.contentWidth
            height: root.rowHeight
            columns: root.columns
            current: ListView.isCurrentItem
            ringed: current && view.activeFocus && root.byKeyboard
            onPressed: {
                root.byKeyboard = false
                view.forceActiveFocus(Qt.MouseFocusReason)
                view.currentIndex = index
            }
            onActivated: root.openCurrent()
            onMenuAsked: (x, y) => {
                const at = line.mapToItem(root, x, y)
                root.menuAsked(requestId, running, key, modelName, at.x, at.y)
            }
        }
    }

    AppButton {
        objectName: "newPill"
        anchors.horizontalCenter: parent.horizontalCenter
        y: head.y + head.height + Theme.spaceSm
        visible: root.list.newCount > 0
        small: true
        kind: AppButton.Primary
        iconName: "arrow-up"
        text: qsTr("%n new", "requests", root.list.newCount)
        tip: qsTr("Show the requests that came in meanwhile")
        onClicked: {
            view.positionViewAtBeginning()
            root.list.showNew()
            view.forceActiveFocus(Qt.OtherFocusReason)
        }
    }
    Column {
        x: Theme.spaceLg
        anchors.top: head.bottom
        anchors.topMargin: Theme.spaceMd
        visible: root.list.loading
        spacing: Theme.spaceLg
        Repeater {
            model: root.list.loading ? 6 : 0
            Skeleton {
                required property int index
                width: (root.width - 2 * Theme.spaceLg) * (5 - index % 3) / 6
            }
        }
    }
    EmptyState {
        objectName: "requestsEmpty"
        anchors.fill: parent
        anchors.topMargin: head.height
        visible: root.list.count === 0 && !root.list.loading && !root.list.busy && root.list.problem === ""
        iconName: root.model.filter.empty ? "list-ul" : "search"
        title: root.model.filter.empty ? qsTr("No requests yet") : qsTr("Nothing fits this filter")
        text: root.model.filter.empty ? qsTr("Every request that a tool sends through this proxy is listed here while it runs, with its cost.")
                                      : qsTr("Try a wider time, or take a term away.")
        actionText: root.model.filter.empty ? qsTr("Connect a tool") : qsTr("Clear the filter")
        onAction: root.model.filter.empty ? root.connectAsked() : root.model.filter.clear()
    }
    MutedText {
        anchors.centerIn: parent
        visible: root.list.count === 0 && root.list.busy && !root.list.loading
        text: qsTr("Searching…")
    }
}
