// One request, explained: what it cost and why, how long what took, what was said.
import QtQuick
import QtQuick.Layouts
import BudgetProxy
import BudgetProxy.Theme
import BudgetProxy.Controls

SidePanel {
    id: root

    required property RequestsModel model
    readonly property RequestDetail detail: model.detail

    signal filterAsked(string field, string value)
    signal correctAsked

    open: detail.open
    title: detail.title
    subtitle: detail.subtitle
    actions: [
        AppButton {
            objectName: "stopButton"
            visible: root.detail.running
            small: true
            kind: AppButton.Danger
            iconName: "stop-fill"
            text: qsTr("Stop")
            busy: root.detail.stopping
            tip: qsTr("Ends it at the provider; what was generated is booked")
            onClicked: root.detail.stop(root.detail.requestId)
        },
        IconButton {
            id: copyButton
            objectName: "copyMenuButton"
            iconName: "files"
            text: qsTr("Copy as …")
            enabled: root.detail.loaded
            onClicked: copyMenu.popup(copyButton, copyButton.width - copyMenu.implicitWidth, copyButton.height)
        }
    ]

    AppMenu {
        id: copyMenu
        AppMenuItem { iconName: "terminal"; text: qsTr("Copy as cURL"); onTriggered: root.detail.copyAs(root.detail.requestId, "curl") }
        AppMenuItem { iconName: "code-slash"; text: qsTr("Copy as Python"); onTriggered: root.detail.copyAs(root.detail.requestId, "python") }
        AppMenuItem { iconName: "braces"; text: qsTr("Copy as JavaScript"); onTriggered: root.detail.copyAs(root.detail.requestId, "javascript") }
        AppMenuSeparator {}
        AppMenuItem { iconName: "clipboard"; text: qsTr("Copy its id"); onTriggered: root.detail.copyId(root.detail.requestId) }
    }

    EmptyState {
        visible: root.detail.problem !== "" && !root.detail.loaded
        iconName: "search"
        title: qsTr("Not found")
        text: root.detail.problem
    }
    ColumnLayout {
        visible: root.detail.loaded
        Layout.fillWidth: true
        spacing: Theme.spaceSm

        RowLayout {
            Layout.fillWidth: true
            spacing: Theme.spaceSm
            Badge {
                objectName: "detailState"
                text: root.detail.stateText
                tone: root.detail.tone
            }
            Item { Layout.fillWidth: true }
            MoneyLabel {
                objectName: "detailCost"
                text: root.detail.costText
                size: Theme.textTitle
                strong: true
                estimated: root.detail.estimated
                tip: root.detail.costNote
                tone: root.detail.running ? "accent" : ""
            }
        }
        BodyText {
            text: root.detail.stateDetail
            color: Theme.textMuted
        }
        InlineNotice {
            objectName: "detailError"
            visible: text !== ""
            tone: "danger"
            text: root.detail.error
        }
        InlineNotice {
            objectName: "detailStory"
            visible: text !== ""
            tone: "info"
            iconName: "arrow-down-right"
            text: root.detail.story
        }
    }
    RequestsCharge {
        visible: root.detail.loaded
        detail: root.detail
        onCorrectAsked: root.correctAsked()
    }
    RequestsTimings {
        visible: root.detail.loaded && root.detail.timings.length > 0
        detail: root.detail
    }
    RequestsFacts {
        visible: root.detail.loaded
        detail: root.detail
        onFilterAsked: (field, value) => root.filterAsked(field, value)
    }
    RequestsMessages {
        visible: root.detail.loaded
        detail: root.detail
        onSettingsAsked: root.model.openSettings()
    }
}
