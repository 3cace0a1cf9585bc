// The usage of a time at another model's prices, class by class.
import QtQuick
import QtQuick.Layouts
import BudgetProxy
import BudgetProxy.Theme
import BudgetProxy.Controls

ColumnLayout {
    id: root

    required property PriceWhatIf whatIf
    readonly property bool wide: width > Theme.unit * 150

    spacing: Theme.spaceLg

    Card {
        GridLayout {
            Layout.fillWidth: true
            columns: root.wide ? 3 : 1
            columnSpacing: Theme.spaceLg
            rowSpacing: Theme.spaceMd
            FormField {
                Layout.preferredWidth: Theme.fieldWidth
                label: qsTr("The usage of")
                Select {
                    objectName: "range"
                    Layout.fillWidth: true
                    model: root.whatIf.ranges
                    currentValue: root.whatIf.range
                    onPicked: value => root.whatIf.range = value
                }
            }
            FormField {
                Layout.preferredWidth: Theme.fieldWidth
                label: qsTr("which was sent to")
                Select {
                    objectName: "usageOf"
                    Layout.fillWidth: true
                    model: root.whatIf.usages
                    currentValue: root.whatIf.usageOf
                    onPicked: value => root.whatIf.usageOf = value
                }
            }
            FormField {
                Layout.preferredWidth: Theme.fieldWidth
                label: qsTr("at the prices of")
                error: root.whatIf.model.error
                KeysSuggestField {
                    objectName: "whatIfModel"
                    value: root.whatIf.model
                    suggestions: root.whatIf.suggestions
                    placeholderText: qsTr("Type a model")
                }
            }
        }
    }
    InlineNotice {
        visible: root.whatIf.problem !== ""
        tone: "danger"
        title: qsTr("It could not be computed")
        text: root.whatIf.problem
    }
    EmptyState {
        objectName: "whatIfEmpty"
        visible: !root.whatIf.hasResult && root.whatIf.problem === "" && !root.whatIf.busy
        iconName: "calculator"
        title: root.whatIf.hasUsage ? qsTr("Which model would you have used instead?") : qsTr("Nothing was used in this time")
        text: root.whatIf.hasUsage ? qsTr("%1, for %2. Type a model to see what that would have cost.").arg(root.whatIf.usageText).arg(root.whatIf.realText)
                                   : qsTr("Choose another time.")
    }
    GridLayout {
        Layout.fillWidth: true
        visible: root.whatIf.hasResult
        columns: root.wide ? 3 : 1
        columnSpacing: Theme.spaceLg
        rowSpacing: Theme.spaceMd
        StatTile {
            objectName: "realCost"
            Layout.preferredWidth: Theme.unit * 50
            label: qsTr("What it cost")
            value: root.whatIf.realText
            caption: qsTr("exactly %1").arg(root.whatIf.realExact)
            tip: root.whatIf.realExact
        }
        StatTile {
            objectName: "otherCost"
            Layout.preferredWidth: Theme.unit * 50
            label: qsTr("What it would have cost")
            value: root.whatIf.otherText
            caption: qsTr("exactly %1").arg(root.whatIf.otherExact)
            tip: root.whatIf.otherExact
        }
        StatTile {
            objectName: "difference"
            Layout.preferredWidth: Theme.unit * 50
            label: qsTr("Difference")
            value: root.whatIf.differenceText
            caption: root.whatIf.differenceNote
            tone: root.whatIf.differenceTone
        }
    }
    InlineNotice {
        objectName: "unpricedClasses"
        visible: root.whatIf.unpricedText !== ""
        tone: "warning"
        text: root.whatIf.unpricedText
    }
    Card {
        visible: root.whatIf.hasResult
        title: qsTr("How it comes about")
        subtitle: root.whatIf.usageText
        spacing: Theme.spaceSm
        Repeater {
            model: root.whatIf.lines
            RowLayout {
                id: line
                required property var modelData
                Layout.fillWidth: true
                spacing: Theme.spaceMd
                BodyText {
                    Layout.fillWidth: true
                    Layout.preferredWidth: Theme.unit * 30
                    wrapMode: Text.NoWrap
                    text: line.modelData.label
                }
                MoneyLabel {
                    Layout.preferredWidth: Theme.unit * 30
                    text: line.modelData.count
                    tone: ""
                }
                MoneyLabel {
                    Layout.preferredWidth: Theme.unit * 42
                    text: line.modelData.rate
                    tone: line.modelData.missing ? "warning" : ""
                    tip: line.modelData.note
                }
                MoneyLabel {
                    Layout.preferredWidth: Theme.unit * 36
                    strong: true
                    text: line.modelData.amount
                    tone: line.modelData.missing ? "warning" : ""
                }
            }
        }
        Separator { Layout.fillWidth: true }
        RowLayout {
            Layout.fillWidth: true
            LabelText { Layout.fillWidth: true; text: qsTr("In all") }
            MoneyLabel {
                objectName: "otherExact"
                strong: true
                text: root.whatIf.otherExact
            }
        }
        ColumnLayout {
            Layout.fillWidth: true
            Layout.topMargin: Theme.spaceXs
            spacing: Theme.spaceXxs
            Repeater {
                model: root.whatIf.notes
                MutedText {
                    required property string modelData
                    Layout.fillWidth: true
                    wrapMode: Text.WordWrap
                    text: modelData
                }
            }
        }
    }
}
