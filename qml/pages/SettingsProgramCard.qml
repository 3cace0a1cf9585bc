// How the program itself looks and starts.
import QtQuick
import QtQuick.Layouts
import BudgetProxy
import BudgetProxy.Theme
import BudgetProxy.Controls

Card {
    id: root

    required property MainContext app
    readonly property SettingsModel model: app.settings

    padding: Theme.spaceXl - Theme.unit
    spacing: Theme.spaceLg

    RowLayout {
        Layout.fillWidth: true
        CaptionBlock { Layout.fillWidth: true; text: qsTr("Theme"); weight: Theme.weightMedium }
        Segmented {
            objectName: "themeChoice"
            Layout.alignment: Qt.AlignTop | Qt.AlignRight
            accessibleName: qsTr("Theme")
            model: [qsTr("Desktop"), qsTr("Light"), qsTr("Dark")]
            currentIndex: root.app.appearance.theme
            onPicked: index => root.app.appearance.theme = index
        }
    }
    Separator { Layout.fillWidth: true }
    RowLayout {
        Layout.fillWidth: true
        CaptionBlock {
            Layout.fillWidth: true
            text: qsTr("Language")
            description: root.model.dirtyCount > 0 ? qsTr("Save or discard the changed settings first.") : ""
            weight: Theme.weightMedium
        }
        Select {
            objectName: "languageChoice"
            Layout.alignment: Qt.AlignTop | Qt.AlignRight
            accessibleName: qsTr("Language")
            enabled: root.model.dirtyCount === 0
            model: root.model.languages
            currentValue: root.model.language
            onPicked: value => root.model.setLanguage(value)
        }
    }
    Separator { Layout.fillWidth: true }
    Toggle {
        objectName: "autostart"
        Layout.fillWidth: true
        text: qsTr("Start with the desktop")
        description: qsTr("In the tray, without a window.")
        checked: root.model.autostart
        onToggled: root.model.setAutostart(checked)
    }
    Separator { Layout.fillWidth: true }
    RowLayout {
        Layout.fillWidth: true
        CaptionBlock { Layout.fillWidth: true; text: qsTr("First steps"); description: qsTr("Provider, budget, key and tool, one after the other."); weight: Theme.weightMedium }
        AppButton {
            objectName: "openGuide"
            Layout.alignment: Qt.AlignTop | Qt.AlignRight
            text: qsTr("Open the guide")
            iconName: "rocket-takeoff"
            onClicked: root.model.openGuide()
        }
    }
}
