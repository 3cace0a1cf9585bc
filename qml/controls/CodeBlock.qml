// Lines to copy into a terminal or a file: in the font of code, selectable, wider than its frame if need be.
import QtQuick
import QtQuick.Layouts
import QtQuick.Templates as T
import BudgetProxy.Theme

FocusScope {
    id: root

    property string text: ""
    property string language: "" ///< or the name of the file, shown above
    property bool copyable: true
    property int maximumLines: 0 ///< more scroll; 0: as high as the text
    property bool wrap: false

    signal copied

    readonly property bool headed: language !== ""

    Layout.fillWidth: true
    implicitWidth: Theme.panelWidth
    implicitHeight: (headed ? head.height : 0) + view.height

    FontMetrics {
        id: metrics
        font: code.font
    }
    Rectangle {
        anchors.fill: parent
        radius: Theme.radiusMd
        color: Theme.surfaceSunken
        border.width: code.activeFocus ? Theme.focusLine : Theme.line
        border.color: code.activeFocus ? Theme.focus : Theme.border
    }
    Item {
        id: head
        visible: root.headed
        anchors.left: parent.left
        anchors.right: parent.right
        height: Theme.controlHeight
        MutedText {
            anchors.left: parent.left
            anchors.right: parent.right
            anchors.leftMargin: Theme.spaceMd
            anchors.rightMargin: Theme.controlHeight + Theme.spaceSm
            anchors.verticalCenter: parent.verticalCenter
            text: root.language
        }
        Separator {
            anchors.left: parent.left
            anchors.right: parent.right
            anchors.bottom: parent.bottom
        }
    }
    Flickable {
        id: view
        anchors.left: parent.left
        anchors.right: parent.right
        anchors.leftMargin: Theme.line
        anchors.rightMargin: !root.headed && root.copyable ? Theme.controlHeight + Theme.spaceXs : Theme.line
        y: root.headed ? head.height : 0
        height: root.maximumLines > 0 ? Math.min(code.height, Math.ceil(metrics.lineSpacing * root.maximumLines) + 2 * Theme.spaceSm) : code.height
        contentWidth: root.wrap ? width : Math.max(width, code.implicitWidth)
        contentHeight: code.height
        clip: true
        boundsBehavior: Flickable.StopAtBounds
        T.ScrollBar.horizontal: AppScrollBar {}
        T.ScrollBar.vertical: AppScrollBar {}

        function follow(at: rect) {
            if (at.x < contentX)
                contentX = Math.max(0, at.x - Theme.spaceMd)
            else if (at.x + at.width > contentX + width)
                contentX = Math.min(contentWidth - width, at.x + at.width - width + Theme.spaceMd)
            if (at.y < contentY)
                contentY = at.y
            else if (at.y + at.height > contentY + height)
                contentY = at.y + at.height - height
        }

        TextEdit {
            id: code
            width: root.wrap ? view.width : implicitWidth
            focus: true
            activeFocusOnTab: true
            readOnly: true
            selectByMouse: true
            selectByKeyboard: true
            leftPadding: Theme.spaceMd
            rightPadding: Theme.spaceMd
            topPadding: Theme.spaceSm + Theme.spaceXxs
            bottomPadding: Theme.spaceSm + Theme.spaceXxs
            text: root.text
            textFormat: TextEdit.PlainText
            wrapMode: root.wrap ? TextEdit.WrapAnywhere : TextEdit.NoWrap
            color: Theme.text
            selectionColor: Theme.accentFill
            selectedTextColor: Theme.textOnAccent
            font.family: Theme.mono
            font.preferShaping: false // no ligatures: what is copied is what is seen
            font.pixelSize: Theme.textSmall
            onCursorRectangleChanged: if (activeFocus) view.follow(cursorRectangle)
            KeyNavigation.priority: KeyNavigation.BeforeItem
            Accessible.role: Accessible.EditableText
            Accessible.name: root.language === "" ? qsTr("Code") : root.language
            Accessible.readOnly: true
            Accessible.multiLine: true
        }
    }
    CopyButton {
        objectName: "copy"
        anchors.right: parent.right
        anchors.rightMargin: Theme.spaceXs - Theme.line
        y: Math.round(((root.headed ? head.height : Math.min(root.height, Theme.controlHeight + Theme.spaceXxs)) - height) / 2)
        visible: root.copyable
        small: true
        value: root.text
        onCopied: root.copied()
    }
}
