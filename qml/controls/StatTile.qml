// One number that matters, with its name above and what puts it into proportion below.
import QtQuick
import QtQuick.Layouts
import QtQuick.Templates as T
import BudgetProxy.Theme

T.AbstractButton {
    id: root

    property string label: ""
    property string value: ""
    property string caption: ""
    property string tone: "neutral" ///< of the caption and the icon
    property string iconName: ""
    property string tip: ""
    property bool busy: false
    property bool estimated: false
    property bool interactive: false ///< opens something: emits clicked()
    default property alias content: extra.data ///< below the caption: a meter, a sparkline

    Layout.fillWidth: true
    implicitWidth: Math.max(Theme.unit * 40, implicitContentWidth + leftPadding + rightPadding)
    implicitHeight: implicitContentHeight + topPadding + bottomPadding
    padding: Theme.spaceLg
    topPadding: Theme.spaceMd + Theme.spaceXxs
    bottomPadding: Theme.spaceMd + Theme.spaceXxs
    focusPolicy: interactive ? Qt.StrongFocus : Qt.NoFocus
    activeFocusOnTab: interactive
    hoverEnabled: interactive || tip !== ""
    Accessible.role: interactive ? Accessible.Button : Accessible.StaticText
    Accessible.name: busy ? label : qsTr("%1: %2").arg(label).arg(value)
    Accessible.description: caption
    Keys.onReturnPressed: if (interactive) clicked()
    Keys.onEnterPressed: if (interactive) clicked()

    contentItem: ColumnLayout {
        spacing: Theme.spaceXs

        RowLayout {
            spacing: Theme.spaceXs + Theme.spaceXxs
            Icon {
                visible: root.iconName !== ""
                name: root.iconName
                size: Theme.iconSm
                color: Theme.textFaint
            }
            MutedText {
                Layout.fillWidth: true
                text: root.label
                font.weight: Theme.weightMedium
            }
        }
        Item {
            Layout.fillWidth: true
            implicitWidth: Math.min(number.implicitWidth, Theme.unit * 48)
            implicitHeight: number.implicitHeight

            Text {
                id: number
                anchors.fill: parent
                visible: !root.busy
                text: root.estimated ? qsTr("≈ %1").arg(root.value) : root.value
                textFormat: Text.PlainText
                color: Theme.text
                fontSizeMode: Text.HorizontalFit
                minimumPixelSize: Theme.textBody
                verticalAlignment: Text.AlignVCenter
                elide: Text.ElideRight
                font.family: Theme.font
                font.pixelSize: Theme.textDisplay - Theme.unit
                font.weight: Theme.weightMedium
                Accessible.ignored: true
                TruncationTip { target: number }
            }
            Skeleton {
                anchors.verticalCenter: parent.verticalCenter
                visible: root.busy
                width: Math.min(parent.width, Theme.unit * 24)
                height: Theme.textTitle
            }
        }
        MutedText {
            Layout.fillWidth: true
            visible: root.caption !== ""
            text: root.caption
            color: root.tone === "neutral" ? Theme.textMuted : Theme.tone(root.tone)
        }
        ColumnLayout {
            id: extra
            Layout.fillWidth: true
            Layout.topMargin: Theme.spaceXs
            visible: children.length > 0
        }
        Item {
            Layout.fillHeight: true
            Layout.topMargin: -Theme.spaceXs
        }
    }
    background: Rectangle {
        radius: Theme.radiusLg
        color: root.interactive && root.down ? Theme.pressed : root.interactive && root.hovered ? Theme.hover : Theme.surface
        border.width: Theme.line
        border.color: root.interactive && root.hovered ? Theme.borderStrong : Theme.border
        FocusRing { shown: root.visualFocus; cornerRadius: Theme.radiusLg; gap: 0 }
    }
    Loader {
        active: root.tip !== "" && (root.hovered || root.visualFocus)
        sourceComponent: Item {
            AppToolTip {
                parent: root
                text: root.tip
                visible: true
            }
        }
    }
}
