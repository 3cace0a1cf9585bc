// What this is, and whose work is in it.
import QtQuick
import QtQuick.Layouts
import BudgetProxy
import BudgetProxy.Theme
import BudgetProxy.Controls

Card {
    id: root

    required property SettingsModel model

    title: qsTr("LLM Budget Proxy")
    subtitle: model.version === "" ? "" : qsTr("Version %1").arg(model.version)
    padding: Theme.spaceXl - Theme.unit
    spacing: Theme.spaceSm

    BodyText {
        Layout.fillWidth: true
        Layout.bottomMargin: Theme.spaceSm
        wrapMode: Text.WordWrap
        text: qsTr("The source is under the MIT licence. Because Qt Charts is part of it, this desktop program as a whole is distributed under the GNU General Public License, version 3.")
    }
    Repeater {
        model: root.model.licences
        delegate: RowLayout {
            id: part
            required property var modelData
            Layout.fillWidth: true
            spacing: Theme.spaceLg
            CaptionBlock {
                Layout.fillWidth: true
                text: part.modelData.name
                description: part.modelData.use
            }
            MutedText { text: part.modelData.licence }
        }
    }
}
