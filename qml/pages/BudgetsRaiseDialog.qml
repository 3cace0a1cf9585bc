// More room in one budget until it resets.
import QtQuick
import QtQuick.Layouts
import BudgetProxy
import BudgetProxy.Theme
import BudgetProxy.Controls

AppDialog {
    id: root

    required property BudgetsModel model

    objectName: "raiseDialog"
    iconName: "arrow-up"
    title: model.raisingTitle
    text: model.raisingText
    primaryText: qsTr("Raise")
    closesOnPrimary: false
    onPrimaryClicked: root.model.raise()
    onRejected: root.model.askRaise("")
    Component.onCompleted: open()

    FormField {
        label: qsTr("By")
        error: root.model.raiseAmount.error
        MoneyField {
            objectName: "raiseAmount"
            text: root.model.raiseAmount.text
            currency: qsTr("USD")
            onTextEdited: root.model.raiseAmount.text = text
        }
    }
    Flow {
        Layout.fillWidth: true
        spacing: Theme.spaceSm
        Repeater {
            model: root.model.raiseStepTexts
            Chip {
                required property int index
                required property string modelData
                text: modelData
                checkable: true
                checked: root.model.raiseAmount.text === root.model.raiseSteps[index]
                onClicked: root.model.raiseAmount.text = root.model.raiseSteps[index]
            }
        }
    }
}
