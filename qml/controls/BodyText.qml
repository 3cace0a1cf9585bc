// A sentence or a paragraph; fills its column and wraps.
import QtQuick
import QtQuick.Layouts
import BudgetProxy.Theme

Text {
    id: root

    property bool mono: false

    Layout.fillWidth: wrapMode !== Text.NoWrap
    textFormat: Text.PlainText
    color: Theme.text
    font.family: mono ? Theme.mono : Theme.font
    font.pixelSize: Theme.textBody
    font.weight: Theme.weightRegular
    wrapMode: Text.WordWrap
    lineHeight: wrapMode === Text.NoWrap ? 1 : Theme.lineHeight
    bottomPadding: wrapMode === Text.NoWrap ? 0 : -Math.round(font.pixelSize * (Theme.lineHeight - 1)) // none below the last line
    linkColor: Theme.accent
    elide: wrapMode === Text.NoWrap ? Text.ElideRight : Text.ElideNone
    Accessible.role: Accessible.StaticText
    Accessible.name: text
}
