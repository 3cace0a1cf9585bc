// A check box with its text and, where it needs one, a sentence of explanation.
import QtQuick
import QtQuick.Layouts
import QtQuick.Templates as T
import BudgetProxy.Theme

T.CheckBox {
    id: root

    property string description: ""

    implicitWidth: implicitContentWidth
    implicitHeight: implicitContentHeight + topPadding + bottomPadding
    padding: 0
    topPadding: Theme.spaceXs
    bottomPadding: Theme.spaceXs
    opacity: enabled ? 1 : Theme.disabledOpacity
    Accessible.name: text
    Accessible.description: description
    Keys.onReturnPressed: { toggle(); toggled() }
    Keys.onEnterPressed: { toggle(); toggled() }

    indicator: null
    contentItem: RowLayout {
        spacing: Theme.spaceSm

        Rectangle {
            readonly property bool marked: root.checkState !== Qt.Unchecked
            Layout.alignment: Qt.AlignTop
            implicitWidth: Theme.checkSize
            implicitHeight: Theme.checkSize
            radius: Theme.radiusSm
            color: marked ? root.hovered ? Theme.accentFillHover : Theme.accentFill : root.down ? Theme.pressed : Theme.field
            border.width: marked ? 0 : Theme.line
            border.color: root.hovered ? Theme.textFaint : Theme.borderControl

            Icon {
                anchors.centerIn: parent
                visible: parent.marked
                name: root.checkState === Qt.PartiallyChecked ? "dash-lg" : "check-lg"
                color: Theme.textOnAccent
                size: Theme.checkSize - Theme.spaceXs
            }
            FocusRing { shown: root.visualFocus; cornerRadius: Theme.radiusSm }
        }
        CaptionBlock {
            visible: root.text !== "" || root.description !== ""
            Layout.fillWidth: true
            Layout.alignment: Qt.AlignTop
            text: root.text
            description: root.description
        }
    }
}
