import QtQuick
import QtQuick.Layouts
import BudgetProxy.Controls
import BudgetProxy.Theme

PageFrame {
    id: root
    title: "Fields"
    subtitle: "Empty, filled, wrong, off and with the focus"
    Component.onCompleted: focused.forceActiveFocus(Qt.TabFocusReason)

    GridLayout {
        Layout.fillWidth: true
        columns: 3
        columnSpacing: Theme.spaceXl
        rowSpacing: Theme.spaceLg

        Card {
            Layout.preferredWidth: 1
            Layout.fillHeight: true
            title: "Text"
            FormField {
                label: "Name"
                required: true
                hint: "Shown in lists and in the log."
                AppTextField { id: focused; text: "build-agent" }
            }
            FormField {
                label: "Team"
                optional: true
                AppTextField { placeholderText: "None" }
            }
            FormField {
                label: "Base address"
                error: "This is not an address. Write it as https://host/path."
                AppTextField { text: "htps:/api.example.com"; mono: true }
            }
            FormField { label: "Read only"; AppTextField { text: "127.0.0.1:4141"; mono: true; readOnly: true } }
            FormField { label: "Off"; enabled: false; AppTextField { text: "Cannot be changed now" } }
            FormField {
                label: "With a button"
                AppTextField {
                    placeholderText: "Folder"
                    iconName: "folder2-open"
                    trailing: IconButton { small: true; iconName: "three-dots"; text: "Choose" }
                }
            }
        }
        Card {
            Layout.preferredWidth: 1
            Layout.fillHeight: true
            title: "Numbers and choices"
            RowLayout {
                spacing: Theme.spaceMd
                FormField { label: "Budget a day"; MoneyField { text: "25.00"; currency: "USD" } }
                FormField { label: "Budget a month"; MoneyField { placeholderText: "No limit"; currency: "USD" } }
            }
            RowLayout {
                spacing: Theme.spaceMd
                FormField { label: "Requests a minute"; NumberField { value: 60; suffix: "/ min" } }
                FormField { label: "Port"; error: "Between 1024 and 65535."; NumberField { value: 80; from: 1024; to: 65535 } }
            }
            FormField {
                label: "Resets"
                Select { Layout.fillWidth: true; currentValue: "month"; model: [{ text: "Every day at midnight", value: "day" }, { text: "On the first of the month", value: "month" }] }
            }
            FormField { label: "Provider"; Select { Layout.fillWidth: true; placeholderText: "Choose one"; model: ["OpenAI", "Anthropic"] } }
            FormField { label: "Off"; enabled: false; Select { Layout.fillWidth: true; currentValue: "UTC"; model: ["UTC"] } }
            RowLayout {
                Select { small: true; iconName: "calendar3"; currentValue: "Last 7 days"; model: ["Last 7 days", "Last 30 days"] }
                Select { small: true; quiet: true; currentValue: "All keys"; model: ["All keys", "build-agent"] }
            }
        }
        Card {
            Layout.preferredWidth: 1
            Layout.fillHeight: true
            title: "Longer and special"
            SearchField { Layout.fillWidth: true; placeholderText: "Filter requests"; shortcutText: "/" }
            SearchField { Layout.fillWidth: true; placeholderText: "Filter requests"; text: "model:gpt cost>0.10" }
            FormField { label: "Note"; AppTextArea { lines: 3; placeholderText: "What this key is for" } }
            CopyField { label: "Base address"; value: "http://127.0.0.1:4141/v1" }
            CopyField { label: "Key"; value: "lbp-5f0c2d97c1e84b6a"; secret: true }
            CodeBlock { language: "Terminal"; text: "export OPENAI_BASE_URL=http://127.0.0.1:4141/v1\nexport OPENAI_API_KEY=lbp-…" }
            CodeBlock { text: "curl http://127.0.0.1:4141/v1/models -H 'authorization: Bearer lbp-…'" }
        }
    }
}
