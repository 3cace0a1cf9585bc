// A Qt Chart without any look of its own: what is drawn on it comes from the theme, and its texts from the item around it.
// (ValuesAxis in these files is Qt's ValueAxis by its other name: the one that the type description of the module resolves to.)
import QtQuick
import QtCharts
import BudgetProxy.Theme

ChartView {
    id: root

    antialiasing: true
    animationOptions: ChartView.NoAnimation
    backgroundColor: Theme.transparent
    backgroundRoundness: 0
    dropShadowEnabled: false
    plotAreaColor: Theme.transparent
    legend.visible: false
    localizeNumbers: false
    margins { top: 0; bottom: 0; left: 0; right: 0 }
    Accessible.ignored: true
}
