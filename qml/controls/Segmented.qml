// A few exclusive choices side by side. Arrow keys move between them; Tab enters and leaves as one stop.
import QtQuick
import QtQuick.Templates as T
import BudgetProxy
import BudgetProxy.Theme

FocusScope {
    id: root

    property var model: [] ///< texts
    property var iconNames: [] ///< as many, or none
    property int currentIndex: 0
    property bool small: false
    property string accessibleName: ""

    /// Of the segments as they would like to be. Not taken from the row, whose width follows that of its segments.
    readonly property var naturals: {
        let sum = 0, widest = 0
        for (let i = 0; i < made; ++i) {
            const natural = buttons.itemAt(i)?.implicitWidth ?? 0
            sum += natural
            widest = Math.max(widest, natural)
        }
        return { sum: sum, widest: widest }
    }
    readonly property real share: made > 0 ? (width - 2 * Theme.spaceXxs) / made : 0
    property int made: 0 ///< segments

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

    implicitWidth: naturals.sum + 2 * Theme.spaceXxs
    implicitHeight: small ? Theme.controlHeightSmall : Theme.controlHeight
    opacity: enabled ? 1 : Theme.disabledOpacity
    Accessible.role: Accessible.Grouping
    Accessible.name: accessibleName

    UserEdit {
        id: edit
        target: root
        property: "currentIndex"
    }
    Rectangle {
        anchors.fill: parent
        radius: Theme.radiusMd
        color: Theme.segmentTrack
    }
    Row {
        id: line
        anchors.fill: parent
        anchors.margins: Theme.spaceXxs

        Repeater {
            id: buttons
            model: root.model
            onItemAdded: ++root.made
            onItemRemoved: --root.made

            T.AbstractButton {
                id: segment
                required property int index
                required property string modelData
                readonly property string iconName: root.iconNames[index] ?? ""

                implicitWidth: Math.ceil(inner.implicitWidth) + leftPadding + rightPadding
                width: root.share >= root.naturals.widest ? root.share
                    : implicitWidth + Math.max(0, root.share - root.naturals.sum / Math.max(1, root.made))
                height: line.height
                leftPadding: root.small ? Theme.spaceSm : Theme.spaceMd
                rightPadding: leftPadding
                focus: checked
                activeFocusOnTab: checked
                checkable: true
                checked: root.currentIndex === index
                text: modelData
                Accessible.role: Accessible.RadioButton
                Accessible.name: text
                Accessible.checked: checked
                onClicked: {
                    root.pick(index)
                    checked = Qt.binding(() => root.currentIndex === index)
                }
                Keys.onLeftPressed: root.step(-1)
                Keys.onRightPressed: root.step(1)

                contentItem: Item {
                    Row {
                        id: inner
                        anchors.centerIn: parent
                        spacing: Theme.spaceXs + Theme.line

                        Icon {
                            anchors.verticalCenter: parent.verticalCenter
                            visible: segment.iconName !== ""
                            name: segment.iconName
                            size: Theme.iconSm
                            color: segment.checked || segment.hovered ? Theme.text : Theme.textMuted
                        }
                        Text {
                            anchors.verticalCenter: parent.verticalCenter
                            visible: segment.text !== ""
                            text: segment.text
                            textFormat: Text.PlainText
                            color: segment.checked || segment.hovered ? Theme.text : Theme.textMuted
                            font.family: Theme.font
                            font.pixelSize: root.small ? Theme.textSmall : Theme.textBody
                            font.weight: Theme.weightMedium
                        }
                    }
                }
                background: Rectangle {
                    radius: Theme.radiusSm
                    color: segment.checked ? Theme.segment : segment.down ? Theme.pressed : Theme.transparent
                    border.width: segment.checked ? Theme.line : 0
                    border.color: Theme.borderStrong
                    FocusRing { shown: segment.visualFocus; cornerRadius: Theme.radiusSm; gap: 0 }
                }
            }
        }
    }
}
