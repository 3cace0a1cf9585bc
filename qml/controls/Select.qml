// A choice of one from a list that opens. model is a list of { text, value } or of texts, or a C++ model with such roles.
import QtQuick
import QtQuick.Layouts
import QtQuick.Templates as T
import BudgetProxy
import BudgetProxy.Theme

FocusScope {
    id: root

    property alias model: combo.model
    property string textRole: "text"
    property string valueRole: "value"
    property var currentValue: undefined ///< shows this one; follows the person's choice
    property string placeholderText: ""
    property string accessibleName: ""
    property string iconName: ""
    property bool hasError: false
    property bool small: false
    property bool quiet: false ///< no outline at rest, for bars and headers
    readonly property alias currentIndex: combo.currentIndex
    readonly property alias currentText: combo.displayText
    readonly property alias count: combo.count
    readonly property alias opened: list.opened

    signal picked(var value)

    readonly property bool plain: Array.isArray(model) && (model.length === 0 || typeof model[0] === "string")

    property real widest: 0
    function measure() {
        let most = Math.ceil(metrics.advanceWidth(placeholderText))
        for (let i = 0; i < Math.min(combo.count, 50); ++i)
            most = Math.max(most, Math.ceil(metrics.advanceWidth(plain ? model[i] : combo.textAt(i))))
        widest = most + Theme.line
    }
    function openList() { list.open() }
    function follow() {
        let index = -1
        if (plain)
            index = model.indexOf(currentValue)
        else if (currentValue !== undefined)
            index = combo.indexOfValue(currentValue)
        if (combo.currentIndex !== index)
            combo.currentIndex = index
    }

    implicitWidth: small || quiet ? combo.implicitWidth : Math.max(Theme.fieldWidth / 2, combo.implicitWidth)
    implicitHeight: small ? Theme.controlHeightSmall : Theme.controlHeight
    onCurrentValueChanged: follow()
    onModelChanged: follow()
    Component.onCompleted: {
        measure()
        follow()
    }

    FontMetrics {
        id: metrics
        font: combo.font
    }

    UserEdit {
        id: edit
        target: root
        property: "currentValue"
    }

    T.ComboBox {
        id: combo
        anchors.fill: parent
        focus: true
        activeFocusOnTab: true
        textRole: root.plain ? "" : root.textRole
        valueRole: root.plain ? "" : root.valueRole
        implicitWidth: root.widest + leftPadding + rightPadding
        leftPadding: mirrored ? Theme.iconSm + 2 * Theme.spaceSm : before
        rightPadding: mirrored ? before : Theme.iconSm + 2 * Theme.spaceSm
        opacity: enabled ? 1 : Theme.disabledOpacity
        font.family: Theme.font
        font.pixelSize: root.small ? Theme.textSmall : Theme.textBody
        currentIndex: -1
        displayText: currentIndex < 0 ? root.placeholderText : currentText
        Accessible.name: root.accessibleName === "" ? displayText : root.accessibleName
        Accessible.description: root.accessibleName === "" ? "" : displayText
        onCountChanged: {
            root.measure()
            root.follow()
        }
        onActivated: index => {
            const value = root.plain ? root.model[index] : valueAt(index)
            edit.write(value)
            root.picked(value)
        }
        // The template acts on the release, and only while the list is open.
        Keys.onPressed: event => {
            armed = (event.key === Qt.Key_Return || event.key === Qt.Key_Enter) && !list.opened
            event.accepted = armed // a dialog around it would take it for its own
        }
        Keys.onReleased: event => {
            if (!armed || (event.key !== Qt.Key_Return && event.key !== Qt.Key_Enter))
                return
            armed = false
            event.accepted = true
            list.open()
        }
        property bool armed: false

        readonly property real before: Theme.spaceSm + Theme.spaceXxs + (root.iconName === "" ? 0 : Theme.iconSm + Theme.spaceSm)

        contentItem: Text {
            text: combo.displayText
            textFormat: Text.PlainText
            elide: Text.ElideRight
            verticalAlignment: Text.AlignVCenter
            color: combo.currentIndex < 0 ? Theme.textFaint : Theme.text
            font: combo.font
        }
        indicator: Icon {
            x: combo.mirrored ? Theme.spaceSm : combo.width - width - Theme.spaceSm
            y: Math.round((combo.height - height) / 2)
            name: "chevron-expand"
            size: Theme.iconSm
            color: combo.hovered || list.opened ? Theme.text : Theme.textFaint
        }
        background: Rectangle {
            radius: Theme.radiusMd
            color: root.quiet ? (combo.down || list.opened || combo.hovered ? Theme.hover : Theme.transparent) : combo.down || list.opened || combo.hovered ? Theme.controlHover : Theme.control
            border.width: root.quiet && !root.hasError ? 0 : Theme.line
            border.color: root.hasError ? Theme.danger : combo.hovered || list.opened ? Theme.textFaint : Theme.borderControl

            Icon {
                x: combo.mirrored ? parent.width - width - Theme.spaceSm - Theme.spaceXxs : Theme.spaceSm + Theme.spaceXxs
                y: Math.round((parent.height - height) / 2)
                visible: root.iconName !== ""
                name: root.iconName
                size: Theme.iconSm
            }
            FocusRing { shown: combo.visualFocus }
        }
        delegate: T.ItemDelegate {
            id: entry
            required property int index
            required property var model
            readonly property bool current: combo.currentIndex === index

            width: ListView.view ? ListView.view.width : implicitWidth
            implicitWidth: name.implicitWidth + leftPadding + rightPadding
            implicitHeight: Theme.controlHeight - Theme.spaceXxs
            leftPadding: Theme.spaceSm + (mirrored ? Theme.iconMd + Theme.spaceXs : 0)
            rightPadding: Theme.spaceSm + (mirrored ? 0 : Theme.iconMd + Theme.spaceXs)
            highlighted: combo.highlightedIndex === index
            text: root.plain ? root.model[index] ?? "" : combo.textAt(index)
            Accessible.name: text
            contentItem: Text {
                id: name
                text: entry.text
                textFormat: Text.PlainText
                elide: Text.ElideRight
                verticalAlignment: Text.AlignVCenter
                color: Theme.text
                font.family: Theme.font
                font.pixelSize: Theme.textBody
                font.weight: entry.current ? Theme.weightMedium : Theme.weightRegular
                TruncationTip { target: name }
            }
            background: Rectangle {
                radius: Theme.radiusSm
                color: entry.highlighted || entry.hovered ? Theme.hover : Theme.transparent
                Icon {
                    x: entry.mirrored ? Theme.spaceSm : parent.width - width - Theme.spaceSm
                    anchors.verticalCenter: parent.verticalCenter
                    visible: entry.current
                    name: "check"
                    color: Theme.accent
                }
            }
        }
        popup: T.Popup {
            id: list

            y: combo.height + Theme.spaceXs
            width: Math.max(combo.width, Math.min(Theme.tipWidth, combo.implicitWidth + Theme.spaceXl))
            implicitHeight: Math.min(contentItem.implicitHeight + topPadding + bottomPadding, Theme.controlHeight * 10)
            margins: Theme.spaceSm
            padding: Theme.spaceXs
            contentItem: ListView {
                clip: true
                implicitHeight: contentHeight
                model: list.visible ? combo.delegateModel : null
                currentIndex: combo.highlightedIndex
                boundsBehavior: Flickable.StopAtBounds
                highlightMoveDuration: 0
                T.ScrollBar.vertical: AppScrollBar {}
            }
            background: PopupGround {}
            enter: Transition { NumberAnimation { property: "opacity"; from: 0; to: 1; duration: Theme.durationFast } }
            exit: Transition { NumberAnimation { property: "opacity"; from: 1; to: 0; duration: Theme.durationFast } }
        }
    }
}
