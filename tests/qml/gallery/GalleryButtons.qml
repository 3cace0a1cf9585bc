import QtQuick
import QtQuick.Layouts
import BudgetProxy.Controls
import BudgetProxy.Theme

PageFrame {
    id: root
    title: "Buttons and choices"
    subtitle: "At rest, pressed, off, busy and with the focus"
    actions: [
        AppButton { text: "Export"; iconName: "download" },
        AppButton { text: "New key"; iconName: "plus-lg"; kind: AppButton.Primary }
    ]
    Component.onCompleted: focused.forceActiveFocus(Qt.TabFocusReason)

    GridLayout {
        Layout.fillWidth: true
        columns: 2
        columnSpacing: Theme.spaceXxl
        rowSpacing: Theme.spaceXl

        GallerySection {
            Layout.preferredWidth: 1
            title: "AppButton"
            Repeater {
                model: [AppButton.Primary, AppButton.Secondary, AppButton.Ghost, AppButton.Danger]
                RowLayout {
                    id: row
                    required property int modelData
                    spacing: Theme.spaceSm
                    AppButton { kind: row.modelData; text: "Save" }
                    AppButton { kind: row.modelData; text: "Create key"; iconName: "plus-lg" }
                    AppButton { kind: row.modelData; text: "Pressed"; down: true }
                    AppButton { kind: row.modelData; text: "Off"; enabled: false }
                    AppButton { kind: row.modelData; text: "Testing"; busy: true }
                    AppButton { kind: row.modelData; text: "Small"; iconName: "arrow-repeat"; small: true }
                }
            }
            RowLayout {
                spacing: Theme.spaceMd
                AppButton { id: focused; text: "With the focus" }
                AppButton { text: "Last 30 days"; trailingIconName: "chevron-down" }
                AppButton { text: "A very long text that is cut"; Layout.preferredWidth: Theme.unit * 30 }
            }
        }
        GallerySection {
            Layout.preferredWidth: 1
            title: "IconButton"
            RowLayout {
                spacing: Theme.spaceXs
                IconButton { iconName: "pause-fill"; text: "Pause" }
                IconButton { iconName: "funnel"; text: "Filter"; checkable: true; checked: true }
                IconButton { iconName: "trash"; text: "Delete"; tone: "danger" }
                IconButton { iconName: "three-dots"; text: "More"; down: true }
                IconButton { iconName: "gear"; text: "Settings"; enabled: false }
                IconButton { iconName: "sliders"; text: "Columns"; outlined: true }
                IconButton { iconName: "x"; text: "Close"; small: true }
                IconButton { iconName: "arrow-repeat"; text: "Loading"; busy: true }
            }
            MutedText { text: "Segmented and Tabs" }
            Segmented { model: ["Hour", "Day", "Week", "Month"]; currentIndex: 1 }
            Segmented { model: ["Light", "Dark", "System"]; iconNames: ["sun", "moon", "circle-half"]; small: true }
            Tabs { model: ["Charge", "Timings", "Headers", "Body"]; counts: ["", "", "12", ""] }
            MutedText { text: "Chip" }
            Flow {
                Layout.fillWidth: true
                spacing: Theme.spaceXs + Theme.spaceXxs
                Chip { text: "key: build-agent"; closable: true }
                Chip { text: "cost > $0.10"; closable: true; tone: "accent" }
                Chip { text: "Cached"; checkable: true }
                Chip { text: "Estimated"; checkable: true; checked: true; iconName: "check" }
                Chip { text: "Failed"; tone: "danger"; iconName: "exclamation-triangle" }
                Chip { text: "Off"; enabled: false }
            }
        }
        GallerySection {
            Layout.preferredWidth: 1
            title: "Toggle, CheckRow"
            Card {
                spacing: Theme.spaceMd
                Toggle { Layout.fillWidth: true; text: "Start with the desktop"; checked: true }
                Separator {}
                Toggle { Layout.fillWidth: true; text: "Hold and ask"; description: "A request that does not fit is held for a moment while a notification asks what to do with it." }
                Separator {}
                Toggle { Layout.fillWidth: true; text: "Log bodies"; enabled: false }
                Separator {}
                CheckRow { Layout.fillWidth: true; text: "At 80 % of the budget"; checked: true }
                CheckRow { Layout.fillWidth: true; text: "When a provider is down"; description: "After three failures in a row." }
                CheckRow { text: "Some models"; tristate: true; checkState: Qt.PartiallyChecked }
                CheckRow { text: "Off"; enabled: false; checked: true }
            }
        }
        GallerySection {
            Layout.preferredWidth: 1
            title: "ChoiceCard"
            ColumnLayout {
                spacing: Theme.spaceSm
                ChoiceCard { title: "Your own provider key"; description: "The key is tested once and kept in the keychain of your desktop."; iconName: "key"; checked: true; badge: "recommended" }
                ChoiceCard { title: "Try the demo provider"; description: "Answers come from this computer and cost nothing."; iconName: "magic" }
                ChoiceCard { title: "Later"; description: "Not available here."; iconName: "clock"; enabled: false }
            }
            MutedText { text: "Badge, KeyCap, Spinner" }
            RowLayout {
                spacing: Theme.spaceSm
                Badge { text: "active"; tone: "ok" }
                Badge { text: "paused" }
                Badge { text: "80 %"; tone: "warning" }
                Badge { text: "blocked"; tone: "danger"; iconName: "slash-circle" }
                Badge { text: "streaming"; tone: "info" }
                Badge { text: "new"; tone: "accent" }
                Badge { text: "Running"; tone: "ok"; dot: true }
                Badge { text: "Paused"; dot: true }
            }
            RowLayout {
                spacing: Theme.spaceMd
                KeyCap { text: "Ctrl+K" }
                KeyCap { text: "/" }
                KeyCap { text: "Esc" }
                Spinner {}
                Spinner { size: Theme.iconLg; color: Theme.accent }
            }
        }
    }
}
