// The window: side bar, header, one page at a time, and what floats above them.
import QtQuick
import QtQuick.Templates as T
import QtQuick.Window
import BudgetProxy
import BudgetProxy.Theme
import BudgetProxy.Controls
import BudgetProxy.Pages

T.ApplicationWindow {
    id: root

    required property MainContext app
    readonly property Navigator navigator: app.navigator
    readonly property bool compact: width < Theme.compactBelow
    readonly property bool guiding: navigator.page === Navigator.Guide

    width: Theme.windowWidth
    height: Theme.windowHeight
    minimumWidth: Theme.windowMinimumWidth
    minimumHeight: Theme.windowMinimumHeight
    title: qsTr("LLM Budget Proxy")
    color: Theme.canvas

    Binding { target: Theme; property: "dark"; value: root.app.appearance.dark }
    Binding { target: Theme; property: "reduceMotion"; value: root.app.appearance.reduceMotion }

    onClosing: close => {
        close.accepted = false
        root.app.shell.closeWindow()
    }

    SideBar {
        id: sideBar
        anchors { top: parent.top; bottom: parent.bottom; left: parent.left }
        width: root.guiding ? 0 : root.compact ? Theme.sidebarWidthCompact : Theme.sidebarWidth
        visible: !root.guiding
        app: root.app
        compact: root.compact
    }
    HeaderBar {
        id: header
        anchors { top: parent.top; left: sideBar.right; right: parent.right }
        height: Theme.headerHeight
        app: root.app
        compact: root.compact
        onPaletteAsked: palette.open()
    }

    PageHost {
        id: host
        anchors { top: header.bottom; left: sideBar.right; right: parent.right; bottom: parent.bottom }
        app: root.app
        shown: root.visible && root.visibility !== Window.Minimized
    }

    DrainBar {
        anchors { left: parent.left; right: parent.right; bottom: parent.bottom }
        shell: root.app.shell
    }
    ToastHost {
        anchors { right: parent.right; bottom: parent.bottom; margins: Theme.spaceLg }
        model: root.app.toasts
    }
    CommandPalette {
        id: palette
        commands: root.app.commands
    }

    CloseDialog {
        id: closeDialog
        shell: root.app.shell
    }
    Connections {
        target: root.app.shell
        function onCloseQuestion() { closeDialog.open() }
    }

    Shortcut { sequences: ["Ctrl+K"]; context: Qt.ApplicationShortcut; onActivated: palette.open() }
    Shortcut { sequences: ["Ctrl+Shift+C"]; onActivated: root.app.commands.run("proxy.copyAddress") }
    Shortcut { sequences: [StandardKey.Quit]; onActivated: root.app.commands.run("proxy.quit") }
    Shortcut { sequences: [StandardKey.Close]; onActivated: root.close() }
    Instantiator {
        model: ["overview", "requests", "keys", "budgets", "prices", "alerts", "connect", "settings"]
        delegate: Shortcut {
            required property int index
            required property string modelData
            sequences: ["Ctrl+" + (index + 1)]
            onActivated: root.app.commands.run("go." + modelData)
        }
    }
}
