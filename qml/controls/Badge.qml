// A word that says a state, on a soft ground of its tone; with dot, a dot and plain text.
import QtQuick
import BudgetProxy.Theme

Rectangle {
    id: root

    property string text: ""
    property string tone: "neutral"
    property string iconName: ""
    property bool dot: false

    implicitWidth: before + Math.ceil(label.implicitWidth) + (dot ? 0 : edge)
    readonly property real edge: Theme.spaceXs + Theme.spaceXxs
    readonly property real before: dot ? Theme.dotSize + Theme.line + line.spacing : edge + (iconName === "" ? 0 : Theme.textSmall + line.spacing)

    implicitHeight: Theme.spaceLg + Theme.spaceXs
    radius: Theme.radiusSm
    color: dot ? Theme.transparent : Theme.toneSoft(tone)
    Accessible.role: Accessible.StaticText
    Accessible.name: text

    Row {
        id: line
        anchors.verticalCenter: parent.verticalCenter
        x: root.dot ? 0 : root.edge
        spacing: root.dot ? Theme.spaceSm - Theme.spaceXxs : Theme.spaceXs

        Rectangle {
            anchors.verticalCenter: parent.verticalCenter
            visible: root.dot
            width: Theme.dotSize + Theme.line
            height: Theme.dotSize + Theme.line
            radius: Theme.radiusFull
            color: root.tone === "neutral" ? Theme.textFaint : Theme.toneFill(root.tone)
        }
        Icon {
            anchors.verticalCenter: parent.verticalCenter
            visible: root.iconName !== ""
            name: root.iconName
            size: Theme.textSmall
            color: Theme.tone(root.tone)
        }
        Text {
            id: label
            anchors.verticalCenter: parent.verticalCenter
            visible: root.text !== ""
            width: Math.max(0, Math.min(implicitWidth, root.width - root.before - (root.dot ? 0 : root.edge)))
            text: root.text
            textFormat: Text.PlainText
            elide: Text.ElideRight
            color: root.dot ? Theme.text : Theme.tone(root.tone)
            font.family: Theme.font
            font.pixelSize: root.dot ? Theme.textBody : Theme.textTiny
            font.weight: root.dot ? Theme.weightRegular : Theme.weightMedium
            Accessible.ignored: true
            TruncationTip { target: label }
        }
    }
}
