// A sheet for things that belong together, with a title and actions above a column of content.
import QtQuick
import QtQuick.Layouts
import BudgetProxy.Theme

Rectangle {
    id: root

    property string title: ""
    property string subtitle: ""
    property string iconName: ""
    property int padding: Theme.spaceLg
    property int spacing: Theme.spaceMd
    property bool fillContent: false ///< the content takes the card's height, as a table or a chart does
    property alias actions: actionRow.data
    default property alias content: body.data

    Layout.fillWidth: true
    implicitWidth: column.implicitWidth + 2 * padding
    implicitHeight: column.implicitHeight + 2 * padding
    radius: Theme.radiusLg
    color: Theme.surface
    border.width: Theme.line
    border.color: Theme.border
    Accessible.role: Accessible.Grouping
    Accessible.name: title

    ColumnLayout {
        id: column
        anchors.fill: parent
        anchors.margins: root.padding
        spacing: Theme.spaceMd

        RowLayout {
            id: head
            Layout.fillWidth: true
            visible: root.title !== "" || actionRow.children.length > 0
            spacing: Theme.spaceSm

            Icon {
                visible: root.iconName !== ""
                name: root.iconName
            }
            ColumnLayout {
                Layout.fillWidth: true
                spacing: Theme.spaceXxs
                LabelText {
                    Layout.fillWidth: true
                    visible: text !== ""
                    text: root.title
                    Accessible.role: Accessible.Heading
                }
                MutedText {
                    visible: text !== ""
                    wrapMode: Text.WordWrap
                    text: root.subtitle
                }
            }
            RowLayout {
                id: actionRow
                visible: children.length > 0
                Layout.alignment: Qt.AlignTop
                Layout.topMargin: -Theme.spaceXs
                Layout.bottomMargin: -Theme.spaceXs
                spacing: Theme.spaceXs
            }
        }
        ColumnLayout {
            id: body
            Layout.fillWidth: true
            Layout.fillHeight: root.fillContent
            visible: children.length > 0
            spacing: root.spacing
        }
        Item {
            visible: !root.fillContent
            Layout.fillHeight: true
            Layout.topMargin: -column.spacing
        }
    }
}
