// A text and, below it, a muted description: what switches, checks and cards have beside their mark.
import QtQuick
import QtQuick.Layouts
import BudgetProxy.Theme

ColumnLayout {
    id: root

    property string text: ""
    property string description: ""
    property int weight: Theme.weightRegular

    spacing: Theme.spaceXxs

    Text {
        Layout.fillWidth: true
        visible: text !== ""
        text: root.text
        textFormat: Text.PlainText
        wrapMode: Text.WordWrap
        color: Theme.text
        font.family: Theme.font
        font.pixelSize: Theme.textBody
        font.weight: root.weight
        Accessible.ignored: true
    }
    Text {
        Layout.fillWidth: true
        visible: text !== ""
        text: root.description
        textFormat: Text.PlainText
        wrapMode: Text.WordWrap
        color: Theme.textMuted
        font.family: Theme.font
        font.pixelSize: Theme.textSmall
        Accessible.ignored: true
    }
}
