// The lines for one tool, with the address and, once one is made, the key filled in.
import QtQuick
import QtQuick.Layouts
import BudgetProxy
import BudgetProxy.Theme
import BudgetProxy.Controls

Card {
    id: root

    required property ConnectModel model

    title: model.name
    spacing: Theme.spaceLg

    InlineNotice {
        Layout.fillWidth: true
        visible: !root.model.metered
        tone: "warning"
        title: qsTr("This version does not meter what this tool sends")
        text: qsTr("Its requests are refused, so that nothing can be spent past a budget. The lines below are what it will need.")
    }
    RowLayout {
        Layout.fillWidth: true
        spacing: Theme.spaceMd
        BodyText {
            Layout.fillWidth: true
            wrapMode: Text.Wrap
            text: root.model.hasKey
                ? qsTr("The key “%1” is filled in. Copy the lines now: the key is not shown again.").arg(root.model.keyName)
                : qsTr("Put a virtual key in the place of lbp_YOUR_KEY, or let one be made for this tool.")
        }
        AppButton {
            visible: !root.model.hasKey
            text: qsTr("Make a key")
            iconName: "key"
            kind: AppButton.Primary
            busy: root.model.creating
            onClicked: root.model.createKey()
        }
    }
    Repeater {
        model: root.model.steps
        delegate: ColumnLayout {
            id: step
            required property int index
            required property var modelData
            Layout.fillWidth: true
            spacing: Theme.spaceXs
            RowLayout {
                Layout.fillWidth: true
                LabelText { Layout.fillWidth: true; text: step.modelData.place }
                AppButton {
                    text: qsTr("Copy")
                    iconName: "clipboard"
                    kind: AppButton.Ghost
                    small: true
                    Accessible.name: qsTr("Copy the lines for %1").arg(step.modelData.place)
                    onClicked: root.model.copyStep(step.index)
                }
            }
            CodeBlock {
                Layout.fillWidth: true
                text: step.modelData.lines
                copyable: false
            }
        }
    }
    MutedText {
        Layout.fillWidth: true
        visible: root.model.note !== ""
        text: root.model.note
        wrapMode: Text.Wrap
    }
    InlineNotice {
        Layout.fillWidth: true
        visible: root.model.hasKey
        tone: root.model.connected ? "ok" : "info"
        title: root.model.connected ? root.model.connectedText : qsTr("Waiting for the first request …")
        text: root.model.connected ? "" : qsTr("Send one from the tool: this line turns green when it arrives.")
    }
}
