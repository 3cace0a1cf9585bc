// One line of the tree of budgets: whose, how often it resets, how full it is, and its limit, which is edited in place.
import QtQuick
import QtQuick.Layouts
import QtQuick.Templates as T
import BudgetProxy
import BudgetProxy.Theme
import BudgetProxy.Controls

T.AbstractButton {
    id: root

    required property int index
    required property string line
    required property int depth
    required property string label
    required property string scopeName
    required property string iconName
    required property int childCount
    required property bool expanded
    required property bool first
    required property bool hasBudget
    required property string period
    required property string spent
    required property string reserved
    required property string remaining
    required property string limit
    required property string raised
    required property string source
    required property real fraction
    required property real reservedFraction
    required property string pressure
    required property string resets
    required property string resetsExact
    required property bool canRaise
    required property bool canRemove

    required property BudgetsModel budgets
    required property var marks
    required property bool narrow
    required property bool tight
    property bool current: false
    property bool ringed: false
    readonly property bool editing: hasBudget && budgets.editing === line

    signal chosen
    signal toggleAsked
    signal editEnded
    signal menuAsked(point at)

    implicitHeight: Theme.rowHeight + Theme.spaceMd
    focusPolicy: Qt.NoFocus
    hoverEnabled: true
    leftPadding: Theme.spaceLg
    rightPadding: Theme.spaceLg
    topPadding: 0
    bottomPadding: 0
    Accessible.role: Accessible.TreeItem
    Accessible.name: hasBudget ? qsTr("%1, %2").arg(scopeName).arg(period) : scopeName
    Accessible.description: hasBudget ? qsTr("%1 spent, %2 left of %3").arg(spent).arg(remaining).arg(limit) : childCount > 0 ? expanded ? qsTr("open") : qsTr("closed") : period
    Accessible.selected: current
    onClicked: root.chosen()
    onDoubleClicked: if (root.hasBudget) root.budgets.startEdit(root.line)

    BudgetsColumns { id: columns; narrow: root.narrow; tight: root.tight }

    background: Rectangle {
        color: root.current ? Theme.selected : root.hovered ? Theme.hover : Theme.transparent
        Separator {
            anchors { left: parent.left; right: parent.right; top: parent.top }
            visible: root.first && root.index > 0
        }
        FocusRing { shown: root.ringed; gap: -Theme.focusLine; cornerRadius: Theme.radiusSm }
    }
    contentItem: RowLayout {
        spacing: Theme.spaceMd

        RowLayout {
            Layout.fillWidth: true
            Layout.preferredWidth: columns.nameLeast
            Layout.minimumWidth: columns.nameLeast
            spacing: Theme.spaceXs
            Item { implicitWidth: Math.max(0, root.depth - 1) * Theme.spaceXl }
            IconButton {
                visible: root.depth > 0
                opacity: root.childCount > 0 ? 1 : 0
                enabled: root.childCount > 0
                small: true
                activeFocusOnTab: false
                iconName: root.expanded ? "chevron-down" : "chevron-right"
                text: root.expanded ? qsTr("Close %1").arg(root.scopeName) : qsTr("Open %1").arg(root.scopeName)
                onClicked: root.toggleAsked()
            }
            Icon {
                visible: root.first
                name: root.iconName
                size: Theme.iconSm
                color: root.depth === 0 ? Theme.accent : Theme.textMuted
            }
            LabelText {
                Layout.fillWidth: true
                Layout.leftMargin: Theme.spaceXxs
                text: root.label
                font.weight: root.depth < 2 ? Theme.weightMedium : Theme.weightRegular
                Accessible.ignored: true
            }
            Badge {
                visible: root.first && root.childCount > 0 && !root.expanded
                text: qsTr("%n key(s)", "", root.childCount)
            }
        }
        ColumnLayout {
            Layout.fillWidth: false
            Layout.preferredWidth: columns.period
            Layout.maximumWidth: columns.period
            visible: !root.tight
            spacing: 0
            MutedText {
                Layout.fillWidth: true
                text: root.period
                color: root.hasBudget ? Theme.text : Theme.textFaint
                Accessible.ignored: true
            }
            MutedText {
                id: resetText
                Layout.fillWidth: true
                visible: root.hasBudget
                text: root.resets
                color: Theme.textFaint
                font.pixelSize: Theme.textTiny
                Accessible.ignored: true
                HoverHandler { id: overReset }
                Loader {
                    active: overReset.hovered && root.resetsExact !== ""
                    sourceComponent: Item {
                        AppToolTip { parent: resetText; text: root.resetsExact; visible: overReset.hovered }
                    }
                }
            }
        }
        Item {
            Layout.fillWidth: true
            Layout.preferredWidth: columns.meterLeast
            Layout.minimumWidth: columns.meterLeast
            implicitHeight: Theme.controlHeightSmall
            BudgetsMeter {
                anchors { left: parent.left; right: percent.left; rightMargin: Theme.spaceSm; verticalCenter: parent.verticalCenter }
                visible: root.hasBudget
                thick: true
                fraction: root.fraction
                reservedFraction: root.reservedFraction
                marks: root.marks
                text: root.pressure
            }
            MutedText {
                id: percent
                anchors { right: parent.right; verticalCenter: parent.verticalCenter }
                width: Theme.unit * 10
                visible: root.hasBudget
                horizontalAlignment: Text.AlignRight
                text: root.pressure
                color: root.fraction + root.reservedFraction >= 1 ? Theme.danger : root.marks.length > 0 && root.fraction + root.reservedFraction >= root.marks[0] ? Theme.warning : Theme.textMuted
                Accessible.ignored: true
            }
        }
        MoneyLabel {
            Layout.preferredWidth: columns.amount
            visible: !root.narrow
            text: root.spent
            Accessible.ignored: true
        }
        MoneyLabel {
            Layout.preferredWidth: columns.amount
            visible: !root.narrow
            text: root.hasBudget && root.reserved === "" ? qsTr("–") : root.reserved
            color: root.reserved === "" ? Theme.textFaint : Theme.text
            Accessible.ignored: true
        }
        MoneyLabel {
            Layout.preferredWidth: columns.amount
            text: root.remaining
            tone: root.hasBudget && root.fraction + root.reservedFraction >= 1 ? "danger" : ""
            Accessible.ignored: true
        }
        Item {
            Layout.preferredWidth: columns.limit
            implicitHeight: Theme.controlHeight

            T.AbstractButton {
                id: value
                anchors.fill: parent
                visible: root.hasBudget && !root.editing
                focusPolicy: Qt.NoFocus
                hoverEnabled: true
                Accessible.name: qsTr("Change the limit of %1").arg(root.limit)
                onClicked: {
                    root.chosen()
                    root.budgets.startEdit(root.line)
                }
                background: Rectangle {
                    radius: Theme.radiusMd
                    color: Theme.transparent
                    border.width: value.hovered ? Theme.line : 0
                    border.color: Theme.borderControl
                }
                contentItem: Item {
                    MoneyLabel {
                        id: amount
                        anchors { right: parent.right; rightMargin: Theme.spaceSm; left: parent.left }
                        y: note.visible ? 0 : Math.round((parent.height - height) / 2)
                        text: root.limit
                        strong: true
                        Accessible.ignored: true
                    }
                    MutedText {
                        id: note
                        anchors { right: parent.right; rightMargin: Theme.spaceSm; left: parent.left; bottom: parent.bottom }
                        visible: text !== ""
                        horizontalAlignment: Text.AlignRight
                        text: root.raised !== "" ? root.raised : root.source
                        color: root.raised !== "" ? Theme.info : Theme.textFaint
                        font.pixelSize: Theme.textTiny
                        Accessible.ignored: true
                    }
                }
            }
            Loader {
                anchors.fill: parent
                active: root.editing
                sourceComponent: BudgetsLimitField {
                    budgets: root.budgets
                    onEnded: root.editEnded()
                }
            }
        }
        RowLayout {
            Layout.fillWidth: false
            Layout.preferredWidth: columns.actions
            Layout.maximumWidth: columns.actions
            spacing: 0
            Item { Layout.fillWidth: true }
            IconButton {
                visible: root.canRaise && (root.hovered || root.current)
                small: true
                activeFocusOnTab: false
                iconName: "arrow-up"
                text: qsTr("Raise for now")
                onClicked: root.budgets.askRaise(root.line)
            }
            IconButton {
                visible: !root.hasBudget && root.period !== ""
                small: true
                activeFocusOnTab: false
                iconName: "plus-lg"
                text: qsTr("Add a limit for %1").arg(root.scopeName)
                onClicked: root.budgets.add(root.line)
            }
            IconButton {
                id: more
                visible: root.hasBudget
                small: true
                activeFocusOnTab: false
                iconName: "three-dots"
                text: qsTr("Actions for %1").arg(root.scopeName)
                onClicked: root.menuAsked(more.mapToItem(root, 0, more.height))
            }
        }
    }
    TapHandler {
        acceptedButtons: Qt.RightButton
        onTapped: eventPoint => root.menuAsked(eventPoint.position)
    }
}
