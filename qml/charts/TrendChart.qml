// Amounts over time as a line, with the period before as a dashed one behind it. Values are fractions of the top of the scale and for
// drawing only: every amount that can be read is a ready-made text. The pointer and the arrow keys move along the points.
import QtQuick
import QtCharts
import BudgetProxy.Theme
import BudgetProxy.Controls

FocusScope {
    id: root

    property list<real> values ///< up to the present; may end before count
    property list<real> previous
    property int count: 0 ///< points that the width is shared by
    property var amountTicks: [] ///< of { at: fraction, text }
    property var timeTicks: [] ///< of { at: index, text }
    property string title: ""
    property string summary: "" ///< all of it in words
    // About the point at shownIndex.
    property string pointTitle: ""
    property string pointText: ""
    property string pointDetail: ""
    property string pointBefore: ""

    property int currentIndex: -1 ///< by keyboard
    readonly property int shownIndex: pointer.index >= 0 ? pointer.index : activeFocus ? currentIndex : -1
    readonly property alias plot: plotArea
    readonly property LineSeries currentSeries: line
    readonly property LineSeries previousSeries: before

    signal activated(int index)

    function xOf(index: int): real {
        return plotArea.x + (count > 1 ? index / (count - 1) * plotArea.width : 0)
    }
    function yOf(value: real): real {
        return plotArea.y + (1 - value) * plotArea.height
    }
    /// Changes what differs and nothing else: a live chart gets one new value at a time.
    function fill(series: LineSeries, points: var) {
        const shared = Math.min(series.count, points.length)
        if (series.count > points.length)
            series.removePoints(points.length, series.count - points.length)
        for (let i = 0; i < shared; ++i) {
            if (series.at(i).y !== points[i])
                series.replace(i, i, points[i])
        }
        for (let i = shared; i < points.length; ++i)
            series.append(i, points[i])
    }
    function move(to: int) {
        currentIndex = Math.max(0, Math.min(count - 1, to))
    }

    implicitWidth: Theme.panelWidth
    implicitHeight: Theme.unit * 50
    activeFocusOnTab: true
    Accessible.role: Accessible.Chart
    Accessible.focusable: true
    Accessible.name: shownIndex >= 0 && activeFocus ? qsTr("%1: %2").arg(pointTitle).arg(pointText) : title
    Accessible.description: shownIndex < 0 || !activeFocus ? summary
        : pointBefore === "" ? pointDetail : pointDetail === "" ? pointBefore : qsTr("%1, %2").arg(pointDetail).arg(pointBefore)

    onValuesChanged: {
        fill(line, values)
        fill(ground, values)
    }
    onPreviousChanged: fill(before, previous)
    onCountChanged: if (currentIndex >= count) currentIndex = count - 1
    onActiveFocusChanged: if (activeFocus && currentIndex < 0) move(values.length - 1)
    Keys.onPressed: event => {
        const forth = LayoutMirroring.enabled ? -1 : 1
        switch (event.key) {
        case Qt.Key_Left: move(currentIndex - forth); break
        case Qt.Key_Right: move(currentIndex + forth); break
        case Qt.Key_Home: move(0); break
        case Qt.Key_End: move(count - 1); break
        case Qt.Key_Return:
        case Qt.Key_Enter:
        case Qt.Key_Space:
            if (event.isAutoRepeat || currentIndex < 0)
                return
            root.activated(currentIndex)
            break
        default:
            return
        }
        event.accepted = true
    }

    // What the labels need is measured on a copy of them that is not seen.
    component Label: Text {
        textFormat: Text.PlainText
        color: Theme.textFaint
        font.family: Theme.font
        font.pixelSize: Theme.textTiny
        Accessible.ignored: true
    }
    Column {
        id: amountRuler
        opacity: 0
        Repeater {
            model: root.amountTicks
            Label {
                required property var modelData
                text: modelData.text
            }
        }
    }
    Column {
        id: timeRuler
        opacity: 0
        Repeater {
            model: root.timeTicks
            Label {
                required property var modelData
                text: modelData.text
            }
        }
    }
    Item {
        id: plotArea
        x: Math.ceil(amountRuler.width) + Theme.spaceSm
        y: Theme.spaceSm
        width: Math.max(Theme.unit, root.width - x - Theme.spaceSm)
        height: Math.max(Theme.unit, root.height - y - Theme.textTiny - 2 * Theme.spaceSm)
    }
    PlainChart {
        anchors.fill: parent
        plotArea: Qt.rect(plotArea.x, plotArea.y, plotArea.width, plotArea.height)

        ValuesAxis {
            id: timeAxis
            min: 0
            max: Math.max(1, root.count - 1)
            visible: false
        }
        ValuesAxis {
            id: amountAxis
            min: 0
            max: 1
            tickCount: Math.max(2, root.amountTicks.length)
            labelsVisible: false
            lineVisible: false
            minorGridVisible: false
            gridLineColor: Theme.gridLine
        }
        AreaSeries {
            axisX: timeAxis
            axisY: amountAxis
            color: Theme.accentFill
            opacity: Theme.trackOpacity / 2
            borderWidth: 0
            borderColor: Theme.transparent
            upperSeries: LineSeries { id: ground }
        }
        LineSeries {
            id: before
            axisX: timeAxis
            axisY: amountAxis
            color: Theme.textFaint
            style: Qt.DashLine
            width: Theme.line
        }
        LineSeries {
            id: line
            axisX: timeAxis
            axisY: amountAxis
            color: Theme.accent
            width: Theme.focusLine
            capStyle: Qt.RoundCap
        }
    }
    Repeater {
        model: root.amountTicks
        Label {
            required property var modelData
            x: amountRuler.width - width
            y: Math.round(root.yOf(modelData.at) - height / 2)
            text: modelData.text
        }
    }
    Repeater {
        id: times
        readonly property int stride: Math.max(1, Math.ceil(root.timeTicks.length * (timeRuler.width + Theme.spaceMd) / plotArea.width))
        model: root.timeTicks
        Label {
            required property int index
            required property var modelData
            visible: index % times.stride === 0
            x: Math.round(Math.max(0, Math.min(root.width - width, root.xOf(modelData.at) - width / 2)))
            y: plotArea.y + plotArea.height + Theme.spaceSm
            text: modelData.text
        }
    }

    Rectangle { // where the line stands now
        visible: root.values.length > 0
        x: Math.round(root.xOf(root.values.length - 1) - width / 2)
        y: visible ? Math.round(root.yOf(root.values[root.values.length - 1]) - height / 2) : 0
        width: Theme.dotSize
        height: width
        radius: Theme.radiusFull
        color: Theme.accent
    }
    Item { // the point that is looked at
        id: marker
        readonly property bool known: root.shownIndex >= 0 && root.shownIndex < root.values.length
        readonly property real value: known ? root.values[root.shownIndex] : 0
        visible: root.shownIndex >= 0 && root.shownIndex < root.count
        x: Math.round(root.xOf(root.shownIndex))
        y: plotArea.y
        height: plotArea.height

        Rectangle {
            x: -Math.floor(width / 2)
            width: Theme.line
            height: parent.height
            color: Theme.borderHover
        }
        Rectangle {
            visible: root.shownIndex < root.previous.length
            x: -width / 2
            y: visible ? (1 - root.previous[root.shownIndex]) * plotArea.height - height / 2 : 0
            width: Theme.dotSize
            height: width
            radius: Theme.radiusFull
            color: Theme.textFaint
        }
        Rectangle {
            visible: marker.known
            x: -width / 2
            y: (1 - marker.value) * plotArea.height - height / 2
            width: Theme.knob
            height: width
            radius: Theme.radiusFull
            color: Theme.accent
            border.width: Theme.focusLine
            border.color: Theme.surface
        }
    }
    MouseArea {
        id: pointer
        property int index: -1
        x: plotArea.x - Theme.spaceSm
        y: plotArea.y
        width: plotArea.width + 2 * Theme.spaceSm
        height: plotArea.height
        enabled: root.count > 0
        hoverEnabled: true
        cursorShape: Qt.PointingHandCursor
        onPositionChanged: mouse => {
            const at = (mouse.x - Theme.spaceSm) / plotArea.width * Math.max(0, root.count - 1)
            index = Math.max(0, Math.min(root.count - 1, Math.round(at)))
        }
        onExited: index = -1
        onClicked: {
            if (index < 0)
                return
            root.currentIndex = index
            root.forceActiveFocus(Qt.MouseFocusReason)
            root.activated(index)
        }
    }
    ChartTip {
        visible: marker.visible && root.pointTitle !== ""
        readonly property real beside: marker.x + Theme.spaceMd
        x: beside + width <= root.width ? beside : Math.max(0, marker.x - Theme.spaceMd - width)
        y: Math.max(0, Math.min(plotArea.y + plotArea.height - height, plotArea.y + (1 - marker.value) * plotArea.height - height - Theme.spaceSm))
        title: root.pointTitle
        text: root.pointText
        detail: root.pointDetail
        before: root.pointBefore
    }
    FocusRing {
        shown: root.activeFocus && pointer.index < 0
        cornerRadius: Theme.radiusMd
        gap: Theme.spaceXs
    }
}
