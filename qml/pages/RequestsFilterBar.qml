// The field in which the list is narrowed, with what could be typed next below it, and the terms in force as chips.
import QtQuick
import QtQuick.Layouts
import QtQuick.Templates as T
import BudgetProxy
import BudgetProxy.Theme
import BudgetProxy.Controls

ColumnLayout {
    id: root

    required property RequestFilterInput filter
    property bool refused: false ///< Return was pressed on what cannot be read

    signal done ///< the list takes over
    signal saveAsked

    function focusField() {
        field.forceActiveFocus(Qt.ShortcutFocusReason)
        field.selectAll()
    }

    spacing: Theme.spaceSm

    RowLayout {
        Layout.fillWidth: true
        spacing: Theme.spaceSm

        SearchField {
            id: field
            objectName: "filterField"
            Layout.fillWidth: true
            iconName: "funnel"
            shortcutText: "/"
            hasError: root.refused
            placeholderText: qsTr("Filter: key:ci model:gpt-* status:4xx cost>0.05 time:today …")
            Accessible.name: qsTr("Filter")
            Accessible.description: root.filter.problem
            onTextEdited: root.filter.draft = text
            onActiveFocusChanged: suggestions.highlighted = -1

            Keys.priority: Keys.BeforeItem
            Keys.onPressed: event => {
                const open = suggestions.visible
                switch (event.key) {
                case Qt.Key_Down:
                    if (open)
                        suggestions.step(1)
                    else
                        root.done()
                    break
                case Qt.Key_Up:
                    if (!open)
                        return
                    suggestions.step(-1)
                    break
                case Qt.Key_Tab:
                    if (!open || event.modifiers !== Qt.NoModifier)
                        return
                    root.filter.complete(Math.max(0, suggestions.highlighted))
                    break
                case Qt.Key_Return:
                case Qt.Key_Enter:
                    if (open && suggestions.highlighted >= 0)
                        root.filter.complete(suggestions.highlighted)
                    else
                        root.refused = !root.filter.commit()
                    break
                case Qt.Key_Escape:
                    if (open)
                        suggestions.dismissed = true
                    else if (field.text !== "")
                        root.filter.draft = ""
                    else
                        root.done()
                    break
                case Qt.Key_Backspace:
                    if (field.text !== "" || !root.filter.takeBack())
                        return
                    break
                default:
                    return
                }
                event.accepted = true
            }
            Connections {
                target: root.filter
                function onDraftChanged() {
                    root.refused = false
                    suggestions.dismissed = false
                    suggestions.highlighted = -1
                    if (field.text !== root.filter.draft)
                        field.text = root.filter.draft
                }
            }
            onCleared: root.filter.draft = ""

            T.Popup {
                id: suggestions

                property int highlighted: -1
                property bool dismissed: false

                function step(by: int) {
                    const count = root.filter.completions.length
                    highlighted = (highlighted + by + count + (highlighted < 0 && by < 0 ? 1 : 0)) % count
                }

                objectName: "filterCompletions"
                y: field.height + Theme.spaceXs
                width: Math.min(field.width, Theme.panelWidth)
                height: words.contentHeight + topPadding + bottomPadding
                padding: Theme.spaceXs
                visible: field.activeFocus && !dismissed && field.text !== "" && root.filter.completions.length > 0
                closePolicy: T.Popup.NoAutoClose
                focus: false
                background: PopupGround {}
                contentItem: ListView {
                    id: words
                    interactive: false
                    model: root.filter.completions
                    currentIndex: suggestions.highlighted
                    Accessible.role: Accessible.List
                    Accessible.name: qsTr("What could be typed")
                    delegate: Rectangle {
                        id: word
                        required property int index
                        required property var modelData
                        width: words.width
                        height: Theme.controlHeightSmall + Theme.spaceXxs
                        radius: Theme.radiusSm
                        color: suggestions.highlighted === index || pointer.hovered ? Theme.hover : Theme.transparent
                        Accessible.role: Accessible.ListItem
                        Accessible.name: word.modelData.text
                        Text {
                            anchors.verticalCenter: parent.verticalCenter
                            x: Theme.spaceSm
                            width: Math.min(implicitWidth, parent.width - 2 * x)
                            text: word.modelData.text
                            textFormat: Text.PlainText
                            elide: Text.ElideRight
                            color: Theme.text
                            font.family: Theme.mono
                            font.pixelSize: Theme.textSmall
                            Accessible.ignored: true
                        }
                        Text {
                            anchors.verticalCenter: parent.verticalCenter
                            anchors.right: parent.right
                            anchors.rightMargin: Theme.spaceSm
                            text: word.modelData.detail
                            textFormat: Text.PlainText
                            color: Theme.textFaint
                            font.family: Theme.font
                            font.pixelSize: Theme.textSmall
                            Accessible.ignored: true
                        }
                        HoverHandler { id: pointer }
                        TapHandler { onTapped: root.filter.complete(word.index) }
                    }
                }
            }
        }
        AppButton {
            id: savedButton
            objectName: "savedFilters"
            iconName: "bookmark"
            text: qsTr("Saved")
            tip: qsTr("Filters that were given a name")
            onClicked: savedMenu.popup(savedButton, 0, savedButton.height + Theme.spaceXs)
        }
        AppMenu {
            id: savedMenu
            AppMenuItem {
                iconName: "bookmark-plus"
                enabled: !root.filter.empty
                text: qsTr("Save this filter…")
                onTriggered: root.saveAsked()
            }
            AppMenuSeparator {}
            Instantiator {
                model: root.filter.saved
                delegate: AppMenu {
                    required property var modelData
                    title: modelData.name
                    AppMenuItem { iconName: "funnel"; text: qsTr("Use"); onTriggered: root.filter.setText(modelData.text) }
                    AppMenuItem { iconName: "trash"; destructive: true; text: qsTr("Remove"); onTriggered: root.filter.removeSaved(modelData.name) }
                }
                onObjectAdded: (index, object) => savedMenu.insertMenu(index + 2, object as T.Menu)
                onObjectRemoved: (index, object) => savedMenu.removeMenu(object as T.Menu)
            }
            AppMenuItem {
                visible: root.filter.saved.length === 0
                enabled: false
                text: qsTr("None yet")
            }
        }
    }
    RowLayout {
        visible: root.filter.problem !== "" && (root.refused || root.filter.completions.length === 0)
        spacing: Theme.spaceSm
        Icon { name: "exclamation-circle"; color: Theme.danger; size: Theme.iconSm }
        MutedText {
            objectName: "filterProblem"
            Layout.fillWidth: true
            color: Theme.danger
            wrapMode: Text.WordWrap
            text: root.filter.problem
        }
        AppButton {
            visible: root.filter.suggestion !== ""
            small: true
            text: qsTr("Use “%1”").arg(root.filter.suggestion)
            onClicked: {
                root.filter.useSuggestion()
                field.forceActiveFocus(Qt.OtherFocusReason)
            }
        }
    }
    Flow {
        Layout.fillWidth: true
        visible: root.filter.chips.length > 0
        spacing: Theme.spaceXs + Theme.spaceXxs

        Repeater {
            model: root.filter.chips
            Chip {
                required property int index
                required property string modelData
                objectName: "filterChip"
                tone: "accent"
                closable: true
                text: modelData
                width: Math.min(implicitWidth, root.width)
                onClicked: {
                    root.filter.editChip(index)
                    field.forceActiveFocus(Qt.OtherFocusReason)
                }
                onCloseRequested: root.filter.removeChip(index)
            }
        }
        AppButton {
            visible: root.filter.chips.length > 1
            height: Theme.controlHeightSmall - Theme.spaceXxs
            small: true
            kind: AppButton.Ghost
            text: qsTr("Clear all")
            onClicked: root.filter.clear()
        }
    }
}
