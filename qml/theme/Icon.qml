// One icon of the family, in a colour of the theme, sharp at every scale.
import QtQuick
import QtQuick.Window

Item {
    id: root

    required property string name ///< as in resources/icons/icons.txt
    property color color: Theme.textMuted
    property int size: Theme.iconMd
    property alias mirror: image.mirror

    implicitWidth: size
    implicitHeight: size
    Accessible.ignored: true // what it stands for is said by the control around it

    Image {
        id: image // an item of its own: its implicit size counts pixels of the screen
        readonly property int pixels: Math.ceil(root.size * Screen.devicePixelRatio)

        anchors.centerIn: parent
        width: root.size
        height: root.size
        fillMode: Image.PreserveAspectFit
        source: root.name === "" ? "" : "image://icon/" + root.name + "/" + root.color.toString().slice(1)
        sourceSize.width: pixels
        sourceSize.height: pixels
    }
}
