// Where the list goes, and as what.
import QtQuick
import QtQuick.Layouts
import BudgetProxy
import BudgetProxy.Theme
import BudgetProxy.Controls

AppDialog {
    id: root

    required property RequestExport exporter
    required property RequestListModel list
    property bool tried: false
    readonly property string problem: exporter.problemOf(path.text)

    function start(format: int) {
        tried = false
        kind.currentIndex = format
        path.text = exporter.suggestedPath(format)
        open()
    }

    objectName: "exportDialog"
    iconName: "download"
    title: qsTr("Export requests")
    text: list.countText === "" ? "" : qsTr("Everything that the present filter finds: %1.").arg(list.countText)
    primaryText: problem === "" && exporter.exists(path.text) ? qsTr("Replace the file") : qsTr("Export")
    closesOnPrimary: false
    onPrimaryClicked: {
        tried = true
        if (problem !== "")
            return
        exporter.start(path.text, kind.currentIndex)
        close()
    }

    FormField {
        label: qsTr("Format")
        hint: kind.currentIndex === 0 ? qsTr("For spreadsheets. Text that looks like a formula is made harmless.")
                                      : qsTr("For programs: one object a request, as the management API has it.")
        Segmented {
            id: kind
            model: [qsTr("CSV"), qsTr("JSON")]
            onPicked: index => {
                const stem = path.text.replace(/\.(csv|json)$/i, "")
                path.text = stem + (index === 0 ? ".csv" : ".json")
            }
        }
    }
    FormField {
        label: qsTr("File")
        error: root.tried ? root.problem : ""
        hint: root.problem === "" && root.exporter.exists(path.text) ? qsTr("There is a file of this name; it will be replaced.") : ""
        RowLayout {
            Layout.fillWidth: true
            spacing: Theme.spaceSm
            AppTextField {
                id: path
                objectName: "exportPath"
                Layout.fillWidth: true
                hasError: root.tried && root.problem !== ""
                Accessible.name: qsTr("File")
            }
            AppButton {
                iconName: "folder2-open"
                text: qsTr("Browse…")
                onClicked: root.exporter.browse(path.text, kind.currentIndex)
            }
        }
    }
    Connections {
        target: root.exporter
        function onChosen(chosen: string) { path.text = chosen }
    }
}
