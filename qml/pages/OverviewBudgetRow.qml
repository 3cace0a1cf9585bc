// One budget in a line: whose, how much of it, and a bar.
import QtQuick
import QtQuick.Layouts
import BudgetProxy.Theme
import BudgetProxy.Controls

Item {
    id: root

    required property int index
    required property string name
    required property string period
    required property string spent
    required property string limit
    required property string reserved
    required property string remaining
    required property string reset
    required property string percent
    required property real fraction
    required property real reservedFraction
    property real warnAt: 1
    property bool chosen: false
    property bool ringed: false
    readonly property string tone: Theme.budgetTone(fraction, warnAt)

    signal tapped

    implicitHeight: lines.implicitHeight + 2 * Theme.spaceSm
    Accessible.role: Accessible.ListItem
    Accessible.name: qsTr("%1, %2: %3 of %4").arg(name).arg(period).arg(spent).arg(limit)
    Accessible.description: reset
    Accessible.focusable: true
    Accessible.selected: chosen

    Rectangle {
        anchors.fill: parent
        anchors.leftMargin: -Theme.spaceSm
        anchors.rightMargin: -Theme.spaceSm
        radius: Theme.radiusMd
        color: root.chosen ? Theme.selected : hover.hovered ? Theme.hover : Theme.transparent
        FocusRing { shown: root.ringed; gap: -Theme.focusLine }
    }
    ColumnLayout {
        id: lines
        anchors.verticalCenter: parent.verticalCenter
        width: parent.width
        spacing: Theme.spaceXs

        RowLayout {
            spacing: Theme.spaceSm
            LabelText {
                Layout.fillWidth: true
                text: qsTr("%1 · %2", "whose budget, period").arg(root.name).arg(root.period)
                Accessible.ignored: true
            }
            MutedText {
                text: qsTr("%1 of %2", "spent and limit").arg(root.spent).arg(root.limit)
                color: root.tone === "accent" ? Theme.textMuted : Theme.tone(root.tone)
                Accessible.ignored: true
            }
        }
        Meter {
            fraction: root.fraction
            reservedFraction: root.reservedFraction
            warnAt: root.warnAt
            thin: true
        }
    }
    HoverHandler { id: hover }
    TapHandler { onTapped: root.tapped() }
}
