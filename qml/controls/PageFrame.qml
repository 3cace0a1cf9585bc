// The base of every page: title and actions above a column of content, which scrolls or, with scrollable: false, takes the height.
import QtQuick
import QtQuick.Layouts
import QtQuick.Templates as T
import BudgetProxy.Theme

FocusScope {
    id: root

    property string title: ""
    property string subtitle: ""
    property alias actions: actionRow.data
    property bool scrollable: true
    property int maximumWidth: Theme.contentMax
    property int spacing: Theme.spaceLg
    readonly property int margin: width < Theme.compactBelow ? Theme.spaceLg : Theme.spaceXl
    readonly property alias contentWidth: body.width
    readonly property alias flickable: flick
    default property alias content: body.data

    function scrollToTop() { flick.contentY = 0 }
    /// Brings \a item into view, as when the focus moves to what is below the edge.
    function reveal(item: Item) {
        if (!scrollable || !item)
            return
        const top = item.mapToItem(flick.contentItem, 0, 0).y
        const room = Theme.spaceLg
        if (top - room < flick.contentY)
            flick.contentY = Math.max(0, top - room)
        else if (top + item.height + room > flick.contentY + flick.height)
            flick.contentY = Math.min(Math.max(0, flick.contentHeight - flick.height), top + item.height + room - flick.height)
    }
    function follow() {
        if (activeFocus && focused && flick.height > Theme.rowHeight && belongs(focused))
            reveal(focused)
    }
    function belongs(item: Item): bool {
        for (let at = item; at; at = at.parent) {
            if (at === flick.contentItem)
                return true
        }
        return false
    }

    Accessible.role: Accessible.Pane
    Accessible.name: title

    Timer {
        id: settle // the layouts first
        interval: 0
        onTriggered: root.follow()
    }
    readonly property Item focused: Window.activeFocusItem
    onFocusedChanged: settle.restart()

    ColumnLayout {
        anchors.fill: parent
        spacing: 0

        RowLayout {
            id: head
            visible: root.title !== "" || actionRow.children.length > 0
            Layout.alignment: Qt.AlignHCenter
            Layout.fillWidth: true
            Layout.maximumWidth: root.maximumWidth + 2 * root.margin
            Layout.leftMargin: root.margin
            Layout.rightMargin: root.margin
            Layout.topMargin: Theme.spaceXl - Theme.unit
            Layout.bottomMargin: Theme.spaceLg
            spacing: Theme.spaceLg

            ColumnLayout {
                Layout.fillWidth: true
                spacing: Theme.spaceXxs
                HeadingText {
                    Layout.fillWidth: true
                    text: root.title
                    font.pixelSize: Theme.textTitle
                }
                MutedText {
                    visible: text !== ""
                    wrapMode: Text.WordWrap
                    text: root.subtitle
                    font.pixelSize: Theme.textBody
                }
            }
            RowLayout {
                id: actionRow
                visible: children.length > 0
                Layout.alignment: Qt.AlignVCenter
                spacing: Theme.spaceSm
            }
        }
        Flickable {
            id: flick
            Layout.fillWidth: true
            Layout.fillHeight: true
            clip: true
            interactive: root.scrollable
            contentWidth: width
            contentHeight: root.scrollable ? body.height + body.y + root.margin : height
            boundsBehavior: Flickable.StopAtBounds
            T.ScrollBar.vertical: AppScrollBar {}
            Keys.onPressed: event => {
                if (!root.scrollable)
                    return
                const last = Math.max(0, contentHeight - height)
                if (event.key === Qt.Key_PageDown)
                    contentY = Math.min(last, contentY + height - Theme.rowHeight)
                else if (event.key === Qt.Key_PageUp)
                    contentY = Math.max(0, contentY - height + Theme.rowHeight)
                else
                    return
                event.accepted = true
            }

            ColumnLayout {
                id: body
                readonly property real room: flick.width - 2 * root.margin
                width: Math.min(root.maximumWidth, room)
                height: root.scrollable ? implicitHeight : flick.height - root.margin - y
                x: Math.round((flick.width - width) / 2)
                y: head.visible ? Theme.line * 3 : root.margin
                spacing: root.spacing
            }
        }
    }
}
