// What the request was: names and ids, each of which can be copied or filtered by.
import QtQuick
import QtQuick.Layouts
import BudgetProxy
import BudgetProxy.Theme
import BudgetProxy.Controls

RequestsSection {
    id: root

    required property RequestDetail detail

    signal filterAsked(string field, string value)

    title: qsTr("Request")

    Repeater {
        model: root.detail.facts
        delegate: RowLayout {
            id: fact
            required property var modelData
            Layout.fillWidth: true
            Layout.minimumHeight: Theme.controlHeightSmall - Theme.spaceXxs
            spacing: Theme.spaceSm

            MutedText {
                Layout.fillWidth: false
                Layout.preferredWidth: Theme.unit * 26
                text: fact.modelData.label
            }
            BodyText {
                Layout.fillWidth: true
                wrapMode: Text.NoWrap
                text: fact.modelData.value
                mono: fact.modelData.mono
                font.pixelSize: fact.modelData.mono ? Theme.textSmall : Theme.textBody
                TruncationTip { target: parent as Text }
            }
            IconButton {
                visible: fact.modelData.field !== ""
                small: true
                iconName: "funnel"
                text: qsTr("Only %1").arg(fact.modelData.value)
                onClicked: root.filterAsked(fact.modelData.field, fact.modelData.value)
            }
            CopyButton {
                visible: fact.modelData.mono
                small: true
                value: fact.modelData.value
            }
        }
    }
}
