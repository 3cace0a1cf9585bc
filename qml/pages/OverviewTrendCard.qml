// Cost over time. The chart is loaded once there is something to draw: after the window has been painted.
import QtQuick
import QtQuick.Layouts
import BudgetProxy
import BudgetProxy.Theme
import BudgetProxy.Controls

Card {
    id: root

    required property OverviewModel model
    readonly property bool empty: model.spent.known && model.trend.empty

    component Key: RowLayout {
        id: key
        required property string text
        required property color color
        property bool dashed: false
        Layout.preferredHeight: Theme.controlHeightSmall // in line with buttons of other cards
        spacing: Theme.spaceXs + Theme.spaceXxs
        Row {
            spacing: Theme.spaceXxs
            Repeater {
                model: key.dashed ? 3 : 1
                Rectangle {
                    required property int index
                    width: key.dashed ? Theme.spaceXs : Theme.spaceLg
                    height: Theme.focusLine
                    color: key.color
                }
            }
        }
        MutedText { text: key.text }
    }

    title: qsTr("Cost over time")
    fillContent: true
    actions: [
        Key {
            visible: !root.empty
            text: qsTr("This time")
            color: Theme.accent
        },
        Item {
            visible: !root.empty
            implicitWidth: Theme.spaceXs
        },
        Key {
            visible: !root.empty
            text: qsTr("The time before")
            color: Theme.textFaint
            dashed: true
        }
    ]

    Item {
        Layout.fillWidth: true
        Layout.fillHeight: true
        implicitHeight: Theme.unit * 56

        Loader {
            id: chart
            anchors.fill: parent
            asynchronous: true
            visible: status === Loader.Ready && !root.empty
            function load() {
                if (root.model.ready && status === Loader.Null)
                    setSource(Qt.resolvedUrl("OverviewTrendChart.qml"), { model: root.model })
            }
            Component.onCompleted: load()
            Connections {
                target: root.model
                function onReadyChanged() { chart.load() }
            }
        }
        Skeleton {
            anchors.fill: parent
            visible: chart.status !== Loader.Ready && !root.empty
            color: Theme.surfaceSunken
        }
        EmptyState {
            anchors.centerIn: parent
            width: parent.width
            visible: root.empty
            iconName: "graph-up"
            title: qsTr("Nothing was spent in this time")
            text: qsTr("Choose another time above, or send a request.")
        }
    }
}
