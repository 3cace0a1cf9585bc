// The chosen budget of the overview as a doughnut. A file of its own: it is what brings in Qt Charts, after the first paint.
import QtQuick
import BudgetProxy.Charts

BudgetDoughnut {
    id: root

    required property OverviewBudgetCard card
    readonly property OverviewBudgetRow row: card.current

    objectName: "budgetChart"
    visible: row !== null
    title: row ? qsTr("%1 · %2", "whose budget, period").arg(row.name).arg(row.period) : ""
    fraction: row?.fraction ?? 0
    reservedFraction: row?.reservedFraction ?? 0
    tone: row?.tone ?? "accent"
    percentText: row?.percent ?? ""
    caption: row ? qsTr("of %1", "a limit").arg(row.limit) : ""
    spentText: row?.spent ?? ""
    reservedText: row?.reserved ?? ""
    leftText: row?.remaining ?? ""
}
