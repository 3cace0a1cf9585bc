// On every page: where the proxy listens, how it is, what today has cost.
import QtQuick
import QtQuick.Layouts
import QtQuick.Templates as T
import BudgetProxy
import BudgetProxy.Theme
import BudgetProxy.Controls

Rectangle {
    id: root

    required property MainContext app
    required property bool compact
    readonly property ShellModel shell: app.shell
    readonly property bool guiding: app.navigator.page === Navigator.Guide

    signal paletteAsked

    color: Theme.canvas

    Rectangle {
        anchors { left: parent.left; right: parent.right; bottom: parent.bottom }
        height: Theme.line
        color: Theme.border
    }

    RowLayout {
        anchors { fill: parent; leftMargin: Theme.spaceLg; rightMargin: Theme.spaceLg; bottomMargin: Theme.line }
        spacing: Theme.spaceMd

        Badge {
            readonly property var tones: ["neutral", "ok", "warning", "warning", "danger", "danger"]
            text: root.shell.stateText
            tone: tones[root.shell.state]
            dot: true
            Accessible.role: Accessible.StaticText
            Accessible.name: qsTr("State: %1. %2").arg(root.shell.stateText).arg(root.shell.stateDetail)
            HoverHandler { id: stateHover }
            AppToolTip { text: root.shell.stateDetail; visible: stateHover.hovered }
        }
        T.AbstractButton {
            id: address
            visible: text !== "" && !(root.compact && root.width < Theme.unit * 160)
            text: root.shell.address
            implicitHeight: Theme.controlHeightSmall
            implicitWidth: addressText.implicitWidth + copyIcon.width + Theme.spaceSm * 3
            focusPolicy: Qt.StrongFocus
            Accessible.name: qsTr("Copy the base URL %1").arg(text)
            onClicked: root.shell.copyAddress()
            background: Rectangle {
                radius: Theme.radiusSm
                color: address.down ? Theme.pressed : address.hovered ? Theme.hover : Theme.transparent
                FocusRing { shown: address.visualFocus; gap: -Theme.focusLine }
            }
            contentItem: Item {
                Text {
                    id: addressText
                    anchors.verticalCenter: parent.verticalCenter
                    x: Theme.spaceSm
                    text: address.text
                    color: Theme.textMuted
                    font { family: Theme.mono; pixelSize: Theme.textSmall }
                }
                Icon {
                    id: copyIcon
                    anchors { left: addressText.right; leftMargin: Theme.spaceSm; verticalCenter: parent.verticalCenter }
                    name: "clipboard"
                    size: Theme.iconSm
                    color: Theme.textFaint
                }
            }
            AppToolTip { text: qsTr("Base URL for your tools: click to copy"); visible: address.hovered }
        }
        Badge {
            visible: root.shell.demo
            text: qsTr("Demo: no real money")
            tone: "info"
        }
        Item { Layout.fillWidth: true }

        Badge {
            visible: root.shell.runningCount > 0
            text: qsTr("%n running", "requests", root.shell.runningCount)
            tone: "accent"
            dot: true
        }
        T.AbstractButton {
            id: today
            visible: !root.guiding && root.shell.todayText !== ""
            implicitHeight: Theme.controlHeight
            implicitWidth: todayColumn.implicitWidth + Theme.spaceSm * 2
            focusPolicy: Qt.StrongFocus
            text: qsTr("Today: %1 %2").arg(root.shell.todayText).arg(root.shell.todayLimitText)
            Accessible.name: text
            onClicked: root.app.navigator.open(Navigator.Budgets)
            background: Rectangle {
                radius: Theme.radiusSm
                color: today.down ? Theme.pressed : today.hovered ? Theme.hover : Theme.transparent
                FocusRing { shown: today.visualFocus; gap: -Theme.focusLine }
            }
            contentItem: Item {
                Column {
                    id: todayColumn
                    anchors.centerIn: parent
                    spacing: Theme.spaceXxs
                    Row {
                        anchors.right: parent.right
                        spacing: Theme.spaceXs
                        Text {
                            text: qsTr("Today")
                            color: Theme.textMuted
                            font { family: Theme.font; pixelSize: Theme.textSmall }
                        }
                        Text {
                            text: root.shell.todayText
                            color: Theme.text
                            font { family: Theme.font; pixelSize: Theme.textSmall; weight: Theme.weightMedium }
                        }
                        Text {
                            visible: text !== "" && (root.shell.todayOfAll || !root.compact)
                            text: root.shell.todayOfAll ? root.shell.todayLimitText : qsTr("· %1").arg(root.shell.todayLimitText)
                            color: Theme.textMuted
                            font { family: Theme.font; pixelSize: Theme.textSmall }
                        }
                    }
                    Meter {
                        visible: root.shell.todayLimitText !== ""
                        width: parent.width
                        height: Theme.spaceXs
                        fraction: root.shell.todayFraction
                        reservedFraction: root.shell.todayReservedFraction
                        warnAt: root.shell.warnAt
                    }
                }
            }
            AppToolTip { text: root.shell.todayOfAll ? root.shell.todayBudgetName : root.shell.todayLimitText; visible: today.hovered && text !== "" }
        }
        AppButton {
            visible: !root.guiding
            small: true
            kind: AppButton.Secondary
            iconName: root.shell.paused ? "play-fill" : "pause-fill"
            text: root.shell.paused ? qsTr("Resume") : qsTr("Pause")
            onClicked: root.shell.paused ? root.shell.resume() : pauseMenu.popup(this)
            AppMenu {
                id: pauseMenu
                AppMenuItem { text: qsTr("Pause all spending"); onTriggered: root.shell.pause() }
                AppMenuItem { text: qsTr("For 15 minutes"); onTriggered: root.shell.pauseForMinutes(15) }
                AppMenuItem { text: qsTr("Until tomorrow"); onTriggered: root.shell.pauseUntilTomorrow() }
            }
        }
        IconButton {
            visible: !root.guiding
            iconName: "search"
            text: qsTr("Find an action (Ctrl+K)")
            onClicked: root.paletteAsked()
        }
    }
}
