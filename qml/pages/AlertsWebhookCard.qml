// The address that alerts are sent to, a try of it, and the hours in which warnings wait.
import QtQuick
import QtQuick.Layouts
import BudgetProxy
import BudgetProxy.Theme
import BudgetProxy.Controls

Card {
    id: root

    required property AlertsModel model

    title: qsTr("Delivery")
    iconName: "send"

    FormField {
        label: qsTr("Webhook")
        optional: true
        hint: qsTr("Called with JSON for each alert. hooks.slack.com gets Slack's form.")
        error: root.model.webhookProblem(url.text)
        AppTextField {
            id: url
            objectName: "webhookUrl"
            Layout.fillWidth: true
            text: root.model.webhookUrl
            placeholderText: qsTr("https://…")
            hasError: root.model.webhookProblem(text) !== ""
            onAccepted: save.click()
        }
    }
    RowLayout {
        Layout.fillWidth: true
        spacing: Theme.spaceSm
        AppButton {
            id: save
            objectName: "webhookSave"
            text: qsTr("Save")
            kind: AppButton.Primary
            enabled: url.text.trim() !== root.model.webhookUrl && !url.hasError
            busy: root.model.saving
            onClicked: root.model.saveWebhook(url.text)
        }
        AppButton {
            objectName: "webhookTest"
            text: qsTr("Send a test")
            iconName: "send"
            enabled: root.model.webhookUrl !== "" && url.text.trim() === root.model.webhookUrl
            busy: root.model.testing
            onClicked: root.model.testWebhook()
        }
        Item { Layout.fillWidth: true }
        Badge {
            visible: root.model.hasSecret
            text: qsTr("signed")
            iconName: "shield-check"
            tone: "ok"
        }
    }
    InlineNotice {
        objectName: "webhookResult"
        Layout.fillWidth: true
        visible: root.model.testText !== ""
        tone: root.model.testOk ? "ok" : "danger"
        title: root.model.testText
    }
    Separator { Layout.fillWidth: true }
    FormField {
        label: qsTr("Quiet hours")
        optional: true
        hint: root.model.quietNow !== "" ? root.model.quietNow : qsTr("Such as 22:00-07:00. Desktop notifications wait and are summed up afterwards; a budget that is used up still calls the webhook.")
        error: root.model.quietProblem(quiet.text)
        RowLayout {
            spacing: Theme.spaceSm
            AppTextField {
                id: quiet
                objectName: "quietHours"
                Layout.fillWidth: true
                text: root.model.quietHours
                placeholderText: qsTr("22:00-07:00")
                hasError: root.model.quietProblem(text) !== ""
                Accessible.name: qsTr("Quiet hours")
                onAccepted: if (!hasError) root.model.saveQuietHours(text)
            }
            AppButton {
                objectName: "quietSave"
                text: qsTr("Save")
                enabled: quiet.text.trim() !== root.model.quietHours && !quiet.hasError
                busy: root.model.saving
                onClicked: root.model.saveQuietHours(quiet.text)
            }
        }
    }
}
