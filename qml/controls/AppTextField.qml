// A field of one line. Its name for screen readers comes from the FormField around it, or from Accessible.name.
import QtQuick
import QtQuick.Layouts
import QtQuick.Templates as T
import BudgetProxy.Theme

T.TextField {
    id: root

    property bool hasError: false
    property bool mono: false
    property bool small: false
    property string iconName: "" ///< before the text
    property string suffix: "" ///< a unit behind the text
    property Component trailing: null ///< at the end, such as a button
    property alias trailingItem: tail.item

    implicitWidth: Theme.fieldWidth
    implicitHeight: small ? Theme.controlHeightSmall : Theme.controlHeight
    Layout.fillWidth: true
    leftPadding: LayoutMirroring.enabled ? behind : before
    rightPadding: LayoutMirroring.enabled ? before : behind
    topPadding: 0
    bottomPadding: 0
    verticalAlignment: Text.AlignVCenter
    selectByMouse: true
    activeFocusOnTab: true
    color: Theme.text
    selectionColor: Theme.accentFill
    selectedTextColor: Theme.textOnAccent
    placeholderTextColor: Theme.textFaint
    font.family: mono ? Theme.mono : Theme.font
    font.preferShaping: !mono // no ligatures in code
    font.pixelSize: small ? Theme.textSmall : Theme.textBody
    opacity: enabled ? 1 : Theme.disabledOpacity
    Accessible.description: hasError ? qsTr("Needs a correction") : ""

    readonly property real before: iconName === "" ? Theme.spaceSm + Theme.spaceXxs : Theme.spaceSm + Theme.iconSm + Theme.spaceSm
    readonly property real behind: Theme.spaceSm + (unitText.visible ? unitText.implicitWidth + Theme.spaceXs : 0) + (tail.item ? tail.width + Theme.spaceXxs : 0)

    background: FieldGround {
        active: root.activeFocus
        hovered: root.hovered
        hasError: root.hasError
        readOnly: root.readOnly
    }

    Text {
        x: root.leftPadding
        width: root.width - root.leftPadding - root.rightPadding
        height: root.height
        visible: root.length === 0 && root.preeditText === ""
        text: root.placeholderText
        textFormat: Text.PlainText
        color: root.placeholderTextColor
        elide: Text.ElideRight
        verticalAlignment: Text.AlignVCenter
        font: root.font
        Accessible.ignored: true
    }
    Icon {
        anchors.left: parent.left
        anchors.leftMargin: Theme.spaceSm + Theme.spaceXxs
        anchors.verticalCenter: parent.verticalCenter
        visible: root.iconName !== ""
        name: root.iconName
        size: Theme.iconSm
        color: root.activeFocus ? Theme.text : Theme.textFaint
    }
    Text {
        id: unitText
        anchors.right: parent.right
        anchors.rightMargin: Theme.spaceSm + (tail.item ? tail.width + Theme.spaceXxs : 0)
        anchors.verticalCenter: parent.verticalCenter
        visible: root.suffix !== ""
        text: root.suffix
        textFormat: Text.PlainText
        color: Theme.textMuted
        font.family: Theme.font
        font.pixelSize: Theme.textSmall
        Accessible.ignored: true
    }
    Loader {
        id: tail
        anchors.right: parent.right
        anchors.rightMargin: Theme.spaceXs - Theme.line
        anchors.verticalCenter: parent.verticalCenter
        active: root.trailing !== null
        sourceComponent: root.trailing
    }
}
