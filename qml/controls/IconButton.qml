// A square button with an icon only; its text is the tip and what a screen reader says.
import QtQuick
import QtQuick.Templates as T
import BudgetProxy.Theme

T.Button {
    id: root

    property string iconName: ""
    property string shortcutText: ""
    property string tone: "neutral"
    property bool small: false
    property bool busy: false
    property bool outlined: false

    implicitWidth: small ? Theme.controlHeightSmall : Theme.controlHeight
    implicitHeight: implicitWidth
    padding: 0
    enabled: !busy
    opacity: enabled || busy ? 1 : Theme.disabledOpacity
    Accessible.name: text

    /// What a press does.
    function click() {
        if (!enabled)
            return
        if (checkable) {
            toggle()
            toggled()
        }
        clicked()
    }
    Keys.onReturnPressed: event => { if (!event.isAutoRepeat) click() }
    Keys.onEnterPressed: event => { if (!event.isAutoRepeat) click() }

    contentItem: Item {
        Icon {
            anchors.centerIn: parent
            visible: !root.busy
            name: root.iconName
            size: root.small ? Theme.iconSm : Theme.iconMd
            color: root.checked ? Theme.accent : root.tone !== "neutral" ? Theme.tone(root.tone) : root.hovered || root.down || root.visualFocus ? Theme.text : Theme.textMuted
        }
        Spinner {
            anchors.centerIn: parent
            visible: root.busy
            size: root.small ? Theme.iconSm : Theme.iconMd
        }
    }
    background: Rectangle {
        radius: Theme.radiusMd
        border.width: root.outlined ? Theme.line : 0
        border.color: root.hovered && root.enabled ? Theme.borderHover : Theme.borderStrong
        color: root.down ? Theme.pressed : root.checked ? Theme.accentSoft : root.hovered ? Theme.hover : root.outlined ? Theme.control : Theme.transparent

        FocusRing { shown: root.visualFocus; gap: 0 }
    }

    Loader {
        active: root.hovered || root.visualFocus
        sourceComponent: Item {
            AppToolTip {
                parent: root
                text: root.text
                shortcutText: root.shortcutText
                visible: root.text !== "" && (root.hovered || root.visualFocus) && !root.down
            }
        }
    }
}
