// All requests: what runs, what ran, what it cost; filtered, sorted, explained.
import QtQuick
import QtQuick.Layouts
import BudgetProxy
import BudgetProxy.Theme
import BudgetProxy.Controls

FocusScope {
    id: root
    objectName: "page"

    required property MainContext app
    readonly property RequestsModel model: app.requests
    readonly property RequestListModel list: model.list
    readonly property RequestDetail detail: model.detail

    function openMenu(id: string, running: bool, key: string, modelName: string, x: real, y: real) {
        menu.requestId = id
        menu.running = running
        menu.key = key
        menu.modelName = modelName
        menu.popup(view, x, y)
    }

    Shortcut {
        sequences: ["/", StandardKey.Find]
        enabled: root.visible
        onActivated: filterBar.focusField()
    }
    Connections {
        target: root.model
        function onFilterFocusAsked() { filterBar.focusField() }
        function onExportAsked(format: int) { exportDialog.start(format) }
    }

    RowLayout {
        anchors.fill: parent
        spacing: 0

        PageFrame {
            id: frame
            Layout.fillWidth: true
            Layout.fillHeight: true
            visible: !(panel.covers && panel.open)
            focus: true
            scrollable: false
            maximumWidth: Math.max(Theme.contentMax, width)
            spacing: Theme.spaceMd
            title: qsTr("Requests")
            subtitle: root.list.countText
            actions: [
                AppButton {
                    objectName: "liveButton"
                    iconName: root.list.live ? "pause-fill" : "play-fill"
                    text: root.list.live ? qsTr("Hold") : qsTr("Go live")
                    tip: root.list.live ? qsTr("Requests that come in are shown at once. Hold the list to read it.")
                                        : qsTr("The list is held. New requests are counted, not shown.")
                    enabled: root.list.sortRole === "time" && root.list.descending
                    onClicked: root.list.live = !root.list.live
                },
                IconButton {
                    id: columnsButton
                    objectName: "columnsButton"
                    outlined: true
                    iconName: "layout-three-columns"
                    text: qsTr("Columns")
                    onClicked: columnsMenu.popup(columnsButton, 0, columnsButton.height + Theme.spaceXs)
                },
                IconButton {
                    objectName: "exportButton"
                    outlined: true
                    iconName: "download"
                    text: qsTr("Export this list")
                    enabled: !root.model.exporter.running && root.list.count > 0
                    onClicked: exportDialog.start(0)
                }
            ]

            RequestsFilterBar {
                id: filterBar
                Layout.fillWidth: true
                filter: root.model.filter
                onDone: view.forceActiveFocus(Qt.OtherFocusReason)
                onSaveAsked: saveDialog.start()
            }
            InlineNotice {
                visible: root.list.problem !== ""
                tone: "danger"
                title: qsTr("The requests could not be read")
                text: root.list.problem
                actionText: qsTr("Try again")
                onAction: root.list.reload()
            }
            InlineNotice {
                objectName: "cappedNotice"
                visible: root.list.cappedText !== ""
                text: root.list.cappedText
            }
            RequestsList {
                id: view
                objectName: "requestsList"
                Layout.fillWidth: true
                Layout.fillHeight: true
                focus: true
                model: root.model
                onMenuAsked: (id, running, key, modelName, x, y) => root.openMenu(id, running, key, modelName, x, y)
                onConnectAsked: root.app.navigator.open(Navigator.Connect)
            }
            RequestsExportStrip {
                exporter: root.model.exporter
            }
        }
        RequestsDetailPanel {
            id: panel
            objectName: "requestDetail"
            model: root.model
            onFilterAsked: (field, value) => root.model.filter.addValue(field, value)
            onCorrectAsked: correctDialog.start()
            onClosed: {
                root.detail.close()
                view.forceActiveFocus(Qt.OtherFocusReason)
            }
        }
    }

    AppMenu {
        id: menu
        property string requestId: ""
        property string key: ""
        property string modelName: ""
        property bool running: false

        AppMenuItem { iconName: "layout-three-columns"; text: qsTr("Open"); onTriggered: root.detail.show(menu.requestId) }
        AppMenuItem {
            visible: menu.running
            iconName: "stop-fill"
            destructive: true
            text: qsTr("Stop")
            onTriggered: root.detail.stop(menu.requestId)
        }
        AppMenuSeparator {}
        AppMenuItem { iconName: "terminal"; text: qsTr("Copy as cURL"); onTriggered: root.detail.copyAs(menu.requestId, "curl") }
        AppMenuItem { iconName: "code-slash"; text: qsTr("Copy as Python"); onTriggered: root.detail.copyAs(menu.requestId, "python") }
        AppMenuItem { iconName: "braces"; text: qsTr("Copy as JavaScript"); onTriggered: root.detail.copyAs(menu.requestId, "javascript") }
        AppMenuItem { iconName: "files"; text: qsTr("Copy its id"); onTriggered: root.detail.copyId(menu.requestId) }
        AppMenuSeparator {}
        AppMenuItem { iconName: "funnel"; enabled: menu.key !== ""; text: qsTr("Only this key"); onTriggered: root.model.filter.addValue("key", menu.key) }
        AppMenuItem { iconName: "funnel"; enabled: menu.modelName !== ""; text: qsTr("Only this model"); onTriggered: root.model.filter.addValue("model", menu.modelName) }
    }
    AppMenu {
        id: columnsMenu

        Instantiator {
            model: root.model.columns.all
            delegate: AppMenuItem {
                id: entry
                required property RequestColumn modelData
                checkable: true
                checked: entry.modelData.chosen
                enabled: !entry.modelData.fixed
                text: entry.modelData.title
                onTriggered: root.model.columns.setShown(entry.modelData.name, !entry.modelData.chosen)
            }
            onObjectAdded: (index, object) => columnsMenu.insertItem(index, object as AppMenuItem)
            onObjectRemoved: (index, object) => columnsMenu.removeItem(object as AppMenuItem)
        }
        AppMenuSeparator {}
        AppMenuItem { iconName: "arrow-counterclockwise"; text: qsTr("As at first"); onTriggered: root.model.columns.reset() }
    }

    RequestsSaveFilterDialog { id: saveDialog; filter: root.model.filter }
    RequestsExportDialog { id: exportDialog; exporter: root.model.exporter; list: root.list }
    RequestsCorrectDialog { id: correctDialog; detail: root.detail }
}
