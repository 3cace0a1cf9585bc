// The limit of a budget while it is edited: Return and leaving it write, Escape leaves it as it was.
import QtQuick
import QtQuick.Layouts
import BudgetProxy
import BudgetProxy.Theme
import BudgetProxy.Controls

MoneyField {
    id: root

    required property BudgetsModel budgets
    property bool settled: false

    signal ended

    function commit() {
        if (!root.settled && root.budgets.commitEdit()) {
            root.settled = true
            root.ended()
        }
    }

    objectName: "limitField"
    text: budgets.edit.text
    hasError: budgets.edit.error !== ""
    enabled: !budgets.saving
    Accessible.name: qsTr("New limit")
    Accessible.description: budgets.edit.error
    onTextEdited: budgets.edit.text = text
    Component.onCompleted: {
        forceActiveFocus(Qt.OtherFocusReason)
        selectAll()
    }
    Keys.onReturnPressed: commit()
    Keys.onEnterPressed: commit()
    Keys.onEscapePressed: {
        root.settled = true
        root.budgets.cancelEdit()
        root.ended()
    }
    onActiveFocusChanged: {
        if (activeFocus || settled)
            return
        settled = true
        if (!budgets.commitEdit())
            budgets.cancelEdit()
    }

    AppToolTip {
        delay: 0
        text: root.budgets.edit.error
        visible: root.activeFocus && text !== ""
    }
}
