import QtQuick
import QtQuick.Layouts
import QtTest
import BudgetProxy.Controls
import BudgetProxy.Theme

Item {
    id: root
    width: Theme.unit * 200
    height: Theme.unit * 100

    ListModel { id: rows }
    DataTable {
        id: table
        anchors.fill: parent
        model: rows
        sortRole: "cost"
        accessibleName: "Requests"
        columns: [
            TableColumn { id: nameColumn; title: "Key"; role: "name"; fill: true; sortable: true },
            TableColumn { id: costColumn; title: "Cost"; role: "cost"; width: Theme.unit * 25; align: Qt.AlignRight; sortable: true },
            TableColumn {
                id: stateColumn
                title: "State"
                role: "tone"
                width: Theme.unit * 30
                cell: Badge { required property var row; objectName: "state" + row.index; text: row.tone; tone: row.tone }
            },
            TableColumn { id: actionColumn; width: Theme.unit * 12; hideBelow: Theme.unit * 150; cell: IconButton { required property var row; iconName: "trash"; text: "Delete " + row.name; small: true; onClicked: root.deleted(row.name) } }
        ]
        emptyState: EmptyState { title: "Nothing yet"; text: "Rows come here." }
        onRowActivated: row => root.activated(row)
    }
    signal activated(int row)
    signal deleted(string name)

    SignalSpy { id: activations; target: root; signalName: "activated" }
    SignalSpy { id: deletions; target: root; signalName: "deleted" }
    SignalSpy { id: sorts; target: table; signalName: "sortRequested" }
    SignalSpy { id: menus; target: table; signalName: "contextMenuRequested" }

    TestCase {
        name: "Table"
        when: windowShown

        function initTestCase() { Theme.reduceMotion = true }
        function init() {
            rows.clear()
            for (let i = 0; i < 1000; ++i)
                rows.append({ name: "key-" + i, cost: "$" + i + ".00", tone: i % 2 ? "ok" : "danger" })
            root.width = Theme.unit * 200
            table.currentIndex = -1
            table.busy = false
            nameColumn.shown = true
            table.scrollToTop()
            root.forceActiveFocus()
            activations.clear()
            deletions.clear()
            sorts.clear()
            menus.clear()
            waitForRendering(table)
        }
        function texts(item, into) {
            if (item instanceof Text && item.visible && item.text !== "")
                into.push(item.text)
            for (let i = 0; i < item.children.length; ++i)
                texts(item.children[i], into)
            return into
        }
        function rowItem(index) {
            return table.listView.itemAtIndex(index)
        }

        function test_aRowShowsItsTextsAndItsComponents() {
            compare(texts(rowItem(3), []).join(" "), "key-3 $3.00 ok")
        }
        function test_aChangeOfTheModelIsShown() {
            rows.setProperty(3, "cost", "$9.99")
            rows.setProperty(3, "tone", "danger")
            compare(texts(rowItem(3), []).join(" "), "key-3 $9.99 danger")
        }
        function test_aReusedRowShowsWhatItStandsFor() {
            table.positionAt(500)
            tryVerify(() => rowItem(500) !== null)
            compare(texts(rowItem(500), []).join(" "), "key-500 $500.00 danger")
            table.scrollToTop()
            tryVerify(() => rowItem(2) !== null)
            compare(texts(rowItem(2), []).join(" "), "key-2 $2.00 danger")
        }
        function test_aThousandRowsAreAScreenful() {
            verify(table.listView.contentItem.children.length < 40)
        }
        function test_columnsShareTheWidth() {
            compare(costColumn.actualWidth, Theme.unit * 25)
            compare(nameColumn.actualWidth, root.width - 2 * Theme.spaceSm - costColumn.actualWidth - stateColumn.actualWidth - actionColumn.actualWidth)
            root.width = Theme.unit * 140
            compare(table.shownColumns.length, 3, "what does not fit is left out")
            nameColumn.shown = false
            tryVerify(() => table.shownColumns.length === 2)
        }
        function test_whatStillDoesNotFitScrollsSideways() {
            root.width = Theme.unit * 50
            verify(table.listView.contentWidth > table.width)
        }
        function test_numbersStandAtTheEnd() {
            const slot = rowItem(1).cellAt(costColumn.position + Theme.spaceSm)
            compare(slot.horizontalAlignment, Text.AlignRight)
        }

        function test_aPressActivatesTheRow() {
            mouseClick(table, Theme.unit * 10, Theme.controlHeight + Theme.rowHeight * 2.5)
            compare(activations.count, 1)
            compare(activations.signalArguments[0][0], 2)
            compare(table.currentIndex, 2)
        }
        function test_aButtonInARowDoesNotActivateIt() {
            mouseClick(table, actionColumn.position + actionColumn.actualWidth / 2, Theme.controlHeight + Theme.rowHeight * 1.5)
            compare(deletions.count, 1)
            compare(deletions.signalArguments[0][0], "key-1")
            compare(activations.count, 0)
        }
        function test_keysMoveAndActivate() {
            table.forceActiveFocus(Qt.TabFocusReason)
            compare(table.currentIndex, 0)
            keyClick(Qt.Key_Down)
            keyClick(Qt.Key_Down)
            compare(table.currentIndex, 2)
            keyClick(Qt.Key_Up)
            keyClick(Qt.Key_Return)
            compare(activations.signalArguments[0][0], 1)
            keyClick(Qt.Key_Space)
            compare(activations.count, 2)
            keyClick(Qt.Key_End)
            compare(table.currentIndex, 999)
            keyClick(Qt.Key_PageUp)
            verify(table.currentIndex < 995)
            keyClick(Qt.Key_Home)
            compare(table.currentIndex, 0)
            compare(activations.count, 2, "moving is not activating")
        }
        function test_theMenuIsAskedForByKeyAndByTheOtherButton() {
            table.forceActiveFocus(Qt.TabFocusReason)
            keyClick(Qt.Key_Menu)
            compare(menus.count, 1)
            compare(menus.signalArguments[0][0], 0)
            compare(activations.count, 0, "key")
            mouseClick(table, Theme.unit * 10, Theme.controlHeight + Theme.rowHeight * 2.5, Qt.RightButton)
            compare(menus.count, 2)
            compare(menus.signalArguments[1][0], 2)
            compare(activations.count, 0)
        }
        function test_aHeadAsksToSort() {
            mouseClick(table, costColumn.position + costColumn.actualWidth / 2, Theme.controlHeight / 2)
            compare(sorts.count, 1)
            compare(sorts.signalArguments[0][0], "cost")
            mouseClick(table, stateColumn.position + stateColumn.actualWidth / 2, Theme.controlHeight / 2)
            compare(sorts.count, 1, "this column cannot sort")
        }
        function test_anEmptyTableSaysSoUnlessItIsLoading() {
            rows.clear()
            tryVerify(() => texts(table, []).indexOf("Nothing yet") >= 0)
            table.busy = true
            verify(texts(table, []).indexOf("Nothing yet") < 0)
        }
        function test_aScreenReaderHearsTheTableAndTheRow() {
            compare(table.listView.Accessible.role, Accessible.Table)
            compare(table.listView.Accessible.name, "Requests")
            table.currentIndex = 1
            compare(rowItem(1).Accessible.name, "key-1")
            compare(rowItem(1).Accessible.description, "Cost: $1.00, State: ok")
            verify(rowItem(1).Accessible.selected)
        }
        function test_aCutTextShowsItsWholeWhenThePointerRests() {
            root.width = Theme.unit * 100
            rows.setProperty(0, "name", "a-key-with-a-name-that-is-longer-than-the-column-could-ever-be")
            waitForRendering(table)
            mouseMove(table, Theme.unit * 5, Theme.controlHeight + Theme.rowHeight / 2)
            mouseMove(table, Theme.unit * 6, Theme.controlHeight + Theme.rowHeight / 2)
            const tip = findChild(table, "cellTip")
            tryVerify(() => tip.visible, Theme.delayTip * 6)
            verify(tip.text.indexOf("could-ever-be") > 0)
        }
    }
}
