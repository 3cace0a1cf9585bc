// What was alerted and whether it arrived; beside it where alerts go, which of them, and when it is quiet.
import QtQuick
import QtQuick.Layouts
import BudgetProxy
import BudgetProxy.Theme
import BudgetProxy.Controls

PageFrame {
    id: root
    objectName: "page"

    required property MainContext app
    readonly property AlertsModel model: app.alerts
    readonly property AlertHistory history: model.history
    readonly property bool wide: contentWidth > Theme.unit * 220

    title: qsTr("Alerts")
    subtitle: qsTr("Told once, not once a request: in this window, on the desktop, and to a webhook.")
    scrollable: !wide

    GridLayout {
        Layout.fillWidth: true
        Layout.fillHeight: root.wide
        columns: root.wide ? 2 : 1
        columnSpacing: Theme.spaceLg
        rowSpacing: Theme.spaceLg

        Card {
            Layout.fillWidth: true
            Layout.fillHeight: root.wide
            Layout.minimumHeight: Theme.rowHeight * 6
            Layout.alignment: Qt.AlignTop
            title: qsTr("History")
            fillContent: root.wide
            actions: [
                SearchField {
                    objectName: "alertSearch"
                    implicitWidth: Theme.unit * 45
                    small: true
                    placeholderText: qsTr("Search")
                    onTextEdited: searchDelay.restart()
                    Timer {
                        id: searchDelay
                        interval: Theme.delayTyping
                        onTriggered: root.history.search = (parent as SearchField).text
                    }
                },
                Select {
                    objectName: "alertEvent"
                    small: true
                    model: root.model.eventChoices
                    currentValue: root.history.event
                    accessibleName: qsTr("Which alerts")
                    onPicked: value => root.history.event = value
                }
            ]
            DataTable {
                Layout.fillWidth: true
                Layout.fillHeight: root.wide
                model: root.history
                busy: !root.model.ready
                accessibleName: qsTr("Alerts, newest first")
                nameRole: "text"
                rowHeight: Theme.rowHeight
                columns: [
                    TableColumn { title: qsTr("When"); role: "when"; width: Theme.unit * 34; muted: true },
                    TableColumn { title: qsTr("Alert"); role: "eventText"; toneRole: "tone"; width: Theme.unit * 40 },
                    TableColumn { title: qsTr("What happened"); role: "text"; fill: true; minimumWidth: Theme.unit * 50 },
                    TableColumn { title: qsTr("Delivery"); role: "delivery"; toneRole: "deliveryTone"; width: Theme.unit * 40; hideBelow: Theme.unit * 150 }
                ]
                emptyState: Component {
                    EmptyState {
                        iconName: "bell"
                        title: root.history.filtered ? qsTr("No alert like this") : qsTr("Nothing has happened yet")
                        text: root.history.filtered ? qsTr("Search for something else, or choose all alerts.")
                                                    : qsTr("When a budget runs low or a provider fails, it is written down here.")
                    }
                }
            }
        }
        ColumnLayout {
            Layout.fillWidth: !root.wide
            Layout.preferredWidth: root.wide ? Theme.panelWidth : -1
            Layout.maximumWidth: root.wide ? Theme.panelWidth : Infinity
            Layout.alignment: Qt.AlignTop
            spacing: Theme.spaceLg

            AlertsWebhookCard { model: root.model }
            AlertsEventsCard { model: root.model }
        }
    }
}
