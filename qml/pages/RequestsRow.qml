// One line of the list of requests. Written out cell by cell and without loaders: it is reused for another request with
// every few pixels that the list moves.
import QtQuick
import BudgetProxy
import BudgetProxy.Theme

Rectangle {
    id: root

    required property int index
    required property string requestId
    required property bool loaded
    required property bool running
    required property string tone
    required property string stateText
    required property string time
    required property string key
    required property string team
    required property string project
    required property string modelName
    required property string remark
    required property string provider
    required property string endpoint
    required property string inputTokens
    required property string outputTokens
    required property string cost
    required property bool estimated
    required property string saved
    required property string elapsed
    required property string ttft
    required property string errorText

    required property RequestColumns columns
    property bool current: false
    property bool ringed: false

    signal pressed
    signal activated
    signal menuAsked(real x, real y)

    readonly property int inset: Theme.spaceSm

    component Cell: Text {
        required property RequestColumn column
        property string value: ""
        x: column.x + Theme.spaceSm
        width: column.width - 2 * Theme.spaceSm
        height: parent ? parent.height : 0
        visible: column.shown
        text: column.shown ? value : ""
        textFormat: Text.PlainText
        elide: Text.ElideRight
        verticalAlignment: Text.AlignVCenter
        horizontalAlignment: column.atEnd ? Text.AlignRight : Text.AlignLeft
        color: Theme.text
        font.family: Theme.font
        font.pixelSize: Theme.textBody
        Accessible.ignored: true
    }

    color: current ? Theme.selected : area.containsMouse ? Theme.hover : Theme.transparent
    Accessible.role: Accessible.ListItem
    Accessible.name: loaded ? qsTr("%1, %2, %3, %4, %5").arg(modelName).arg(key).arg(stateText).arg(cost).arg(time) : qsTr("Loading")
    Accessible.selected: current
    Accessible.selectable: true
    Accessible.onPressAction: activated()

    Rectangle {
        width: parent.width
        height: Theme.line
        y: parent.height - height
        color: Theme.border
    }
    Rectangle { // where the row will be
        visible: !root.loaded
        x: root.columns.model.x + root.inset
        width: root.columns.model.width / 2
        height: Theme.textBody
        anchors.verticalCenter: parent.verticalCenter
        radius: Theme.radiusSm
        color: Theme.pressed
    }
    Rectangle {
        visible: root.loaded
        x: root.columns.stateColumn.x + root.inset
        width: Theme.dotSize + Theme.line
        height: width
        anchors.verticalCenter: parent.verticalCenter
        radius: Theme.radiusFull
        color: root.tone === "neutral" ? Theme.textFaint : root.tone === "info" ? Theme.info : Theme.toneFill(root.tone)
    }
    Text {
        x: root.columns.stateColumn.x + root.inset + Theme.spaceMd + Theme.spaceXxs
        width: root.columns.stateColumn.width - 2 * root.inset - Theme.spaceMd
        height: root.height
        text: root.stateText
        textFormat: Text.PlainText
        elide: Text.ElideRight
        verticalAlignment: Text.AlignVCenter
        color: root.tone === "ok" || root.tone === "neutral" ? Theme.textMuted : Theme.tone(root.tone)
        font.family: Theme.font
        font.pixelSize: Theme.textBody
        Accessible.ignored: true
    }
    Cell { column: root.columns.time; value: root.time; color: Theme.textMuted }
    Cell { column: root.columns.key; value: root.key }
    Cell { column: root.columns.team; value: root.team; color: Theme.textMuted }
    Cell { column: root.columns.project; value: root.project; color: Theme.textMuted }
    Text {
        id: modelText
        x: root.columns.model.x + root.inset
        width: Math.min(implicitWidth, root.columns.model.width - 2 * root.inset)
        height: root.height
        text: root.modelName
        textFormat: Text.PlainText
        elide: Text.ElideRight
        verticalAlignment: Text.AlignVCenter
        color: Theme.text
        font.family: Theme.font
        font.pixelSize: Theme.textBody
        Accessible.ignored: true
    }
    Text {
        x: modelText.x + modelText.width + Theme.spaceSm
        width: root.columns.model.x + root.columns.model.width - root.inset - x
        height: root.height
        visible: text !== "" && width > Theme.iconLg
        text: root.remark
        textFormat: Text.PlainText
        elide: Text.ElideRight
        verticalAlignment: Text.AlignVCenter
        color: Theme.textFaint
        font.family: Theme.font
        font.pixelSize: Theme.textSmall
        Accessible.ignored: true
    }
    Cell { column: root.columns.provider; value: root.provider; color: Theme.textMuted }
    Cell { column: root.columns.endpoint; value: root.endpoint; color: Theme.textMuted }
    Cell { column: root.columns.input; value: root.inputTokens; color: Theme.textMuted }
    Cell { column: root.columns.output; value: root.outputTokens; color: Theme.textMuted }
    Cell {
        column: root.columns.cost
        value: root.estimated && root.cost !== "" ? qsTr("≈ %1", "an estimated amount").arg(root.cost) : root.cost
        color: root.running ? Theme.accent : Theme.text
        font.weight: Theme.weightMedium
    }
    Cell { column: root.columns.saved; value: root.saved; color: Theme.ok }
    Cell { column: root.columns.elapsed; value: root.elapsed; color: root.running ? Theme.accent : Theme.textMuted }
    Cell { column: root.columns.ttft; value: root.ttft; color: Theme.textMuted }
    Cell { column: root.columns.error; value: root.errorText; color: Theme.danger }

    Rectangle {
        visible: root.ringed
        anchors.fill: parent
        color: Theme.transparent
        radius: Theme.radiusSm
        border.width: Theme.focusLine
        border.color: Theme.focus
    }
    MouseArea {
        id: area
        anchors.fill: parent
        hoverEnabled: true
        acceptedButtons: Qt.LeftButton | Qt.RightButton
        onPressed: root.pressed()
        onClicked: mouse => {
            if (mouse.button === Qt.RightButton)
                root.menuAsked(mouse.x, mouse.y)
            else
                root.activated()
        }
    }
}
