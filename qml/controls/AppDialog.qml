// A question or a form in front of the window. Escape and the secondary button leave it; Return presses the primary one.
// primaryClicked comes first; unless closesOnPrimary is false, accepted follows and the dialog closes.
import QtQuick
import QtQuick.Layouts
import QtQuick.Templates as T
import BudgetProxy.Theme

T.Dialog {
    id: root

    property string text: ""
    property string iconName: ""
    property string primaryText: qsTr("OK")
    property string secondaryText: qsTr("Cancel")
    property string tertiaryText: ""
    property bool destructive: false
    property bool busy: false
    property bool primaryEnabled: true
    property bool closesOnPrimary: true
    property bool closable: true ///< Escape and the cross leave it
    property int dialogWidth: Theme.dialogWidth
    default property alias content: body.data

    signal primaryClicked
    signal secondaryClicked
    signal tertiaryClicked

    function pressPrimary() {
        if (!primaryEnabled || busy)
            return
        primaryClicked()
        if (closesOnPrimary)
            accept()
    }
    function pressSecondary() {
        secondaryClicked()
        reject()
    }

    parent: T.Overlay.overlay
    anchors.centerIn: parent
    width: Math.min(dialogWidth, parent ? parent.width - 2 * Theme.spaceLg : dialogWidth)
    height: Math.min(implicitHeight, parent ? parent.height - 2 * Theme.spaceLg : implicitHeight)
    implicitHeight: column.implicitHeight + topPadding + bottomPadding
    modal: true
    focus: true
    padding: 0
    margins: Theme.spaceLg
    closePolicy: closable && !busy ? T.Popup.CloseOnEscape : T.Popup.NoAutoClose
    onAboutToShow: back.remember(parent)
    onOpened: scope.startFocus()
    onClosed: back.giveBack()

    property FocusReturn back: FocusReturn {}

    T.Overlay.modal: Rectangle {
        color: Theme.scrim
        Behavior on opacity { NumberAnimation { duration: Theme.durationNormal } }
    }
    background: PopupGround { cornerRadius: Theme.radiusLg + Theme.spaceXxs }
    enter: Transition {
        NumberAnimation { property: "opacity"; from: 0; to: 1; duration: Theme.durationNormal; easing.type: Theme.easing }
        NumberAnimation { property: "scale"; from: Theme.popupScale; to: 1; duration: Theme.durationNormal; easing.type: Theme.easing }
    }
    exit: Transition { NumberAnimation { property: "opacity"; from: 1; to: 0; duration: Theme.durationFast } }

    contentItem: FocusScope {
        id: scope

        function startFocus() {
            if (body.children.length > 0) {
                const first = body.nextItemInFocusChain(true)
                if (first && isWithin(first)) {
                    first.forceActiveFocus(Qt.OtherFocusReason)
                    return
                }
            }
            const button = root.destructive && root.secondaryText !== "" ? secondary : primary
            button.forceActiveFocus(Qt.TabFocusReason)
        }
        function isWithin(item: Item): bool {
            for (let at = item; at; at = at.parent) {
                if (at === body)
                    return true
            }
            return false
        }

        implicitHeight: column.implicitHeight
        Accessible.role: Accessible.Dialog
        Accessible.name: root.title
        Accessible.description: root.text
        Keys.onReturnPressed: root.pressPrimary()
        Keys.onEnterPressed: root.pressPrimary()

        ColumnLayout {
            id: column
            anchors.fill: parent
            spacing: 0

            RowLayout {
                Layout.fillWidth: true
                Layout.leftMargin: Theme.spaceXl - Theme.unit
                Layout.rightMargin: Theme.spaceMd
                Layout.topMargin: Theme.spaceLg
                spacing: Theme.spaceSm + Theme.spaceXxs

                Icon {
                    visible: root.iconName !== ""
                    name: root.iconName
                    size: Theme.iconLg
                    color: root.destructive ? Theme.danger : Theme.accent
                }
                HeadingText {
                    Layout.fillWidth: true
                    text: root.title
                    wrapMode: Text.WordWrap
                }
                IconButton {
                    visible: root.closable
                    Layout.alignment: Qt.AlignTop
                    small: true
                    enabled: !root.busy
                    activeFocusOnTab: false
                    iconName: "x-lg"
                    text: qsTr("Close")
                    onClicked: root.pressSecondary()
                }
            }
            BodyText {
                Layout.leftMargin: Theme.spaceXl - Theme.unit
                Layout.rightMargin: Theme.spaceXl - Theme.unit
                Layout.topMargin: Theme.spaceXs
                visible: text !== ""
                text: root.text
                color: Theme.textMuted
            }
            Flickable {
                id: flick
                Layout.fillWidth: true
                Layout.fillHeight: true
                Layout.topMargin: Theme.spaceLg
                Layout.preferredHeight: body.implicitHeight
                visible: body.children.length > 0
                contentWidth: width
                contentHeight: body.implicitHeight
                interactive: contentHeight > height
                clip: interactive
                boundsBehavior: Flickable.StopAtBounds
                T.ScrollBar.vertical: AppScrollBar {}

                ColumnLayout {
                    id: body
                    x: Theme.spaceXl - Theme.unit
                    width: flick.width - 2 * x
                    spacing: Theme.spaceMd
                }
            }
            RowLayout {
                Layout.fillWidth: true
                Layout.margins: Theme.spaceXl - Theme.unit
                Layout.topMargin: Theme.spaceXl - Theme.unit
                visible: root.primaryText !== "" || root.secondaryText !== "" || root.tertiaryText !== ""
                spacing: Theme.spaceSm

                AppButton {
                    id: tertiary
                    visible: text !== ""
                    enabled: !root.busy
                    kind: AppButton.Ghost
                    text: root.tertiaryText
                    onClicked: root.tertiaryClicked()
                }
                Item { Layout.fillWidth: true }
                AppButton {
                    id: secondary
                    visible: text !== ""
                    enabled: !root.busy
                    text: root.secondaryText
                    onClicked: root.pressSecondary()
                }
                AppButton {
                    id: primary
                    visible: text !== ""
                    kind: root.destructive ? AppButton.Danger : AppButton.Primary
                    enabled: root.primaryEnabled && !root.busy
                    busy: root.busy
                    text: root.primaryText
                    onClicked: root.pressPrimary()
                }
            }
        }
    }
}
