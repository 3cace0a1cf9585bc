// From one day to another, as typed.
import QtQuick
import QtQuick.Layouts
import BudgetProxy
import BudgetProxy.Theme
import BudgetProxy.Controls

RowLayout {
    id: root

    required property OverviewModel model
    property string error: ""

    function apply() {
        error = model.setCustomRange(first.text, last.text)
        if (error === "")
            show()
    }
    function show() {
        first.text = model.firstDay
        last.text = model.lastDay
        error = ""
    }

    spacing: Theme.spaceSm
    onVisibleChanged: if (visible) show()
    Component.onCompleted: show()

    MutedText { text: qsTr("From") }
    AppTextField {
        id: first
        objectName: "firstDay"
        Layout.preferredWidth: Theme.unit * 28
        hasError: root.error !== ""
        Accessible.name: qsTr("First day")
        onAccepted: root.apply()
    }
    MutedText { text: qsTr("to") }
    AppTextField {
        id: last
        objectName: "lastDay"
        Layout.preferredWidth: Theme.unit * 28
        hasError: root.error !== ""
        Accessible.name: qsTr("Last day")
        onAccepted: root.apply()
    }
    AppButton {
        text: qsTr("Show")
        onClicked: root.apply()
    }
    MutedText {
        objectName: "rangeError"
        Layout.fillWidth: true
        text: root.error
        color: Theme.danger
        Accessible.role: Accessible.AlertMessage
    }
}
