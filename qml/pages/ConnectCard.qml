// One tool to choose.
import QtQuick
import QtQuick.Layouts
import QtQuick.Templates as T
import BudgetProxy.Theme
import BudgetProxy.Controls

T.AbstractButton {
    id: root

    required property string name
    required property string iconName
    required property string about
    required property string tested
    required property bool metered

    implicitWidth: Theme.unit * 60
    implicitHeight: column.implicitHeight + Theme.spaceMd * 2
    focusPolicy: Qt.StrongFocus
    checkable: false
    text: name
    Accessible.role: Accessible.RadioButton
    Accessible.name: metered ? qsTr("%1: %2").arg(name).arg(about) : qsTr("%1: %2 Not metered by this version yet.").arg(name).arg(about)
    Accessible.checked: checked

    background: Rectangle {
        radius: Theme.radiusLg
        color: root.checked ? Theme.selected : root.down ? Theme.pressed : root.hovered ? Theme.hover : Theme.surface
        border.width: Theme.line
        border.color: root.checked ? Theme.accent : Theme.border
        FocusRing { shown: root.visualFocus; cornerRadius: Theme.radiusLg }
    }
    contentItem: Item {
        RowLayout {
            id: column
            anchors { left: parent.left; right: parent.right; top: parent.top; margins: Theme.spaceMd }
            spacing: Theme.spaceMd
            Icon {
                Layout.alignment: Qt.AlignTop
                name: root.iconName
                size: Theme.iconLg
                color: root.checked ? Theme.accent : Theme.textMuted
            }
            ColumnLayout {
                Layout.fillWidth: true
                spacing: Theme.spaceXxs
                RowLayout {
                    spacing: Theme.spaceSm
                    LabelText { Layout.fillWidth: true; text: root.name; color: Theme.text; elide: Text.ElideRight }
                    Badge { visible: !root.metered; text: qsTr("not yet"); tone: "neutral" }
                }
                MutedText { Layout.fillWidth: true; text: root.about; wrapMode: Text.Wrap }
            }
        }
    }
}
