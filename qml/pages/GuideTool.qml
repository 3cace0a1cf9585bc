// One tool, pointed at the proxy: exact lines, and a light that turns green at the first request.
import QtQuick
import QtQuick.Layouts
import BudgetProxy
import BudgetProxy.Theme
import BudgetProxy.Controls

ColumnLayout {
    id: root

    required property GuideModel model
    readonly property ConnectModel tools: model.tools
    readonly property Item firstField: choice

    spacing: Theme.spaceXl

    GuideHead {
        title: qsTr("Connect a tool")
        text: qsTr("Two things change in it: the address and the key. Everything else stays as it is.")
    }
    InlineNotice {
        objectName: "guideConnected"
        tone: root.model.connected ? "ok" : "info"
        iconName: root.model.connected ? "check-circle-fill" : "broadcast"
        title: root.model.connected ? root.model.connectedText : qsTr("Waiting for the first request …")
        text: root.model.connected ? qsTr("That is all. From here on every request is counted, priced and kept within its budget.")
                                   : qsTr("Send one from the tool: this turns green when it arrives.")
    }
    Card {
        padding: Theme.spaceXl
        spacing: Theme.spaceLg
        FormField {
            label: qsTr("Tool")
            hint: root.tools.note
            Select {
                id: choice
                objectName: "guideTool"
                Layout.fillWidth: true
                model: root.tools.tools
                textRole: "name"
                valueRole: "toolId"
                currentValue: root.tools.currentId
                onPicked: value => root.model.chooseTool(root.tools.rowOf(value))
            }
        }
        InlineNotice {
            visible: !root.tools.metered
            tone: "warning"
            title: qsTr("This version does not meter what this tool sends")
            text: qsTr("Its requests are refused, so that nothing can be spent past a budget. Choose another one for now.")
        }
        Repeater {
            model: root.tools.steps
            delegate: ColumnLayout {
                id: lines
                required property int index
                required property var modelData
                Layout.fillWidth: true
                spacing: Theme.spaceXs
                RowLayout {
                    Layout.fillWidth: true
                    LabelText { Layout.fillWidth: true; text: lines.modelData.place }
                    AppButton {
                        objectName: "guideCopyLines"
                        text: qsTr("Copy")
                        iconName: "clipboard"
                        small: true
                        Accessible.name: qsTr("Copy the lines for %1").arg(lines.modelData.place)
                        onClicked: root.tools.copyStep(lines.index)
                    }
                }
                CodeBlock {
                    Layout.fillWidth: true
                    text: lines.modelData.lines
                    copyable: false
                }
            }
        }
        MutedText {
            Layout.fillWidth: true
            text: root.tools.hasKey ? qsTr("Shown with the key hidden; what you copy has it whole.")
                                    : qsTr("Put a virtual key in the place of lbp_YOUR_KEY.")
            wrapMode: Text.WordWrap
        }
    }
}
