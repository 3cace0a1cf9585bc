// The usual cell of a table: one line of text from the model.
import QtQuick
import BudgetProxy.Theme

Text {
    id: root

    required property var row
    required property TableColumn column

    readonly property var value: row[column.role]
    readonly property string toneName: column.toneRole === "" ? "" : row[column.toneRole] ?? ""

    text: value === undefined || value === null ? "" : value.toString()
    textFormat: Text.PlainText
    elide: column.mono ? Text.ElideMiddle : Text.ElideRight
    maximumLineCount: 1
    verticalAlignment: Text.AlignVCenter
    horizontalAlignment: column.align === Qt.AlignRight ? Text.AlignRight : column.align === Qt.AlignHCenter ? Text.AlignHCenter : Text.AlignLeft
    color: toneName !== "" ? Theme.tone(toneName) : column.muted ? Theme.textMuted : Theme.text
    font.family: column.mono ? Theme.mono : Theme.font
    font.pixelSize: column.mono ? Theme.textSmall : Theme.textBody
    font.weight: column.strong ? Theme.weightMedium : Theme.weightRegular
}
