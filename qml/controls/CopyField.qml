// A value to take along: shown, selectable, copied with one press. A secret is hidden until the eye is pressed.
import QtQuick
import QtQuick.Layouts
import BudgetProxy.Theme

FocusScope {
    id: root

    property string value: ""
    property string label: ""
    property bool secret: false
    property bool revealed: false
    property bool mono: true

    readonly property bool hiding: secret && !revealed

    signal copied

    function copyNow() { copyButton.copyNow() }

    Layout.fillWidth: true
    implicitWidth: Theme.fieldWidth
    implicitHeight: column.implicitHeight

    ColumnLayout {
        id: column
        anchors.left: parent.left
        anchors.right: parent.right
        spacing: Theme.spaceXs + Theme.line

        LabelText {
            visible: text !== ""
            text: root.label
            font.pixelSize: Theme.textSmall
            Accessible.ignored: true
        }
        Rectangle {
            Layout.fillWidth: true
            implicitHeight: Theme.controlHeight
            radius: Theme.radiusMd
            color: Theme.surfaceSunken
            border.width: shown.activeFocus ? Theme.focusLine : Theme.line
            border.color: shown.activeFocus ? Theme.focus : Theme.borderStrong

            RowLayout {
                anchors.fill: parent
                anchors.leftMargin: Theme.spaceSm + Theme.spaceXxs
                anchors.rightMargin: Theme.spaceXs - Theme.line
                spacing: 0

                TextInput {
                    id: shown
                    Layout.fillWidth: true
                    focus: true
                    activeFocusOnTab: true
                    readOnly: true
                    clip: true
                    selectByMouse: true
                    // Dots instead of a password field: that one would hand the secret to whatever reads the screen.
                    text: root.hiding ? "•".repeat(24) : root.value
                    color: Theme.text
                    selectionColor: Theme.accentFill
                    selectedTextColor: Theme.textOnAccent
                    font.preferShaping: false
                    font.family: root.mono ? Theme.mono : Theme.font
                    font.pixelSize: Theme.textSmall
                    onTextChanged: cursorPosition = 0
                    onActiveFocusChanged: if (activeFocus) selectAll(); else deselect()
                    Keys.onReturnPressed: root.copyNow()
                    Keys.onEnterPressed: root.copyNow()
                    Accessible.role: Accessible.EditableText
                    Accessible.name: root.label
                    Accessible.readOnly: true
                    Accessible.description: root.hiding ? qsTr("Hidden") : ""
                }
                IconButton {
                    visible: root.secret
                    small: true
                    iconName: root.revealed ? "eye-slash" : "eye"
                    text: root.revealed ? qsTr("Hide") : qsTr("Show")
                    onClicked: root.revealed = !root.revealed
                }
                CopyButton {
                    id: copyButton
                    small: true
                    value: root.value
                    copyText: root.label === "" ? qsTr("Copy") : qsTr("Copy %1").arg(root.label)
                    onCopied: root.copied()
                }
            }
        }
    }
}
