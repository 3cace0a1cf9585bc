// How full a budget is: spent, then what is reserved, with a mark at the warning; the text above says it in words.
import QtQuick
import QtQuick.Layouts
import BudgetProxy.Theme

Item {
    id: root

    property real fraction: 0
    property real reservedFraction: 0
    property real warnAt: 0 ///< 0: no mark, and no change of tone below full
    property string tone: Theme.budgetTone(fraction, warnAt > 0 ? warnAt : 1)
    property string text: "" ///< said to screen readers; shown above the bar if showText
    property string trailingText: ""
    property bool showText: text !== ""
    property bool thin: false

    readonly property real spent: Math.max(0, Math.min(1, fraction))
    readonly property real reserved: Math.max(0, Math.min(1 - spent, reservedFraction))

    Layout.fillWidth: true
    implicitWidth: Theme.unit * 25
    implicitHeight: track.y + track.height
    Accessible.role: Accessible.ProgressBar
    Accessible.name: text
    Accessible.description: trailingText

    RowLayout {
        id: words
        visible: root.showText || root.trailingText !== ""
        anchors.left: parent.left
        anchors.right: parent.right
        spacing: Theme.spaceSm
        MutedText {
            Layout.fillWidth: true
            text: root.showText ? root.text : ""
            Accessible.ignored: true
        }
        MutedText {
            visible: text !== ""
            text: root.trailingText
            color: root.tone === "danger" || root.tone === "warning" ? Theme.tone(root.tone) : Theme.textMuted
            Accessible.ignored: true
        }
    }
    Rectangle {
        id: track
        anchors.left: parent.left
        anchors.right: parent.right
        y: words.visible ? words.implicitHeight + Theme.spaceXs : 0
        height: root.thin ? Theme.spaceXs : Theme.meterHeight
        radius: Theme.radiusFull
        color: Theme.track

        Rectangle { // reserved: behind what is spent, so that the two join
            visible: root.reserved > 0
            height: parent.height
            width: Math.max(height, parent.width * (root.spent + root.reserved))
            x: root.mirrored ? parent.width - width : 0
            radius: Theme.radiusFull
            color: Theme.toneFill(root.tone)
            opacity: Theme.reservedOpacity
        }
        Rectangle {
            visible: root.spent > 0
            height: parent.height
            width: Math.max(height, parent.width * root.spent)
            x: root.mirrored ? parent.width - width : 0
            radius: Theme.radiusFull
            color: Theme.toneFill(root.tone)
        }
        Rectangle {
            visible: root.warnAt > 0 && root.warnAt < 1 && root.spent + root.reserved < root.warnAt - Theme.markClearance
            x: Math.round((root.mirrored ? 1 - root.warnAt : root.warnAt) * parent.width)
            width: Theme.line
            height: parent.height
            color: Theme.textFaint
        }
    }

    readonly property bool mirrored: LayoutMirroring.enabled
}
