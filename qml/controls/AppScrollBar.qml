// A thin bar that grows when the pointer comes near, and goes away where everything fits.
import QtQuick
import QtQuick.Templates as T
import BudgetProxy.Theme

T.ScrollBar {
    id: root

    readonly property bool near: hovered || pressed
    readonly property int thickness: Theme.scrollBarWidth - (near ? 2 : 3) * Theme.spaceXxs

    implicitWidth: Theme.scrollBarWidth
    implicitHeight: Theme.scrollBarWidth
    topPadding: vertical ? Theme.spaceXxs : height - thickness - Theme.spaceXxs
    bottomPadding: Theme.spaceXxs
    leftPadding: horizontal || mirrored ? Theme.spaceXxs : width - thickness - Theme.spaceXxs
    rightPadding: vertical && mirrored ? width - thickness - Theme.spaceXxs : Theme.spaceXxs
    minimumSize: 0.08
    policy: T.ScrollBar.AsNeeded
    visible: policy !== T.ScrollBar.AlwaysOff && size < 1
    Accessible.ignored: true

    contentItem: Rectangle {
        implicitWidth: root.thickness
        implicitHeight: root.thickness
        radius: Theme.radiusFull
        color: root.pressed ? Theme.textMuted : root.hovered ? Theme.textFaint : Theme.borderHover
    }
}
