// The widths that the head and the rows of the tree of budgets share.
import QtQuick
import BudgetProxy.Theme

QtObject {
    required property bool narrow
    required property bool tight
    readonly property real period: Theme.unit * 24
    readonly property real amount: Theme.unit * 22
    readonly property real limit: Theme.unit * 34
    readonly property real resets: Theme.unit * 26
    readonly property real actions: Theme.unit * 18
    readonly property real meterLeast: tight ? Theme.unit * 14 : Theme.unit * 24
    readonly property real nameLeast: Theme.unit * 34
}
