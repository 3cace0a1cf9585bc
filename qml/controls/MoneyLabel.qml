// An amount: ready-made text, right-aligned in digits of one width; what was estimated says so with a sign and a tip.
import QtQuick
import BudgetProxy.Theme

Text {
    id: root

    property int size: Theme.textBody
    property bool strong: false
    property string tone: "" ///< "" is the colour of text
    property bool estimated: false
    property string tip: estimated ? qsTr("Estimated: the provider did not report what it counted") : ""

    readonly property bool atEnd: effectiveHorizontalAlignment === Text.AlignRight

    textFormat: Text.PlainText
    color: tone === "" ? Theme.text : Theme.tone(tone)
    horizontalAlignment: Text.AlignRight
    elide: Text.ElideRight
    leftPadding: estimated ? Math.ceil(sign.implicitWidth) + Theme.spaceXxs : 0
    font.family: Theme.font
    font.pixelSize: size
    font.weight: strong ? Theme.weightMedium : Theme.weightRegular
    Accessible.role: Accessible.StaticText
    Accessible.name: text
    Accessible.description: tip

    Text {
        id: sign
        visible: root.estimated
        x: root.atEnd ? root.width - root.contentWidth - width - Theme.spaceXxs : 0
        text: qsTr("≈")
        textFormat: Text.PlainText
        color: Theme.textFaint
        font: root.font
        Accessible.ignored: true
    }
    Loader {
        anchors.fill: parent
        active: root.tip !== "" || root.truncated
        sourceComponent: Item {
            HoverHandler { id: hover }
            AppToolTip {
                parent: root
                text: root.tip !== "" ? root.tip : root.text
                visible: hover.hovered
            }
        }
    }
}
