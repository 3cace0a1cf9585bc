// One column of a DataTable.
import QtQuick
import BudgetProxy.Theme

QtObject {
    id: root

    property string title: ""
    property string tip: "" ///< what the column means, on its header
    property string role: "" ///< of the model: the text of its cells
    property string sortRole: role ///< what sortRequested names
    property string toneRole: "" ///< of the model: "ok", "danger" …: the colour of the text
    property real width: Theme.unit * 30
    property real minimumWidth: Math.min(width, Theme.unit * 15)
    property bool fill: false ///< takes its share of what is left
    property int align: Qt.AlignLeft
    property bool mono: false
    property bool muted: false
    property bool strong: false
    property bool sortable: false
    property bool shown: true
    property real hideBelow: 0 ///< not shown while the table is narrower than this
    /// Instead of a text. Must have `required property var row`: the model's object of the row. It is centred in the height; as
    /// wide as it wants and placed by align, or as wide as the column if it is a layout, has Layout.fillWidth or no width of its own.
    property Component cell: null

    // Written by the table.
    property real position: 0
    property real actualWidth: 0
}
