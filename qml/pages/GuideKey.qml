// The first virtual key: named, made, shown this once.
import QtQuick
import QtQuick.Layouts
import BudgetProxy
import BudgetProxy.Theme
import BudgetProxy.Controls

ColumnLayout {
    id: root

    required property GuideModel model
    readonly property Item firstField: model.hasKey ? model.plaintext !== "" ? plaintext : null : name

    spacing: Theme.spaceXl

    GuideHead {
        title: qsTr("A key for your first tool")
        text: qsTr("A virtual key works only at this proxy, and only as far as its budget goes. Give each tool its own, and you see what each of them costs.")
    }
    Card {
        padding: Theme.spaceXl
        spacing: Theme.spaceLg
        FormField {
            visible: !root.model.hasKey
            label: qsTr("Name")
            hint: qsTr("In reports and alerts, such as laptop, ci or the name of the tool.")
            error: root.model.keyName.error
            AppTextField {
                id: name
                objectName: "guideKeyName"
                text: root.model.keyName.text
                onTextEdited: root.model.keyName.text = text
                onAccepted: root.model.next()
            }
        }
        InlineNotice {
            objectName: "guideKeyNotice"
            visible: root.model.hasKey && root.model.plaintext !== ""
            tone: root.model.copied ? "ok" : "warning"
            title: root.model.copied ? qsTr("Copied. Keep it where secrets belong.") : qsTr("Copy it now")
            text: qsTr("It is shown this once: only a fingerprint of it is kept. The next step fills it in for you.")
        }
        CopyField {
            id: plaintext
            objectName: "guidePlaintext"
            visible: root.model.hasKey && root.model.plaintext !== ""
            label: qsTr("Key")
            value: root.model.plaintext
            onCopied: root.model.markCopied()
        }
        InlineNotice {
            visible: root.model.hasKey && root.model.plaintext === ""
            tone: "info"
            title: qsTr("The key was made")
            text: qsTr("It cannot be shown again. If you did not keep it, make another one.")
            actionText: qsTr("Make another")
            onAction: root.model.anotherKey()
        }
    }
}
