// The last lines of the log, newest first.
import QtQuick
import QtQuick.Layouts
import QtQuick.Templates as T
import BudgetProxy
import BudgetProxy.Theme
import BudgetProxy.Controls

Card {
    id: root

    required property SettingsModel model
    readonly property SettingsLog log: model.log

    title: qsTr("Latest messages")
    subtitle: qsTr("In memory only; what looks like a key is masked.")
    padding: Theme.spaceXl - Theme.unit
    actions: [
        Toggle {
            text: qsTr("Warnings only")
            small: true
            checked: root.log.warningsOnly
            onToggled: root.log.warningsOnly = checked
        },
        AppButton {
            objectName: "copyLog"
            text: qsTr("Copy")
            iconName: "clipboard"
            small: true
            enabled: root.log.count > 0
            onClicked: root.model.copyLog()
        }
    ]

    MutedText {
        visible: root.log.count === 0
        text: qsTr("Nothing has been written yet.")
    }
    ListView {
        id: list
        objectName: "logLines"
        Layout.fillWidth: true
        Layout.preferredHeight: Theme.rowHeight * 11
        visible: root.log.count > 0
        model: root.log
        clip: true
        reuseItems: true
        cacheBuffer: Theme.rowHeight * 10
        boundsBehavior: Flickable.StopAtBounds
        activeFocusOnTab: true
        keyNavigationEnabled: true
        Accessible.role: Accessible.List
        Accessible.name: qsTr("Latest messages")
        T.ScrollBar.vertical: AppScrollBar {}
        delegate: RowLayout {
            id: line
            required property string when
            required property string level
            required property string text
            required property string tone
            width: ListView.view.width - Theme.spaceLg
            spacing: Theme.spaceSm
            Accessible.role: Accessible.ListItem
            Accessible.name: line.text
            MutedText {
                Layout.alignment: Qt.AlignTop
                text: line.when
                font.family: Theme.mono
                font.pixelSize: Theme.textTiny
            }
            BodyText {
                Layout.fillWidth: true
                text: line.text
                wrapMode: Text.Wrap
                font.family: Theme.mono
                font.pixelSize: Theme.textTiny
                color: line.tone === "neutral" ? Theme.text : Theme.tone(line.tone)
            }
        }
    }
}
