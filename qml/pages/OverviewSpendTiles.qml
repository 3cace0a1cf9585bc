// The present day and month: spent, against the budget, and where it will end.
import QtQuick
import QtQuick.Layouts
import BudgetProxy
import BudgetProxy.Theme
import BudgetProxy.Controls

GridLayout {
    id: root

    required property OverviewModel model
    property bool wide: true

    component Tile: StatTile {
        id: tile
        required property overviewFigure figure
        property real warnAt: 0
        Layout.fillWidth: true
        Layout.fillHeight: true
        Layout.preferredWidth: Theme.unit * 60
        value: figure.value
        caption: figure.caption
        tone: figure.tone
        tip: figure.tip
        busy: !figure.known

        Meter {
            visible: tile.figure.measured
            fraction: tile.figure.fraction
            reservedFraction: tile.figure.reservedFraction
            warnAt: tile.warnAt
            text: tile.figure.meterText
            showText: false
        }
    }

    Layout.fillWidth: true
    columns: wide ? 4 : 2
    columnSpacing: Theme.spaceLg
    rowSpacing: Theme.spaceLg

    Tile {
        label: qsTr("Spent today")
        iconName: "coin"
        figure: root.model.today
        warnAt: root.model.warnAt
        interactive: true
        onClicked: root.model.openBudgets()
    }
    Tile {
        label: qsTr("Spent this month")
        iconName: "calendar3"
        figure: root.model.month
        warnAt: root.model.warnAt
        interactive: true
        onClicked: root.model.openBudgets()
    }
    Tile {
        label: qsTr("Forecast for today")
        iconName: "graph-up-arrow"
        figure: root.model.dayForecast
        estimated: figure.known && figure.value !== "–"
    }
    Tile {
        label: qsTr("Forecast for this month")
        iconName: "graph-up-arrow"
        figure: root.model.forecast
        estimated: figure.known && figure.value !== "–"
    }
}
