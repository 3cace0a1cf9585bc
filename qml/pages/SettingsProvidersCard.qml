// Who answers: each provider with its address and whether it has a key.
import QtQuick
import QtQuick.Layouts
import BudgetProxy
import BudgetProxy.Theme
import BudgetProxy.Controls

Card {
    id: root

    required property SettingsProviders providers
    property int leaving: -1 ///< the one that is asked about
    property string leavingName: ""

    title: qsTr("Providers")
    padding: Theme.spaceXl - Theme.unit
    spacing: Theme.spaceSm
    actions: [
        AppButton {
            objectName: "addProvider"
            text: qsTr("Add a provider")
            iconName: "plus-lg"
            small: true
            onClicked: root.providers.startAdd()
        }
    ]

    Repeater {
        model: root.providers
        delegate: RowLayout {
            id: entry
            required property int index
            required property string name
            required property string detail
            required property string keyText
            required property bool hasKey
            required property bool metered
            Layout.fillWidth: true
            Layout.minimumHeight: Theme.rowHeight
            spacing: Theme.spaceSm
            CaptionBlock {
                Layout.fillWidth: true
                text: entry.name
                description: entry.detail
                weight: Theme.weightMedium
            }
            Badge { visible: !entry.metered; text: qsTr("not metered yet"); tone: "warning" }
            Badge { text: entry.keyText; tone: entry.hasKey ? "ok" : "neutral" }
            AppButton {
                objectName: "editProvider"
                text: qsTr("Change")
                small: true
                Accessible.name: qsTr("Change %1, its key or address").arg(entry.name)
                onClicked: root.providers.startEdit(entry.index)
            }
            IconButton {
                visible: root.providers.count > 1
                iconName: "trash"
                text: qsTr("Remove %1 and its key").arg(entry.name)
                onClicked: {
                    root.leavingName = entry.name
                    root.leaving = entry.index
                }
            }
        }
    }
    Loader {
        active: root.leaving >= 0
        visible: false
        sourceComponent: AppDialog {
            title: qsTr("Remove %1?").arg(root.leavingName)
            text: qsTr("Its models cannot be reached any more, and its key is forgotten here.")
            destructive: true
            primaryText: qsTr("Remove")
            onPrimaryClicked: root.providers.remove(root.leaving)
            onClosed: root.leaving = -1
            Component.onCompleted: open()
        }
    }
    Loader {
        active: root.providers.open
        visible: false
        sourceComponent: AppDialog {
            objectName: "providerDialog"
            title: root.providers.adding ? qsTr("Add a provider") : qsTr("Change %1").arg(root.providers.form.name.text)
            dialogWidth: Theme.unit * 150
            primaryText: qsTr("Save")
            tertiaryText: qsTr("Test")
            busy: root.providers.form.saving
            closesOnPrimary: false
            onPrimaryClicked: root.providers.form.save()
            onTertiaryClicked: root.providers.form.test()
            onSecondaryClicked: root.providers.cancel()
            onClosed: if (root.providers.open) root.providers.cancel()
            Component.onCompleted: open()

            FormField {
                label: qsTr("API")
                Segmented {
                    accessibleName: qsTr("API")
                    model: root.providers.form.kinds
                    currentIndex: root.providers.form.kind
                    onPicked: index => root.providers.form.kind = index
                }
            }
            ProviderFields {
                form: root.providers.form
                full: true
            }
        }
    }
}
