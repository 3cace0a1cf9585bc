// A thin bar that grows when the pointer comes near, and goes away where everything fits.
import QtQuick
import QtQuick.Templates as T
import BudgetProxy.Theme

T.ScrollBar {
    id: root

    implicitWidth: Theme.scrollBarWidth
    implicitHeight: Theme.scrollBarWidth
    padding: Theme.spaceXxs
    minimumSize: 0.08
    policy: T.ScrollBar.AsNeeded
    visible: policy !== T.ScrollBar.AlwaysOff && size < 1
    Accessible.ignored: true

    contentItem: Rectangle {
        implicitWidth: Theme.scrollBarWidth - 2 * root.padding
        implicitHeight: Theme.scrollBarWidth - 2 * root.padding
        radius: Theme.radiusFull
        color: root.pressed ? Theme.textMuted : root.hovered ? Theme.textFaint : Theme.borderHover
    }
}
