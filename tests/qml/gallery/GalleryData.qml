import QtQuick
import QtQuick.Layouts
import BudgetProxy.Controls
import BudgetProxy.Theme

PageFrame {
    id: root
    title: "Data"
    actions: [SearchField { placeholderText: "Search"; shortcutText: "Ctrl+F" }]

    GridLayout {
        Layout.fillWidth: true
        columns: 4
        columnSpacing: Theme.spaceMd
        StatTile {
            Layout.preferredWidth: 1
            Layout.fillHeight: true
            label: "Today"; value: "$12.84"; iconName: "coin"; caption: "51 % of $25.00"
            Meter { fraction: 0.51; reservedFraction: 0.08; warnAt: 0.8 }
        }
        StatTile {
            Layout.preferredWidth: 1
            Layout.fillHeight: true
            label: "This month"; value: "$312.07"; iconName: "calendar3"; tone: "warning"; caption: "86 % of $360.00"
            Meter { fraction: 0.86; warnAt: 0.8 }
        }
        StatTile { Layout.preferredWidth: 1; Layout.fillHeight: true; label: "Forecast"; value: "$401.20"; estimated: true; iconName: "graph-up-arrow"; tone: "danger"; caption: "$372 to $430, above the budget"; interactive: true }
        StatTile { Layout.preferredWidth: 1; Layout.fillHeight: true; label: "Requests"; value: "12,345"; iconName: "list-ul"; busy: true; caption: "Counting" }
    }
    RowLayout {
        Layout.fillWidth: true
        spacing: Theme.spaceMd

        Card {
            title: "Recent requests"
            subtitle: "The last few, newest first"
            actions: [AppButton { text: "All requests"; kind: AppButton.Ghost; small: true; trailingIconName: "arrow-right" }]
            padding: Theme.spaceLg
            DataTable {
                Layout.leftMargin: -Theme.spaceSm
                Layout.rightMargin: -Theme.spaceSm
                sortRole: "cost"
                sortDescending: true
                currentIndex: 1
                model: ListModel {
                    ListElement { time: "14:03:22"; key: "build-agent"; model_: "claude-sonnet-4"; state_: "streaming"; tone: "info"; tokens: "1,204"; cost: "$0.0312"; estimated: true; share: 0.4 }
                    ListElement { time: "14:03:05"; key: "notebook"; model_: "gpt-4.1-mini"; state_: "done"; tone: "ok"; tokens: "22,871"; cost: "$0.1840"; estimated: false; share: 0.95 }
                    ListElement { time: "14:02:51"; key: "build-agent-of-the-nightly-evaluation-run"; model_: "claude-opus-4"; state_: "blocked"; tone: "danger"; tokens: "0"; cost: "$0.00"; estimated: false; share: 1.1 }
                    ListElement { time: "14:01:17"; key: "docs-bot"; model_: "gemini-2.5-flash"; state_: "cached"; tone: "neutral"; tokens: "811"; cost: "$0.0004"; estimated: false; share: 0.12 }
                }
                columns: [
                    TableColumn { title: "Time"; role: "time"; width: Theme.unit * 20; muted: true; sortable: true },
                    TableColumn { title: "Key"; role: "key"; fill: true; strong: true },
                    TableColumn { title: "Model"; role: "model_"; mono: true; width: Theme.unit * 36 },
                    TableColumn { title: "State"; role: "state_"; width: Theme.unit * 24; cell: Badge { required property var row; text: row.state_; tone: row.tone } },
                    TableColumn { title: "Budget"; width: Theme.unit * 26; cell: Meter { required property var row; fraction: row.share; warnAt: 0.8; thin: true } },
                    TableColumn { title: "Tokens"; role: "tokens"; width: Theme.unit * 20; align: Qt.AlignRight; sortable: true },
                    TableColumn { title: "Cost"; role: "cost"; width: Theme.unit * 24; align: Qt.AlignRight; sortable: true; cell: MoneyLabel { required property var row; text: row.cost; estimated: row.estimated } }
                ]
            }
        }
        Card {
            Layout.preferredWidth: Theme.unit * 70
            Layout.fillWidth: false
            Layout.fillHeight: true
            title: "Budget"
            RingMeter {
                Layout.alignment: Qt.AlignHCenter
                fraction: 0.62; reservedFraction: 0.1; warnAt: 0.8
                ColumnLayout {
                    anchors.centerIn: parent
                    spacing: 0
                    MoneyLabel { Layout.alignment: Qt.AlignHCenter; text: "62 %"; size: Theme.textTitle; strong: true }
                    MutedText { Layout.alignment: Qt.AlignHCenter; text: "of $25.00" }
                }
            }
            Meter { text: "Team research"; trailingText: "$8.10 of $10.00"; fraction: 0.81; warnAt: 0.8 }
            Meter { text: "Key docs-bot"; trailingText: "$5.20 of $5.00"; fraction: 1.04; warnAt: 0.8 }
        }
    }
    RowLayout {
        Layout.fillWidth: true
        spacing: Theme.spaceMd
        Card {
            Layout.fillHeight: true
            padding: 0
            EmptyState { iconName: "key"; title: "No keys yet"; text: "A key lets one tool spend, up to its own budget."; actionText: "Create a key"; secondaryText: "Read more" }
        }
        Card {
            Layout.fillHeight: true
            title: "Loading"
            DataTable {
                busy: true
                model: 0
                columns: [TableColumn { title: "Key"; fill: true }, TableColumn { title: "Cost"; align: Qt.AlignRight }]
            }
        }
    }
}
