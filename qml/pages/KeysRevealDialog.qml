// Shows a new key, this once.
import QtQuick
import QtQuick.Layouts
import BudgetProxy
import BudgetProxy.Theme
import BudgetProxy.Controls

AppDialog {
    id: root

    required property KeyReveal reveal

    signal connectAsked

    objectName: "revealDialog"
    iconName: "key"
    title: reveal.title
    text: reveal.graceText
    dialogWidth: Theme.unit * 150
    primaryText: reveal.asking ? qsTr("Close without copying") : qsTr("Done")
    secondaryText: reveal.asking ? qsTr("Back") : ""
    tertiaryText: reveal.asking ? "" : qsTr("Connect a tool…")
    destructive: reveal.asking
    closesOnPrimary: false
    closable: false
    onPrimaryClicked: root.reveal.close()
    onSecondaryClicked: root.reveal.keepOpen()
    onTertiaryClicked: {
        if (root.reveal.copied)
            root.connectAsked()
        root.reveal.close()
    }
    Component.onCompleted: open()

    InlineNotice {
        tone: root.reveal.asking ? "danger" : root.reveal.copied ? "ok" : "warning"
        title: root.reveal.asking ? qsTr("You have not copied the key") : root.reveal.copied ? qsTr("Copied. Keep it where secrets belong.") : qsTr("Copy it now")
        text: root.reveal.asking ? qsTr("Once this is closed it cannot be shown again; you would have to rotate the key.") : qsTr("It is shown this once: only a fingerprint of it is kept.")
    }
    CopyField {
        objectName: "plaintext"
        label: qsTr("Key")
        value: root.reveal.plaintext
        onCopied: root.reveal.markCopied()
    }
    RowLayout {
        Layout.fillWidth: true
        Layout.topMargin: Theme.spaceXs
        LabelText {
            Layout.fillWidth: true
            text: qsTr("For tools that speak the API of")
            font.pixelSize: Theme.textSmall
        }
        Segmented {
            small: true
            model: root.reveal.styles
            accessibleName: qsTr("API")
            currentIndex: root.reveal.style
            onPicked: index => root.reveal.style = index
        }
    }
    CopyField {
        objectName: "baseUrl"
        visible: value !== ""
        label: qsTr("Base URL")
        value: root.reveal.baseUrl
    }
    CodeBlock {
        objectName: "exportLines"
        language: qsTr("In a shell")
        text: root.reveal.exportLines
        onCopied: root.reveal.markCopied()
    }
}
