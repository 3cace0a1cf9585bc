// A copy of the ledger, and the way back from one.
import QtQuick
import QtQuick.Layouts
import BudgetProxy
import BudgetProxy.Theme
import BudgetProxy.Controls

Card {
    id: root

    required property SettingsBackup backup

    title: qsTr("Backup and restore")
    padding: Theme.spaceXl - Theme.unit
    spacing: Theme.spaceLg

    FormField {
        label: qsTr("Write a copy to")
        hint: qsTr("Requests, keys, budgets and alerts, while everything runs. It holds no plaintext keys.")
        RowLayout {
            spacing: Theme.spaceSm
            AppTextField {
                objectName: "backupTarget"
                mono: true
                enabled: !root.backup.running
                text: root.backup.target
                Accessible.name: qsTr("Write a copy to")
                onTextEdited: root.backup.target = text
                onAccepted: root.backup.start()
            }
            AppButton {
                objectName: "backupBrowse"
                iconName: "folder2-open"
                text: qsTr("Browse…")
                enabled: !root.backup.running
                onClicked: root.backup.browseTarget()
            }
            AppButton {
                objectName: "backupStart"
                text: qsTr("Back up")
                iconName: "archive"
                busy: root.backup.running
                enabled: root.backup.target.trim() !== ""
                onClicked: root.backup.start()
            }
        }
    }
    ProgressLine {
        visible: root.backup.running
        fraction: root.backup.progress
        label: qsTr("Backup")
    }
    InlineNotice {
        objectName: "backupResult"
        visible: root.backup.tone !== ""
        tone: root.backup.tone === "" ? "info" : root.backup.tone
        title: root.backup.title
        text: root.backup.text
        actionText: root.backup.tone === "ok" ? qsTr("Show it") : ""
        onAction: root.backup.showFolder()
    }
    Separator { Layout.fillWidth: true }
    FormField {
        label: qsTr("Restore from")
        hint: qsTr("The copy is checked first. The present ledger is kept aside, and the proxy starts anew.")
        RowLayout {
            spacing: Theme.spaceSm
            AppTextField {
                objectName: "restoreSource"
                mono: true
                enabled: !root.backup.checking
                text: root.backup.source
                placeholderText: qsTr("The path of a backup")
                Accessible.name: qsTr("Restore from")
                onTextEdited: root.backup.source = text
                onAccepted: root.backup.check()
            }
            AppButton {
                objectName: "restoreBrowse"
                iconName: "folder2-open"
                text: qsTr("Browse…")
                enabled: !root.backup.checking
                onClicked: root.backup.browseSource()
            }
            AppButton {
                objectName: "restoreCheck"
                text: qsTr("Check")
                busy: root.backup.checking
                enabled: root.backup.source.trim() !== ""
                onClicked: root.backup.check()
            }
            AppButton {
                objectName: "restoreNow"
                visible: root.backup.checked
                text: qsTr("Restore")
                kind: AppButton.Danger
                busy: root.backup.checking
                onClicked: root.backup.restore()
            }
        }
    }
    InlineNotice {
        objectName: "restoreResult"
        visible: root.backup.restoreTone !== ""
        tone: root.backup.restoreTone === "" ? "info" : root.backup.restoreTone
        title: root.backup.restoreTitle
        text: root.backup.restoreText
    }
    InlineNotice {
        visible: root.backup.staged
        tone: "warning"
        title: qsTr("A copy lies ready")
        text: qsTr("The next start takes it into use.")
        actionText: qsTr("Do not restore")
        onAction: root.backup.cancelRestore()
    }
}
