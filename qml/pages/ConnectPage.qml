// A card for each tool; the chosen one shows the exact lines, and turns green when its first request arrives.
import QtQuick
import QtQuick.Layouts
import QtQuick.Templates as T
import BudgetProxy
import BudgetProxy.Theme
import BudgetProxy.Controls

PageFrame {
    id: root

    required property MainContext app
    readonly property ConnectModel model: app.connectTools

    objectName: "page"
    title: qsTr("Connect a tool")
    subtitle: qsTr("Give a tool the address of this proxy and a virtual key. Nothing else in it changes.")

    GridLayout {
        id: cards
        Layout.fillWidth: true
        columns: Math.max(1, Math.floor(root.contentWidth / (Theme.unit * 62)))
        columnSpacing: Theme.spaceMd
        rowSpacing: Theme.spaceMd

        Repeater {
            model: root.model.tools
            delegate: ConnectCard {
                required property int index
                Layout.fillWidth: true
                Layout.fillHeight: true
                checked: root.model.current === index
                onClicked: root.model.current = root.model.current === index ? -1 : index
            }
        }
    }
    ConnectDetail {
        Layout.fillWidth: true
        visible: root.model.current >= 0
        model: root.model
        onVisibleChanged: if (visible) Qt.callLater(root.reveal, this)
    }
}
