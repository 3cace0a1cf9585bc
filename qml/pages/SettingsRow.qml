// One setting: its name and what it does, the control for its kind, and what is wrong with what was typed.
import QtQuick
import QtQuick.Layouts
import BudgetProxy
import BudgetProxy.Theme
import BudgetProxy.Controls

ColumnLayout {
    id: root

    required property SettingField field
    property bool stacked: false

    /// Somebody was led here by a link.
    function takeFocus() {
        root.field.asked = false
        const item = control.item as Item
        item.forceActiveFocus(Qt.TabFocusReason)
    }

    Layout.fillWidth: true
    spacing: Theme.spaceXs

    Timer { // once the row is there
        interval: 0
        running: root.field.asked && control.item !== null
        onTriggered: root.takeFocus()
    }

    GridLayout {
        Layout.fillWidth: true
        columns: root.stacked && root.field.kind !== SettingField.Flag ? 1 : 2
        columnSpacing: Theme.spaceXl
        rowSpacing: Theme.spaceXs

        ColumnLayout {
            Layout.fillWidth: true
            Layout.alignment: Qt.AlignTop
            spacing: Theme.spaceXxs
            visible: root.field.kind !== SettingField.Flag
            RowLayout {
                Layout.fillWidth: true
                spacing: Theme.spaceSm
                LabelText {
                    Layout.fillWidth: true
                    text: root.field.label
                    wrapMode: Text.WordWrap
                }
                Badge {
                    visible: root.field.dirty
                    text: qsTr("changed")
                    tone: "accent"
                }
                Badge {
                    visible: root.field.needsRestart
                    text: qsTr("at the next start")
                    tone: "neutral"
                }
            }
            MutedText {
                Layout.fillWidth: true
                text: root.field.help
                wrapMode: Text.WordWrap
            }
        }
        Loader {
            id: control
            Layout.fillWidth: root.field.kind === SettingField.Flag || root.stacked
            Layout.columnSpan: root.field.kind === SettingField.Flag ? 2 : 1
            Layout.preferredWidth: root.field.kind === SettingField.Flag ? -1 : Theme.unit * 66
            Layout.alignment: Qt.AlignTop | Qt.AlignRight
            sourceComponent: root.field.kind === SettingField.Flag ? flag
                : root.field.kind === SettingField.Choice ? choice
                : root.field.kind === SettingField.Amount ? amount : text
        }
    }
    RowLayout {
        visible: root.field.error !== ""
        Layout.alignment: Qt.AlignRight
        spacing: Theme.spaceXs
        Icon { name: "exclamation-circle"; size: Theme.iconSm; color: Theme.danger }
        MutedText {
            objectName: "problem of " + root.field.path
            text: root.field.error
            color: Theme.danger
            wrapMode: Text.WordWrap
            Accessible.role: Accessible.AlertMessage
        }
    }

    Component {
        id: text
        AppTextField {
            objectName: "field:" + root.field.path
            text: root.field.text
            mono: root.field.kind === SettingField.Text
            placeholderText: root.field.placeholder
            suffix: root.field.unit
            hasError: root.field.error !== ""
            Accessible.name: root.field.label
            onTextEdited: root.field.text = text
        }
    }
    Component {
        id: amount
        MoneyField {
            objectName: "field:" + root.field.path
            text: root.field.text
            placeholderText: qsTr("no limit")
            currency: root.field.unit
            hasError: root.field.error !== ""
            Accessible.name: root.field.label
            onTextEdited: root.field.text = text
        }
    }
    Component {
        id: choice
        Select {
            objectName: "field:" + root.field.path
            model: root.field.options
            currentValue: root.field.text
            accessibleName: root.field.label
            hasError: root.field.error !== ""
            onPicked: value => root.field.text = value
        }
    }
    Component {
        id: flag
        Toggle {
            objectName: "field:" + root.field.path
            text: root.field.label
            description: root.field.help
            checked: root.field.on
            onToggled: root.field.on = checked
        }
    }
}
