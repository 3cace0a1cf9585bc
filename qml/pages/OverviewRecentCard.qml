// The latest requests: those that run now, with what they cost so far, above those that ended last.
import QtQuick
import QtQuick.Layouts
import BudgetProxy
import BudgetProxy.Theme
import BudgetProxy.Controls

Card {
    id: root

    required property OverviewModel model

    title: qsTr("Recent requests")
    actions: [
        Badge {
            visible: text !== ""
            tone: "accent"
            text: root.model.recent.runningText
        },
        AppButton {
            kind: AppButton.Ghost
            small: true
            text: qsTr("All requests")
            onClicked: root.model.openRequests()
        }
    ]

    DataTable {
        objectName: "recent"
        Layout.fillWidth: true
        Layout.leftMargin: -Theme.spaceSm
        Layout.rightMargin: -Theme.spaceSm
        model: root.model.recent
        accessibleName: root.title
        busy: !root.model.ready && count === 0
        onRowActivated: row => root.model.openRequest(row)
        columns: [
            TableColumn { title: qsTr("Time"); role: "time"; width: Theme.unit * 32; muted: true },
            TableColumn { title: qsTr("Key"); role: "keyName"; width: Theme.unit * 40; fill: true; minimumWidth: Theme.unit * 20 },
            TableColumn { title: qsTr("Model"); role: "modelName"; width: Theme.unit * 50; fill: true; minimumWidth: Theme.unit * 24 },
            TableColumn {
                title: qsTr("Status")
                role: "statusText"
                width: Theme.unit * 42
                cell: Component {
                    Badge {
                        required property var row
                        dot: true
                        text: row.statusText
                        tone: row.tone
                    }
                }
            },
            TableColumn { title: qsTr("Tokens"); role: "tokens"; width: Theme.unit * 22; align: Qt.AlignRight; hideBelow: Theme.unit * 180 },
            TableColumn { title: qsTr("Duration"); role: "duration"; width: Theme.unit * 24; align: Qt.AlignRight; hideBelow: Theme.unit * 180 },
            TableColumn {
                title: qsTr("Cost")
                role: "cost"
                width: Theme.unit * 26
                align: Qt.AlignRight
                cell: Component {
                    MoneyLabel {
                        required property var row
                        text: row.cost
                        estimated: row.estimated
                        tone: row.running ? "accent" : ""
                        tip: row.running ? qsTr("So far: it is still running") : estimated ? qsTr("Estimated: the provider did not report what it counted") : ""
                    }
                }
            }
        ]
    }
}
