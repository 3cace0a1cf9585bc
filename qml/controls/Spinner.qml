// Something is being worked on. Turns only while it can be seen; with less motion it is a still arc.
import QtQuick
import BudgetProxy.Theme

Item {
    id: root

    property int size: Theme.iconMd
    property color color: Theme.textMuted
    property bool running: visible

    implicitWidth: size
    implicitHeight: size
    Accessible.role: Accessible.Animation
    Accessible.name: qsTr("Working…")

    Canvas {
        id: arc
        anchors.fill: parent
        onPaint: {
            const context = getContext("2d")
            const middle = width / 2
            const thick = Math.max(Theme.line, root.size / Theme.spinnerThinness)
            context.reset()
            context.lineWidth = thick
            context.lineCap = "round"
            context.strokeStyle = root.color
            context.globalAlpha = Theme.trackOpacity
            context.beginPath()
            context.arc(middle, middle, middle - thick, 0, 2 * Math.PI)
            context.stroke()
            context.globalAlpha = 1
            context.beginPath()
            context.arc(middle, middle, middle - thick, -Math.PI / 2, 0)
            context.stroke()
        }
        Connections {
            target: root
            function onColorChanged() { arc.requestPaint() }
        }
        RotationAnimation on rotation {
            running: root.running && root.visible && !Theme.reduceMotion
            from: 0
            to: 360
            duration: Theme.durationPulse
            loops: Animation.Infinite
        }
    }
}
