import QtQuick
import QtQuick.Layouts
import QtTest
import BudgetProxy.Controls
import BudgetProxy.Theme

Item {
    id: root
    width: Theme.windowWidth
    height: Theme.windowHeight

    property bool wanted: false
    property var answers: []

    AppButton {
        id: opener
        text: "Menu"
        AppMenu {
            id: menu
            AppMenuItem { id: copyItem; text: "Copy"; iconName: "files"; shortcutText: "Ctrl+C" }
            AppMenuItem { id: headersItem; text: "Headers"; checkable: true }
            AppMenuSeparator {}
            AppMenuItem { id: revokeItem; text: "Revoke"; destructive: true }
        }
    }
    AppDialog {
        id: dialog
        title: "Create a key"
        text: "It is shown once."
        primaryText: "Create"
        FormField { label: "Name"; AppTextField { id: nameField } }
        FormField { label: "Period"; Select { id: period; model: ["A day", "A month"]; currentValue: "A day" } }
    }
    AppDialog {
        id: question
        title: "Revoke this key?"
        text: "What uses it is refused at once."
        primaryText: "Revoke"
        destructive: true
    }
    SidePanel {
        id: panel
        height: parent.height
        anchors.right: parent.right
        title: "Request"
        open: root.wanted
        AppButton { id: inPanel; text: "Stop" }
    }
    ListModel {
        id: toasts
        function close(id: int) { root.answers.push("close " + id); remove(0) }
        function trigger(id: int, action: int) { root.answers.push("trigger " + id + " " + action) }
    }
    ToastHost { id: host; model: toasts }
    SignalSpy { id: spy }

    TestCase {
        name: "Popups"
        when: windowShown

        function initTestCase() { Theme.reduceMotion = true }
        function init() {
            root.answers = []
            toasts.clear()
            opener.forceActiveFocus(Qt.TabFocusReason)
        }
        function cleanup() {
            menu.close()
            dialog.close()
            question.close()
            tryVerify(() => !menu.visible && !dialog.visible && !question.visible)
        }
        function watch(item, name) {
            spy.target = null
            spy.signalName = name
            spy.target = item
            spy.clear()
        }
        function focused() {
            return root.Window.activeFocusItem
        }

        function test_aMenuIsWalkedByArrows() {
            menu.open()
            tryVerify(() => menu.opened)
            watch(headersItem, "triggered")
            keyClick(Qt.Key_Down)
            verify(copyItem.highlighted)
            keyClick(Qt.Key_Down)
            verify(headersItem.highlighted)
            keyClick(Qt.Key_Return)
            compare(spy.count, 1)
            verify(headersItem.checked)
            tryVerify(() => !menu.visible)
            compare(copyItem.Accessible.name, "Copy")
        }
        function test_theFocusGoesBackWhereAMenuWasOpened() {
            menu.open()
            tryVerify(() => menu.opened)
            keyClick(Qt.Key_Escape)
            tryVerify(() => !menu.visible)
            tryVerify(() => opener.activeFocus)
        }

        function test_aDialogStartsInItsFirstField() {
            dialog.open()
            tryVerify(() => dialog.opened)
            tryVerify(() => nameField.activeFocus)
        }
        function test_returnPressesThePrimaryButton() {
            watch(dialog, "primaryClicked")
            dialog.open()
            tryVerify(() => nameField.activeFocus)
            keyClick(Qt.Key_Return)
            compare(spy.count, 1)
            tryVerify(() => !dialog.visible)
        }
        function test_aPrimaryButtonThatIsOffIsNotPressedByReturn() {
            watch(dialog, "primaryClicked")
            dialog.primaryEnabled = false
            dialog.open()
            tryVerify(() => nameField.activeFocus)
            keyClick(Qt.Key_Return)
            compare(spy.count, 0)
            verify(dialog.visible)
            dialog.primaryEnabled = true
        }
        function test_returnOnASelectInADialogOpensTheSelect() {
            watch(dialog, "primaryClicked")
            dialog.open()
            tryVerify(() => nameField.activeFocus)
            period.forceActiveFocus(Qt.TabFocusReason)
            keyClick(Qt.Key_Return)
            tryVerify(() => period.opened)
            keyClick(Qt.Key_Down)
            keyClick(Qt.Key_Return)
            tryVerify(() => !period.opened)
            compare(period.currentValue, "A month")
            compare(spy.count, 0)
            verify(dialog.visible)
            keyClick(Qt.Key_Return)
            tryVerify(() => period.opened)
            keyClick(Qt.Key_Escape)
            tryVerify(() => !period.opened)
            verify(dialog.visible, "the first Escape closes the list only")
        }
        function test_escapeLeavesADialogAndGivesTheFocusBack() {
            watch(dialog, "rejected")
            dialog.open()
            tryVerify(() => nameField.activeFocus)
            keyClick(Qt.Key_Escape)
            tryVerify(() => !dialog.visible)
            compare(spy.count, 1)
            tryVerify(() => opener.activeFocus)
        }
        function test_aBusyDialogCannotBeLeft() {
            dialog.open()
            tryVerify(() => nameField.activeFocus)
            dialog.busy = true
            keyClick(Qt.Key_Escape)
            verify(dialog.visible)
            dialog.busy = false
        }
        function test_tabStaysInsideADialog() {
            dialog.open()
            tryVerify(() => nameField.activeFocus)
            for (let i = 0; i < 8; ++i) {
                keyClick(Qt.Key_Tab)
                verify(focused() !== opener)
                verify(dialog.contentItem.activeFocus)
            }
        }
        function test_aDestructiveDialogStartsOnTheWayOut() {
            question.open()
            tryVerify(() => question.opened)
            tryVerify(() => focused() && focused().text === "Cancel")
            keyClick(Qt.Key_Return)
            tryVerify(() => !question.visible)
        }

        function test_aPanelClosesOnEscapeAndStillFollowsItsModel() {
            root.wanted = true
            tryVerify(() => panel.visible)
            compare(panel.width, Theme.panelWidth)
            watch(panel, "closed")
            inPanel.forceActiveFocus(Qt.TabFocusReason)
            keyClick(Qt.Key_Escape)
            compare(spy.count, 1)
            verify(!panel.open)
            root.wanted = false
            root.wanted = true
            verify(panel.open, "the binding is still there")
            root.wanted = false
        }
        function test_aPanelTakesAllWhereThereIsNoRoomForBoth() {
            root.wanted = true
            root.width = Theme.panelWidth + Theme.unit
            tryCompare(panel, "width", root.width)
            root.width = Theme.windowWidth
            tryCompare(panel, "width", Theme.panelWidth)
            root.wanted = false
        }

        function toastItem() {
            return findChild(host, "toast")
        }
        function test_aToastIsAnsweredAndDismissed() {
            toasts.append({ toastId: 7, tone: "warning", title: "80 % is spent", text: "", actions: [], timeoutMs: 0 })
            tryVerify(() => toastItem() !== null)
            const toast = toastItem()
            compare(toast.Accessible.name, "80 % is spent")
            toast.actionTriggered(0)
            toast.forceActiveFocus()
            keyClick(Qt.Key_Escape)
            compare(root.answers.join(), "trigger 7 0,close 7")
        }
        function test_aToastGoesByItselfUnlessItIsLookedAt() {
            toasts.append({ toastId: 8, tone: "ok", title: "Copied", text: "", actions: [], timeoutMs: 50 })
            tryVerify(() => root.answers.length === 1)
            toasts.append({ toastId: 9, tone: "ok", title: "Copied", text: "", actions: [], timeoutMs: 50 })
            tryVerify(() => toastItem() !== null)
            mouseMove(toastItem(), Theme.spaceXl, Theme.spaceXl)
            mouseMove(toastItem(), Theme.spaceXl + Theme.unit, Theme.spaceXl)
            wait(150)
            compare(root.answers.length, 1)
            mouseMove(root, 0, 0)
            tryVerify(() => root.answers.length === 2)
        }
    }
}
