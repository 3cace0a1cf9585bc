import QtQuick
import QtQuick.Layouts
import BudgetProxy.Controls
import BudgetProxy.Theme

PageFrame {
    id: root
    title: "Dialogs"

    function present() { dialog.open() }
    EmptyState { iconName: "layers"; title: "Behind"; text: "What is behind a dialog stays recognisable." }

    AppDialog {
        id: dialog
        title: "Create a key"
        text: "A key lets one tool spend, up to its own budget. It is shown once."
        primaryText: "Create"
        FormField { label: "Name"; required: true; AppTextField { placeholderText: "build-agent" } }
        RowLayout {
            spacing: Theme.spaceMd
            FormField { label: "Budget"; MoneyField { text: "5.00"; currency: "USD" } }
            FormField { label: "Period"; Select { Layout.fillWidth: true; model: ["A day", "A month"]; currentValue: "A day" } }
        }
        CheckRow { text: "Only some models"; description: "Everything else is refused with a clear message." }
    }
}
