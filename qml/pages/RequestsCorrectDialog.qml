// Writes the true cost over one that was estimated.
import QtQuick
import BudgetProxy
import BudgetProxy.Controls

AppDialog {
    id: root

    required property RequestDetail detail

    function start() {
        detail.clearCorrection()
        amount.text = detail.exactCost()
        open()
    }

    objectName: "correctDialog"
    iconName: "pencil"
    title: qsTr("Correct the cost")
    text: qsTr("Take the amount from the provider's bill. Sums, charts and budgets follow; the row counts as exact from then on.")
    primaryText: qsTr("Correct")
    primaryEnabled: amount.text.trim() !== ""
    busy: detail.correcting
    closesOnPrimary: false
    onPrimaryClicked: detail.correct(amount.text)

    Connections {
        target: root.detail
        function onCorrected() { root.close() }
    }
    FormField {
        label: qsTr("True cost")
        error: root.detail.correctProblem
        MoneyField {
            id: amount
            objectName: "correctAmount"
            currency: "USD"
            hasError: root.detail.correctProblem !== ""
        }
    }
}
