// A soft shadow below what floats, made of thin rings: no shader, so that it is the same on every renderer.
import QtQuick
import BudgetProxy.Theme

Item {
    id: root

    property real cornerRadius: Theme.radiusLg
    property int spread: Theme.spaceLg

    anchors.fill: parent
    z: -1

    Repeater {
        model: Theme.shadowRings
        Rectangle {
            required property int index
            readonly property real reach: root.spread * Math.pow((index + 1) / Theme.shadowRings, 2)

            x: -reach
            y: -reach + Theme.spaceXs
            width: root.width + 2 * reach
            height: root.height + 2 * reach
            radius: root.cornerRadius + reach
            color: Theme.shadowRing
        }
    }
}
