// The corner in which toasts appear, newest at the bottom. Fills the window and lets everything else through.
// model has the roles toastId, tone, title, text, actions, timeoutMs and the functions close(id) and trigger(id, action).
import QtQuick
import BudgetProxy.Theme

Item {
    id: root

    required property var model
    property int margin: Theme.spaceLg

    anchors.fill: parent
    z: Theme.zToast

    ListView {
        id: list
        anchors.right: parent.right
        anchors.bottom: parent.bottom
        anchors.rightMargin: root.margin
        anchors.bottomMargin: root.margin
        width: Math.min(Theme.toastWidth, root.width - 2 * root.margin)
        height: Math.min(contentHeight, root.height - 2 * root.margin)
        visible: count > 0
        interactive: contentHeight > height
        spacing: Theme.spaceSm
        model: root.model

        delegate: Toast {
            objectName: "toast"
            required property var model
            width: ListView.view ? ListView.view.width : implicitWidth
            tone: model.tone
            title: model.title
            text: model.text
            actions: model.actions
            timeout: model.timeoutMs
            onActionTriggered: index => root.model.trigger(model.toastId, index)
            onDismissed: root.model.close(model.toastId)
        }
        add: Transition {
            NumberAnimation { property: "opacity"; from: 0; to: 1; duration: Theme.durationNormal }
            NumberAnimation { property: "x"; from: Theme.spaceXl; to: 0; duration: Theme.durationNormal; easing.type: Theme.easing }
        }
        remove: Transition { NumberAnimation { property: "opacity"; to: 0; duration: Theme.durationFast } }
        displaced: Transition { NumberAnimation { properties: "x,y"; duration: Theme.durationNormal; easing.type: Theme.easing } }
    }
}
