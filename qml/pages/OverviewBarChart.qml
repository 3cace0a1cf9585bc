// Bars over a model of the overview. A file of its own: it is what brings in Qt Charts, after the first paint.
import QtQuick
import BudgetProxy
import BudgetProxy.Charts

BarChart {
    id: root

    required property OverviewBarsModel bars

    model: bars
    fractions: bars.fractions
    hasRest: bars.hasRest
}
