// "Why would this be blocked?": a request that is only thought of, and the decision about it step by step.
import QtQuick
import QtQuick.Layouts
import BudgetProxy
import BudgetProxy.Theme
import BudgetProxy.Controls

SidePanel {
    id: root

    required property SimulatorModel simulator

    objectName: "simulatorPanel"
    open: simulator.open
    panelWidth: Theme.panelWidth + Theme.unit * 6
    title: qsTr("Why would it be blocked?")
    subtitle: qsTr("Nothing is sent and nothing is spent.")
    onClosed: root.simulator.close()

    function stepIcon(verdict: string): string {
        switch (verdict) {
        case "pass": return "check-circle-fill"
        case "warn": return "exclamation-triangle-fill"
        case "block": return "slash-circle"
        }
        return "dash-lg"
    }
    function stepTone(verdict: string): string {
        switch (verdict) {
        case "pass": return "ok"
        case "warn": return "warning"
        case "block": return "danger"
        }
        return "neutral"
    }
    function stepWord(verdict: string): string {
        switch (verdict) {
        case "pass": return qsTr("passes")
        case "warn": return qsTr("passes, with a warning")
        case "block": return qsTr("blocks")
        }
        return qsTr("not reached")
    }

    ColumnLayout {
        Layout.fillWidth: true
        spacing: Theme.spaceMd
        FormField {
            label: qsTr("Key")
            error: root.simulator.key.error
            KeysSuggestField {
                objectName: "simulatorKey"
                value: root.simulator.key
                suggestions: root.simulator.keySuggestions
                placeholderText: qsTr("Name of a key")
                onTaken: root.simulator.run()
            }
        }
        FormField {
            label: qsTr("Model")
            error: root.simulator.model.error
            KeysSuggestField {
                objectName: "simulatorModel"
                value: root.simulator.model
                suggestions: root.simulator.modelSuggestions
                onTaken: root.simulator.run()
            }
        }
        RowLayout {
            Layout.fillWidth: true
            spacing: Theme.spaceMd
            FormField {
                Layout.alignment: Qt.AlignTop
                Layout.preferredWidth: Theme.unit * 30
                label: qsTr("Input tokens")
                error: root.simulator.inputTokens.error
                AppTextField {
                    objectName: "simulatorInput"
                    text: root.simulator.inputTokens.text
                    inputMethodHints: Qt.ImhDigitsOnly
                    onTextEdited: root.simulator.inputTokens.text = text
                }
            }
            FormField {
                Layout.alignment: Qt.AlignTop
                Layout.preferredWidth: Theme.unit * 30
                label: qsTr("At most, output")
                error: root.simulator.outputTokens.error
                AppTextField {
                    objectName: "simulatorOutput"
                    text: root.simulator.outputTokens.text
                    placeholderText: qsTr("not named")
                    inputMethodHints: Qt.ImhDigitsOnly
                    onTextEdited: root.simulator.outputTokens.text = text
                }
            }
        }
        Toggle {
            Layout.fillWidth: true
            text: qsTr("Streamed")
            checked: root.simulator.stream
            onToggled: root.simulator.stream = checked
        }
    }

    InlineNotice {
        visible: root.simulator.problem !== ""
        tone: "danger"
        title: qsTr("It could not be decided")
        text: root.simulator.problem
    }
    InlineNotice {
        objectName: "verdict"
        visible: root.simulator.decided
        tone: root.simulator.verdictTone
        title: root.simulator.verdict
        text: root.simulator.verdictText
    }
    ColumnLayout {
        Layout.fillWidth: true
        spacing: 0
        Repeater {
            id: steps
            model: root.simulator.steps
            RowLayout {
                id: step
                required property int index
                required property var modelData
                readonly property bool skipped: modelData.verdict === "skipped"
                Layout.fillWidth: true
                spacing: Theme.spaceMd
                Accessible.role: Accessible.ListItem
                Accessible.name: qsTr("%1: %2").arg(modelData.title).arg(root.stepWord(modelData.verdict))
                Accessible.description: modelData.text

                Item { // the icon, on a line that joins the steps
                    Layout.fillHeight: true
                    implicitWidth: Theme.iconMd
                    Rectangle {
                        anchors.horizontalCenter: parent.horizontalCenter
                        visible: step.index < steps.count - 1
                        y: Theme.spaceXxs + Theme.iconMd + Theme.spaceXxs
                        height: parent.height - y
                        width: Theme.line
                        color: Theme.border
                    }
                    Icon {
                        y: Theme.spaceXxs
                        name: root.stepIcon(step.modelData.verdict)
                        color: step.skipped ? Theme.textFaint : Theme.tone(root.stepTone(step.modelData.verdict))
                    }
                }
                ColumnLayout {
                    Layout.fillWidth: true
                    Layout.bottomMargin: Theme.spaceMd
                    spacing: Theme.spaceXxs
                    LabelText {
                        Layout.fillWidth: true
                        text: step.modelData.title
                        color: step.skipped ? Theme.textFaint : Theme.text
                        Accessible.ignored: true
                    }
                    MutedText {
                        wrapMode: Text.WordWrap
                        text: step.modelData.text
                        color: step.skipped ? Theme.textFaint : Theme.textMuted
                        Accessible.ignored: true
                    }
                }
            }
        }
    }
    ColumnLayout {
        Layout.fillWidth: true
        visible: root.simulator.clientText !== ""
        spacing: Theme.spaceXs
        LabelText { text: qsTr("The client would read"); font.pixelSize: Theme.textSmall }
        CodeBlock {
            wrap: true
            text: root.simulator.clientText
        }
    }
}
