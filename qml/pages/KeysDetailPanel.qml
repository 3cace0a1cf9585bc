// One key in full, beside the table.
import QtQuick
import QtQuick.Layouts
import BudgetProxy
import BudgetProxy.Theme
import BudgetProxy.Controls

SidePanel {
    id: root

    required property KeysModel model
    required property var marks
    readonly property KeyDetail key: model.detail

    objectName: "detailPanel"
    open: key.keyId !== 0
    title: key.name
    subtitle: key.subtitle
    onClosed: root.model.open(0)

    RowLayout {
        Layout.fillWidth: true
        spacing: Theme.spaceSm
        Badge {
            Layout.fillWidth: true
            dot: true
            text: root.key.status
            tone: root.key.statusTone
        }
        AppButton {
            visible: root.key.undoable
            small: true
            iconName: "arrow-counterclockwise"
            text: qsTr("Undo")
            onClicked: root.model.undoRevoke(root.key.keyId)
        }
        AppButton {
            objectName: "pauseButton"
            visible: root.key.usable
            small: true
            iconName: root.key.paused ? "play-fill" : "pause-fill"
            text: root.key.paused ? qsTr("Resume") : qsTr("Pause")
            onClicked: root.key.paused ? root.model.resume(root.key.keyId) : root.model.pause(root.key.keyId)
        }
        AppButton {
            objectName: "editButton"
            visible: root.key.usable
            small: true
            iconName: "pencil"
            text: qsTr("Edit")
            onClicked: root.model.edit(root.key.keyId)
        }
    }
    InlineNotice {
        visible: root.key.statusNote !== ""
        tone: root.key.statusTone === "ok" ? "warning" : root.key.statusTone === "neutral" ? "info" : root.key.statusTone
        text: root.key.statusNote
    }

    ColumnLayout {
        Layout.fillWidth: true
        visible: root.key.budgets.length > 0
        spacing: Theme.spaceMd
        LabelText { text: qsTr("Budgets that bind it"); Accessible.role: Accessible.Heading }
        Repeater {
            model: root.key.budgets
            ColumnLayout {
                id: budget
                required property var modelData
                Layout.fillWidth: true
                spacing: Theme.spaceXs
                RowLayout {
                    spacing: Theme.spaceSm
                    MutedText {
                        Layout.fillWidth: true
                        text: budget.modelData.title
                        color: Theme.text
                    }
                    MoneyLabel {
                        text: budget.modelData.amount
                        size: Theme.textSmall
                    }
                }
                BudgetsMeter {
                    Layout.fillWidth: true
                    fraction: budget.modelData.fraction
                    reservedFraction: budget.modelData.reserved
                    marks: root.marks
                    text: qsTr("%1: %2").arg(budget.modelData.title).arg(budget.modelData.amount)
                }
                RowLayout {
                    spacing: Theme.spaceSm
                    MutedText {
                        text: budget.modelData.left
                    }
                    MutedText {
                        visible: text !== ""
                        text: budget.modelData.source
                        color: Theme.textFaint
                    }
                    Item { Layout.fillWidth: true }
                    MutedText {
                        id: resets
                        text: budget.modelData.resets
                        HoverHandler { id: over }
                        AppToolTip {
                            text: budget.modelData.resetsExact
                            visible: over.hovered && text !== ""
                        }
                    }
                }
            }
        }
    }
    Separator { Layout.fillWidth: true }
    ColumnLayout {
        Layout.fillWidth: true
        spacing: Theme.spaceSm
        LabelText { text: qsTr("Limits"); Accessible.role: Accessible.Heading }
        Repeater {
            model: root.key.load
            RowLayout {
                id: limit
                required property var modelData
                Layout.fillWidth: true
                spacing: Theme.spaceSm
                MutedText { Layout.fillWidth: true; text: limit.modelData.label }
                MutedText {
                    text: limit.modelData.text
                    color: limit.modelData.fraction >= 1 ? Theme.danger : Theme.text
                }
            }
        }
    }
    Separator { Layout.fillWidth: true }
    ColumnLayout {
        Layout.fillWidth: true
        spacing: Theme.spaceSm
        LabelText { text: qsTr("Terms"); Accessible.role: Accessible.Heading }
        Repeater {
            model: root.key.facts
            RowLayout {
                id: fact
                required property var modelData
                Layout.fillWidth: true
                spacing: Theme.spaceSm
                MutedText { Layout.fillWidth: true; text: fact.modelData.label }
                MutedText {
                    text: fact.modelData.text
                    color: Theme.text
                    HoverHandler { id: hover }
                    AppToolTip {
                        text: fact.modelData.tip
                        visible: hover.hovered && text !== ""
                    }
                }
            }
        }
        RowLayout {
            Layout.fillWidth: true
            spacing: Theme.spaceSm
            MutedText { Layout.fillWidth: true; Layout.alignment: Qt.AlignTop; text: qsTr("Models") }
            MutedText {
                visible: root.key.models.length === 0
                text: qsTr("every model")
                color: Theme.text
            }
        }
        Flow {
            Layout.fillWidth: true
            visible: root.key.models.length > 0
            spacing: Theme.spaceXs
            Repeater {
                model: root.key.models
                Badge {
                    required property string modelData
                    text: modelData
                }
            }
        }
    }
    Separator { Layout.fillWidth: true }
    Flow {
        Layout.fillWidth: true
        spacing: Theme.spaceSm
        AppButton {
            small: true
            iconName: "list-ul"
            text: qsTr("Requests")
            onClicked: root.model.openRequests(root.key.keyId)
        }
        AppButton {
            visible: root.key.usable
            small: true
            iconName: "patch-question"
            text: qsTr("Why blocked?")
            onClicked: root.model.simulate(root.key.keyId)
        }
        AppButton {
            objectName: "rotateButton"
            visible: root.key.usable
            small: true
            iconName: "arrow-repeat"
            text: qsTr("Rotate…")
            onClicked: root.model.askRotate(root.key.keyId)
        }
        AppButton {
            objectName: "revokeButton"
            visible: root.key.usable
            small: true
            iconName: "slash-circle"
            text: qsTr("Revoke")
            tip: qsTr("For good; you have ten seconds to undo it")
            onClicked: root.model.revoke(root.key.keyId)
        }
    }
}
