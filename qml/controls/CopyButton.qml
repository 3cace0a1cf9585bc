// Copies what it is given and says so with a tick for a moment.
import QtQuick
import BudgetProxy.Theme

IconButton {
    id: root

    required property string value
    property string copyText: qsTr("Copy")
    readonly property alias done: settle.running

    signal copied

    function copyNow() {
        copier.copyText(root.value)
        settle.restart()
        root.copied()
    }

    iconName: done ? "check-lg" : "files"
    tone: done ? "ok" : "neutral"
    text: done ? qsTr("Copied") : copyText
    onClicked: copyNow()

    Copier { id: copier }
    Timer {
        id: settle
        interval: Theme.delayCopied
    }
}
