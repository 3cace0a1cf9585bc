// The fields of a provider, what the live test has found, and where its key is kept.
import QtQuick
import QtQuick.Layouts
import BudgetProxy
import BudgetProxy.Theme
import BudgetProxy.Controls

ColumnLayout {
    id: root

    required property ProviderForm form
    property bool full: false ///< with the name and the models, as in the settings
    property alias keyField: key
    property bool shown: false ///< the key is read aloud to the eyes

    signal accepted

    Layout.fillWidth: true
    spacing: Theme.spaceLg

    InlineNotice {
        objectName: "notMetered"
        visible: !root.form.metered
        tone: "warning"
        title: qsTr("This version does not meter this API yet")
        text: qsTr("The key can be kept and tested, but requests to it are refused, so that nothing is spent past a budget.")
    }
    FormField {
        visible: root.full
        label: qsTr("Name")
        hint: qsTr("In reports and messages.")
        error: root.form.name.error
        AppTextField {
            objectName: "providerName"
            text: root.form.name.text
            onTextEdited: root.form.name.text = text
            onAccepted: root.accepted()
        }
    }
    FormField {
        label: qsTr("Key")
        hint: root.form.hasKey ? qsTr("One is kept already. Leave this empty to go on with it. %1").arg(root.form.vaultText)
                               : root.form.vaultText
        error: root.form.key.error
        AppTextField {
            id: key
            objectName: "providerKey"
            mono: true
            text: root.form.key.text
            placeholderText: root.form.hasKey ? "•".repeat(12) : qsTr("sk-…")
            echoMode: root.shown ? TextInput.Normal : TextInput.Password
            inputMethodHints: Qt.ImhSensitiveData | Qt.ImhNoPredictiveText | Qt.ImhNoAutoUppercase
            trailing: Component {
                IconButton {
                    small: true
                    iconName: root.shown ? "eye-slash" : "eye"
                    text: root.shown ? qsTr("Hide the key") : qsTr("Show the key")
                    onClicked: root.shown = !root.shown
                }
            }
            onTextEdited: root.form.key.text = text
            onAccepted: root.accepted()
        }
    }
    FormField {
        label: qsTr("Address")
        hint: qsTr("As the tools of the provider have it. One on your own machine works too, such as http://127.0.0.1:11434/v1.")
        error: root.form.baseUrl.error
        AppTextField {
            objectName: "providerUrl"
            mono: true
            text: root.form.baseUrl.text
            onTextEdited: root.form.baseUrl.text = text
            onAccepted: root.accepted()
        }
    }
    FormField {
        visible: root.full
        label: qsTr("Models")
        optional: true
        hint: qsTr("Names or patterns such as gpt-*, with commas between. Empty: all that no other provider names.")
        AppTextField {
            objectName: "providerModels"
            mono: true
            text: root.form.models.text
            onTextEdited: root.form.models.text = text
            onAccepted: root.accepted()
        }
    }
    Toggle {
        Layout.fillWidth: true
        visible: root.full
        text: qsTr("It costs nothing")
        description: qsTr("A model on your own machine: tokens are counted, nothing is billed.")
        checked: root.form.free
        onToggled: root.form.free = checked
    }
    InlineNotice {
        objectName: "providerResult"
        visible: root.form.resultTone !== ""
        tone: root.form.resultTone === "" ? "info" : root.form.resultTone
        title: root.form.resultTitle
        text: root.form.resultText
    }
    InlineNotice {
        objectName: "providerProblem"
        visible: root.form.problem !== ""
        tone: "danger"
        title: qsTr("It was not saved")
        text: root.form.problem
    }
}
