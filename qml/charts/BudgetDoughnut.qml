// One budget as a ring: spent, reserved, left. Its middle says the share of the limit, or the part that the pointer or the arrow keys
// are on.
import QtQuick
import QtCharts
import BudgetProxy.Theme
import BudgetProxy.Controls

FocusScope {
    id: root

    property string title: ""
    property real fraction: 0 ///< spent of the limit
    property real reservedFraction: 0
    property string tone: "accent"
    property string percentText: ""
    property string caption: "" ///< below the percentage
    property string spentText: ""
    property string reservedText: "" ///< empty: nothing
    property string leftText: ""
    property int currentIndex: -1
    readonly property int shownIndex: hoveredIndex >= 0 ? hoveredIndex : activeFocus ? currentIndex : -1
    readonly property var names: [qsTr("spent"), qsTr("reserved"), qsTr("left")]
    readonly property var amounts: [spentText, reservedText, leftText]

    readonly property PieSeries pieSeries: parts
    property int hoveredIndex: -1
    readonly property real spentPart: Math.max(0, Math.min(1, fraction))
    readonly property real reservedPart: Math.max(0, Math.min(1 - spentPart, reservedFraction))

    function step(by: int) {
        let next = currentIndex
        do {
            next = (next + by + names.length) % names.length
        } while (amounts[next] === "")
        currentIndex = next
    }

    implicitWidth: Theme.ringSize + Theme.spaceLg
    implicitHeight: implicitWidth
    activeFocusOnTab: true
    Accessible.role: Accessible.Chart
    Accessible.focusable: true
    Accessible.name: shownIndex >= 0 && activeFocus ? qsTr("%1 %2").arg(amounts[shownIndex]).arg(names[shownIndex]) : title
    Accessible.description: qsTr("%1: %2 spent, %3 left").arg(percentText).arg(spentText).arg(leftText)
    onActiveFocusChanged: if (activeFocus && currentIndex < 0) currentIndex = 0
    Keys.onLeftPressed: step(-1)
    Keys.onRightPressed: step(1)

    PlainChart {
        id: chart
        readonly property real side: Math.min(root.width, root.height)
        anchors.centerIn: parent
        width: side
        height: side
        plotArea: Qt.rect(0, 0, side, side)

        PieSeries {
            id: parts
            size: 0.92
            holeSize: 0.74
            PieSlice {
                value: root.spentPart
                color: Theme.toneFill(root.tone)
                borderWidth: 0
                borderColor: Theme.transparent
                exploded: root.shownIndex === 0
                explodeDistanceFactor: 0.05
                onHovered: state => root.hoveredIndex = state ? 0 : -1
            }
            PieSlice {
                value: root.reservedPart
                color: Qt.alpha(Theme.toneFill(root.tone), Theme.reservedOpacity)
                borderWidth: 0
                borderColor: Theme.transparent
                exploded: root.shownIndex === 1
                explodeDistanceFactor: 0.05
                onHovered: state => root.hoveredIndex = state ? 1 : -1
            }
            PieSlice {
                value: Math.max(0, 1 - root.spentPart - root.reservedPart)
                color: Theme.track
                borderWidth: 0
                borderColor: Theme.transparent
                exploded: root.shownIndex === 2
                explodeDistanceFactor: 0.05
                onHovered: state => root.hoveredIndex = state ? 2 : -1
            }
        }
    }
    Column {
        anchors.centerIn: parent
        width: chart.side * 0.62
        spacing: Theme.spaceXxs

        Text {
            width: parent.width
            horizontalAlignment: Text.AlignHCenter
            text: root.shownIndex >= 0 ? root.amounts[root.shownIndex] : root.percentText
            textFormat: Text.PlainText
            fontSizeMode: Text.HorizontalFit
            minimumPixelSize: Theme.textTiny
            color: Theme.text
            font.family: Theme.font
            font.pixelSize: Theme.textTitle
            font.weight: Theme.weightMedium
            Accessible.ignored: true
        }
        Text {
            width: parent.width
            horizontalAlignment: Text.AlignHCenter
            text: root.shownIndex >= 0 ? root.names[root.shownIndex] : root.caption
            textFormat: Text.PlainText
            elide: Text.ElideRight
            color: Theme.textMuted
            font.family: Theme.font
            font.pixelSize: Theme.textSmall
            Accessible.ignored: true
        }
    }
    FocusRing {
        shown: root.activeFocus
        cornerRadius: Theme.radiusFull
        gap: Theme.spaceXxs
    }
}
