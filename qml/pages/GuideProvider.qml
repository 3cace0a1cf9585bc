// Who answers: a provider with its key, tried live, or the demo.
import QtQuick
import QtQuick.Layouts
import BudgetProxy
import BudgetProxy.Theme
import BudgetProxy.Controls

ColumnLayout {
    id: root

    required property GuideModel model
    readonly property Item firstField: (model.demo ? demoCard : fields.keyField) as Item

    spacing: Theme.spaceXl

    GuideHead {
        title: qsTr("Who answers your requests?")
        text: qsTr("The proxy stands between your tools and a provider. The provider's key stays here: your tools get keys of their own, with a budget each.")
    }
    GridLayout {
        Layout.fillWidth: true
        columns: root.width < Theme.unit * 120 ? 1 : 2
        columnSpacing: Theme.spaceMd
        rowSpacing: Theme.spaceMd

        ChoiceCard {
            objectName: "chooseProvider"
            Layout.preferredWidth: Theme.unit
            Layout.fillHeight: true
            iconName: "cloud"
            title: qsTr("A provider")
            description: qsTr("OpenAI, or whatever speaks its API")
            checked: !root.model.demo
            enabled: !root.model.demoRunning
            onClicked: root.model.demo = false
        }
        ChoiceCard {
            id: demoCard
            objectName: "chooseDemo"
            Layout.preferredWidth: Theme.unit
            Layout.fillHeight: true
            iconName: "stars"
            title: qsTr("Try the demo provider")
            description: qsTr("No key, no account, no money")
            checked: root.model.demo
            onClicked: root.model.demo = true
        }
    }
    Card {
        visible: !root.model.demo
        padding: Theme.spaceXl
        spacing: Theme.spaceLg

        FormField {
            label: qsTr("API")
            Segmented {
                objectName: "providerKind"
                accessibleName: qsTr("API")
                model: root.model.provider.kinds
                currentIndex: root.model.provider.kind
                onPicked: index => root.model.provider.kind = index
            }
        }
        ProviderFields {
            id: fields
            form: root.model.provider
            onAccepted: root.model.next()
        }
        RowLayout {
            spacing: Theme.spaceSm
            AppButton {
                objectName: "providerTest"
                text: qsTr("Test")
                iconName: "lightning-charge"
                busy: root.model.provider.testing
                onClicked: root.model.provider.test()
            }
            AppButton {
                objectName: "providerKeep"
                visible: root.model.provider.resultTone === "danger"
                text: qsTr("Keep it anyway")
                kind: AppButton.Ghost
                onClicked: root.model.keepAnyway()
            }
            MutedText {
                Layout.fillWidth: true
                visible: root.model.provider.resultTone === ""
                text: qsTr("Asks for the list of models. It costs nothing.")
                wrapMode: Text.WordWrap
            }
        }
    }
    InlineNotice {
        visible: root.model.demo
        tone: root.model.demoRunning ? "ok" : "info"
        title: root.model.demoRunning ? qsTr("The demo provider answers") : qsTr("A pretended provider inside this program")
        text: qsTr("It answers with fixed words at pretended prices, so that budgets, meters and alerts can be seen at work. It stays until the program ends; your configuration is not touched.")
    }
}
