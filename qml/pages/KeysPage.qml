// The virtual keys: who may spend, how much of it is spent, and what can be done about it.
import QtQuick
import QtQuick.Layouts
import BudgetProxy
import BudgetProxy.Theme
import BudgetProxy.Controls

FocusScope {
    id: root
    objectName: "page"

    required property MainContext app
    readonly property KeysModel model: app.keys
    readonly property KeyTable keys: model.table

    function openMenu(row: int, x: real, y: real) {
        menu.keyId = root.keys.keyAt(row)
        menu.usable = root.keys.isOpen(row)
        menu.paused = root.keys.isPaused(row)
        menu.editable = root.keys.isEditable(row)
        menu.popup(table, x, y)
    }

    Shortcut {
        sequences: [StandardKey.New]
        enabled: root.visible && !root.model.editor.open && !root.model.reveal.open
        onActivated: root.model.create()
    }
    Shortcut {
        sequences: [StandardKey.Find]
        enabled: root.visible
        onActivated: search.forceActiveFocus(Qt.ShortcutFocusReason)
    }

    RowLayout {
        anchors.fill: parent
        spacing: 0

        PageFrame {
            Layout.fillWidth: true
            Layout.fillHeight: true
            visible: !(detail.open && detail.covers) && !(simulator.open && simulator.covers)
            focus: true
            scrollable: false
            title: qsTr("Keys")
            subtitle: qsTr("A tool spends with a key of its own, so that it can be bounded, watched and stopped by itself.")
            actions: [
                AppButton {
                    objectName: "simulateButton"
                    visible: root.model.hasKeys
                    iconName: "patch-question"
                    text: qsTr("Why blocked?")
                    tip: qsTr("Shows step by step what would happen to a request")
                    onClicked: root.model.simulate(0)
                },
                AppButton {
                    objectName: "createButton"
                    kind: AppButton.Primary
                    iconName: "plus-lg"
                    text: qsTr("Create key")
                    onClicked: root.model.create()
                }
            ]

            InlineNotice {
                visible: root.model.problem !== ""
                tone: "danger"
                title: qsTr("The amounts could not be read")
                text: root.model.problem
            }
            RowLayout {
                Layout.fillWidth: true
                visible: root.model.hasKeys
                spacing: Theme.spaceMd
                SearchField {
                    id: search
                    objectName: "searchField"
                    Layout.fillWidth: true
                    Layout.maximumWidth: Theme.fieldWidth * 1.5
                    placeholderText: qsTr("Search name, team, project")
                    text: root.keys.search
                    onTextEdited: root.keys.search = text
                }
                Segmented {
                    objectName: "filter"
                    model: [qsTr("In use"), qsTr("Paused"), qsTr("Ended")]
                    accessibleName: qsTr("Which keys")
                    currentIndex: root.keys.filter
                    onPicked: index => root.keys.filter = index
                }
                Item { Layout.fillWidth: true }
                MutedText { text: root.keys.countText }
            }
            DataTable {
                id: table
                objectName: "table"
                Layout.fillWidth: true
                Layout.fillHeight: true
                framed: true
                model: root.keys
                rowHeight: Theme.rowHeight + Theme.spaceMd
                accessibleName: qsTr("Keys")
                busy: !root.model.ready && root.keys.count === 0
                sortRole: root.keys.sortRole
                sortDescending: root.keys.sortDescending
                emptyState: root.model.hasKeys ? nothingFound : noKeys
                onSortRequested: role => root.keys.sortBy(role)
                onRowActivated: row => root.model.open(root.keys.keyAt(row))
                onContextMenuRequested: (row, x, y) => root.openMenu(row, x, y)
                columns: [
                    TableColumn { title: qsTr("Name"); role: "name"; sortable: true; fill: true; width: 2; minimumWidth: Theme.unit * 34; cell: nameCell },
                    TableColumn { title: qsTr("Team"); role: "team"; sortable: true; width: Theme.unit * 24; muted: true; hideBelow: Theme.unit * 210 },
                    TableColumn { title: qsTr("Project"); role: "project"; sortable: true; width: Theme.unit * 24; muted: true; hideBelow: Theme.unit * 240 },
                    TableColumn { title: qsTr("Status"); role: "status"; sortable: true; width: Theme.unit * 42; cell: statusCell; hideBelow: Theme.unit * 130 },
                    TableColumn { title: qsTr("Today"); role: "day"; sortable: true; fill: true; width: 2; minimumWidth: Theme.unit * 38; cell: dayCell },
                    TableColumn { title: qsTr("This month"); role: "month"; sortable: true; fill: true; width: 2; minimumWidth: Theme.unit * 38; cell: monthCell; hideBelow: Theme.unit * 160 },
                    TableColumn { title: qsTr("Expires"); role: "expires"; sortable: true; width: Theme.unit * 24; muted: true; hideBelow: Theme.unit * 270 },
                    TableColumn { width: Theme.unit * 12; cell: menuCell }
                ]
            }
        }
        KeysDetailPanel {
            id: detail
            model: root.model
            marks: root.model.marks
        }
        SimulatorPanel {
            id: simulator
            simulator: root.model.simulator
        }
    }

    Component {
        id: nameCell
        RowLayout {
            id: cell
            required property var row
            spacing: Theme.spaceSm
            LabelText {
                Layout.fillWidth: true
                Layout.maximumWidth: Math.ceil(implicitWidth)
                text: cell.row.name ?? ""
            }
            MutedText {
                Layout.minimumWidth: Math.ceil(implicitWidth)
                mono: true
                color: Theme.textFaint
                font.pixelSize: Theme.textTiny
                text: cell.row.lastFour ?? ""
            }
            Item { Layout.fillWidth: true }
        }
    }
    Component {
        id: statusCell
        Badge {
            required property var row
            dot: true
            text: row.status ?? ""
            tone: row.statusTone ?? "neutral"
        }
    }
    Component {
        id: dayCell
        KeysSpendCell {
            required property var row
            Layout.fillWidth: true
            spent: row.day ?? ""
            limit: row.dayLimit ?? ""
            fraction: row.dayFraction ?? 0
            reservedFraction: row.dayReserved ?? 0
            tip: row.dayTip ?? ""
            marks: root.model.marks
        }
    }
    Component {
        id: monthCell
        KeysSpendCell {
            required property var row
            Layout.fillWidth: true
            spent: row.month ?? ""
            limit: row.monthLimit ?? ""
            fraction: row.monthFraction ?? 0
            reservedFraction: row.monthReserved ?? 0
            tip: row.monthTip ?? ""
            marks: root.model.marks
        }
    }
    Component {
        id: menuCell
        IconButton {
            id: more
            required property var row
            small: true
            activeFocusOnTab: false
            iconName: "three-dots"
            text: qsTr("Actions for %1").arg(row.name ?? "")
            onClicked: {
                const at = more.mapToItem(table, 0, more.height)
                table.currentIndex = more.row.index
                root.openMenu(more.row.index, at.x, at.y)
            }
        }
    }
    Component {
        id: noKeys
        EmptyState {
            iconName: "key"
            title: qsTr("No keys yet")
            text: qsTr("Create one for each tool or person. It works in place of the provider's key, and stops at its budget.")
            actionText: qsTr("Create the first key")
            onAction: root.model.create()
        }
    }
    Component {
        id: nothingFound
        EmptyState {
            iconName: "search"
            title: root.keys.search !== "" ? qsTr("No key fits") : root.keys.filter === KeyTable.PausedOnly ? qsTr("No key is paused") : root.keys.filter === KeyTable.Ended ? qsTr("No key has ended") : qsTr("No key is in use")
            text: root.keys.search !== "" ? qsTr("Search for a part of a name, a team or a project.") : ""
            actionText: root.keys.search !== "" ? qsTr("Clear the search") : ""
            onAction: root.keys.search = ""
        }
    }

    AppMenu {
        id: menu
        objectName: "keyMenu"
        property double keyId: 0
        property bool usable: false
        property bool paused: false
        property bool editable: false

        AppMenuItem { text: qsTr("Show details"); iconName: "eye"; onTriggered: root.model.open(menu.keyId) }
        AppMenuItem { text: qsTr("Show its requests"); iconName: "list-ul"; onTriggered: root.model.openRequests(menu.keyId) }
        AppMenuItem { text: qsTr("Why blocked?"); iconName: "patch-question"; enabled: menu.usable; onTriggered: root.model.simulate(menu.keyId) }
        AppMenuSeparator { }
        AppMenuItem { text: qsTr("Edit…"); iconName: "pencil"; enabled: menu.editable; onTriggered: root.model.edit(menu.keyId) }
        AppMenuItem {
            text: menu.paused ? qsTr("Resume") : qsTr("Pause")
            iconName: menu.paused ? "play-circle" : "pause-circle"
            enabled: menu.usable
            onTriggered: menu.paused ? root.model.resume(menu.keyId) : root.model.pause(menu.keyId)
        }
        AppMenuItem { text: qsTr("Rotate…"); iconName: "arrow-repeat"; enabled: menu.usable; onTriggered: root.model.askRotate(menu.keyId) }
        AppMenuSeparator { }
        AppMenuItem { text: qsTr("Revoke"); iconName: "slash-circle"; destructive: true; enabled: menu.editable; onTriggered: root.model.revoke(menu.keyId) }
    }

    Loader {
        active: root.model.editor.open
        sourceComponent: KeysEditorDialog { editor: root.model.editor }
    }
    // Destroyed when it closes: what was shown in it leaves memory with it.
    Loader {
        active: root.model.reveal.open
        sourceComponent: KeysRevealDialog {
            reveal: root.model.reveal
            onConnectAsked: root.app.navigator.open(Navigator.Connect)
        }
    }
    Loader {
        active: root.model.rotating !== 0
        sourceComponent: KeysRotateDialog { model: root.model }
    }
}
