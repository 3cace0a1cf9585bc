// What the parts of a meter mean.
import QtQuick
import QtQuick.Layouts
import BudgetProxy.Theme
import BudgetProxy.Controls

RowLayout {
    id: root

    spacing: Theme.spaceLg

    component Entry: RowLayout {
        id: entry
        property string text: ""
        property real spent: 0
        property real reserved: 0
        property var marks: []
        spacing: Theme.spaceSm
        BudgetsMeter {
            Layout.preferredWidth: Theme.spaceXl
            Layout.alignment: Qt.AlignVCenter
            fraction: entry.spent
            reservedFraction: entry.reserved
            marks: entry.marks
            Accessible.ignored: true
        }
        MutedText { text: entry.text }
    }
    Entry { text: qsTr("spent"); spent: 0.99 }
    Entry { text: qsTr("reserved by running requests"); reserved: 1 }
    Entry { text: qsTr("threshold"); marks: [0.5] }
}
