// One of several, as a card: a radio button with room for a title and a sentence.
import QtQuick
import QtQuick.Layouts
import QtQuick.Templates as T
import BudgetProxy.Theme

T.RadioButton {
    id: root

    property string title: ""
    property string description: ""
    property string iconName: ""
    property string badge: "" ///< a word at the end, such as "recommended"

    Layout.fillWidth: true
    implicitWidth: Math.min(Theme.panelWidth, implicitContentWidth + leftPadding + rightPadding)
    implicitHeight: implicitContentHeight + topPadding + bottomPadding
    padding: Theme.spaceMd
    opacity: enabled ? 1 : Theme.disabledOpacity
    Accessible.name: title
    Accessible.description: description
    function press() {
        if (!checked) {
            toggle()
            toggled()
        }
        clicked()
    }
    Keys.onReturnPressed: press()
    Keys.onEnterPressed: press()

    indicator: null
    contentItem: RowLayout {
        spacing: Theme.spaceMd

        Rectangle {
            visible: root.iconName !== ""
            Layout.alignment: Qt.AlignTop
            implicitWidth: Theme.controlHeight
            implicitHeight: Theme.controlHeight
            radius: Theme.radiusMd
            color: root.checked ? Theme.accentFill : Theme.surfaceSunken
            Icon {
                anchors.centerIn: parent
                name: root.iconName
                color: root.checked ? Theme.textOnAccent : Theme.textMuted
            }
        }
        CaptionBlock {
            Layout.fillWidth: true
            Layout.alignment: Qt.AlignVCenter
            text: root.title
            description: root.description
            weight: Theme.weightMedium
        }
        Badge {
            visible: root.badge !== ""
            Layout.alignment: Qt.AlignTop
            text: root.badge
            tone: "accent"
        }
        Rectangle {
            Layout.alignment: Qt.AlignTop
            Layout.topMargin: Theme.spaceXxs
            implicitWidth: Theme.checkSize
            implicitHeight: Theme.checkSize
            radius: Theme.radiusFull
            color: root.checked ? Theme.accentFill : Theme.field
            border.width: root.checked ? 0 : Theme.line
            border.color: root.hovered ? Theme.textFaint : Theme.borderControl
            Rectangle {
                anchors.centerIn: parent
                visible: root.checked
                width: Theme.dotSize
                height: Theme.dotSize
                radius: Theme.radiusFull
                color: Theme.textOnAccent
            }
        }
    }
    background: Rectangle {
        radius: Theme.radiusLg - Theme.spaceXxs
        color: root.checked ? Theme.accentSoft : root.down ? Theme.pressed : root.hovered ? Theme.hover : Theme.surface
        border.width: root.checked ? Theme.focusLine : Theme.line
        border.color: root.checked ? Theme.accentFill : root.hovered ? Theme.borderHover : Theme.borderStrong
        FocusRing { shown: root.visualFocus; cornerRadius: Theme.radiusLg - Theme.spaceXxs }
    }
}
