// A filter or a tag that can be acted on: pressed, checked, taken away with its cross or with Delete.
import QtQuick
import QtQuick.Layouts
import QtQuick.Templates as T
import BudgetProxy.Theme

T.AbstractButton {
    id: root

    property string iconName: ""
    property string tone: "neutral"
    property bool closable: false
    property string closeText: qsTr("Remove %1").arg(text)

    signal closeRequested

    readonly property bool toned: checked || tone !== "neutral"
    readonly property string shownTone: checked && tone === "neutral" ? "accent" : tone

    implicitHeight: Theme.controlHeightSmall - Theme.spaceXxs
    implicitWidth: Math.ceil(implicitContentWidth) + leftPadding + rightPadding
    leftPadding: Theme.spaceSm + Theme.line
    rightPadding: leftPadding
    topPadding: 0
    bottomPadding: 0
    focusPolicy: Qt.StrongFocus
    opacity: enabled ? 1 : Theme.disabledOpacity
    Accessible.role: checkable ? Accessible.CheckBox : Accessible.Button
    Accessible.name: text
    Accessible.checkable: checkable
    Accessible.checked: checked
    function press() {
        if (checkable) {
            toggle()
            toggled()
        }
        clicked()
    }
    Keys.onReturnPressed: press()
    Keys.onEnterPressed: press()
    Keys.onDeletePressed: if (closable) closeRequested()
    Keys.onPressed: event => {
        if (event.key === Qt.Key_Backspace && closable) {
            event.accepted = true
            closeRequested()
        }
    }

    contentItem: RowLayout {
        spacing: Theme.spaceXs

        Icon {
            visible: root.iconName !== ""
            name: root.iconName
            size: Theme.textSmall
            color: root.toned ? Theme.tone(root.shownTone) : Theme.textMuted
        }
        Text {
            id: label
            Layout.fillWidth: true
            text: root.text
            textFormat: Text.PlainText
            elide: Text.ElideRight
            color: root.toned ? Theme.tone(root.shownTone) : Theme.text
            font.family: Theme.font
            font.pixelSize: Theme.textSmall
            font.weight: Theme.weightMedium
            TruncationTip { target: label }
        }
        T.AbstractButton {
            id: cross
            visible: root.closable
            implicitWidth: Theme.iconSm + Theme.spaceXxs
            implicitHeight: implicitWidth
            Layout.rightMargin: -Theme.spaceXs
            focusPolicy: Qt.NoFocus
            activeFocusOnTab: false
            Accessible.name: root.closeText
            onClicked: root.closeRequested()
            contentItem: Item {
                Icon {
                    anchors.centerIn: parent
                    name: "x"
                    size: Theme.iconSm
                    color: root.toned ? Theme.tone(root.shownTone) : cross.hovered ? Theme.text : Theme.textMuted
                }
            }
            background: Rectangle {
                radius: Theme.radiusFull
                color: cross.hovered ? Theme.pressed : Theme.transparent
            }
        }
    }
    background: Rectangle {
        radius: Theme.radiusFull
        color: root.toned ? Theme.toneSoft(root.shownTone) : root.down ? Theme.controlPressed : root.hovered ? Theme.controlHover : Theme.control
        border.width: Theme.line
        border.color: root.toned ? (root.hovered ? Theme.tone(root.shownTone) : Theme.toneSoft(root.shownTone)) : root.hovered ? Theme.borderHover : Theme.borderStrong
        FocusRing { shown: root.visualFocus; cornerRadius: root.height / 2 }
    }
}
