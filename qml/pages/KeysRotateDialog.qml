// Asks how long the old secret of a key goes on working beside the new one.
import QtQuick
import QtQuick.Layouts
import BudgetProxy
import BudgetProxy.Theme
import BudgetProxy.Controls

AppDialog {
    id: root

    required property KeysModel model
    property int graceHours: 24

    objectName: "rotateDialog"
    iconName: "arrow-repeat"
    title: qsTr("Rotate %1").arg(model.rotatingName)
    text: qsTr("The key gets a new secret. Its name, budgets and history stay.")
    primaryText: qsTr("Rotate")
    closesOnPrimary: false
    onPrimaryClicked: root.model.rotate(root.graceHours)
    onRejected: root.model.askRotate(0)
    Component.onCompleted: open()

    FormField {
        label: qsTr("The old secret goes on working for")
        hint: root.graceHours === 0 ? qsTr("Everything that uses it is refused at once.") : qsTr("Time to change it wherever it is used.")
        Select {
            objectName: "grace"
            Layout.fillWidth: true
            model: root.model.graceChoices
            currentValue: root.graceHours
            onPicked: value => root.graceHours = value
        }
    }
}
