// A button with a text. One Primary a view; Secondary is the usual one; Ghost sits in rows and bars; Danger destroys.
import QtQuick
import QtQuick.Layouts
import QtQuick.Templates as T
import BudgetProxy.Theme

T.Button {
    id: root

    enum Kind { Primary, Secondary, Ghost, Danger }

    property int kind: AppButton.Secondary
    property string iconName: ""
    property string trailingIconName: ""
    property string shortcutText: ""
    property string tip: "" ///< what it does, where the text alone does not say it
    property bool busy: false ///< works on it: turns, and takes no second press
    property bool small: false

    readonly property bool filled: kind === AppButton.Primary || kind === AppButton.Danger
    readonly property color ink: filled ? Theme.textOnAccent : kind === AppButton.Ghost && !(hovered || down || highlighted) ? Theme.textMuted : Theme.text

    implicitHeight: small ? Theme.controlHeightSmall : Theme.controlHeight
    implicitWidth: Math.max(implicitHeight, implicitContentWidth + leftPadding + rightPadding)
    leftPadding: small ? Theme.spaceSm : Theme.spaceMd
    rightPadding: leftPadding
    topPadding: 0
    bottomPadding: 0
    spacing: small ? Theme.spaceXs : Theme.spaceSm - Theme.spaceXxs
    enabled: !busy
    opacity: enabled || busy ? 1 : Theme.disabledOpacity
    font.family: Theme.font
    font.pixelSize: small ? Theme.textSmall : Theme.textBody
    font.weight: Theme.weightMedium
    Accessible.name: text
    Accessible.description: busy ? qsTr("Working…") : tip

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
        implicitWidth: line.implicitWidth
        implicitHeight: line.implicitHeight

        RowLayout {
            id: line
            anchors.centerIn: parent
            width: Math.min(implicitWidth, parent.width)
            height: parent.height
            spacing: root.spacing

            Spinner {
                visible: root.busy
                size: root.small ? Theme.iconSm : Theme.iconMd
                color: root.ink
            }
            Icon {
                visible: root.iconName !== "" && !root.busy
                name: root.iconName
                color: root.ink
                size: root.small ? Theme.iconSm : Theme.iconMd
            }
            Text {
                id: label
                Layout.fillWidth: true
                visible: root.text !== ""
                text: root.text
                textFormat: Text.PlainText
                elide: Text.ElideRight
                color: root.ink
                font: root.font
            }
            Text {
                visible: root.shortcutText !== ""
                text: root.shortcutText
                textFormat: Text.PlainText
                color: root.filled ? Theme.textOnAccent : Theme.textFaint
                font.family: Theme.font
                font.pixelSize: Theme.textTiny
            }
            Icon {
                visible: root.trailingIconName !== ""
                name: root.trailingIconName
                color: root.ink
                size: Theme.iconSm
            }
        }
    }

    background: Rectangle {
        radius: Theme.radiusMd
        border.width: root.kind === AppButton.Secondary ? Theme.line : 0
        border.color: root.hovered && root.enabled ? Theme.borderHover : Theme.borderStrong
        color: {
            switch (root.kind) {
            case AppButton.Primary: return root.down ? Theme.accentFillPressed : root.hovered ? Theme.accentFillHover : Theme.accentFill
            case AppButton.Danger: return root.down ? Theme.dangerFillPressed : root.hovered ? Theme.dangerFillHover : Theme.dangerFill
            case AppButton.Ghost: return root.down ? Theme.pressed : root.hovered || root.highlighted ? Theme.hover : Theme.transparent
            }
            return root.down ? Theme.controlPressed : root.hovered || root.highlighted ? Theme.controlHover : Theme.control
        }

        FocusRing { shown: root.visualFocus; cornerRadius: Theme.radiusMd }
    }

    Loader {
        active: root.hovered && (root.tip !== "" || label.truncated)
        sourceComponent: Item {
            AppToolTip {
                parent: root
                text: root.tip !== "" ? root.tip : root.text
                visible: root.hovered && !root.down
            }
        }
    }
}
