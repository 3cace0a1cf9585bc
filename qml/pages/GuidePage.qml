// The first start in four steps: one calm column, where one is at the top, where to go at the bottom.
import QtQuick
import QtQuick.Layouts
import BudgetProxy
import BudgetProxy.Theme
import BudgetProxy.Controls

FocusScope {
    id: root

    required property MainContext app
    readonly property GuideModel model: app.guide

    objectName: "page"
    Accessible.role: Accessible.Pane
    Accessible.name: qsTr("Guide")

    function focusStep() {
        const first = (steps.itemAt(model.step) as Loader)?.item?.firstField ?? null
        if (first)
            first.forceActiveFocus(Qt.TabFocusReason)
        else
            primary.forceActiveFocus(Qt.TabFocusReason)
        frame.scrollToTop()
    }
    Shortcut {
        enabled: root.visible
        sequences: [StandardKey.Back]
        onActivated: root.model.back()
    }

    PageFrame {
        id: frame
        anchors { top: parent.top; left: parent.left; right: parent.right; bottom: footer.top }
        focus: true
        maximumWidth: Theme.unit * 180
        spacing: Theme.spaceXl

        GuideProgress {
            model: root.model
        }
        Repeater {
            id: steps
            model: [provider, budget, key, tool]
            delegate: Loader {
                required property int index
                required property Component modelData
                Layout.fillWidth: true
                active: root.model.step === index
                visible: active
                sourceComponent: modelData
                onLoaded: Qt.callLater(root.focusStep)
            }
        }
        InlineNotice {
            objectName: "guideError"
            visible: root.model.error !== ""
            tone: "danger"
            title: qsTr("That did not work")
            text: root.model.error
        }
    }
    Component { id: provider; GuideProvider { model: root.model } }
    Component { id: budget; GuideBudget { model: root.model } }
    Component { id: key; GuideKey { model: root.model } }
    Component { id: tool; GuideTool { model: root.model } }

    Rectangle {
        id: footer
        anchors { left: parent.left; right: parent.right; bottom: parent.bottom }
        height: Theme.headerHeight + Theme.spaceSm
        color: Theme.surface

        Separator { anchors { left: parent.left; right: parent.right; top: parent.top } }
        RowLayout {
            anchors.centerIn: parent
            width: Math.min(parent.width - 2 * frame.margin, frame.maximumWidth)
            spacing: Theme.spaceSm

            AppButton {
                objectName: "guideBack"
                visible: root.model.step > 0
                text: qsTr("Back")
                iconName: "chevron-left"
                kind: AppButton.Ghost
                enabled: !root.model.busy
                onClicked: root.model.back()
            }
            AppButton {
                objectName: "guideLeave"
                visible: root.model.step === 0
                text: qsTr("Leave the guide")
                kind: AppButton.Ghost
                onClicked: root.model.leave()
            }
            Item { Layout.fillWidth: true }
            AppButton {
                objectName: "guideSkip"
                visible: root.model.step < 3
                text: qsTr("Skip this step")
                kind: AppButton.Ghost
                enabled: !root.model.busy
                onClicked: root.model.skip()
            }
            AppButton {
                id: primary
                objectName: "guideNext"
                text: root.model.primaryText
                trailingIconName: "arrow-right"
                kind: AppButton.Primary
                busy: root.model.busy
                onClicked: root.model.next()
            }
        }
    }
}
