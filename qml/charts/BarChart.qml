// Amounts side by side as bars, longest first: name, bar, amount and share in a row. Fractions are of the longest bar and for drawing
// only. Arrow keys move between the rows, Return or a click opens what is behind one.
import QtQuick
import QtCharts
import BudgetProxy.Theme
import BudgetProxy.Controls

FocusScope {
    id: root

    property alias model: list.model ///< with the roles label, cost, share, detail
    property list<real> fractions ///< of the model's rows
    property bool hasRest: false ///< the last row is what has no bar of its own
    property string title: ""
    property color color: Theme.accentFill
    property int rowHeight: Theme.controlHeight
    readonly property alias currentIndex: list.currentIndex
    readonly property alias listView: list
    readonly property BarSet barSet: ownBars
    readonly property int shownIndex: list.hoveredIndex >= 0 ? list.hoveredIndex : list.activeFocus ? list.currentIndex : -1

    signal activated(int row)

    readonly property real nameWidth: Math.round(Math.min(Theme.unit * 44, width * 0.3))
    readonly property real costWidth: Theme.unit * 18
    readonly property real shareWidth: Theme.unit * 11
    readonly property real barsX: nameWidth + Theme.spaceSm + Theme.spaceMd
    readonly property real barsWidth: Math.max(Theme.unit, width - barsX - costWidth - shareWidth - Theme.spaceSm)
    readonly property real thinnest: 0.006 ///< of what is more than nothing, so that it can be seen

    function fill(bars: BarSet, values: var) {
        if (bars.count !== values.length) {
            bars.values = values
            return
        }
        for (let i = 0; i < values.length; ++i) {
            if (bars.at(i) !== values[i])
                bars.replace(i, values[i])
        }
    }
    function refill() {
        const own = []
        const others = []
        for (let i = fractions.length - 1; i >= 0; --i) { // an axis counts from below
            const value = fractions[i] > 0 ? Math.max(fractions[i], thinnest) : 0
            const isRest = hasRest && i === fractions.length - 1
            own.push(isRest ? 0 : value)
            others.push(isRest ? value : 0)
        }
        if (rows.count !== own.length) {
            rows.count = own.length
            rows.categories = own.map((value, i) => i.toString())
        }
        fill(ownBars, own)
        fill(restBars, others)
    }

    implicitWidth: Theme.panelWidth
    implicitHeight: list.count * rowHeight
    onFractionsChanged: refill()
    onHasRestChanged: refill()

    Rectangle {
        visible: root.shownIndex >= 0
        y: root.shownIndex * root.rowHeight
        width: parent.width
        height: root.rowHeight
        radius: Theme.radiusSm
        color: Theme.hover
    }
    PlainChart {
        x: root.barsX
        width: root.barsWidth
        height: Math.max(Theme.unit, root.fractions.length * root.rowHeight)
        visible: root.fractions.length > 0
        plotArea: Qt.rect(0, 0, width, height)

        HorizontalStackedBarSeries {
            barWidth: 0.4
            axisX: ValuesAxis {
                min: 0
                max: 1
                visible: false
            }
            axisY: BarCategoryAxis {
                id: rows
                property int count: 0
                visible: false
            }
            BarSet {
                id: ownBars
                color: root.color
                borderWidth: 0
                borderColor: Theme.transparent
            }
            BarSet {
                id: restBars
                color: Theme.seriesMuted
                borderWidth: 0
                borderColor: Theme.transparent
            }
        }
    }
    ListView {
        id: list

        property int hoveredIndex: -1

        anchors.fill: parent
        focus: true
        activeFocusOnTab: count > 0
        interactive: false
        keyNavigationEnabled: true
        currentIndex: 0
        highlight: null
        reuseItems: true
        Accessible.role: Accessible.List
        Accessible.name: root.title
        Keys.onPressed: event => {
            switch (event.key) {
            case Qt.Key_Home: currentIndex = 0; break
            case Qt.Key_End: currentIndex = count - 1; break
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

        delegate: Item {
            id: row
            required property int index
            required property string label
            required property string cost
            required property string share
            required property string detail

            width: ListView.view ? ListView.view.width : 0
            height: root.rowHeight
            Accessible.role: Accessible.ListItem
            Accessible.name: qsTr("%1: %2").arg(label).arg(cost)
            Accessible.description: share === "" ? detail : qsTr("%1, %2").arg(share).arg(detail)
            Accessible.focusable: true
            Accessible.onPressAction: root.activated(index)

            Text {
                x: Theme.spaceSm
                width: root.nameWidth
                anchors.verticalCenter: parent.verticalCenter
                text: row.label
                textFormat: Text.PlainText
                elide: Text.ElideMiddle
                color: Theme.text
                font.family: Theme.font
                font.pixelSize: Theme.textBody
                Accessible.ignored: true
            }
            Text {
                anchors.right: parent.right
                anchors.rightMargin: root.shareWidth + Theme.spaceSm
                anchors.verticalCenter: parent.verticalCenter
                width: root.costWidth
                horizontalAlignment: Text.AlignRight
                text: row.cost
                textFormat: Text.PlainText
                elide: Text.ElideRight
                color: Theme.text
                font.family: Theme.font
                font.pixelSize: Theme.textBody
                font.weight: Theme.weightMedium
                Accessible.ignored: true
            }
            Text {
                anchors.right: parent.right
                anchors.rightMargin: Theme.spaceSm
                anchors.verticalCenter: parent.verticalCenter
                width: root.shareWidth
                horizontalAlignment: Text.AlignRight
                text: row.share
                textFormat: Text.PlainText
                color: Theme.textMuted
                font.family: Theme.font
                font.pixelSize: Theme.textSmall
                Accessible.ignored: true
            }
            HoverHandler {
                cursorShape: Qt.PointingHandCursor
                onHoveredChanged: {
                    if (hovered)
                        list.hoveredIndex = row.index
                    else if (list.hoveredIndex === row.index)
                        list.hoveredIndex = -1
                }
            }
            TapHandler {
                onTapped: {
                    list.currentIndex = row.index
                    list.forceActiveFocus(Qt.MouseFocusReason)
                    root.activated(row.index)
                }
            }
            FocusRing {
                shown: list.activeFocus && list.currentIndex === row.index && list.hoveredIndex < 0
                gap: -Theme.focusLine
                cornerRadius: Theme.radiusSm
            }
            ChartTip {
                visible: root.shownIndex === row.index
                readonly property real end: root.barsX + root.barsWidth * Math.max(0, root.fractions[row.index] ?? 0)
                x: Math.max(0, Math.min(row.width - width, end - width / 2))
                y: row.height
                title: row.label
                text: row.share === "" ? row.cost : qsTr("%1 (%2)", "amount and its share").arg(row.cost).arg(row.share)
                detail: row.detail
            }
            z: root.shownIndex === index ? 1 : 0
        }
    }
}
