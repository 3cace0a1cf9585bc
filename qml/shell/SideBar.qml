// The pages, one under the other; icons alone in a narrow window.
import QtQuick
import QtQuick.Layouts
import QtQuick.Templates as T
import BudgetProxy
import BudgetProxy.Theme
import BudgetProxy.Controls

Rectangle {
    id: root

    required property MainContext app
    required property bool compact
    readonly property Navigator navigator: app.navigator

    color: Theme.surfaceSunken
    Accessible.role: Accessible.PageTabList
    Accessible.name: qsTr("Pages")

    Rectangle {
        anchors { top: parent.top; bottom: parent.bottom; right: parent.right }
        width: Theme.line
        color: Theme.border
    }

    component Entry: T.AbstractButton {
        id: entry

        required property int page
        required property string iconName
        property string shortcutText
        readonly property bool current: root.navigator.page === page

        Layout.fillWidth: true
        implicitHeight: Theme.controlHeight
        focusPolicy: Qt.StrongFocus
        Accessible.role: Accessible.PageTab
        Accessible.name: text
        Accessible.selected: current
        onClicked: root.navigator.open(page)
        Keys.onDownPressed: nextItemInFocusChain(true).forceActiveFocus(Qt.TabFocusReason)
        Keys.onUpPressed: nextItemInFocusChain(false).forceActiveFocus(Qt.BacktabFocusReason)

        background: Rectangle {
            radius: Theme.radiusMd
            color: entry.current ? Theme.selected : entry.down ? Theme.pressed : entry.hovered ? Theme.hover : Theme.transparent
            FocusRing { shown: entry.visualFocus; gap: -Theme.focusLine }
        }
        contentItem: Item {
            Icon {
                id: icon
                anchors.verticalCenter: parent.verticalCenter
                x: root.compact ? (parent.width - width) / 2 : Theme.spaceSm
                name: entry.iconName
                color: entry.current ? Theme.accent : Theme.textMuted
            }
            Text {
                anchors { left: icon.right; leftMargin: Theme.spaceMd; right: parent.right; verticalCenter: parent.verticalCenter }
                visible: !root.compact
                text: entry.text
                elide: Text.ElideRight
                color: entry.current ? Theme.text : Theme.textMuted
                font { family: Theme.font; pixelSize: Theme.textBody; weight: entry.current ? Theme.weightMedium : Theme.weightRegular }
            }
        }
        AppToolTip {
            text: entry.shortcutText === "" ? entry.text : qsTr("%1 (%2)").arg(entry.text).arg(entry.shortcutText)
            visible: entry.hovered && root.compact
        }
    }

    ColumnLayout {
        anchors { fill: parent; margins: Theme.spaceSm; rightMargin: Theme.spaceSm + Theme.line }
        spacing: Theme.spaceXxs

        Item {
            Layout.fillWidth: true
            implicitHeight: Theme.headerHeight - Theme.spaceSm
            Icon {
                id: mark
                anchors.verticalCenter: parent.verticalCenter
                x: root.compact ? (parent.width - width) / 2 : Theme.spaceXs
                name: "piggy-bank"
                size: Theme.iconLg
                color: Theme.accent
            }
            Text {
                anchors { left: mark.right; leftMargin: Theme.spaceSm; right: parent.right; verticalCenter: parent.verticalCenter }
                visible: !root.compact
                text: qsTr("Budget Proxy")
                elide: Text.ElideRight
                color: Theme.text
                font { family: Theme.font; pixelSize: Theme.textLead; weight: Theme.weightBold }
            }
        }
        Entry { page: Navigator.Overview; text: qsTr("Overview"); iconName: "speedometer2"; shortcutText: qsTr("Ctrl+1") }
        Entry { page: Navigator.Requests; text: qsTr("Requests"); iconName: "list-ul"; shortcutText: qsTr("Ctrl+2") }
        Entry { page: Navigator.Keys; text: qsTr("Keys"); iconName: "key"; shortcutText: qsTr("Ctrl+3") }
        Entry { page: Navigator.Budgets; text: qsTr("Budgets"); iconName: "wallet2"; shortcutText: qsTr("Ctrl+4") }
        Entry { page: Navigator.Prices; text: qsTr("Models and prices"); iconName: "tags"; shortcutText: qsTr("Ctrl+5") }
        Entry { page: Navigator.Alerts; text: qsTr("Alerts"); iconName: "bell"; shortcutText: qsTr("Ctrl+6") }
        Item { Layout.fillHeight: true }
        Entry { page: Navigator.Connect; text: qsTr("Connect a tool"); iconName: "plug"; shortcutText: qsTr("Ctrl+7") }
        Entry { page: Navigator.Settings; text: qsTr("Settings"); iconName: "gear"; shortcutText: qsTr("Ctrl+8") }
    }
}
