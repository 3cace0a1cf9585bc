// Shows the page that the navigator names. A page is made when it is first shown and kept; only the shown one is active.
import QtQuick
import BudgetProxy
import BudgetProxy.Theme
import BudgetProxy.Controls
import BudgetProxy.Pages

FocusScope {
    id: root

    objectName: "pageHost"
    required property MainContext app
    required property bool shown ///< the window can be seen
    readonly property int page: app.navigator.page
    property bool loading: true ///< the page that is to be shown is still being made

    focus: true

    Repeater {
        id: pages
        model: [overview, requests, keys, budgets, prices, alerts, connect, settings, guide]
        delegate: Loader {
            id: loader
            required property int index
            required property Component modelData
            readonly property bool isCurrent: root.page === index
            property bool wanted: false
            anchors.fill: parent
            asynchronous: true
            // Not before it is whole. What is shown only then is laid out anew, as a layout within a layout needs whose
            // rows came one by one: Qt takes it for waiting for a turn that nobody gives it.
            visible: isCurrent && status === Loader.Ready
            focus: isCurrent
            active: wanted
            sourceComponent: modelData
            onIsCurrentChanged: follow()
            onStatusChanged: follow()
            Component.onCompleted: follow()

            function follow() {
                if (!isCurrent)
                    return
                wanted = true
                root.loading = status !== Loader.Ready
            }
        }
    }
    Spinner {
        anchors.centerIn: parent
        visible: root.loading
    }

    Component {
        id: overview
        OverviewPage {
            app: root.app
            Binding { target: root.app.overview; property: "active"; value: root.shown && root.page === Navigator.Overview }
        }
    }
    Component {
        id: requests
        RequestsPage {
            app: root.app
            Binding { target: root.app.requests; property: "active"; value: root.shown && root.page === Navigator.Requests }
        }
    }
    Component {
        id: keys
        KeysPage {
            app: root.app
            Binding { target: root.app.keys; property: "active"; value: root.shown && root.page === Navigator.Keys }
        }
    }
    Component {
        id: budgets
        BudgetsPage {
            app: root.app
            Binding { target: root.app.budgets; property: "active"; value: root.shown && root.page === Navigator.Budgets }
        }
    }
    Component {
        id: prices
        PricesPage {
            app: root.app
            Binding { target: root.app.prices; property: "active"; value: root.shown && root.page === Navigator.Prices }
        }
    }
    Component {
        id: alerts
        AlertsPage {
            app: root.app
            Binding { target: root.app.alerts; property: "active"; value: root.shown && root.page === Navigator.Alerts }
        }
    }
    Component {
        id: connect
        ConnectPage {
            app: root.app
            Binding { target: root.app.connectTools; property: "active"; value: root.shown && root.page === Navigator.Connect }
        }
    }
    Component {
        id: settings
        SettingsPage {
            app: root.app
            Binding { target: root.app.settings; property: "active"; value: root.shown && root.page === Navigator.Settings }
        }
    }
    Component {
        id: guide
        GuidePage {
            app: root.app
            Binding { target: root.app.guide; property: "active"; value: root.shown && root.page === Navigator.Guide }
        }
    }
}
