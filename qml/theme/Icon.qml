// One icon of the family, in a colour of the theme, sharp at every scale.
import QtQuick
import QtQuick.Window

Image {
    id: root

    required property string name ///< as in resources/icons/icons.txt
    property color color: Theme.textMuted
    property int size: Theme.iconMd

    width: size
    height: size
    fillMode: Image.PreserveAspectFit
    source: name === "" ? "" : "image://icon/" + name + "/" + root.color.toString().slice(1)
    sourceSize: Qt.size(size * Screen.devicePixelRatio, size * Screen.devicePixelRatio)
    Accessible.ignored: true // what it stands for is said by the control around it
}
