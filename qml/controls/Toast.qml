// A short message in the corner. Waits while the pointer or the focus is on it; one with actions waits for an answer.
import QtQuick
import QtQuick.Layouts
import BudgetProxy.Theme

FocusScope {
    id: root

    property string tone: "info"
    property string title: ""
    property string text: ""
    property list<string> actions
    property int timeout: 0 ///< milliseconds; 0 stays

    signal actionTriggered(int index)
    signal dismissed

    implicitWidth: Theme.toastWidth
    implicitHeight: line.implicitHeight + 2 * Theme.spaceMd
    Accessible.role: Accessible.AlertMessage
    Accessible.name: title !== "" ? title : text
    Accessible.description: title !== "" ? text : ""
    Keys.onEscapePressed: dismissed()

    Timer {
        interval: root.timeout
        running: root.timeout > 0 && root.visible && !hover.hovered && !root.activeFocus
        onTriggered: root.dismissed()
    }
    HoverHandler { id: hover }
    PopupGround {
        anchors.fill: parent
        cornerRadius: Theme.radiusLg
    }
    RowLayout {
        id: line
        anchors.left: parent.left
        anchors.right: parent.right
        anchors.leftMargin: Theme.spaceMd + Theme.spaceXxs
        anchors.rightMargin: Theme.spaceSm
        y: Theme.spaceMd
        spacing: Theme.spaceSm + Theme.spaceXxs

        Icon {
            Layout.alignment: Qt.AlignTop
            Layout.topMargin: Theme.line
            name: root.tone === "ok" ? "check-circle-fill" : root.tone === "warning" || root.tone === "danger" ? "exclamation-triangle-fill" : "info-circle"
            color: Theme.tone(root.tone)
        }
        ColumnLayout {
            Layout.fillWidth: true
            spacing: Theme.spaceXxs

            BodyText {
                visible: text !== ""
                text: root.title
                font.weight: Theme.weightMedium
                maximumLineCount: 2
                elide: Text.ElideRight
                Accessible.ignored: true
            }
            BodyText {
                visible: text !== ""
                text: root.text
                color: root.title === "" ? Theme.text : Theme.textMuted
                maximumLineCount: 5
                elide: Text.ElideRight
                Accessible.ignored: true
            }
            Flow {
                Layout.fillWidth: true
                Layout.topMargin: Theme.spaceSm
                visible: root.actions.length > 0
                spacing: Theme.spaceSm
                Repeater {
                    model: root.actions
                    AppButton {
                        required property int index
                        required property string modelData
                        small: true
                        text: modelData
                        onClicked: root.actionTriggered(index)
                    }
                }
            }
        }
        IconButton {
            Layout.alignment: Qt.AlignTop
            Layout.topMargin: -Theme.spaceXs
            small: true
            iconName: "x"
            text: qsTr("Dismiss")
            onClicked: root.dismissed()
        }
    }
}
