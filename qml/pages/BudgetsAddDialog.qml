// A new limit: for whom, how often it resets, how much.
import QtQuick
import QtQuick.Layouts
import BudgetProxy
import BudgetProxy.Theme
import BudgetProxy.Controls

AppDialog {
    id: root

    required property BudgetForm form

    objectName: "addDialog"
    iconName: "wallet2"
    title: qsTr("Add a limit")
    text: qsTr("A request must fit into every limit that applies to it.")
    primaryText: qsTr("Add limit")
    busy: form.busy
    closesOnPrimary: false
    onPrimaryClicked: root.form.submit()
    onRejected: root.form.cancel()
    Component.onCompleted: open()

    InlineNotice {
        visible: root.form.problem !== ""
        tone: "danger"
        title: qsTr("It could not be saved")
        text: root.form.problem
    }
    FormField {
        label: qsTr("For")
        Segmented {
            objectName: "scope"
            model: root.form.scopeTexts
            accessibleName: qsTr("For whom")
            currentIndex: root.form.scope
            onPicked: index => root.form.scope = index
        }
    }
    FormField {
        visible: root.form.nameLabel !== ""
        label: root.form.nameLabel
        error: root.form.name.error
        KeysSuggestField {
            objectName: "scopeName"
            value: root.form.name
            suggestions: root.form.suggestions
        }
    }
    RowLayout {
        Layout.fillWidth: true
        spacing: Theme.spaceMd
        FormField {
            Layout.alignment: Qt.AlignTop
            Layout.preferredWidth: Theme.fieldWidth
            label: qsTr("Limit")
            required: true
            error: root.form.limit.error
            MoneyField {
                objectName: "limit"
                text: root.form.limit.text
                currency: qsTr("USD")
                onTextEdited: root.form.limit.text = text
            }
        }
        FormField {
            Layout.alignment: Qt.AlignTop
            Layout.preferredWidth: Theme.fieldWidth
            label: qsTr("Counted")
            Select {
                objectName: "period"
                Layout.fillWidth: true
                model: root.form.periods
                currentValue: root.form.period
                onPicked: value => root.form.period = value
            }
        }
    }
    MutedText {
        wrapMode: Text.WordWrap
        text: root.form.note
    }
}
