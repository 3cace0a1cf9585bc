// How far the export is, and a way to end it.
import QtQuick
import QtQuick.Layouts
import BudgetProxy
import BudgetProxy.Theme
import BudgetProxy.Controls

RowLayout {
    id: root

    required property RequestExport exporter

    objectName: "exportStrip"
    visible: exporter.running
    spacing: Theme.spaceMd

    MutedText { text: qsTr("Exporting") }
    ProgressLine {
        Layout.fillWidth: true
        fraction: Math.max(0, root.exporter.fraction)
        indeterminate: root.exporter.fraction < 0
        label: qsTr("Exporting")
    }
    MutedText { text: root.exporter.progressText }
    AppButton {
        small: true
        text: qsTr("Cancel")
        onClicked: root.exporter.cancel()
    }
}
