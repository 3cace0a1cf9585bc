// The budgets nearest to their limits; the chosen one as a doughnut.
import QtQuick
import QtQuick.Layouts
import BudgetProxy
import BudgetProxy.Theme
import BudgetProxy.Controls

Card {
    id: root

    required property OverviewModel model
    property bool beside: false ///< the list stands beside the doughnut, not below it
    readonly property OverviewBudgetsModel budgets: model.budgets
    readonly property OverviewBudgetRow current: list.currentItem as OverviewBudgetRow

    title: qsTr("Budgets")
    actions: [
        AppButton {
            kind: AppButton.Ghost
            small: true
            text: root.budgets.moreText !== "" ? root.budgets.moreText : qsTr("All budgets")
            onClicked: root.model.openBudgets()
        }
    ]

    GridLayout {
        visible: root.budgets.count > 0
        Layout.fillWidth: true
        columns: root.beside ? 2 : 1
        columnSpacing: Theme.spaceXl
        rowSpacing: Theme.spaceMd

        Loader {
            id: chart
            Layout.alignment: Qt.AlignHCenter
            Layout.preferredWidth: Theme.ringSize
            Layout.preferredHeight: Theme.ringSize
            asynchronous: true
            function load() {
                if (root.model.ready && status === Loader.Null)
                    setSource(Qt.resolvedUrl("OverviewBudgetChart.qml"), { card: root })
            }
            Component.onCompleted: load()
            Connections {
                target: root.model
                function onReadyChanged() { chart.load() }
            }
        }
        ListView {
            id: list
            objectName: "budgetList"
            Layout.fillWidth: true
            implicitHeight: contentHeight
            model: root.budgets
            interactive: false
            reuseItems: true
            activeFocusOnTab: true
            currentIndex: 0
            highlight: null
            Accessible.role: Accessible.List
            Accessible.name: qsTr("Budgets, fullest first")
            Keys.onReturnPressed: root.model.openBudgets()
            Keys.onEnterPressed: root.model.openBudgets()
            delegate: OverviewBudgetRow {
                width: ListView.view ? ListView.view.width : 0
                warnAt: root.budgets.warnAt
                chosen: ListView.isCurrentItem
                ringed: chosen && list.activeFocus
                onTapped: {
                    list.currentIndex = index
                    list.forceActiveFocus(Qt.MouseFocusReason)
                }
            }
        }
    }
    EmptyState {
        visible: root.budgets.count === 0 && root.model.ready
        iconName: "wallet2"
        title: qsTr("No budgets")
        text: qsTr("Without a budget nothing stops what is spent.")
        actionText: qsTr("Set a budget")
        onAction: root.model.openBudgets()
    }
}
