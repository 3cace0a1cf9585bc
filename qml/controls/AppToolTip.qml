// A short explanation next to what the pointer or the focus is on. Set visible; it waits by itself.
import QtQuick
import QtQuick.Templates as T
import BudgetProxy.Theme

T.ToolTip {
    id: root

    property string shortcutText: ""

    readonly property real roomiest: Theme.tipWidth

    x: parent ? Math.round((parent.width - width) / 2) : 0
    y: -height - Theme.spaceXs
    implicitWidth: Math.min(roomiest, label.implicitWidth + caps.reserved + leftPadding + rightPadding)
    implicitHeight: contentItem.implicitHeight + topPadding + bottomPadding
    margins: Theme.spaceXs
    leftPadding: Theme.spaceSm
    rightPadding: Theme.spaceSm
    topPadding: Theme.spaceXs + Theme.line
    bottomPadding: Theme.spaceXs + Theme.line
    delay: Theme.delayTip
    timeout: -1
    closePolicy: T.Popup.CloseOnEscape | T.Popup.CloseOnPressOutsideParent | T.Popup.CloseOnReleaseOutsideParent

    contentItem: Item {
        implicitHeight: label.implicitHeight

        Text {
            id: label
            anchors.left: parent.left
            width: parent.width - caps.reserved
            text: root.text
            textFormat: Text.PlainText
            wrapMode: Text.Wrap
            color: Theme.tipText
            font.family: Theme.font
            font.pixelSize: Theme.textSmall
        }
        Text {
            id: caps
            readonly property real reserved: root.shortcutText === "" ? 0 : implicitWidth + Theme.spaceSm
            anchors.right: parent.right
            text: root.shortcutText
            textFormat: Text.PlainText
            color: Theme.tipTextMuted
            font.family: Theme.font
            font.pixelSize: Theme.textSmall
        }
    }
    background: Rectangle {
        radius: Theme.radiusSm
        color: Theme.tip
    }
    enter: Transition { NumberAnimation { property: "opacity"; from: 0; to: 1; duration: Theme.durationFast } }
    exit: Transition { NumberAnimation { property: "opacity"; from: 1; to: 0; duration: Theme.durationFast } }
}
