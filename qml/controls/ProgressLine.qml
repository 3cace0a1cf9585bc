// How far something is; indeterminate where nobody knows.
import QtQuick
import QtQuick.Layouts
import QtQuick.Templates as T
import BudgetProxy.Theme

T.ProgressBar {
    id: root

    property real fraction: 0
    property string tone: "accent"
    property string label: ""

    implicitWidth: Theme.fieldWidth
    implicitHeight: Theme.spaceXs
    Layout.fillWidth: true
    value: fraction
    Accessible.name: label

    background: Rectangle {
        radius: Theme.radiusFull
        color: Theme.pressed
    }
    contentItem: Item {
        clip: true

        Rectangle {
            id: bar
            readonly property real part: root.indeterminate ? 1 / 3 : root.visualPosition
            width: parent.width * part
            height: parent.height
            radius: Theme.radiusFull
            color: Theme.toneFill(root.tone)
            x: root.mirrored && !root.indeterminate ? parent.width - width : 0

            NumberAnimation on x {
                running: root.indeterminate && root.visible && !Theme.reduceMotion
                from: -bar.width
                to: root.width
                duration: Theme.durationPulse
                loops: Animation.Infinite
            }
        }
    }
}
