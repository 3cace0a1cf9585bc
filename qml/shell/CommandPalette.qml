// Ctrl+K: type a few letters, press Enter. Reaches everything that can be done.
import QtQuick
import QtQuick.Layouts
import QtQuick.Templates as T
import BudgetProxy
import BudgetProxy.Theme
import BudgetProxy.Controls

T.Popup {
    id: root

    required property CommandModel commands

    function runCurrent() {
        // By the model, not by the item: Return may come before the list has made it.
        const id = root.commands.idAt(Math.max(0, list.currentIndex))
        if (id === "")
            return
        root.close()
        root.commands.run(id)
    }

    parent: T.Overlay.overlay
    x: (parent.width - width) / 2
    y: Math.min(parent.height / 6, Theme.unit * 30)
    width: Math.min(Theme.unit * 140, parent.width - Theme.spaceXl * 2)
    height: Math.min(search.height + Theme.line + list.contentHeight + Theme.spaceSm * 2 + Theme.spaceXs, parent.height - y - Theme.spaceXl)
    modal: true
    focus: true
    closePolicy: T.Popup.CloseOnEscape | T.Popup.CloseOnPressOutside
    onAboutToShow: {
        root.commands.search = ""
        root.commands.refresh()
        search.text = ""
        list.currentIndex = 0
    }
    onOpened: search.forceActiveFocus()

    T.Overlay.modal: Rectangle { color: Theme.scrim }
    background: PopupGround { }

    component PaletteEntry: T.ItemDelegate {
        id: entry

        required property string commandId
        required property string title
        required property string section
        required property string shortcut
        required property string iconName
        required property int index

        width: ListView.view.width
        implicitHeight: Theme.rowHeight
        highlighted: ListView.isCurrentItem
        text: title
        Accessible.name: qsTr("%1: %2").arg(section).arg(title)
        onClicked: {
            ListView.view.currentIndex = index
            root.runCurrent()
        }
        background: Rectangle {
            radius: Theme.radiusMd
            color: entry.highlighted ? Theme.selected : entry.hovered ? Theme.hover : Theme.transparent
        }
        contentItem: RowLayout {
            spacing: Theme.spaceMd
            Icon {
                Layout.leftMargin: Theme.spaceMd
                name: entry.iconName
                color: entry.highlighted ? Theme.accent : Theme.textMuted
            }
            BodyText { Layout.fillWidth: true; text: entry.title; elide: Text.ElideRight }
            MutedText { text: entry.section }
            KeyCap {
                Layout.rightMargin: Theme.spaceMd
                visible: entry.shortcut !== ""
                text: entry.shortcut
            }
        }
    }

    contentItem: ColumnLayout {
        spacing: Theme.spaceXs
        T.TextField {
            id: search
            Layout.fillWidth: true
            implicitHeight: Theme.rowHeight + Theme.spaceSm
            leftPadding: Theme.spaceXl + Theme.spaceLg
            rightPadding: Theme.spaceLg
            verticalAlignment: TextInput.AlignVCenter
            color: Theme.text
            placeholderText: qsTr("What do you want to do?")
            placeholderTextColor: Theme.textFaint
            selectionColor: Theme.accentFill
            selectedTextColor: Theme.textOnAccent
            font { family: Theme.font; pixelSize: Theme.textLead }
            Accessible.name: placeholderText
            onTextEdited: {
                root.commands.search = text
                list.currentIndex = 0
            }
            Keys.onDownPressed: list.incrementCurrentIndex()
            Keys.onUpPressed: list.decrementCurrentIndex()
            onAccepted: root.runCurrent()
            Icon {
                anchors.verticalCenter: parent.verticalCenter
                x: Theme.spaceLg
                name: "search"
            }
            Text {
                anchors.fill: parent
                leftPadding: search.leftPadding
                verticalAlignment: Text.AlignVCenter
                visible: search.text === ""
                text: search.placeholderText
                color: Theme.textFaint
                font: search.font
            }
        }
        Separator { Layout.fillWidth: true }
        ListView {
            id: list
            Layout.fillWidth: true
            Layout.fillHeight: true
            Layout.margins: Theme.spaceXs
            implicitHeight: contentHeight
            clip: true
            model: root.commands
            reuseItems: true
            cacheBuffer: 0 // what is made ahead would still be asked for when a search has left fewer rows
            highlightMoveDuration: 0
            keyNavigationWraps: true
            delegate: PaletteEntry { }
            T.ScrollBar.vertical: AppScrollBar { }
            EmptyState {
                anchors.centerIn: parent
                visible: list.count === 0
                title: qsTr("Nothing found")
                text: qsTr("Try another word.")
            }
        }
    }
}
