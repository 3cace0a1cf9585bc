// What a point of a chart says, beside it.
import QtQuick
import BudgetProxy.Theme

Rectangle {
    id: root

    property string title: ""
    property string text: ""
    property string detail: ""
    property string before: "" ///< of the period before, below a line of its own

    implicitWidth: lines.implicitWidth + 2 * Theme.spaceSm
    implicitHeight: lines.implicitHeight + 2 * (Theme.spaceXs + Theme.spaceXxs)
    radius: Theme.radiusSm
    color: Theme.tip
    z: Theme.zPopup
    Accessible.ignored: true // the chart itself says it

    component Line: Text {
        width: Math.min(implicitWidth, Theme.tipWidth)
        visible: text !== ""
        textFormat: Text.PlainText
        elide: Text.ElideRight
        color: Theme.tipTextMuted
        font.family: Theme.font
        font.pixelSize: Theme.textSmall
    }
    Column {
        id: lines
        x: Theme.spaceSm
        y: Theme.spaceXs + Theme.spaceXxs
        spacing: Theme.spaceXxs

        Line { text: root.title }
        Line {
            text: root.text
            color: Theme.tipText
            font.pixelSize: Theme.textLead
            font.weight: Theme.weightMedium
        }
        Line { text: root.detail }
        Line { text: root.before }
    }
}
