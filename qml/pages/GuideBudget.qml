// What may be spent, and what happens on the way there.
import QtQuick
import QtQuick.Layouts
import BudgetProxy
import BudgetProxy.Theme
import BudgetProxy.Controls

ColumnLayout {
    id: root

    required property GuideModel model
    readonly property Item firstField: daily

    spacing: Theme.spaceXl

    GuideHead {
        title: qsTr("What may a key spend?")
        text: qsTr("Each key gets this budget unless you give it one of its own. Money is set aside before a request runs, so the limit holds to the cent, also with many at once.")
    }
    Card {
        padding: Theme.spaceXl
        GridLayout {
            Layout.fillWidth: true
            columns: root.width < Theme.unit * 120 ? 1 : 2
            columnSpacing: Theme.spaceLg
            rowSpacing: Theme.spaceLg
            FormField {
                Layout.preferredWidth: Theme.unit
                label: qsTr("In a day")
                hint: qsTr("Empty: no limit")
                error: root.model.daily.error
                MoneyField {
                    id: daily
                    objectName: "guideDaily"
                    currency: "USD"
                    text: root.model.daily.text
                    onTextEdited: root.model.daily.text = text
                    onAccepted: root.model.next()
                }
            }
            FormField {
                Layout.preferredWidth: Theme.unit
                label: qsTr("In a month")
                hint: qsTr("Empty: no limit")
                error: root.model.monthly.error
                MoneyField {
                    objectName: "guideMonthly"
                    currency: "USD"
                    text: root.model.monthly.text
                    onTextEdited: root.model.monthly.text = text
                    onAccepted: root.model.next()
                }
            }
        }
    }
    Card {
        title: qsTr("What happens as it is used up")
        padding: Theme.spaceXl
        spacing: Theme.spaceLg
        Repeater {
            model: root.model.thresholds
            delegate: RowLayout {
                id: line
                required property var modelData
                Layout.fillWidth: true
                spacing: Theme.spaceLg
                Badge {
                    Layout.alignment: Qt.AlignTop
                    Layout.preferredWidth: Theme.unit * 14
                    text: line.modelData.percent
                    tone: line.modelData.tone
                }
                CaptionBlock {
                    Layout.fillWidth: true
                    weight: Theme.weightMedium
                    text: line.modelData.title
                    description: line.modelData.text
                }
            }
        }
    }
}
