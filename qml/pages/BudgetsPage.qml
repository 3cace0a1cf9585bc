// Every limit there is, as a tree: everything, teams and their keys, projects. A limit is changed where it stands.
import QtQuick
import QtQuick.Layouts
import QtQuick.Templates as T
import BudgetProxy
import BudgetProxy.Theme
import BudgetProxy.Controls

FocusScope {
    id: root
    objectName: "page"

    required property MainContext app
    readonly property BudgetsModel model: app.budgets
    readonly property BudgetTree tree: model.tree

    function openMenu(row: int, at: point) {
        list.currentIndex = row
        const entry = list.itemAtIndex(row) as BudgetsRow
        if (entry === null)
            return
        menu.line = entry.line
        menu.hasBudget = entry.hasBudget
        menu.canRaise = entry.canRaise
        menu.canRemove = entry.canRemove
        menu.isGroup = !entry.hasBudget && entry.period === ""
        menu.popup(root, at.x, at.y)
    }

    Shortcut {
        sequences: [StandardKey.Find]
        enabled: root.visible
        onActivated: search.forceActiveFocus(Qt.ShortcutFocusReason)
    }

    PageFrame {
        id: page
        anchors.fill: parent
        focus: true
        scrollable: false
        title: qsTr("Budgets")
        subtitle: root.model.marksText
        actions: [
            AppButton {
                objectName: "addButton"
                kind: AppButton.Primary
                iconName: "plus-lg"
                text: qsTr("Add limit")
                onClicked: root.model.add("")
            }
        ]

        InlineNotice {
            visible: root.model.problem !== ""
            tone: "danger"
            title: qsTr("The budgets could not be read")
            text: root.model.problem
        }
        RowLayout {
            Layout.fillWidth: true
            spacing: Theme.spaceMd
            SearchField {
                id: search
                objectName: "searchField"
                Layout.fillWidth: true
                Layout.maximumWidth: Theme.fieldWidth * 1.5
                placeholderText: qsTr("Search team, project, key")
                text: root.tree.search
                onTextEdited: root.tree.search = text
                Keys.onDownPressed: list.forceActiveFocus(Qt.TabFocusReason)
            }
            Item { Layout.fillWidth: true }
            BudgetsLegend { visible: page.width > Theme.unit * 170 }
        }
        Rectangle {
            id: sheet
            Layout.fillWidth: true
            Layout.fillHeight: true
            radius: Theme.radiusLg
            color: Theme.surface
            border.width: Theme.line
            border.color: Theme.border

            readonly property bool narrow: width < Theme.unit * 190
            readonly property bool tight: width < Theme.unit * 140

            BudgetsHead {
                id: head
                anchors { left: parent.left; right: parent.right; top: parent.top }
                narrow: sheet.narrow
                tight: sheet.tight
            }
            ListView {
                id: list
                objectName: "tree"

                property bool byKeyboard: false

                anchors { left: parent.left; right: parent.right; top: head.bottom; bottom: parent.bottom; margins: Theme.line }
                clip: true
                focus: true
                activeFocusOnTab: true
                model: root.tree
                reuseItems: true
                cacheBuffer: Theme.rowHeight * 8
                boundsBehavior: Flickable.StopAtBounds
                highlightMoveDuration: 0
                currentIndex: -1
                pixelAligned: true
                T.ScrollBar.vertical: AppScrollBar { }
                Accessible.role: Accessible.Tree
                Accessible.name: qsTr("Budgets")

                function key(): string { return root.tree.lineAt(currentIndex) }
                onActiveFocusChanged: if (activeFocus && currentIndex < 0 && count > 0) currentIndex = 0
                Keys.onPressed: event => {
                    if (count === 0 || root.model.editing !== "")
                        return
                    byKeyboard = true
                    switch (event.key) {
                    case Qt.Key_Home: currentIndex = 0; break
                    case Qt.Key_End: currentIndex = count - 1; break
                    case Qt.Key_PageUp: currentIndex = Math.max(0, currentIndex - 8); break
                    case Qt.Key_PageDown: currentIndex = Math.min(count - 1, currentIndex + 8); break
                    case Qt.Key_Right: root.tree.setExpanded(currentIndex, true); break
                    case Qt.Key_Left: {
                        const entry = currentItem as BudgetsRow
                        if (entry && entry.childCount > 0 && entry.expanded)
                            root.tree.setExpanded(currentIndex, false)
                        else if (root.tree.parentOf(currentIndex) >= 0)
                            currentIndex = root.tree.parentOf(currentIndex)
                        break
                    }
                    case Qt.Key_Return:
                    case Qt.Key_Enter:
                    case Qt.Key_F2: {
                        const entry = currentItem as BudgetsRow
                        if (entry && !entry.hasBudget && entry.childCount > 0 && entry.period === "")
                            root.tree.toggle(currentIndex)
                        else
                            root.model.startEdit(key())
                        break
                    }
                    case Qt.Key_Plus: root.model.askRaise(key()); break
                    case Qt.Key_Delete: root.model.remove(key()); break
                    case Qt.Key_Menu: {
                        const item = currentItem
                        if (item)
                            root.openMenu(currentIndex, item.mapToItem(root, Theme.spaceLg, item.height))
                        break
                    }
                    default: return
                    }
                    event.accepted = true
                }

                delegate: BudgetsRow {
                    id: entry
                    width: ListView.view ? ListView.view.width : implicitWidth
                    budgets: root.model
                    marks: root.model.marks
                    narrow: sheet.narrow
                    tight: sheet.tight
                    current: ListView.isCurrentItem
                    ringed: current && list.activeFocus && list.byKeyboard && !editing
                    onChosen: {
                        list.byKeyboard = false
                        list.currentIndex = index
                        list.forceActiveFocus(Qt.MouseFocusReason)
                    }
                    onToggleAsked: root.tree.toggle(index)
                    onEditEnded: list.forceActiveFocus(Qt.OtherFocusReason)
                    onMenuAsked: at => root.openMenu(index, entry.mapToItem(root, at.x, at.y))
                }
            }
            Column {
                anchors { left: parent.left; right: parent.right; top: head.bottom; margins: Theme.spaceLg }
                spacing: Theme.spaceLg
                visible: !root.model.ready
                Repeater {
                    model: parent.visible ? 5 : 0
                    Skeleton {
                        required property int index
                        x: index === 0 ? 0 : Theme.spaceXl
                        width: (parent ? parent.width : 0) * (6 - index % 3) / 7
                    }
                }
            }
            EmptyState {
                anchors.centerIn: parent
                visible: root.model.ready && list.count === 0
                iconName: "search"
                title: qsTr("Nothing found")
                text: qsTr("No team, project or key fits.")
                actionText: qsTr("Clear the search")
                onAction: root.tree.search = ""
            }
        }
    }

    AppMenu {
        id: menu
        objectName: "budgetMenu"
        property string line: ""
        property bool hasBudget: false
        property bool canRaise: false
        property bool canRemove: false
        property bool isGroup: false

        AppMenuItem { text: qsTr("Change the limit"); iconName: "pencil"; shortcutText: qsTr("Enter"); enabled: menu.hasBudget; onTriggered: root.model.startEdit(menu.line) }
        AppMenuItem { text: qsTr("Raise for now…"); iconName: "arrow-up"; shortcutText: qsTr("+"); enabled: menu.canRaise; onTriggered: root.model.askRaise(menu.line) }
        AppMenuItem { text: qsTr("Add another limit…"); iconName: "plus-lg"; enabled: !menu.isGroup; onTriggered: root.model.add(menu.line) }
        AppMenuItem { text: qsTr("Show requests"); iconName: "list-ul"; enabled: !menu.isGroup; onTriggered: root.model.openRequests(menu.line) }
        AppMenuSeparator { }
        AppMenuItem { text: qsTr("Remove the limit"); iconName: "trash"; shortcutText: qsTr("Del"); destructive: true; enabled: menu.canRemove; onTriggered: root.model.remove(menu.line) }
    }
    Loader {
        active: root.model.form.open
        sourceComponent: BudgetsAddDialog { form: root.model.form }
    }
    Loader {
        active: root.model.raising !== ""
        sourceComponent: BudgetsRaiseDialog { model: root.model }
    }
}
