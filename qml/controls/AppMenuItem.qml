// One command of a menu: an icon, a text, its shortcut at the end; checkable ones show a tick.
import QtQuick
import QtQuick.Layouts
import QtQuick.Templates as T
import BudgetProxy.Theme

T.MenuItem {
    id: root

    property string iconName: ""
    property string shortcutText: ""
    property bool destructive: false

    readonly property color ink: destructive ? Theme.danger : Theme.text

    width: parent ? parent.width : implicitWidth
    implicitWidth: implicitContentWidth + leftPadding + rightPadding
    implicitHeight: visible ? Theme.controlHeight - Theme.spaceXxs : 0
    leftPadding: Theme.spaceSm
    rightPadding: Theme.spaceSm
    topPadding: 0
    bottomPadding: 0
    opacity: enabled ? 1 : Theme.disabledOpacity
    Accessible.name: text

    arrow: null
    indicator: null
    contentItem: RowLayout {
        spacing: Theme.spaceSm

        Icon {
            visible: root.checkable || root.iconName !== "" || ((root.menu as AppMenu)?.iconed ?? false)
            name: root.iconName !== "" ? root.iconName : root.checkable && root.checked ? "check" : ""
            color: root.destructive ? Theme.danger : root.checkable && root.checked ? Theme.accent : Theme.textMuted
        }
        Text {
            id: label
            Layout.fillWidth: true
            text: root.text
            textFormat: Text.PlainText
            elide: Text.ElideRight
            color: root.ink
            font.family: Theme.font
            font.pixelSize: Theme.textBody
            TruncationTip { target: label }
        }
        Text {
            Layout.leftMargin: Theme.spaceLg
            visible: text !== ""
            text: root.shortcutText
            textFormat: Text.PlainText
            color: Theme.textFaint
            font.family: Theme.font
            font.pixelSize: Theme.textSmall
        }
        Icon {
            visible: root.checkable && root.checked && root.iconName !== ""
            name: "check"
            color: Theme.accent
        }
        Icon {
            visible: root.subMenu !== null
            mirror: root.mirrored
            name: "chevron-right"
            size: Theme.textSmall
        }
    }
    background: Rectangle {
        radius: Theme.radiusSm
        color: root.down ? Theme.pressed : root.highlighted ? root.destructive ? Theme.dangerSoft : Theme.hover : Theme.transparent
    }
}
