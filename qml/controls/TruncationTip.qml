// Shows the whole of a text that was cut, when the pointer rests on it. Put it into the Text.
import QtQuick
import BudgetProxy.Theme

Loader {
    id: root

    required property Text target

    anchors.fill: parent
    active: target.truncated
    sourceComponent: Item {
        HoverHandler { id: hover }
        AppToolTip {
            parent: root.target
            text: root.target.text
            visible: hover.hovered
        }
    }
}
