// Every control in its states, one view at a time: what the pictures of the controls are taken from.
import QtQuick
import QtQuick.Window
import BudgetProxy.Theme

Window {
    id: root

    required property bool dark
    required property string name
    property bool mirrored: false

    width: Theme.windowWidth
    height: Theme.windowHeight
    color: Theme.canvas
    visible: true

    Binding { target: Theme; property: "dark"; value: root.dark }
    Binding { target: Theme; property: "reduceMotion"; value: true }

    /// Opens what only opens in a window that is shown.
    function present() {
        if ("present" in view.item)
            view.item.present()
    }

    Item { objectName: "elsewhere" } // takes the focus away

    Loader {
        id: view
        anchors.fill: parent
        LayoutMirroring.enabled: root.mirrored
        LayoutMirroring.childrenInherit: true
        focus: true
        source: "Gallery" + root.name + ".qml"
    }
}
