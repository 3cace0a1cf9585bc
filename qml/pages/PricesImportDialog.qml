// A price file is compared with the list first; only what is ticked is taken over.
import QtQuick
import QtQuick.Layouts
import QtQuick.Templates as T
import BudgetProxy
import BudgetProxy.Theme
import BudgetProxy.Controls

AppDialog {
    id: root

    required property PriceImporter importer
    /// For the changes, so that they scroll and not the dialog around them.
    readonly property real room: Math.max(Theme.rowHeight * 3, Math.min(Theme.rowHeight * 10, (parent ? parent.height : 0) - Theme.unit * 80))
    readonly property bool looking: importer.compared && importer.count > 0

    objectName: "importDialog"
    iconName: "upload"
    title: qsTr("Import prices")
    text: importer.compared ? importer.summary : qsTr("A file in the form of pricing.yml. You see what it would change before anything is written.")
    dialogWidth: importer.compared ? Theme.unit * 190 : Theme.dialogWidth
    primaryText: importer.compared ? importer.count > 0 ? importer.applyText : "" : qsTr("Compare")
    primaryEnabled: importer.compared ? importer.ticked > 0 : true
    secondaryText: importer.compared && importer.count === 0 ? qsTr("Close") : qsTr("Cancel")
    tertiaryText: importer.compared ? qsTr("Another file") : ""
    busy: importer.busy
    closesOnPrimary: false
    onPrimaryClicked: importer.compared ? root.importer.apply() : root.importer.compare()
    onTertiaryClicked: root.importer.back()
    onRejected: root.importer.cancel()
    Component.onCompleted: open()

    InlineNotice {
        objectName: "importProblem"
        visible: root.importer.problem !== ""
        tone: "danger"
        title: root.importer.compared ? qsTr("The prices were not taken over") : qsTr("This file cannot be used")
        text: root.importer.problem
    }
    FormField {
        visible: !root.importer.compared
        label: qsTr("File")
        error: root.importer.file.error
        RowLayout {
            Layout.fillWidth: true
            spacing: Theme.spaceSm
            AppTextField {
                objectName: "importPath"
                Layout.fillWidth: true
                text: root.importer.file.text
                placeholderText: qsTr("/home/you/pricing.yml")
                hasError: root.importer.file.error !== ""
                onTextEdited: root.importer.file.text = text
                Accessible.name: qsTr("File")
            }
            AppButton {
                iconName: "folder2-open"
                text: qsTr("Browse…")
                onClicked: root.importer.browse()
            }
        }
    }
    InlineNotice {
        objectName: "suspicion"
        visible: root.looking && root.importer.suspicion !== ""
        tone: "danger"
        text: root.importer.suspicion
    }
    Rectangle {
        Layout.fillWidth: true
        visible: root.looking
        implicitHeight: Math.min(changes.contentHeight, root.room) + 2 * Theme.line
        radius: Theme.radiusMd
        color: Theme.surface
        border.width: Theme.line
        border.color: Theme.border

        ListView {
            id: changes
            objectName: "changes"
            anchors.fill: parent
            anchors.margins: Theme.line
            clip: true
            model: root.importer
            reuseItems: true
            cacheBuffer: Theme.rowHeight * 6
            boundsBehavior: Flickable.StopAtBounds
            activeFocusOnTab: true
            currentIndex: -1
            keyNavigationEnabled: true
            highlightMoveDuration: 0
            onActiveFocusChanged: if (activeFocus && currentIndex < 0 && count > 0) currentIndex = 0
            Keys.onSpacePressed: {
                const line = currentItem as T.ItemDelegate
                if (line)
                    line.click()
            }
            T.ScrollBar.vertical: AppScrollBar { }
            Accessible.role: Accessible.List
            Accessible.name: qsTr("Changes")

            delegate: T.ItemDelegate {
                id: line
                required property int index
                required property string modelName
                required property string kind
                required property string tone
                required property string changes
                required property bool ticked
                objectName: "change-" + modelName
                width: ListView.view ? ListView.view.width : 0
                implicitHeight: Math.max(Theme.rowHeight, content.implicitHeight + 2 * Theme.spaceSm)
                focusPolicy: Qt.NoFocus
                activeFocusOnTab: false
                hoverEnabled: true
                padding: 0
                Accessible.role: Accessible.CheckBox
                Accessible.name: modelName
                Accessible.description: qsTr("%1: %2", "kind of change, what changes").arg(kind).arg(changes)
                Accessible.checked: ticked
                onClicked: root.importer.setTicked(index, !ticked)
                contentItem: Item {
                    RowLayout {
                        id: content
                        anchors.left: parent.left
                        anchors.right: parent.right
                        anchors.leftMargin: Theme.spaceMd
                        anchors.rightMargin: Theme.spaceMd
                        anchors.verticalCenter: parent.verticalCenter
                        spacing: Theme.spaceMd
                        Rectangle {
                            Layout.alignment: Qt.AlignTop
                            Layout.topMargin: Theme.line
                            implicitWidth: Theme.checkSize
                            implicitHeight: Theme.checkSize
                            radius: Theme.radiusSm
                            color: line.ticked ? Theme.accentFill : Theme.field
                            border.width: line.ticked ? 0 : Theme.line
                            border.color: Theme.borderControl
                            Icon {
                                anchors.centerIn: parent
                                visible: line.ticked
                                name: "check-lg"
                                color: Theme.textOnAccent
                                size: Theme.checkSize - Theme.spaceXs
                            }
                        }
                        ColumnLayout {
                            Layout.fillWidth: true
                            spacing: Theme.spaceXxs
                            RowLayout {
                                Layout.fillWidth: true
                                spacing: Theme.spaceSm
                                LabelText {
                                    Layout.fillWidth: true
                                    text: line.modelName
                                }
                                Badge {
                                    text: line.kind
                                    tone: line.tone
                                }
                            }
                            MutedText {
                                Layout.fillWidth: true
                                wrapMode: Text.WordWrap
                                text: line.changes
                            }
                        }
                    }
                }
                background: Rectangle {
                    color: line.hovered ? Theme.hover : Theme.transparent
                    Separator { anchors.bottom: parent.bottom; width: parent.width; visible: line.index < changes.count - 1 }
                    FocusRing { shown: line.ListView.isCurrentItem && changes.activeFocus; gap: -Theme.focusLine; cornerRadius: Theme.radiusSm }
                }
            }
        }
    }
    MutedText {
        objectName: "keptText"
        Layout.fillWidth: true
        visible: root.looking
        wrapMode: Text.Wrap
        text: root.importer.keptText
    }
}
