import QtQuick
import QtQuick.Layouts
import BudgetProxy.Controls
import BudgetProxy.Theme

ColumnLayout {
    id: root

    property string title: ""
    default property alias content: body.data

    Layout.fillWidth: true
    Layout.alignment: Qt.AlignTop
    spacing: Theme.spaceMd

    MutedText { text: root.title }
    ColumnLayout {
        id: body
        Layout.fillWidth: true
        spacing: Theme.spaceMd
    }
}
