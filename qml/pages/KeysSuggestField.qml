// A field with what its text may become below it: Down and Up choose, Return takes, Escape closes. What is not in the list may be
// typed all the same.
import QtQuick
import QtQuick.Layouts
import QtQuick.Templates as T
import BudgetProxy
import BudgetProxy.Theme
import BudgetProxy.Controls

AppTextField {
    id: root

    required property FormValue value
    required property KeySuggestions suggestions

    signal taken ///< one of the list was chosen, or Return pressed on what was typed

    function take(row: int) {
        root.value.text = root.suggestions.at(row)
        list.close()
        root.taken()
    }
    function offer() {
        root.suggestions.search(root.text)
        entries.currentIndex = -1
        if (root.suggestions.count > 0 && root.activeFocus)
            list.open()
        else
            list.close()
    }

    text: value.text
    inputMethodHints: Qt.ImhNoPredictiveText
    onTextEdited: {
        root.value.text = text
        offer()
    }
    onPressed: offer()
    onActiveFocusChanged: if (!activeFocus) list.close()
    Keys.onPressed: event => {
        if (event.key === Qt.Key_Down && !list.opened) {
            offer()
            event.accepted = list.opened
        } else if (event.key === Qt.Key_Down && list.opened) {
            entries.currentIndex = Math.min(entries.count - 1, entries.currentIndex + 1)
            event.accepted = true
        } else if (event.key === Qt.Key_Up && list.opened) {
            entries.currentIndex = Math.max(-1, entries.currentIndex - 1)
            event.accepted = true
        } else if (event.key === Qt.Key_Escape && list.opened) {
            list.close()
            event.accepted = true
        } else if ((event.key === Qt.Key_Return || event.key === Qt.Key_Enter) && list.opened && entries.currentIndex >= 0) {
            take(entries.currentIndex)
            event.accepted = true
        }
    }

    T.Popup {
        id: list

        y: root.height + Theme.spaceXs
        width: root.width
        padding: Theme.spaceXs
        focus: false
        closePolicy: T.Popup.CloseOnPressOutsideParent
        background: PopupGround { }
        // A handful of entries at most, so nothing virtual is needed.
        contentItem: Column {
            Repeater {
                id: entries

                property int currentIndex: -1

                model: root.suggestions
                delegate: T.ItemDelegate {
                    id: entry
                    required property int index
                    required text
                    width: list.availableWidth
                    implicitHeight: Theme.controlHeightSmall
                    focusPolicy: Qt.NoFocus
                    highlighted: entries.currentIndex === index
                    leftPadding: Theme.spaceSm
                    rightPadding: Theme.spaceSm
                    Accessible.name: entry.text
                    onClicked: root.take(index)
                    contentItem: BodyText {
                        text: entry.text
                        wrapMode: Text.NoWrap
                        verticalAlignment: Text.AlignVCenter
                    }
                    background: Rectangle {
                        radius: Theme.radiusSm
                        color: entry.highlighted || entry.hovered ? Theme.hover : Theme.transparent
                    }
                }
            }
        }
    }
}
