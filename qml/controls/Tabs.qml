// Views of one thing, side by side, the current one underlined. Arrow keys move; Tab enters and leaves as one stop.
import QtQuick
import QtQuick.Layouts
import QtQuick.Templates as T
import BudgetProxy
import BudgetProxy.Theme

FocusScope {
    id: root

    property var model: [] ///< texts
    property var counts: [] ///< small numbers behind the texts, as text; empty ones are not shown
    property int currentIndex: 0
    property string accessibleName: ""

    signal picked(int index)

    function pick(index: int) {
        if (index < 0 || index >= model.length || index === currentIndex)
            return
        edit.write(index)
        picked(index)
        const chosen = buttons.itemAt(index)
        if (chosen && root.activeFocus)
            chosen.forceActiveFocus(Qt.TabFocusReason)
    }
    function step(by: int) {
        pick((currentIndex + (LayoutMirroring.enabled ? -by : by) + model.length) % model.length)
    }

    Layout.fillWidth: true
    implicitWidth: line.implicitWidth
    implicitHeight: Theme.rowHeight
    Accessible.role: Accessible.PageTabList
    Accessible.name: accessibleName

    UserEdit {
        id: edit
        target: root
        property: "currentIndex"
    }
    Separator {
        anchors.left: parent.left
        anchors.right: parent.right
        anchors.bottom: parent.bottom
    }
    Row {
        id: line
        anchors.top: parent.top
        anchors.bottom: parent.bottom
        anchors.left: parent.left
        spacing: Theme.spaceLg

        Repeater {
            id: buttons
            model: root.model

            T.AbstractButton {
                id: tab
                required property int index
                required property string modelData
                readonly property string count: (root.counts[index] ?? "").toString()

                implicitWidth: inner.implicitWidth
                height: line.height
                focus: checked
                activeFocusOnTab: checked
                checkable: true
                checked: root.currentIndex === index
                text: modelData
                Accessible.role: Accessible.PageTab
                Accessible.name: text
                Accessible.description: count
                onClicked: {
                    root.pick(index)
                    checked = Qt.binding(() => root.currentIndex === index)
                }
                Keys.onLeftPressed: root.step(-1)
                Keys.onRightPressed: root.step(1)

                contentItem: Item {
                    Row {
                        id: inner
                        anchors.verticalCenter: parent.verticalCenter
                        spacing: Theme.spaceXs + Theme.line
                        Text {
                            text: tab.text
                            textFormat: Text.PlainText
                            color: tab.checked || tab.hovered ? Theme.text : Theme.textMuted
                            font.family: Theme.font
                            font.pixelSize: Theme.textBody
                            font.weight: Theme.weightMedium
                        }
                        Text {
                            visible: tab.count !== ""
                            text: tab.count
                            textFormat: Text.PlainText
                            color: Theme.textFaint
                            font.family: Theme.font
                            font.pixelSize: Theme.textBody
                        }
                    }
                }
                background: Item {
                    Rectangle {
                        anchors.left: parent.left
                        anchors.right: parent.right
                        anchors.bottom: parent.bottom
                        height: Theme.focusLine
                        radius: Theme.line
                        visible: tab.checked || tab.hovered
                        color: tab.checked ? Theme.accent : Theme.borderHover
                    }
                    FocusRing {
                        shown: tab.visualFocus
                        anchors.topMargin: Theme.spaceXs
                        anchors.bottomMargin: Theme.spaceXs
                        anchors.leftMargin: -Theme.spaceXs - Theme.focusLine
                        anchors.rightMargin: -Theme.spaceXs - Theme.focusLine
                        cornerRadius: Theme.radiusSm
                    }
                }
            }
        }
    }
}
