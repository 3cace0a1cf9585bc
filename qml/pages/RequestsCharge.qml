// How the amount comes about, line by line, and the budgets it was taken from.
import QtQuick
import QtQuick.Layouts
import BudgetProxy
import BudgetProxy.Theme
import BudgetProxy.Controls

ColumnLayout {
    id: root

    required property RequestDetail detail

    signal correctAsked

    Layout.fillWidth: true
    spacing: Theme.spaceLg

    RequestsSection {
        title: qsTr("Charge")
        note: root.detail.savedText !== "" ? root.detail.savedText : root.detail.reservedText

        Repeater {
            model: root.detail.charge
            delegate: ColumnLayout {
                id: line
                required property var modelData
                Layout.fillWidth: true
                spacing: 0
                Accessible.role: Accessible.StaticText
                Accessible.name: qsTr("%1: %2 at %3 makes %4").arg(modelData.label).arg(modelData.count).arg(modelData.rate).arg(modelData.amount)

                RowLayout {
                    Layout.fillWidth: true
                    spacing: Theme.spaceSm
                    BodyText { wrapMode: Text.NoWrap; text: line.modelData.label; Accessible.ignored: true }
                    Item { Layout.fillWidth: true }
                    MoneyLabel { text: line.modelData.amount !== "" ? line.modelData.amount : qsTr("no price"); tone: line.modelData.amount !== "" ? "" : "warning"; Accessible.ignored: true }
                }
                MutedText {
                    Layout.fillWidth: true
                    wrapMode: Text.WordWrap
                    text: line.modelData.rate !== "" ? qsTr("%1 × %2").arg(line.modelData.count).arg(line.modelData.rate) : line.modelData.count
                    Accessible.ignored: true
                }
                MutedText {
                    Layout.fillWidth: true
                    visible: text !== ""
                    wrapMode: Text.WordWrap
                    color: Theme.textFaint
                    text: line.modelData.note
                }
            }
        }
        RowLayout {
            Layout.fillWidth: true
            visible: root.detail.charge.length > 0
            spacing: Theme.spaceSm
            LabelText { text: qsTr("Cost") }
            Item { Layout.fillWidth: true }
            MoneyLabel { objectName: "chargeTotal"; text: root.detail.costText; strong: true; estimated: root.detail.estimated }
        }
        MutedText {
            objectName: "costNote"
            Layout.fillWidth: true
            visible: text !== ""
            wrapMode: Text.WordWrap
            text: root.detail.costNote
        }
        MutedText {
            Layout.fillWidth: true
            visible: text !== ""
            wrapMode: Text.WordWrap
            text: root.detail.chargeNote
        }
        MutedText {
            objectName: "priceText"
            Layout.fillWidth: true
            visible: text !== ""
            wrapMode: Text.WordWrap
            text: root.detail.priceText
        }
        AppButton {
            objectName: "correctButton"
            visible: root.detail.correctable
            small: true
            iconName: "pencil"
            text: qsTr("Correct the cost…")
            onClicked: root.correctAsked()
        }
    }
    RequestsSection {
        title: qsTr("Budgets")
        note: root.detail.budgetsNote

        Repeater {
            model: root.detail.budgets
            delegate: Meter {
                required property var modelData
                text: modelData.name
                trailingText: modelData.text
                fraction: modelData.fraction
                reservedFraction: modelData.reserved
                warnAt: modelData.warnAt
                thin: true
            }
        }
    }
}
