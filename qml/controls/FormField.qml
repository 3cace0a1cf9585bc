// A label above a field, a hint or an error below it. What is put inside gets the label as its accessible name.
import QtQuick
import QtQuick.Layouts
import BudgetProxy.Theme

ColumnLayout {
    id: root

    property string label: ""
    property string hint: ""
    property string error: "" ///< what is wrong and what to do; takes the place of the hint
    property bool required: false
    property bool optional: false
    default property alias content: body.data

    /// What the label belongs to: the first item inside.
    readonly property Item field: body.children.length > 0 ? body.children[0] as Item : null

    Layout.fillWidth: true
    Layout.alignment: Qt.AlignTop
    Layout.preferredWidth: body.implicitWidth // a long hint does not widen the field
    spacing: Theme.spaceXs + Theme.line
    Accessible.role: Accessible.Grouping
    Accessible.name: label

    RowLayout {
        visible: root.label !== ""
        spacing: Theme.spaceXs

        LabelText {
            id: caption
            Layout.maximumWidth: root.width
            text: root.label
            font.pixelSize: Theme.textSmall
            color: root.enabled ? Theme.text : Theme.textMuted
            Accessible.ignored: true

            TapHandler { onTapped: if (root.field) root.field.forceActiveFocus(Qt.MouseFocusReason) }
        }
        MutedText {
            visible: root.required || root.optional
            text: root.required ? qsTr("required") : qsTr("optional")
            color: Theme.textFaint
            font.pixelSize: Theme.textTiny
        }
    }
    ColumnLayout {
        id: body
        Layout.fillWidth: true
        spacing: Theme.spaceSm
    }
    RowLayout {
        visible: root.error !== "" || root.hint !== ""
        spacing: Theme.spaceXs + Theme.line

        Icon {
            Layout.alignment: Qt.AlignTop
            Layout.topMargin: Theme.line
            visible: root.error !== ""
            name: "exclamation-circle"
            size: Theme.iconSm
            color: Theme.danger
        }
        MutedText {
            wrapMode: Text.WordWrap
            text: root.error !== "" ? root.error : root.hint
            color: root.error !== "" ? Theme.danger : Theme.textMuted
            Accessible.role: root.error !== "" ? Accessible.AlertMessage : Accessible.StaticText
        }
    }

    property Item marked: null ///< shows the error on its outline
    function nameField() {
        marked = field && "hasError" in field ? field : null
        if (!field)
            return
        if ("accessibleName" in field)
            field["accessibleName"] = Qt.binding(() => root.label)
        else if (field.Accessible.name === "")
            field.Accessible.name = Qt.binding(() => root.label)
    }
    Binding {
        target: root.marked
        property: "hasError"
        value: true
        when: root.marked !== null && root.error !== ""
        restoreMode: Binding.RestoreBindingOrValue
    }
    Component.onCompleted: nameField()
    onFieldChanged: nameField()
}
