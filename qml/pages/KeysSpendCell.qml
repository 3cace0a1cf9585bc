// What a key has spent in a period against its budget: amounts above, a meter below.
import QtQuick
import QtQuick.Layouts
import BudgetProxy.Theme
import BudgetProxy.Controls

Item {
    id: root

    property string spent: ""
    property string limit: ""
    property real fraction: 0
    property real reservedFraction: 0
    property var marks: []
    property string tip: ""

    implicitHeight: words.implicitHeight + Theme.spaceXs + meter.implicitHeight

    RowLayout {
        id: words
        anchors { left: parent.left; right: parent.right }
        spacing: Theme.spaceXs
        LabelText {
            text: root.spent
            font.pixelSize: Theme.textSmall
            color: root.limit === "" ? Theme.textMuted : meter.tone === "accent" ? Theme.text : Theme.tone(meter.tone)
        }
        MutedText {
            Layout.fillWidth: true
            text: root.limit
        }
    }
    BudgetsMeter {
        id: meter
        visible: root.limit !== ""
        anchors { left: parent.left; right: parent.right; bottom: parent.bottom }
        fraction: root.fraction
        reservedFraction: root.reservedFraction
        marks: root.marks
        text: qsTr("%1 %2").arg(root.spent).arg(root.limit)
    }
    HoverHandler { id: hover }
    Loader {
        active: hover.hovered && root.tip !== ""
        sourceComponent: Item {
            AppToolTip {
                parent: root
                text: root.tip
                visible: hover.hovered
            }
        }
    }
}
