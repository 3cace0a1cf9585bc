// A meter as a ring, with room in its middle.
import QtQuick
import BudgetProxy.Theme

Item {
    id: root

    property real fraction: 0
    property real reservedFraction: 0
    property real warnAt: 0
    property string tone: Theme.budgetTone(fraction, warnAt > 0 ? warnAt : 1)
    property string text: "" ///< said to screen readers
    property int size: Theme.ringSize
    property int thickness: Theme.ringThickness
    default property alias content: middle.data

    readonly property color fill: Theme.toneFill(tone)
    readonly property color track: Theme.track
    readonly property color mark: Theme.textFaint

    implicitWidth: size
    implicitHeight: size
    Accessible.role: Accessible.ProgressBar
    Accessible.name: text

    onFractionChanged: ring.requestPaint()
    onReservedFractionChanged: ring.requestPaint()
    onWarnAtChanged: ring.requestPaint()
    onFillChanged: ring.requestPaint()
    onTrackChanged: ring.requestPaint()
    onThicknessChanged: ring.requestPaint()

    Canvas {
        id: ring
        anchors.centerIn: parent
        width: Math.min(root.width, root.height)
        height: width
        onPaint: {
            const context = getContext("2d")
            const middle = width / 2
            const radius = middle - root.thickness / 2
            const top = -Math.PI / 2
            const turn = 2 * Math.PI
            const spent = Math.max(0, Math.min(1, root.fraction))
            const held = Math.max(0, Math.min(1 - spent, root.reservedFraction))
            const arc = (from, to, color, alpha) => {
                context.beginPath()
                context.globalAlpha = alpha
                context.strokeStyle = color
                context.arc(middle, middle, radius, top + from * turn, top + to * turn)
                context.stroke()
            }
            context.reset()
            context.lineWidth = root.thickness
            context.lineCap = "butt"
            arc(0, 1, root.track, 1)
            context.lineCap = "round"
            if (held > 0)
                arc(0, spent + held, root.fill, Theme.reservedOpacity)
            if (spent > 0)
                arc(0, spent, root.fill, 1)
            if (root.warnAt > 0 && root.warnAt < 1 && spent + held < root.warnAt - Theme.markClearance) {
                const half = Theme.line / (turn * radius)
                context.lineCap = "butt"
                arc(root.warnAt - half, root.warnAt + half, root.mark, 1)
            }
        }
    }
    Item {
        id: middle
        anchors.centerIn: parent
        width: ring.width - 2 * root.thickness - Theme.spaceSm
        height: width
    }
}
