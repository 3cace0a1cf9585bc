// Where the money goes: the day and the month against their budgets, a chosen range in charts, the latest requests.
import QtQuick
import QtQuick.Layouts
import BudgetProxy
import BudgetProxy.Theme
import BudgetProxy.Controls

PageFrame {
    id: root

    required property MainContext app
    readonly property OverviewModel model: app.overview
    readonly property bool wide: contentWidth >= Theme.unit * 210

    objectName: "page"
    title: qsTr("Overview")
    actions: [
        Segmented {
            objectName: "buckets"
            visible: !root.model.unused && root.model.buckets.length > 1
            model: root.model.buckets
            currentIndex: root.model.bucketIndex
            accessibleName: qsTr("Cut into")
            onPicked: index => root.model.bucketIndex = index
        },
        Select {
            objectName: "range"
            visible: !root.model.unused
            iconName: "calendar3"
            model: root.model.ranges
            currentValue: root.model.rangeId
            accessibleName: qsTr("Time shown")
            onPicked: value => root.model.rangeId = value
        }
    ]

    InlineNotice {
        visible: root.model.problem !== ""
        tone: "danger"
        text: root.model.problem
        actionText: qsTr("Try again")
        onAction: root.model.retry()
    }
    OverviewCustomRange {
        visible: root.model.rangeId === "custom" && !root.model.unused
        model: root.model
    }
    OverviewSpendTiles {
        model: root.model
        wide: root.wide
    }
    Card {
        visible: root.model.unused
        EmptyState {
            iconName: "activity"
            title: qsTr("No requests yet")
            text: qsTr("Point a tool at this proxy and use one of your keys. What it spends shows up here while it runs.")
            actionText: qsTr("Connect a tool")
            onAction: root.model.openConnect()
        }
    }
    OverviewFigures {
        visible: !root.model.unused
        model: root.model
        wide: root.wide
    }
    GridLayout {
        visible: !root.model.unused
        Layout.fillWidth: true
        columns: root.wide ? 3 : 1
        columnSpacing: root.spacing
        rowSpacing: root.spacing

        OverviewTrendCard {
            Layout.columnSpan: root.wide ? 2 : 1
            Layout.fillHeight: true
            Layout.preferredWidth: Theme.unit * 160
            model: root.model
        }
        OverviewBudgetCard {
            Layout.fillHeight: true
            Layout.preferredWidth: Theme.unit * 80
            model: root.model
            beside: !root.wide
        }
    }
    GridLayout {
        visible: !root.model.unused
        Layout.fillWidth: true
        columns: root.wide ? 2 : 1
        columnSpacing: root.spacing
        rowSpacing: root.spacing

        OverviewBarsCard {
            Layout.fillHeight: true
            Layout.preferredWidth: Theme.unit * 100
            chartName: "keyBars"
            title: qsTr("Cost by key")
            emptyText: qsTr("No key was used in this time.")
            model: root.model
            bars: root.model.byKey
            color: Theme.accentFill
            onActivated: row => root.model.openKey(row)
        }
        OverviewBarsCard {
            Layout.fillHeight: true
            Layout.preferredWidth: Theme.unit * 100
            chartName: "modelBars"
            title: qsTr("Cost by model")
            emptyText: qsTr("No model was used in this time.")
            model: root.model
            bars: root.model.byModel
            color: Theme.series[1]
            onActivated: row => root.model.openModel(row)
        }
    }
    OverviewRecentCard {
        visible: !root.model.unused
        model: root.model
    }
}
