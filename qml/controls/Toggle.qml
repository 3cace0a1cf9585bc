// On or off, at once. The text stands before the switch, as in a row of settings; signal toggled() is the person's.
import QtQuick
import QtQuick.Layouts
import QtQuick.Templates as T
import BudgetProxy.Theme

T.Switch {
    id: root

    property string description: ""
    property bool small: false

    implicitWidth: implicitContentWidth
    implicitHeight: Math.max(implicitContentHeight, small ? Theme.controlHeightSmall : Theme.controlHeight)
    padding: 0
    opacity: enabled ? 1 : Theme.disabledOpacity
    font.family: Theme.font
    font.pixelSize: Theme.textBody
    Accessible.name: text
    Accessible.description: description
    Keys.onReturnPressed: { toggle(); toggled() }
    Keys.onEnterPressed: { toggle(); toggled() }

    indicator: null
    contentItem: RowLayout {
        spacing: Theme.spaceMd

        CaptionBlock {
            visible: root.text !== "" || root.description !== ""
            Layout.fillWidth: true
            text: root.text
            description: root.description
        }
        Rectangle {
            id: track
            Layout.alignment: Qt.AlignVCenter
            implicitWidth: Theme.switchWidth
            implicitHeight: Theme.switchHeight
            radius: Theme.radiusFull
            color: root.checked ? root.hovered ? Theme.accentFillHover : Theme.accentFill : root.hovered ? Theme.textFaint : Theme.borderControl

            Rectangle {
                readonly property real inset: (track.height - height) / 2
                readonly property bool atEnd: root.checked !== root.mirrored
                width: Theme.knob
                height: Theme.knob
                radius: Theme.radiusFull
                color: Theme.textOnAccent
                y: inset
                x: atEnd ? track.width - width - inset : inset
                Behavior on x { NumberAnimation { duration: Theme.durationNormal; easing.type: Theme.easing } }
            }
            FocusRing { shown: root.visualFocus; cornerRadius: track.height / 2 }
        }
    }
}
