// Gives the focus back to where it was before a popup opened, unless something else has taken it by then.
import QtQuick

QtObject {
    id: root

    property Item before: null

    function remember(at: Item) {
        before = at && at.Window.window ? at.Window.activeFocusItem : null
    }
    function giveBack() {
        const item = before
        before = null
        if (!item || !item.visible || !item.enabled || !item.Window.window)
            return
        const now = item.Window.activeFocusItem
        if (!now || now === item.Window.contentItem)
            item.forceActiveFocus(Qt.PopupFocusReason)
    }
}
