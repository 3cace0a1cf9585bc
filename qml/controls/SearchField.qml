// A field to search or filter with: a magnifier, a way to clear it, Escape clears, Return says accepted.
import QtQuick
import QtQuick.Layouts
import BudgetProxy.Theme

AppTextField {
    id: root

    property string shortcutText: "" ///< shown while it is empty, such as "/"

    signal cleared

    function clearText() {
        if (text === "")
            return
        clear()
        textEdited()
        cleared()
    }

    Layout.fillWidth: false
    iconName: "search"
    inputMethodHints: Qt.ImhNoPredictiveText
    Accessible.role: Accessible.EditableText
    Accessible.name: placeholderText
    trailing: text !== "" ? clearButton : shortcutText !== "" && !activeFocus ? cap : null
    Keys.onEscapePressed: event => {
        event.accepted = text !== ""
        clearText()
    }

    Component {
        id: clearButton
        IconButton {
            small: true
            focusPolicy: Qt.NoFocus
            activeFocusOnTab: false
            iconName: "x"
            text: qsTr("Clear")
            onClicked: {
                root.clearText()
                root.forceActiveFocus(Qt.MouseFocusReason)
            }
        }
    }
    Component {
        id: cap
        Item {
            implicitWidth: key.implicitWidth + Theme.spaceXs
            implicitHeight: key.implicitHeight
            KeyCap { id: key; text: root.shortcutText }
        }
    }
}
