// How full a budget is: what is spent, behind it what is reserved, hatched because it may still come back, and a mark at each
// threshold.
import QtQuick
import BudgetProxy.Theme

Item {
    id: root

    property real fraction: 0
    property real reservedFraction: 0
    property var marks: [] ///< thresholds below the limit, smallest first
    property string text: "" ///< for screen readers
    property bool thick: false

    readonly property real spent: Math.max(0, Math.min(1, fraction))
    readonly property real reserved: Math.max(0, Math.min(1 - spent, reservedFraction))
    readonly property string tone: Theme.budgetTone(fraction, marks.length > 0 ? marks[0] : 1)
    readonly property bool mirrored: LayoutMirroring.enabled

    implicitWidth: Theme.unit * 25
    implicitHeight: thick ? Theme.meterHeight + Theme.spaceXxs : Theme.meterHeight
    Accessible.role: Accessible.ProgressBar
    Accessible.name: text

    Rectangle {
        anchors.fill: parent
        radius: Theme.radiusFull
        color: Theme.track
    }
    Rectangle {
        visible: root.spent > 0
        x: root.mirrored ? root.width - width : 0
        width: Math.max(height, root.width * root.spent)
        height: root.height
        radius: Theme.radiusFull
        color: Theme.toneFill(root.tone)
    }
    Item {
        id: hatched
        visible: root.reserved > 0
        readonly property real from: root.width * root.spent
        x: root.mirrored ? root.width - from - width : from
        width: Math.max(Theme.unit, root.width * root.reserved)
        height: root.height
        clip: true

        Rectangle {
            anchors.fill: parent
            color: Theme.toneFill(root.tone)
            opacity: Theme.trackOpacity
        }
        Repeater {
            model: hatched.visible ? Math.ceil((hatched.width + hatched.height) / Theme.unit) : 0
            Rectangle {
                required property int index
                x: index * Theme.unit - hatched.height / 2
                y: -hatched.height / 2
                width: Theme.line + Theme.line / 2
                height: hatched.height * 2
                rotation: 35
                antialiasing: true
                color: Theme.toneFill(root.tone)
            }
        }
    }
    Repeater {
        model: root.marks
        Rectangle {
            required property real modelData
            x: Math.round((root.mirrored ? 1 - modelData : modelData) * root.width)
            width: Theme.line
            height: root.height
            color: root.spent > modelData ? Theme.surface : Theme.textFaint
        }
    }
}
