// The list of prices; above it the models that are used without one.
import QtQuick
import QtQuick.Layouts
import BudgetProxy
import BudgetProxy.Theme
import BudgetProxy.Controls

ColumnLayout {
    id: root

    required property PricesModel model
    property bool low: false ///< there is little height
    readonly property PriceTable prices: model.table

    function focusSearch() { search.forceActiveFocus(Qt.ShortcutFocusReason) }
    function openMenu(row: int, x: real, y: real) {
        menu.name = root.prices.modelAt(row)
        menu.popup(table, x, y)
    }

    spacing: Theme.spaceMd

    PricesUnpricedCard {
        visible: root.model.unpriced.count > 0
        model: root.model
        most: root.low ? 1 : 3
    }
    RowLayout {
        Layout.fillWidth: true
        spacing: Theme.spaceMd
        SearchField {
            id: search
            objectName: "searchField"
            Layout.fillWidth: true
            Layout.maximumWidth: Theme.fieldWidth * 1.5
            placeholderText: qsTr("Search model, provider, source")
            text: root.prices.search
            onTextEdited: root.prices.search = text
            Keys.onDownPressed: table.forceActiveFocus(Qt.TabFocusReason)
        }
        Item { Layout.fillWidth: true }
        MutedText {
            Layout.fillWidth: false
            text: root.prices.countText
        }
    }
    DataTable {
        id: table
        objectName: "table"
        Layout.fillWidth: true
        Layout.fillHeight: true
        framed: true
        model: root.prices
        accessibleName: qsTr("Models and their prices")
        sortRole: root.prices.sortRole === "" ? "model" : root.prices.sortRole
        sortDescending: root.prices.sortDescending
        onSortRequested: role => root.prices.sortBy(role)
        onRowActivated: row => root.model.edit(root.prices.modelAt(row))
        onContextMenuRequested: (row, x, y) => root.openMenu(row, x, y)
        columns: [
            TableColumn { title: qsTr("Model"); role: "modelName"; sortRole: "model"; sortable: true; fill: true; width: 2; minimumWidth: Theme.unit * 41; strong: true },
            TableColumn { title: qsTr("Provider"); role: "provider"; sortable: true; width: Theme.unit * 19; muted: true; hideBelow: Theme.unit * 200 },
            TableColumn { title: qsTr("Input"); tip: qsTr("US dollars per million tokens"); role: "input"; sortable: true; width: Theme.unit * 19; align: Qt.AlignRight },
            TableColumn { title: qsTr("Cached"); tip: qsTr("Input that is read from the provider's cache"); role: "cached"; sortable: true; width: Theme.unit * 20; align: Qt.AlignRight; hideBelow: Theme.unit * 125 },
            TableColumn { title: qsTr("Cache write"); tip: qsTr("Input that is written to the provider's cache"); role: "cacheWrite"; sortable: true; width: Theme.unit * 24; align: Qt.AlignRight; hideBelow: Theme.unit * 170 },
            TableColumn { title: qsTr("Output"); tip: qsTr("US dollars per million tokens"); role: "output"; sortable: true; width: Theme.unit * 20; align: Qt.AlignRight },
            TableColumn { title: qsTr("Context"); tip: qsTr("The most tokens of input that it takes"); role: "context"; sortable: true; width: Theme.unit * 21; align: Qt.AlignRight; muted: true; hideBelow: Theme.unit * 150 },
            TableColumn { title: qsTr("Other tiers"); tip: qsTr("Service tiers and long requests with prices of their own"); role: "tiersText"; width: Theme.unit * 34; cell: tiersCell; hideBelow: Theme.unit * 230 },
            TableColumn { title: qsTr("Source"); role: "source"; sortable: true; fill: true; width: 1; minimumWidth: Theme.unit * 24; muted: true; hideBelow: Theme.unit * 250 },
            TableColumn { title: qsTr("As of"); role: "date"; sortable: true; width: Theme.unit * 20; muted: true; align: Qt.AlignRight; hideBelow: Theme.unit * 185 },
            TableColumn { width: Theme.unit * 10; cell: menuCell }
        ]
        emptyState: Component {
            EmptyState {
                iconName: root.prices.search !== "" ? "search" : "tags"
                title: root.prices.search !== "" ? qsTr("No model fits") : qsTr("No prices yet")
                text: root.prices.search !== "" ? qsTr("Search for a part of its name.") : qsTr("Add the models that you use, or import a list.")
                actionText: root.prices.search !== "" ? qsTr("Clear the search") : qsTr("Add a model")
                onAction: root.prices.search !== "" ? root.prices.search = "" : root.model.add()
            }
        }
    }

    Component {
        id: tiersCell
        RowLayout {
            id: tiers
            required property var row
            spacing: Theme.spaceXs
            clip: true
            Repeater {
                model: tiers.row.tiers ?? []
                Badge {
                    required property string modelData
                    text: modelData
                }
            }
            Item { Layout.fillWidth: true }
        }
    }
    Component {
        id: menuCell
        IconButton {
            id: more
            required property var row
            small: true
            activeFocusOnTab: false
            iconName: "three-dots"
            text: qsTr("Actions for %1").arg(row.modelName ?? "")
            onClicked: {
                const at = more.mapToItem(table, 0, more.height)
                table.currentIndex = more.row.index
                root.openMenu(more.row.index, at.x, at.y)
            }
        }
    }
    AppMenu {
        id: menu
        objectName: "priceMenu"
        property string name: ""

        AppMenuItem { text: qsTr("Edit…"); iconName: "pencil"; onTriggered: root.model.edit(menu.name) }
        AppMenuItem { text: qsTr("What if it had been used?"); iconName: "calculator"; onTriggered: root.model.compareWith(menu.name) }
        AppMenuItem { text: qsTr("Show its requests"); iconName: "list-ul"; onTriggered: root.model.openRequests(menu.name) }
        AppMenuSeparator { }
        AppMenuItem { text: qsTr("Remove…"); iconName: "trash"; destructive: true; onTriggered: root.model.askRemove(menu.name) }
    }
}
