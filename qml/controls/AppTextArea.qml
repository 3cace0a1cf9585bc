// A field of several lines, which scrolls in itself.
import QtQuick
import QtQuick.Layouts
import QtQuick.Templates as T
import BudgetProxy.Theme

FocusScope {
    id: root

    property alias text: area.text
    property alias placeholderText: area.placeholderText
    property alias readOnly: area.readOnly
    property alias wrapMode: area.wrapMode
    property alias cursorPosition: area.cursorPosition
    property string accessibleName: ""
    property bool hasError: false
    property bool mono: false
    property int lines: 4

    signal edited

    implicitWidth: Theme.fieldWidth
    implicitHeight: Math.ceil(metrics.height * lines) + 2 * Theme.spaceSm
    Layout.fillWidth: true
    opacity: enabled ? 1 : Theme.disabledOpacity

    FontMetrics {
        id: metrics
        font: area.font
    }
    FieldGround {
        anchors.fill: parent
        active: area.activeFocus
        hovered: area.hovered
        hasError: root.hasError
        readOnly: area.readOnly
    }
    Flickable {
        id: flick
        anchors.fill: parent
        anchors.margins: Theme.line
        clip: true
        boundsBehavior: Flickable.StopAtBounds
        T.ScrollBar.vertical: AppScrollBar {}

        T.TextArea.flickable: T.TextArea {
            id: area
            focus: true
            activeFocusOnTab: true
            leftPadding: Theme.spaceSm + Theme.line
            rightPadding: Theme.spaceSm + Theme.line
            topPadding: Theme.spaceSm - Theme.line
            bottomPadding: Theme.spaceSm - Theme.line
            wrapMode: TextEdit.Wrap
            textFormat: TextEdit.PlainText
            selectByMouse: true
            color: Theme.text
            selectionColor: Theme.accentFill
            selectedTextColor: Theme.textOnAccent
            placeholderTextColor: Theme.textFaint
            font.family: root.mono ? Theme.mono : Theme.font
            font.pixelSize: Theme.textBody
            Accessible.name: root.accessibleName
            Accessible.description: root.hasError ? qsTr("Needs a correction") : ""
            Keys.onTabPressed: nextItemInFocusChain(true).forceActiveFocus(Qt.TabFocusReason)
            Keys.onBacktabPressed: nextItemInFocusChain(false).forceActiveFocus(Qt.BacktabFocusReason)
            onTextChanged: if (activeFocus) root.edited()

            Text {
                x: area.leftPadding
                y: area.topPadding
                width: area.width - area.leftPadding - area.rightPadding
                visible: area.length === 0 && area.preeditText === ""
                text: area.placeholderText
                textFormat: Text.PlainText
                wrapMode: Text.Wrap
                color: area.placeholderTextColor
                font: area.font
                Accessible.ignored: true
            }
        }
    }
}
