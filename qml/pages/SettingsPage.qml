// Everything in config.yml that a person would change, by topic; and the program itself.
import QtQuick
import QtQuick.Layouts
import QtQuick.Templates as T
import BudgetProxy
import BudgetProxy.Theme
import BudgetProxy.Controls

FocusScope {
    id: root

    required property MainContext app
    readonly property SettingsModel model: app.settings
    readonly property bool narrow: width < Theme.unit * 200
    readonly property var parts: ({
        proxy: proxy, providers: providers, budgets: budgets, limits: limits, models: models, cache: cache,
        privacy: privacy, storage: storage, program: program, log: log, about: about
    })

    objectName: "page"
    Accessible.role: Accessible.Pane
    Accessible.name: qsTr("Settings")

    ListView {
        id: nav
        objectName: "settingsNav"
        anchors { top: parent.top; bottom: saveBar.top; left: parent.left; topMargin: Theme.spaceXl - Theme.unit; leftMargin: Theme.spaceLg }
        width: root.narrow ? 0 : Theme.unit * 48
        visible: !root.narrow
        model: root.model.sections
        clip: true
        interactive: contentHeight > height
        boundsBehavior: Flickable.StopAtBounds
        activeFocusOnTab: true
        keyNavigationEnabled: false
        spacing: Theme.spaceXxs
        currentIndex: placeOf(root.model.section)
        Accessible.role: Accessible.PageTabList
        Accessible.name: qsTr("Topics")
        Keys.onDownPressed: step(1)
        Keys.onUpPressed: step(-1)
        function placeOf(section: string): int {
            for (let i = 0; i < count; ++i)
                if (root.model.sections[i].id === section)
                    return i
            return -1
        }
        function step(by: int) {
            const next = Math.max(0, Math.min(count - 1, currentIndex + by))
            root.model.section = root.model.sections[next].id
        }
        header: Item {
            width: ListView.view.width
            height: heading.implicitHeight + Theme.spaceLg
            HeadingText {
                id: heading
                x: Theme.spaceSm
                text: qsTr("Settings")
                font.pixelSize: Theme.textTitle
            }
        }
        delegate: T.AbstractButton {
            id: topic
            required property int index
            required property var modelData
            readonly property bool current: root.model.section === modelData.id
            objectName: "section:" + modelData.id
            width: ListView.view.width
            implicitHeight: Theme.controlHeight
            text: modelData.title
            focusPolicy: Qt.NoFocus
            Accessible.role: Accessible.PageTab
            Accessible.name: text
            onClicked: root.model.section = modelData.id
            background: Rectangle {
                radius: Theme.radiusMd
                color: topic.current ? Theme.selected : topic.hovered ? Theme.hover : Theme.transparent
                FocusRing { shown: topic.current && nav.activeFocus; cornerRadius: Theme.radiusMd; gap: 0 }
            }
            contentItem: RowLayout {
                spacing: Theme.spaceSm
                Icon {
                    Layout.leftMargin: Theme.spaceSm
                    name: topic.modelData.iconName
                    color: topic.current ? Theme.accent : Theme.textMuted
                }
                LabelText {
                    Layout.fillWidth: true
                    text: topic.text
                    color: topic.current ? Theme.text : Theme.textMuted
                    elide: Text.ElideRight
                }
            }
        }
    }
    PageFrame {
        id: frame
        anchors { top: parent.top; bottom: saveBar.top; left: nav.right; right: parent.right }
        focus: true
        maximumWidth: Theme.unit * 250
        title: root.narrow ? qsTr("Settings") : root.model.sections[Math.max(0, nav.currentIndex)].title
        actions: [
            Select {
                visible: root.narrow
                accessibleName: qsTr("Topics")
                model: root.model.sections
                textRole: "title"
                valueRole: "id"
                currentValue: root.model.section
                onPicked: value => root.model.section = value
            },
            AppButton {
                visible: !root.narrow
                text: qsTr("Open config.yml")
                iconName: "folder2-open"
                kind: AppButton.Ghost
                small: true
                tip: root.model.configFile
                onClicked: root.model.openConfigFolder()
            }
        ]

        InlineNotice {
            objectName: "fileProblem"
            visible: root.model.fileProblem !== "" || root.model.problem !== ""
            tone: "danger"
            title: qsTr("config.yml has a mistake; the settings from before are in force")
            text: root.model.problem !== "" ? root.model.problem : root.model.fileProblem
        }
        InlineNotice {
            objectName: "restartNotice"
            visible: root.model.restartText !== ""
            tone: "warning"
            iconName: "arrow-clockwise"
            title: qsTr("The proxy has to start again for: %1").arg(root.model.restartText)
            text: qsTr("Requests that are running may finish first.")
            actionText: qsTr("Restart now")
            onAction: root.model.restart()
        }
        Loader {
            id: part
            Layout.fillWidth: true
            sourceComponent: root.model.ready ? root.parts[root.model.section] ?? proxy : waiting
            onLoaded: frame.scrollToTop()
        }
    }

    Rectangle {
        id: saveBar
        readonly property bool shown: root.model.dirtyCount > 0
        anchors { left: parent.left; right: parent.right; bottom: parent.bottom }
        height: shown ? bar.implicitHeight + 2 * Theme.spaceMd : 0
        visible: shown
        color: Theme.surface

        Separator { anchors { left: parent.left; right: parent.right; top: parent.top } }
        RowLayout {
            id: bar
            anchors { left: parent.left; right: parent.right; verticalCenter: parent.verticalCenter; leftMargin: Theme.spaceXl; rightMargin: Theme.spaceXl }
            spacing: Theme.spaceSm
            Icon {
                visible: root.model.conflict || root.model.saveProblem !== ""
                name: "exclamation-triangle"
                color: Theme.danger
            }
            BodyText {
                objectName: "saveText"
                Layout.fillWidth: true
                wrapMode: Text.WordWrap
                text: root.model.conflict ? qsTr("config.yml was changed by somebody else meanwhile. Nothing was written.")
                    : root.model.saveProblem !== "" ? root.model.saveProblem
                    : qsTr("%n change(s) not saved yet", "", root.model.dirtyCount)
            }
            AppButton {
                objectName: "discardSettings"
                text: root.model.conflict ? qsTr("Take theirs") : qsTr("Discard")
                kind: AppButton.Ghost
                enabled: !root.model.saving
                onClicked: root.model.discard()
            }
            AppButton {
                objectName: "keepMine"
                visible: root.model.conflict
                text: qsTr("Read it again, keep mine")
                onClicked: root.model.keepMine()
            }
            AppButton {
                objectName: "saveSettings"
                visible: !root.model.conflict
                text: qsTr("Save")
                shortcutText: qsTr("Ctrl+S")
                kind: AppButton.Primary
                enabled: root.model.valid
                busy: root.model.saving
                onClicked: root.model.save()
            }
        }
    }
    Shortcut {
        enabled: root.visible && root.model.dirtyCount > 0
        sequences: [StandardKey.Save]
        onActivated: root.model.save()
    }

    Component {
        id: waiting
        Skeleton { implicitHeight: Theme.rowHeight * 6 }
    }
    Component {
        id: proxy
        ColumnLayout {
            spacing: Theme.spaceLg
            SettingsGroup { model: root.model; group: "address"; title: qsTr("Where it listens") }
            Card {
                title: qsTr("Management")
                padding: Theme.spaceXl - Theme.unit
                RowLayout {
                    Layout.fillWidth: true
                    spacing: Theme.spaceMd
                    CaptionBlock {
                        Layout.fillWidth: true
                        text: qsTr("Admin key")
                        description: qsTr("For the management API and for lbp on another machine. Whoever has it can change everything.")
                        weight: Theme.weightMedium
                    }
                    MutedText { text: root.model.adminKey; font.family: Theme.mono }
                    AppButton {
                        objectName: "copyAdminKey"
                        text: qsTr("Copy")
                        iconName: "clipboard"
                        enabled: root.model.adminKey !== ""
                        onClicked: root.model.copyAdminKey()
                    }
                }
            }
            SettingsGroup { model: root.model; group: "clients"; title: qsTr("Clients") }
        }
    }
    Component {
        id: providers
        ColumnLayout {
            spacing: Theme.spaceLg
            SettingsProvidersCard { providers: root.model.providers }
            SettingsGroup { model: root.model; group: "upstream"; title: qsTr("Connections to providers") }
        }
    }
    Component {
        id: budgets
        ColumnLayout {
            spacing: Theme.spaceLg
            SettingsGroup { model: root.model; group: "budgets"; title: qsTr("For keys without a budget of their own") }
            SettingsListCard {
                name: "thresholds"
                list: root.model.thresholds
                title: qsTr("What happens as a budget is used up")
                addText: qsTr("Add a threshold")
                dialogTitle: qsTr("Threshold")
            }
            SettingsGroup { model: root.model; group: "admission"; title: qsTr("When the room gets tight") }
            SettingsGroup { model: root.model; group: "hold"; title: qsTr("Hold and ask") }
        }
    }
    Component {
        id: limits
        ColumnLayout {
            spacing: Theme.spaceLg
            SettingsGroup { model: root.model; group: "limits"; title: qsTr("For each key") }
            SettingsListCard {
                name: "overrides"
                list: root.model.overrides
                title: qsTr("Other limits for some keys")
                addText: qsTr("Add")
                emptyText: qsTr("None: all keys have the limits above, or their own.")
                dialogTitle: qsTr("Limits by key name")
            }
        }
    }
    Component {
        id: models
        ColumnLayout {
            spacing: Theme.spaceLg
            SettingsGroup { model: root.model; group: "downgrade"; title: qsTr("When a budget runs low") }
            SettingsListCard {
                name: "rules"
                list: root.model.rules
                title: qsTr("Which model takes the place of which")
                addText: qsTr("Add a rule")
                emptyText: qsTr("No rules: every request gets the model it asks for.")
                dialogTitle: qsTr("Cheaper model")
            }
            SettingsGroup { model: root.model; group: "pricing"; title: qsTr("Prices") }
        }
    }
    Component { id: cache; SettingsGroup { model: root.model; group: "cache" } }
    Component {
        id: privacy
        SettingsGroup {
            model: root.model
            group: "privacy"
            InlineNotice {
                readonly property bool keeps: root.model.field("logging.bodies").on
                tone: keeps ? "warning" : "ok"
                iconName: "shield-lock"
                title: keeps ? qsTr("Prompts and answers are stored on this machine")
                                                             : qsTr("Prompts and answers pass through and are not kept")
                text: qsTr("When on, the first part of each is stored without keys, beside the ledger, for as long as single requests are kept. Switched off, the file is deleted. The answer cache keeps answers for its own time.")
            }
        }
    }
    Component {
        id: storage
        ColumnLayout {
            spacing: Theme.spaceLg
            Card {
                title: qsTr("Where everything is")
                padding: Theme.spaceXl - Theme.unit
                RowLayout {
                    Layout.fillWidth: true
                    spacing: Theme.spaceMd
                    CopyField { label: qsTr("Data folder"); value: root.model.dataFolder }
                    AppButton {
                        objectName: "openData"
                        Layout.alignment: Qt.AlignBottom
                        text: qsTr("Open")
                        iconName: "folder2-open"
                        onClicked: root.model.openDataFolder()
                    }
                }
            }
            SettingsGroup { model: root.model; group: "storage"; title: qsTr("Keeping") }
            SettingsBackupCard { backup: root.model.backup }
        }
    }
    Component {
        id: program
        ColumnLayout {
            spacing: Theme.spaceLg
            SettingsProgramCard { app: root.app }
            SettingsGroup {
                model: root.model
                group: "alerts"
                title: qsTr("Alerts")
                actions: [
                    AppButton {
                        text: qsTr("Webhook, events, quiet hours")
                        iconName: "bell"
                        small: true
                        onClicked: root.model.openAlerts()
                    }
                ]
            }
        }
    }
    Component {
        id: log
        ColumnLayout {
            spacing: Theme.spaceLg
            SettingsGroup { model: root.model; group: "log" }
            SettingsLogCard { model: root.model }
        }
    }
    Component { id: about; SettingsAboutCard { model: root.model } }
}
