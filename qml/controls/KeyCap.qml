// A key or a chord as it stands on a keyboard: "Ctrl+K" becomes two caps.
import QtQuick
import BudgetProxy.Theme

Row {
    id: root

    property string text: ""

    readonly property list<string> keys: text === "" ? [] : text === "+" ? ["+"] : text.split("+")

    LayoutMirroring.enabled: false // keys stand as they do on the keyboard
    spacing: Theme.spaceXxs
    Accessible.role: Accessible.StaticText
    Accessible.name: text

    Repeater {
        model: root.keys
        Rectangle {
            required property string modelData
            width: Math.max(height, label.implicitWidth + 2 * Theme.spaceXs)
            height: Theme.spaceLg + Theme.spaceXxs
            radius: Theme.radiusSm
            color: Theme.surfaceSunken
            border.width: Theme.line
            border.color: Theme.borderStrong
            Text {
                id: label
                anchors.centerIn: parent
                text: parent.modelData
                textFormat: Text.PlainText
                color: Theme.textMuted
                font.family: Theme.font
                font.pixelSize: Theme.textTiny
                font.weight: Theme.weightMedium
                Accessible.ignored: true
            }
        }
    }
}
