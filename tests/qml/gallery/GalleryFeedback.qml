import QtQuick
import QtQuick.Layouts
import QtQuick.Templates as T
import BudgetProxy.Controls
import BudgetProxy.Theme

PageFrame {
    id: root
    title: "Messages and overlays"
    scrollable: false

    property ListModel toasts: ListModel {}
    Component.onCompleted: {
        toasts.append({ toastId: 1, tone: "ok", title: "Key created", text: "build-agent may spend $5.00 a day.", actions: [], timeoutMs: 0 })
        toasts.append({ toastId: 2, tone: "warning", title: "80 % of today's budget is spent", text: "$20.10 of $25.00.", actions: [], timeoutMs: 0 })
    }
    function present() {
        menu.open()
        tip.visible = true
    }

    RowLayout {
        Layout.fillWidth: true
        Layout.fillHeight: true
        spacing: 0

        ColumnLayout {
            Layout.alignment: Qt.AlignTop
            Layout.rightMargin: Theme.spaceLg
            spacing: Theme.spaceMd
            InlineNotice { tone: "info"; text: "Prices were last changed on 3 March 2026." }
            InlineNotice { tone: "ok"; title: "The key works"; text: "The provider answered in 312 ms." }
            InlineNotice { tone: "warning"; title: "Two models have no price"; text: "Requests to them are refused until they have one."; actionText: "Set prices" }
            InlineNotice { tone: "danger"; title: "Port 4141 is taken"; text: "Another program listens there. Choose another port or end it."; actionText: "Choose a port"; closable: true }
            ProgressLine { fraction: 0.4; label: "Waiting for streams" }
            RowLayout {
                spacing: Theme.spaceLg
                AppButton {
                    id: opener
                    text: "Menu"
                    AppMenu {
                        id: menu
                        y: opener.height + Theme.spaceXs
                        AppMenuItem { text: "Copy as cURL"; iconName: "terminal"; shortcutText: "Ctrl+C" }
                        AppMenuItem { text: "Copy as Python"; iconName: "code-slash" }
                        AppMenuSeparator {}
                        AppMenuItem { text: "Show headers"; checkable: true; checked: true }
                        AppMenuItem { text: "Not now"; iconName: "pause-fill"; enabled: false }
                        AppMenu { title: "Export" ; AppMenuItem { text: "CSV" } }
                        AppMenuSeparator {}
                        AppMenuItem { text: "Revoke"; iconName: "trash"; destructive: true; highlighted: true }
                    }
                }
                AppButton {
                    Layout.leftMargin: Theme.unit * 60
                    text: "With a tip"
                    AppToolTip { id: tip; delay: 0; text: "Copies the address that tools connect to."; shortcutText: "Ctrl+Shift+C" }
                }
            }
        }
        SidePanel {
            title: "Request"
            subtitle: "14:03:22 · claude-sonnet-4"
            open: true
            actions: [IconButton { iconName: "files"; text: "Copy" }]
            Tabs { model: ["Charge", "Timings", "Headers"] }
            BodyText { text: "The charge, line by line: what was counted, at which rate, from which price list." }
            Separator {}
            RowLayout { LabelText { text: "Input" } MutedText { Layout.fillWidth: true; text: "1,204 tokens at $3.00 / M" } MoneyLabel { text: "$0.0036" } }
            RowLayout { LabelText { text: "Output" } MutedText { Layout.fillWidth: true; text: "640 tokens at $15.00 / M" } MoneyLabel { text: "$0.0096"; estimated: true } }
            RowLayout { LabelText { Layout.fillWidth: true; text: "Total" } MoneyLabel { text: "$0.0132"; strong: true; size: Theme.textLead } }
        }
    }
    ToastHost { parent: root; model: root.toasts }
}
