import QtQuick
import QtQuick.Layouts
import QtTest
import BudgetProxy.Controls
import BudgetProxy.Theme

Item {
    id: root
    width: Theme.unit * 200
    height: Theme.unit * 200

    property string period: "day"
    property var limit: 5

    ColumnLayout {
        width: Theme.unit * 100
        FormField {
            id: form
            label: "Name"
            hint: "Shown in lists"
            AppTextField { id: name; placeholderText: "build-agent" }
        }
        SearchField { id: search; placeholderText: "Filter" }
        FormField { label: "Requests"; NumberField { id: number; from: 1; to: 10; value: root.limit; allowEmpty: true } }
        FormField { label: "Budget"; MoneyField { id: money } }
        FormField {
            label: "Period"
            Select {
                id: select
                model: [{ text: "A day", value: "day" }, { text: "A week", value: "week" }, { text: "A month", value: "month" }]
                currentValue: root.period
            }
        }
        Select { id: plain; model: ["UTC", "Europe/Berlin"]; placeholderText: "Zone" }
        FormField { label: "Note"; AppTextArea { id: note; placeholderText: "What for" } }
        CopyField { id: copy; label: "Key"; value: "lbp-4711"; secret: true }
        TextInput { id: paste; width: Theme.fieldWidth }
    }
    SignalSpy { id: spy }

    TestCase {
        name: "Fields"
        when: windowShown

        function initTestCase() { Theme.reduceMotion = true }
        function init() {
            form.error = ""
            search.text = ""
            root.limit = 0
            root.limit = 5
            money.text = ""
            root.period = "week"
            root.period = "day"
            copy.revealed = false
            plain.model = []
            plain.currentValue = undefined
            plain.model = ["UTC", "Europe/Berlin"]
        }
        function watch(item, name) {
            spy.target = null
            spy.signalName = name
            spy.target = item
            spy.clear()
        }
        function inner(item) {
            item.forceActiveFocus(Qt.TabFocusReason)
            return item.Window.activeFocusItem
        }

        function test_theLabelNamesTheFieldAndAPressOnItGoesThere() {
            compare(name.Accessible.name, "Name")
            compare(inner(select).Accessible.name, "Period")
            compare(inner(note).Accessible.name, "Note")
            compare(number.Accessible.name, "Requests")
            root.forceActiveFocus()
            mouseClick(form, Theme.spaceXs, Theme.spaceXs)
            verify(name.activeFocus)
        }
        function test_anErrorMarksTheFieldAndTakesThePlaceOfTheHint() {
            verify(!name.hasError)
            form.error = "There is a key of this name"
            verify(name.hasError)
            verify(name.Accessible.description !== "")
            form.error = ""
            verify(!name.hasError)
        }

        function test_escapeClearsTheSearchThenIsLetThrough() {
            search.forceActiveFocus(Qt.TabFocusReason)
            keyClick(Qt.Key_A)
            compare(search.text, "a")
            watch(search, "cleared")
            keyClick(Qt.Key_Escape)
            compare(search.text, "")
            compare(spy.count, 1)
            keyClick(Qt.Key_Escape)
            compare(spy.count, 1)
        }
        function test_returnAcceptsTheSearch() {
            search.forceActiveFocus(Qt.TabFocusReason)
            watch(search, "accepted")
            keyClick(Qt.Key_A)
            keyClick(Qt.Key_Return)
            compare(spy.count, 1)
        }
        function test_theCrossClearsTheSearch() {
            search.text = "model:gpt"
            mouseClick(search, search.width - Theme.controlHeight / 2, search.height / 2)
            compare(search.text, "")
            verify(search.activeFocus)
        }

        function test_aNumberIsSteppedWithinItsRange() {
            compare(number.text, "5")
            number.forceActiveFocus(Qt.TabFocusReason)
            watch(number, "edited")
            keyClick(Qt.Key_Up)
            compare(number.value, 6)
            keyClick(Qt.Key_Down)
            compare(number.value, 5)
            compare(spy.count, 2)
            for (let i = 0; i < 10; ++i)
                keyClick(Qt.Key_Up)
            compare(number.value, 10)
        }
        function test_aNumberOutOfRangeIsShownAsWrongAndNotTaken() {
            number.forceActiveFocus(Qt.TabFocusReason)
            number.selectAll()
            keyClick(Qt.Key_0)
            compare(number.text, "0")
            verify(number.hasError)
            verify(!number.valid)
            compare(number.value, 5)
        }
        function test_anEmptyNumberIsUndefinedWhereThatIsAllowed() {
            number.forceActiveFocus(Qt.TabFocusReason)
            number.selectAll()
            keyClick(Qt.Key_Delete)
            compare(number.value, undefined)
            verify(number.valid)
        }
        function test_aNumberFollowsItsModelAfterItWasTyped() {
            number.forceActiveFocus(Qt.TabFocusReason)
            keyClick(Qt.Key_Up)
            compare(number.value, 6)
            root.limit = 3
            compare(number.text, "3")
        }
        function test_moneyTakesDigitsAndSeparatorsAndStaysText() {
            money.forceActiveFocus(Qt.TabFocusReason)
            keyClick(Qt.Key_1)
            keyClick(Qt.Key_X)
            keyClick(Qt.Key_Period)
            keyClick(Qt.Key_5)
            compare(money.text, "1.5")
            verify(typeof money.text === "string")
        }

        function test_aSelectShowsItsValueAndFollowsItsModel() {
            compare(select.currentText, "A day")
            root.period = "month"
            compare(select.currentText, "A month")
            compare(plain.currentIndex, -1)
            compare(plain.currentText, "Zone")
        }
        function test_aSelectIsUsedByArrows() {
            select.forceActiveFocus(Qt.TabFocusReason)
            watch(select, "picked")
            keyClick(Qt.Key_Down)
            compare(spy.count, 1)
            compare(spy.signalArguments[0][0], "week")
            compare(select.currentValue, "week")
            root.period = "month"
            compare(select.currentValue, "month", "the binding is still there")
        }
        function test_aSelectOpensTakesWithReturnAndClosesWithEscape() {
            select.forceActiveFocus(Qt.TabFocusReason)
            watch(select, "picked")
            keyClick(Qt.Key_Return)
            tryVerify(() => select.opened)
            keyClick(Qt.Key_Down)
            keyClick(Qt.Key_Down)
            keyClick(Qt.Key_Return)
            tryVerify(() => !select.opened)
            compare(spy.count, 1)
            compare(select.currentValue, "month")
            keyClick(Qt.Key_Return)
            tryVerify(() => select.opened)
            keyClick(Qt.Key_Escape)
            tryVerify(() => !select.opened)
            compare(spy.count, 1)
        }
        function test_aSelectTakesWhatIsPressed() {
            mouseClick(select)
            tryVerify(() => select.opened)
            watch(select, "picked")
            waitForRendering(root) // the list has its height then
            mouseClick(select, Theme.spaceXl, select.height + Theme.spaceXs * 2 + Theme.controlHeight * 1.5)
            tryCompare(spy, "count", 1)
            compare(spy.signalArguments[0][0], "week")
        }
        function test_aSelectOfTextsGivesTheText() {
            plain.forceActiveFocus(Qt.TabFocusReason)
            watch(plain, "picked")
            keyClick(Qt.Key_Down)
            compare(spy.signalArguments[0][0], "UTC")
        }
        function test_aSelectKeepsTheKindOfItsValues() {
            plain.model = [{ text: "One", value: 1 }, { text: "On", value: true }]
            plain.forceActiveFocus(Qt.TabFocusReason)
            keyClick(Qt.Key_Down)
            verify(plain.currentValue === 1)
            keyClick(Qt.Key_Down)
            verify(plain.currentValue === true)
        }
        function test_aModelThatComesLaterShowsTheValue() {
            plain.model = []
            plain.currentValue = "b"
            compare(plain.currentIndex, -1)
            plain.model = ["a", "b"]
            compare(plain.currentText, "b")
        }

        function test_tabLeavesATextArea() {
            note.forceActiveFocus(Qt.TabFocusReason)
            verify(note.activeFocus)
            keyClick(Qt.Key_A)
            compare(note.text, "a")
            keyClick(Qt.Key_Tab)
            verify(!note.activeFocus)
            compare(note.text, "a")
        }
        function test_aSecretIsHiddenEvenFromWhatReadsTheScreenAndCopiedWhole() {
            const field = inner(copy)
            compare(field.Accessible.name, "Key")
            verify(field.text.indexOf("lbp") < 0)
            copy.revealed = true
            compare(field.text, "lbp-4711")
            copy.revealed = false
            watch(copy, "copied")
            keyClick(Qt.Key_Return)
            compare(spy.count, 1)
            paste.text = ""
            paste.paste()
            compare(paste.text, "lbp-4711")
        }
    }
}
