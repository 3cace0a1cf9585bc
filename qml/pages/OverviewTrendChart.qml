// The line of the overview over its model. A file of its own: it is what brings in Qt Charts, after the first paint.
import QtQuick
import BudgetProxy
import BudgetProxy.Charts

TrendChart {
    id: root

    required property OverviewModel model
    readonly property OverviewTrend trend: model.trend

    function describe() {
        const at = shownIndex
        const amount = trend.amount(at)
        const earlier = trend.previousAmount(at)
        pointTitle = trend.title(at)
        pointText = amount === "" ? qsTr("not yet") : amount
        pointDetail = trend.detail(at)
        pointBefore = earlier === "" ? "" : qsTr("before: %1 (%2)", "amount and date").arg(earlier).arg(trend.previousTitle(at))
    }

    objectName: "trendChart"
    title: qsTr("Cost over time")
    summary: trend.summary
    count: trend.count
    values: trend.values
    previous: trend.previous
    amountTicks: trend.amountTicks
    timeTicks: trend.timeTicks
    onShownIndexChanged: describe()
    onActivated: index => model.openTime(index)

    Connections {
        target: root.trend
        function onChanged() { root.describe() }
    }
}
