import QtQuick
import QtQuick.Layouts
import QtTest
import BudgetProxy.Controls
import BudgetProxy.Theme

Item {
    id: root
    width: Theme.unit * 200
    height: Theme.unit * 150

    property bool modelChoice: false
    property int modelIndex: 0

    ColumnLayout {
        AppButton { id: button; text: "Save"; iconName: "check"; tip: "Writes the file" }
        IconButton { id: icon; text: "Copy"; iconName: "files" }
        Toggle { id: toggle; text: "Autostart"; description: "With the desktop"; checked: root.modelChoice }
        CheckRow { id: check; text: "At 80 %" }
        RowLayout {
            ChoiceCard { id: first; title: "One"; checked: true }
            ChoiceCard { id: second; title: "Two"; description: "The other" }
        }
        Segmented { id: segmented; model: ["Hour", "Day", "Week"]; currentIndex: root.modelIndex }
        Tabs { id: tabs; model: ["Charge", "Timings"] }
        Chip { id: chip; text: "key: docs"; closable: true }
        Chip { id: filter; text: "Cached"; checkable: true }
    }
    SignalSpy { id: spy }

    TestCase {
        name: "Buttons"
        when: windowShown

        function initTestCase() { Theme.reduceMotion = true }
        function init() {
            spy.target = null
            root.forceActiveFocus()
            button.busy = false
            button.enabled = Qt.binding(() => !button.busy)
            root.modelIndex = 0
            segmented.currentIndex = Qt.binding(() => root.modelIndex)
        }
        function watch(item, name) {
            spy.target = null
            spy.signalName = name
            spy.target = item
            spy.clear()
        }

        function test_aButtonIsPressedByPointerSpaceAndReturn() {
            watch(button, "clicked")
            mouseClick(button)
            compare(spy.count, 1)
            button.forceActiveFocus(Qt.TabFocusReason)
            keyClick(Qt.Key_Space)
            compare(spy.count, 2)
            keyClick(Qt.Key_Return)
            compare(spy.count, 3)
            keyClick(Qt.Key_Enter)
            compare(spy.count, 4)
        }
        function test_aBusyButtonTakesNoSecondPress() {
            watch(button, "clicked")
            button.busy = true
            mouseClick(button)
            button.forceActiveFocus(Qt.TabFocusReason)
            keyClick(Qt.Key_Space)
            compare(spy.count, 0)
            compare(button.Accessible.description, "Working…")
        }
        function test_aButtonSaysItsNameAndWhatItDoes() {
            compare(button.Accessible.name, "Save")
            compare(button.Accessible.description, "Writes the file")
            compare(icon.Accessible.name, "Copy")
        }
        function test_theRingShowsForTheKeyboardOnly() {
            mouseClick(button)
            verify(button.activeFocus)
            verify(!button.visualFocus)
            root.forceActiveFocus()
            button.forceActiveFocus(Qt.TabFocusReason)
            verify(button.visualFocus)
        }
        function test_allTextButtonsHaveTheHeightOfAControl() {
            compare(button.height, Theme.controlHeight)
            compare(icon.width, Theme.controlHeight)
        }

        function test_aToggleFollowsItsModelAfterThePersonHasUsedIt() {
            watch(toggle, "toggled")
            mouseClick(toggle)
            compare(spy.count, 1)
            verify(toggle.checked)
            root.modelChoice = true
            root.modelChoice = false
            verify(!toggle.checked, "the binding is still there")
            toggle.forceActiveFocus(Qt.TabFocusReason)
            keyClick(Qt.Key_Return)
            compare(spy.count, 2)
            verify(toggle.checked)
            compare(toggle.Accessible.name, "Autostart")
            compare(toggle.Accessible.description, "With the desktop")
        }
        function test_aCheckIsToggledByKeyAndByItsText() {
            watch(check, "toggled")
            mouseClick(check, check.width - Theme.spaceSm, check.height / 2)
            verify(check.checked)
            check.forceActiveFocus(Qt.TabFocusReason)
            keyClick(Qt.Key_Space)
            verify(!check.checked)
            compare(spy.count, 2)
        }
        function test_choosingACardLeavesTheOther() {
            mouseClick(second)
            verify(second.checked)
            verify(!first.checked)
            first.forceActiveFocus(Qt.TabFocusReason)
            keyClick(Qt.Key_Space)
            verify(first.checked)
            verify(!second.checked)
            compare(second.Accessible.name, "Two")
            compare(second.Accessible.description, "The other")
        }

        function test_aSegmentIsPickedByPointer() {
            watch(segmented, "picked")
            mouseClick(segmented, segmented.width - Theme.spaceMd, segmented.height / 2)
            compare(spy.count, 1)
            compare(spy.signalArguments[0][0], 2)
            compare(segmented.currentIndex, 2)
        }
        function test_aSegmentFollowsItsModelAfterThePersonHasPicked() {
            mouseClick(segmented, segmented.width - Theme.spaceMd, segmented.height / 2)
            compare(segmented.currentIndex, 2)
            root.modelIndex = 1
            compare(segmented.currentIndex, 1)
        }
        function test_arrowsMoveBetweenSegmentsAndTabLeavesThem() {
            watch(segmented, "picked")
            segmented.forceActiveFocus(Qt.TabFocusReason)
            keyClick(Qt.Key_Right)
            compare(segmented.currentIndex, 1)
            keyClick(Qt.Key_Right)
            keyClick(Qt.Key_Right)
            compare(segmented.currentIndex, 0, "goes round")
            keyClick(Qt.Key_Left)
            compare(segmented.currentIndex, 2)
            compare(spy.count, 4)
            verify(segmented.activeFocus)
            keyClick(Qt.Key_Tab)
            verify(!segmented.activeFocus, "one stop for all the segments")
        }
        function test_pressingTheCurrentSegmentSaysNothing() {
            watch(segmented, "picked")
            mouseClick(segmented, Theme.spaceMd, segmented.height / 2)
            compare(spy.count, 0)
            compare(segmented.currentIndex, 0)
        }
        function test_tabsArePickedByArrows() {
            watch(tabs, "picked")
            tabs.forceActiveFocus(Qt.TabFocusReason)
            keyClick(Qt.Key_Right)
            compare(tabs.currentIndex, 1)
            compare(spy.count, 1)
        }

        function test_aChipIsRemovedByItsCrossOrByDelete() {
            watch(chip, "closeRequested")
            mouseClick(chip, chip.width - Theme.spaceMd, chip.height / 2)
            compare(spy.count, 1)
            chip.forceActiveFocus(Qt.TabFocusReason)
            keyClick(Qt.Key_Delete)
            keyClick(Qt.Key_Backspace)
            compare(spy.count, 3)
        }
        function test_aFilterChipIsCheckedByKey() {
            filter.forceActiveFocus(Qt.TabFocusReason)
            keyClick(Qt.Key_Space)
            verify(filter.checked)
            verify(filter.Accessible.checked)
            keyClick(Qt.Key_Return)
            verify(!filter.checked)
        }
    }
}
