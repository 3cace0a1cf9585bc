// An amount as text, in and out: what it means is read by the model, never here.
import QtQuick
import BudgetProxy.Theme

AppTextField {
    id: root

    property string symbol: "$"
    property string currency: "" ///< shown behind, such as USD

    implicitWidth: Theme.fieldWidth / 2
    suffix: currency
    leftPadding: LayoutMirroring.enabled ? behind : before + sign.implicitWidth + Theme.spaceXs
    inputMethodHints: Qt.ImhFormattedNumbersOnly
    maximumLength: 24
    validator: RegularExpressionValidator { regularExpression: /[^a-zA-Z_]*/ }

    Text {
        id: sign
        anchors.left: parent.left
        anchors.leftMargin: root.before
        anchors.verticalCenter: parent.verticalCenter
        text: root.symbol
        textFormat: Text.PlainText
        color: Theme.textMuted
        font: root.font
        Accessible.ignored: true
    }
}
