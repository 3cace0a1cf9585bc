// A whole number. Up and Down step it; empty is allowed where allowEmpty says so, and then value is undefined.
import QtQuick
import BudgetProxy
import BudgetProxy.Theme

AppTextField {
    id: root

    property var value: undefined ///< int or undefined; follows what is typed as long as that is a number in range
    property int from: 0
    property int to: 2147483647
    property int step: 1
    property bool allowEmpty: false
    readonly property bool valid: text === "" ? allowEmpty : acceptableInput

    signal edited(var value)

    function stepBy(count: int) {
        const now = text === "" ? (count > 0 ? from - step : from + step) : parseInt(text, 10)
        const next = Math.max(from, Math.min(to, now + count * step))
        text = next.toString()
        take()
    }
    function take() {
        const next = text === "" ? undefined : parseInt(text, 10) // acceptableInput may not know of this text yet
        if (next === value || (next === undefined ? !allowEmpty : !(next >= from && next <= to)))
            return
        edit.write(next)
        edited(next)
    }
    function show() {
        const shown = value === undefined || value === null ? "" : value.toString()
        if (text !== shown)
            text = shown
    }

    implicitWidth: Theme.fieldWidth / 2
    hasError: !valid && text !== ""
    inputMethodHints: Qt.ImhDigitsOnly
    validator: IntValidator {
        bottom: root.from
        top: root.to
        locale: "C"
    }
    onValueChanged: show()
    onTextEdited: take()
    Accessible.role: Accessible.SpinBox
    Keys.onUpPressed: if (!readOnly) stepBy(1)
    Keys.onDownPressed: if (!readOnly) stepBy(-1)

    UserEdit {
        id: edit
        target: root
        property: "value"
    }
}
