// The shape of what is being loaded. Breathes slowly while it can be seen, or stays still with less motion.
import QtQuick
import BudgetProxy.Theme

Rectangle {
    id: root

    implicitWidth: Theme.unit * 30
    implicitHeight: Theme.textBody
    radius: Theme.radiusSm
    color: Theme.pressed
    Accessible.ignored: true

    SequentialAnimation on opacity {
        running: root.visible && !Theme.reduceMotion
        loops: Animation.Infinite
        NumberAnimation { from: 1; to: Theme.disabledOpacity; duration: Theme.durationPulse; easing.type: Easing.InOutSine }
        NumberAnimation { from: Theme.disabledOpacity; to: 1; duration: Theme.durationPulse; easing.type: Easing.InOutSine }
    }
}
