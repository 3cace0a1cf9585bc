// A menu of commands. Open with popup() at the pointer or open() below its parent.
import QtQuick
import QtQuick.Templates as T
import BudgetProxy.Theme

T.Menu {
    id: root

    property bool iconed: false ///< one of its entries has an icon: all leave room for one
    function hasIcons(): bool {
        for (let i = 0; i < count; ++i) {
            const entry = itemAt(i) as AppMenuItem
            if (entry && (entry.iconName !== "" || entry.checkable))
                return true
        }
        return false
    }

    implicitWidth: Math.max(Theme.menuWidth, contentItem.implicitWidth + leftPadding + rightPadding)
    implicitHeight: contentItem.implicitHeight + topPadding + bottomPadding
    margins: Theme.spaceSm
    padding: Theme.spaceXs
    overlap: Theme.spaceXxs
    delegate: AppMenuItem {}
    onAboutToShow: {
        back.remember(parent)
        iconed = hasIcons()
    }
    onClosed: back.giveBack()

    property FocusReturn back: FocusReturn {}

    contentItem: ListView {
        implicitHeight: contentHeight
        implicitWidth: {
            let widest = 0
            for (let i = 0; i < root.count; ++i) {
                const entry = root.itemAt(i)
                widest = Math.max(widest, entry ? entry.implicitWidth : 0)
            }
            return Math.min(widest, Theme.panelWidth)
        }
        model: root.contentModel
        interactive: contentHeight > height
        clip: interactive
        currentIndex: root.currentIndex
        boundsBehavior: Flickable.StopAtBounds
        T.ScrollBar.vertical: AppScrollBar {}
    }
    background: PopupGround {}
    enter: Transition { NumberAnimation { property: "opacity"; from: 0; to: 1; duration: Theme.durationFast } }
    exit: Transition { NumberAnimation { property: "opacity"; from: 1; to: 0; duration: Theme.durationFast } }
}
