// Puts a text on the clipboard.
import QtQuick

TextEdit {
    id: root

    function copyText(words: string) {
        text = words
        selectAll()
        copy()
        text = ""
    }

    visible: false
    textFormat: TextEdit.PlainText
    Accessible.ignored: true
}
