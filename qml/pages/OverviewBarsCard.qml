// Cost by something, as bars. The chart is loaded once there is something to draw: after the window has been painted.
import QtQuick
import QtQuick.Layouts
import BudgetProxy
import BudgetProxy.Theme
import BudgetProxy.Controls

Card {
    id: root

    required property OverviewModel model
    required property OverviewBarsModel bars
    required property color color
    property string emptyText: ""
    property string chartName: "" ///< objectName of the chart
    readonly property bool empty: model.spent.known && bars.count === 0

    signal activated(int row)

    Loader {
        id: chart
        Layout.fillWidth: true
        Layout.leftMargin: -Theme.spaceSm
        Layout.rightMargin: -Theme.spaceSm
        asynchronous: true
        visible: status === Loader.Ready && !root.empty
        function load() {
            if (root.model.ready && status === Loader.Null)
                setSource(Qt.resolvedUrl("OverviewBarChart.qml"), { bars: root.bars, color: root.color, title: root.title, objectName: root.chartName })
        }
        Component.onCompleted: load()
        Connections {
            target: root.model
            function onReadyChanged() { chart.load() }
        }
        Connections {
            target: chart.item
            function onActivated(row) { root.activated(row) }
        }
        Binding {
            target: chart.item
            property: "color"
            value: root.color
            when: chart.status === Loader.Ready
        }
    }
    Skeleton {
        Layout.fillWidth: true
        visible: chart.status !== Loader.Ready && !root.empty
        implicitHeight: Theme.controlHeight * 4
        radius: Theme.radiusMd
        color: Theme.surfaceSunken
    }
    EmptyState {
        visible: root.empty
        iconName: "bar-chart"
        text: root.emptyText
    }
}
