// Details beside a list. Put it behind the list in a RowLayout; where there is no room for both it takes all of it.
import QtQuick
import QtQuick.Layouts
import QtQuick.Templates as T
import BudgetProxy
import BudgetProxy.Theme

FocusScope {
    id: root

    property string title: ""
    property string subtitle: ""
    property bool open: false
    property int panelWidth: Theme.panelWidth
    property alias actions: actionRow.data
    property Component header: null ///< between the title and what scrolls
    property Component footer: null
    default property alias content: body.data

    signal closed ///< by the person: its cross or Escape

    readonly property real room: parent ? parent.width : 0
    readonly property bool covers: room > 0 && room < panelWidth + Theme.unit * 60
    readonly property real shownWidth: covers ? room : panelWidth

    function close() {
        if (!open)
            return
        edit.write(false)
        closed()
    }

    Layout.fillHeight: true
    Layout.preferredWidth: implicitWidth
    Layout.minimumWidth: implicitWidth
    implicitWidth: open ? shownWidth : 0
    visible: implicitWidth > 0
    clip: true
    Accessible.role: Accessible.Pane
    Accessible.name: title
    Keys.onEscapePressed: close()
    onOpenChanged: flick.contentY = 0

    Behavior on implicitWidth {
        enabled: !root.covers && !Theme.reduceMotion
        NumberAnimation { duration: Theme.durationNormal; easing.type: Theme.easing }
    }
    UserEdit {
        id: edit
        target: root
        property: "open"
    }

    Rectangle {
        width: Math.max(root.shownWidth, root.width)
        height: parent.height
        color: Theme.surface

        Separator {
            vertical: true
            visible: !root.covers
            anchors.left: parent.left
            height: parent.height
        }
        ColumnLayout {
            anchors.fill: parent
            anchors.leftMargin: root.covers ? 0 : Theme.line
            spacing: 0

            RowLayout {
                Layout.fillWidth: true
                Layout.leftMargin: Theme.spaceLg
                Layout.rightMargin: Theme.spaceSm
                Layout.topMargin: Theme.spaceSm
                Layout.bottomMargin: Theme.spaceSm
                Layout.minimumHeight: Theme.controlHeight
                spacing: Theme.spaceXs

                ColumnLayout {
                    Layout.fillWidth: true
                    spacing: 0
                    HeadingText {
                        Layout.fillWidth: true
                        text: root.title
                        font.pixelSize: Theme.textLead
                    }
                    MutedText {
                        Layout.fillWidth: true
                        visible: text !== ""
                        text: root.subtitle
                    }
                }
                RowLayout {
                    id: actionRow
                    visible: children.length > 0
                    spacing: Theme.spaceXs
                }
                IconButton {
                    iconName: "x-lg"
                    text: qsTr("Close")
                    onClicked: root.close()
                }
            }
            Loader {
                Layout.fillWidth: true
                visible: active
                active: root.header !== null
                sourceComponent: root.header
            }
            Separator {}
            Flickable {
                id: flick
                Layout.fillWidth: true
                Layout.fillHeight: true
                contentWidth: width
                contentHeight: body.implicitHeight + 2 * Theme.spaceLg
                clip: true
                boundsBehavior: Flickable.StopAtBounds
                T.ScrollBar.vertical: AppScrollBar {}

                ColumnLayout {
                    id: body
                    x: Theme.spaceLg
                    y: Theme.spaceLg
                    width: flick.width - 2 * x
                    spacing: Theme.spaceLg
                }
            }
            Separator { visible: root.footer !== null }
            Loader {
                Layout.fillWidth: true
                Layout.margins: Theme.spaceMd
                visible: active
                active: root.footer !== null
                sourceComponent: root.footer
            }
        }
    }
}
