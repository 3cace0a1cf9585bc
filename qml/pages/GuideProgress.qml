// The four steps, which of them are done and which one this is. A step that was reached can be gone to.
import QtQuick
import QtQuick.Layouts
import QtQuick.Templates as T
import BudgetProxy
import BudgetProxy.Theme
import BudgetProxy.Controls

RowLayout {
    id: root

    required property GuideModel model

    Layout.fillWidth: true
    spacing: Theme.spaceSm
    Accessible.role: Accessible.PageTabList
    Accessible.name: qsTr("Step %1 of %2").arg(model.step + 1).arg(model.titles.length)

    Repeater {
        model: root.model.titles
        delegate: T.AbstractButton {
            id: mark
            required property int index
            required property string modelData
            readonly property bool here: root.model.step === index
            readonly property bool done: root.model.stepsDone[index]

            Layout.fillWidth: true
            Layout.preferredWidth: Theme.unit
            implicitHeight: column.implicitHeight + Theme.spaceSm
            text: modelData
            focusPolicy: Qt.StrongFocus
            Accessible.role: Accessible.PageTab
            Accessible.name: text
            Accessible.description: done ? qsTr("done") : here ? qsTr("this step") : ""
            onClicked: root.model.goTo(index)
            Keys.onReturnPressed: root.model.goTo(index)

            background: Item { FocusRing { shown: mark.visualFocus; cornerRadius: Theme.radiusSm } }
            contentItem: Item {
                ColumnLayout {
                    id: column
                    anchors { left: parent.left; right: parent.right; top: parent.top }
                    spacing: Theme.spaceSm
                    Rectangle {
                        Layout.fillWidth: true
                        implicitHeight: Theme.spaceXs
                        radius: Theme.radiusFull
                        color: mark.done ? Theme.okFill : mark.here ? Theme.accentFill : Theme.track
                    }
                    RowLayout {
                        Layout.fillWidth: true
                        spacing: Theme.spaceXs
                        Icon {
                            visible: mark.done
                            name: "check-lg"
                            size: Theme.iconSm
                            color: Theme.ok
                        }
                        LabelText {
                            Layout.fillWidth: true
                            text: mark.text
                            elide: Text.ElideRight
                            font.pixelSize: Theme.textSmall
                            color: mark.here ? Theme.text : Theme.textMuted
                        }
                    }
                }
            }
        }
    }
}
