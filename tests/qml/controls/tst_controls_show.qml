import QtQuick
import QtQuick.Layouts
import QtTest
import BudgetProxy.Controls
import BudgetProxy.Theme

Item {
    id: root
    width: Theme.windowWidth
    height: Theme.windowHeight

    ColumnLayout {
        id: column
        width: Theme.unit * 100

        Badge { id: badge; text: "active"; tone: "ok" }
        MoneyLabel { id: exact; text: "$1.20" }
        MoneyLabel { id: rough; text: "$1.20"; estimated: true }
        Meter { id: meter; fraction: 0.5; reservedFraction: 0.8; warnAt: 0.8; text: "Today" }
        RingMeter { id: ring; fraction: 0.9; warnAt: 0.8; text: "Today" }
        StatTile { id: tile; label: "Today"; value: "$12.84"; caption: "51 % of $25.00" }
        StatTile { id: button; label: "Forecast"; value: "$40.00"; interactive: true }
        InlineNotice { id: notice; tone: "warning"; title: "No price"; text: "Set one."; actionText: "Set"; closable: true }
        EmptyState { id: empty; title: "No keys"; text: "Create one."; actionText: "Create" }
        KeyCap { id: cap; text: "Ctrl+K" }
        LabelText { id: cut; Layout.preferredWidth: Theme.unit * 10; text: "A text that is longer than its place" }
        BodyText { id: paragraph; text: "A sentence that goes on and on until it does not fit into one line any more, and then a little further, so that it certainly wraps." }
        ProgressLine { id: progress; fraction: 0.25; label: "Draining" }
        Spinner { id: spinner }
        Skeleton { id: skeleton }
        CodeBlock { id: code; text: "one\ntwo\nthree"; language: "Terminal" }
        TextInput { id: paste }
    }
    PageFrame {
        id: page
        width: parent.width
        height: Theme.unit * 100
        title: "Keys"
        Repeater {
            model: 40
            AppButton { required property int index; objectName: "button" + index; text: "Button " + index }
        }
    }
    SignalSpy { id: spy }

    TestCase {
        name: "Shown"
        when: windowShown

        function initTestCase() { Theme.reduceMotion = true }
        function watch(item, name) {
            spy.target = null
            spy.signalName = name
            spy.target = item
            spy.clear()
        }

        function test_whatIsShownIsSaid() {
            compare(badge.Accessible.name, "active")
            compare(exact.Accessible.name, "$1.20")
            compare(exact.Accessible.description, "")
            verify(rough.Accessible.description.indexOf("Estimated") === 0)
            compare(meter.Accessible.role, Accessible.ProgressBar)
            compare(meter.Accessible.name, "Today")
            compare(ring.Accessible.name, "Today")
            compare(tile.Accessible.name, "Today: $12.84")
            compare(tile.Accessible.description, "51 % of $25.00")
            compare(notice.Accessible.role, Accessible.AlertMessage)
            compare(notice.Accessible.name, "No price")
            compare(empty.Accessible.name, "No keys")
            compare(cap.Accessible.name, "Ctrl+K")
            compare(progress.Accessible.name, "Draining")
        }
        function test_anEstimatedAmountHasRoomForItsSign() {
            verify(rough.implicitWidth > exact.implicitWidth)
            compare(exact.horizontalAlignment, Text.AlignRight)
        }
        function test_whatIsSpentAndReservedNeverLeavesTheMeter() {
            compare(meter.spent, 0.5)
            compare(meter.reserved, 0.5)
            meter.fraction = 1.7
            compare(meter.spent, 1)
            compare(meter.reserved, 0)
            compare(meter.tone, "danger")
            meter.fraction = -1
            compare(meter.spent, 0)
            meter.fraction = 0.85
            compare(meter.tone, "warning")
            meter.fraction = 0.5
            compare(meter.tone, "accent")
            compare(ring.tone, "warning")
        }
        function test_onlyATileThatOpensSomethingIsAStopForTab() {
            verify(!tile.activeFocusOnTab)
            verify(button.activeFocusOnTab)
            watch(button, "clicked")
            button.forceActiveFocus(Qt.TabFocusReason)
            keyClick(Qt.Key_Return)
            keyClick(Qt.Key_Space)
            compare(spy.count, 2)
        }
        function test_aKeyCapShowsEachKey() {
            compare(cap.keys.length, 2)
            cap.text = "+"
            compare(cap.keys.length, 1)
            cap.text = "Ctrl+K"
        }
        function test_aLongLabelIsCutAndAParagraphWraps() {
            verify(cut.truncated)
            verify(paragraph.lineCount > 1)
            verify(paragraph.width <= column.width)
        }
        function test_withLessMotionNothingMoves() {
            compare(skeleton.opacity, 1)
            compare(Theme.durationNormal, 0)
        }
        function test_codeIsCopiedWhole() {
            const copy = findChild(code, "copy")
            watch(code, "copied")
            mouseClick(copy)
            compare(spy.count, 1)
            compare(copy.text, "Copied")
            paste.text = ""
            paste.paste()
            verify(paste.text.indexOf("one") === 0 && paste.text.indexOf("three") > 0)
        }
        function test_aPageScrollsToWhatHasTheFocus() {
            const last = findChild(page, "button39")
            compare(page.flickable.contentY, 0)
            last.forceActiveFocus(Qt.TabFocusReason)
            tryVerify(() => page.flickable.contentY > 0)
            const bottom = last.mapToItem(page, 0, last.height).y
            verify(bottom <= page.height)
            findChild(page, "button0").forceActiveFocus(Qt.TabFocusReason)
            tryVerify(() => page.flickable.contentY < Theme.controlHeight)
        }
    }
}
