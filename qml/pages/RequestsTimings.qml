// How long what took, as bars below each other.
import QtQuick
import QtQuick.Layouts
import BudgetProxy
import BudgetProxy.Theme
import BudgetProxy.Controls

RequestsSection {
    id: root

    required property RequestDetail detail

    title: qsTr("Time")
    note: detail.speedText

    Repeater {
        model: root.detail.timings
        delegate: Item {
            id: line
            required property var modelData
            Layout.fillWidth: true
            implicitHeight: words.implicitHeight + Theme.spaceXs + Theme.meterHeight
            Accessible.role: Accessible.StaticText
            Accessible.name: qsTr("%1: %2").arg(modelData.label).arg(modelData.text)

            RowLayout {
                id: words
                width: parent.width
                MutedText { Layout.fillWidth: true; text: line.modelData.label; Accessible.ignored: true }
                BodyText { wrapMode: Text.NoWrap; text: line.modelData.text; font.pixelSize: Theme.textSmall; Accessible.ignored: true }
            }
            Rectangle {
                anchors.bottom: parent.bottom
                width: parent.width
                height: Theme.spaceXs
                radius: Theme.radiusFull
                color: Theme.track
                Rectangle {
                    x: parent.width * line.modelData.from
                    width: Math.max(height, Math.min(parent.width - x, parent.width * line.modelData.length))
                    height: parent.height
                    radius: Theme.radiusFull
                    color: line.modelData.tone === "neutral" ? Theme.seriesMuted : Theme.toneFill(line.modelData.tone)
                }
            }
        }
    }
}
