// Something to know in place: what is so, why, and what can be done about it.
import QtQuick
import QtQuick.Layouts
import BudgetProxy.Theme

Rectangle {
    id: root

    property string tone: "info"
    property string title: ""
    property string text: ""
    property string actionText: ""
    property bool closable: false
    property bool busy: false ///< the action is at work
    property string iconName: tone === "ok" ? "check-circle" : tone === "warning" || tone === "danger" ? "exclamation-triangle" : "info-circle"
    default property alias content: extra.data

    signal action
    signal closeRequested

    Layout.fillWidth: true
    implicitWidth: Math.min(Theme.dialogWidth, line.implicitWidth + 2 * Theme.spaceMd)
    implicitHeight: line.implicitHeight + 2 * (Theme.spaceSm + Theme.spaceXxs)
    radius: Theme.radiusMd
    color: Theme.toneSoft(tone)
    Accessible.role: tone === "danger" || tone === "warning" ? Accessible.AlertMessage : Accessible.Note
    Accessible.name: title !== "" ? title : text
    Accessible.description: title !== "" ? text : ""

    RowLayout {
        id: line
        anchors.verticalCenter: parent.verticalCenter
        anchors.left: parent.left
        anchors.right: parent.right
        anchors.leftMargin: Theme.spaceMd
        anchors.rightMargin: Theme.spaceMd
        spacing: Theme.spaceSm + Theme.spaceXxs

        Icon {
            Layout.alignment: Qt.AlignTop
            Layout.topMargin: Theme.line
            name: root.iconName
            color: Theme.tone(root.tone)
        }
        ColumnLayout {
            Layout.fillWidth: true
            spacing: Theme.spaceXxs
            BodyText {
                visible: text !== ""
                text: root.title
                font.weight: Theme.weightMedium
                Accessible.ignored: true
            }
            BodyText {
                visible: text !== ""
                text: root.text
                color: root.title !== "" ? Theme.textMuted : Theme.text
                Accessible.ignored: true
            }
            ColumnLayout {
                id: extra
                Layout.fillWidth: true
                Layout.topMargin: Theme.spaceXs
                visible: children.length > 0
            }
        }
        AppButton {
            Layout.alignment: Qt.AlignVCenter
            visible: root.actionText !== ""
            small: true
            busy: root.busy
            text: root.actionText
            onClicked: root.action()
        }
        IconButton {
            Layout.alignment: Qt.AlignTop
            Layout.rightMargin: -Theme.spaceXs
            visible: root.closable
            small: true
            iconName: "x"
            text: qsTr("Dismiss")
            onClicked: root.closeRequested()
        }
    }
}
