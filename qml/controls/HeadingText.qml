// The heading of a part.
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
    font.pixelSize: Theme.textHeading
    font.weight: Theme.weightMedium
    elide: Text.ElideRight
    lineHeight: wrapMode === Text.NoWrap ? 1 : Theme.lineHeight
    bottomPadding: wrapMode === Text.NoWrap ? 0 : -Math.round(font.pixelSize * (Theme.lineHeight - 1)) // none below the last line
    Accessible.role: Accessible.Heading
    Accessible.name: text

    TruncationTip { target: root }
}
