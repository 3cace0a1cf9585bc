// The paper of what floats: menus, lists, dialogs.
import QtQuick
import BudgetProxy.Theme

Rectangle {
    id: root

    property real cornerRadius: Theme.radiusMd + Theme.spaceXxs

    radius: cornerRadius
    color: Theme.surfaceRaised
    border.width: Theme.line
    border.color: Theme.borderStrong

    SoftShadow { cornerRadius: root.cornerRadius }
}
