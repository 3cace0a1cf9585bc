// A list in the configuration: its entries, and a dialog that adds or changes one.
import QtQuick
import QtQuick.Layouts
import BudgetProxy
import BudgetProxy.Theme
import BudgetProxy.Controls

Card {
    id: root

    required property SettingsList list
    property string name: "" ///< of the buttons in tests
    property string addText: qsTr("Add")
    property string emptyText: ""
    property string dialogTitle: ""

    padding: Theme.spaceXl - Theme.unit
    spacing: Theme.spaceSm
    actions: [
        AppButton {
            objectName: "add:" + root.name
            text: root.addText
            iconName: "plus-lg"
            small: true
            onClicked: root.list.startAdd()
        }
    ]

    MutedText {
        Layout.fillWidth: true
        visible: root.list.count === 0
        text: root.emptyText
        wrapMode: Text.WordWrap
    }
    Repeater {
        model: root.list
        delegate: RowLayout {
            id: entry
            required property int index
            required property string title
            required property string detail
            Layout.fillWidth: true
            Layout.minimumHeight: Theme.rowHeight
            spacing: Theme.spaceSm
            CaptionBlock {
                Layout.fillWidth: true
                text: entry.title
                weight: Theme.weightMedium
                description: entry.detail
            }
            IconButton {
                iconName: "pencil"
                text: qsTr("Change %1").arg(entry.title)
                onClicked: root.list.startEdit(entry.index)
            }
            IconButton {
                iconName: "trash"
                text: qsTr("Remove %1").arg(entry.title)
                onClicked: root.list.remove(entry.index)
            }
        }
    }
    Loader {
        active: root.list.open
        visible: false
        sourceComponent: AppDialog {
            title: root.dialogTitle
            primaryText: root.list.adding ? qsTr("Add") : qsTr("Save")
            primaryEnabled: root.list.valid
            busy: root.list.busy
            closesOnPrimary: false
            onPrimaryClicked: root.list.commit()
            onSecondaryClicked: root.list.cancel()
            onClosed: if (root.list.open) root.list.cancel()
            Component.onCompleted: open()

            Repeater {
                model: root.list.fields
                delegate: SettingsRow {
                    required property var modelData
                    field: modelData
                    stacked: true
                }
            }
            InlineNotice {
                visible: root.list.problem !== ""
                tone: "danger"
                title: qsTr("It was not saved")
                text: root.list.problem
            }
        }
    }
}
