// What a step of the guide is for.
import QtQuick
import QtQuick.Layouts
import BudgetProxy.Theme
import BudgetProxy.Controls

ColumnLayout {
    id: root

    property string title: ""
    property string text: ""

    Layout.fillWidth: true
    spacing: Theme.spaceXs

    HeadingText {
        Layout.fillWidth: true
        text: root.title
        wrapMode: Text.WordWrap
        font.pixelSize: Theme.textTitle
    }
    MutedText {
        Layout.fillWidth: true
        text: root.text
        wrapMode: Text.WordWrap
        font.pixelSize: Theme.textBody
    }
}
