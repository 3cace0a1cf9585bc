// What stands where nothing is yet: what will be here, and how to get there.
import QtQuick
import QtQuick.Layouts
import BudgetProxy.Theme

Item {
    id: root

    property string iconName: ""
    property string title: ""
    property string text: ""
    property string actionText: ""
    property string secondaryText: ""
    default property alias content: extra.data

    signal action
    signal secondaryAction

    implicitWidth: Math.min(Theme.panelWidth, column.implicitWidth)
    implicitHeight: column.implicitHeight + 2 * Theme.spaceXl
    Layout.fillWidth: true
    Accessible.role: Accessible.Grouping
    Accessible.name: title
    Accessible.description: text

    ColumnLayout {
        id: column
        anchors.centerIn: parent
        width: Math.min(parent.width - 2 * Theme.spaceLg, Theme.panelWidth - Theme.spaceXl)
        spacing: Theme.spaceXs

        Rectangle {
            Layout.alignment: Qt.AlignHCenter
            Layout.bottomMargin: Theme.spaceSm
            visible: root.iconName !== ""
            implicitWidth: Theme.unit * 11
            implicitHeight: Theme.unit * 11
            radius: Theme.radiusLg
            color: Theme.surfaceSunken
            border.width: Theme.line
            border.color: Theme.border
            Icon {
                anchors.centerIn: parent
                name: root.iconName
                size: Theme.iconLg
                color: Theme.textMuted
            }
        }
        BodyText {
            visible: text !== ""
            text: root.title
            font.pixelSize: Theme.textLead
            font.weight: Theme.weightMedium
            horizontalAlignment: Text.AlignHCenter
        }
        BodyText {
            visible: text !== ""
            text: root.text
            color: Theme.textMuted
            horizontalAlignment: Text.AlignHCenter
        }
        ColumnLayout {
            id: extra
            Layout.alignment: Qt.AlignHCenter
            Layout.topMargin: Theme.spaceSm
            visible: children.length > 0
        }
        RowLayout {
            Layout.alignment: Qt.AlignHCenter
            Layout.topMargin: Theme.spaceMd
            visible: root.actionText !== "" || root.secondaryText !== ""
            spacing: Theme.spaceSm
            AppButton {
                visible: root.actionText !== ""
                kind: AppButton.Primary
                text: root.actionText
                onClicked: root.action()
            }
            AppButton {
                visible: root.secondaryText !== ""
                text: root.secondaryText
                onClicked: root.secondaryAction()
            }
        }
    }
}
