// The chosen range in six numbers.
import QtQuick
import QtQuick.Layouts
import BudgetProxy
import BudgetProxy.Theme
import BudgetProxy.Controls

Card {
    id: root

    required property OverviewModel model
    property bool wide: true

    component Figure: Item {
        id: one
        required property string label
        required property overviewFigure figure
        Layout.fillWidth: true
        Layout.preferredWidth: Theme.unit * 30
        implicitWidth: Theme.unit * 30
        implicitHeight: lines.implicitHeight
        Accessible.role: Accessible.StaticText
        Accessible.name: qsTr("%1: %2").arg(label).arg(figure.value)
        Accessible.description: figure.caption

        ColumnLayout {
            id: lines
            width: parent.width
            spacing: Theme.spaceXxs
            MutedText {
                Layout.fillWidth: true
                text: one.label
                Accessible.ignored: true
            }
            Text {
                Layout.fillWidth: true
                visible: one.figure.known
                text: one.figure.value
                textFormat: Text.PlainText
                elide: Text.ElideRight
                color: Theme.text
                font.family: Theme.font
                font.pixelSize: Theme.textTitle - Theme.unit / 2
                font.weight: Theme.weightMedium
                Accessible.ignored: true
            }
            Skeleton {
                visible: !one.figure.known
                Layout.preferredWidth: Theme.unit * 16
                Layout.preferredHeight: Theme.textTitle
            }
            MutedText {
                Layout.fillWidth: true
                text: one.figure.caption
                color: one.figure.tone === "neutral" ? Theme.textFaint : Theme.tone(one.figure.tone)
                Accessible.ignored: true
            }
        }
        HoverHandler { id: hover }
        Loader {
            active: hover.hovered && one.figure.tip !== ""
            anchors.fill: parent
            sourceComponent: Item {
                AppToolTip {
                    parent: one
                    text: one.figure.tip
                    visible: true
                }
            }
        }
    }

    title: root.model.rangeText
    actions: [
        AppButton {
            visible: root.model.spent.tone === "warning"
            kind: AppButton.Ghost
            small: true
            iconName: "tags"
            text: qsTr("Add prices")
            onClicked: root.model.openPrices()
        }
    ]

    GridLayout {
        Layout.fillWidth: true
        columns: root.wide ? 6 : 3
        columnSpacing: Theme.spaceLg
        rowSpacing: Theme.spaceLg

        Figure { label: qsTr("Spent"); figure: root.model.spent }
        Figure { label: qsTr("Requests"); figure: root.model.requests }
        Figure { label: qsTr("Tokens"); figure: root.model.tokens }
        Figure { label: qsTr("Saved by cache"); figure: root.model.saved }
        Figure { label: qsTr("Latency, median"); figure: root.model.latency }
        Figure { label: qsTr("First token, median"); figure: root.model.ttft }
    }
}
