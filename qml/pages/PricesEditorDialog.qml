// One price: per million tokens, as typed. What is left empty falls back to what stands in the field.
import QtQuick
import QtQuick.Layouts
import BudgetProxy
import BudgetProxy.Theme
import BudgetProxy.Controls

AppDialog {
    id: root

    required property PriceForm form
    property bool more: form.hasMore
    readonly property int columnsFit: width > Theme.unit * 125 ? 4 : 2

    objectName: "priceDialog"
    iconName: "tags"
    title: form.title
    dialogWidth: Theme.unit * 160
    primaryText: form.isNew ? qsTr("Add price") : qsTr("Save")
    busy: form.busy
    closesOnPrimary: false
    onPrimaryClicked: root.form.submit()
    onRejected: root.form.cancel()
    Component.onCompleted: open()

    component Rates: GridLayout {
        id: grid
        property var fields: []
        Layout.fillWidth: true
        columns: root.columnsFit
        columnSpacing: Theme.spaceMd
        rowSpacing: Theme.spaceMd
        Repeater {
            model: grid.fields
            FormField {
                id: rate
                required property var modelData
                readonly property FormValue value: modelData.value as FormValue
                Layout.alignment: Qt.AlignTop
                Layout.preferredWidth: Theme.unit * 30
                label: modelData.label
                error: value.error
                MoneyField {
                    objectName: "rate-" + rate.modelData.key
                    text: rate.value.text
                    placeholderText: rate.modelData.placeholder
                    onTextEdited: rate.value.text = text
                }
            }
        }
    }

    InlineNotice {
        objectName: "problem"
        visible: root.form.problem !== ""
        tone: "danger"
        title: qsTr("It could not be saved")
        text: root.form.problem
    }
    FormField {
        visible: root.form.isNew
        label: qsTr("Model")
        required: true
        hint: qsTr("Exactly as your tools send it. A name with a date has the price of the name without it.")
        error: root.form.name.error
        AppTextField {
            objectName: "modelName"
            text: root.form.name.text
            maximumLength: 300
            inputMethodHints: Qt.ImhNoPredictiveText
            onTextEdited: root.form.name.text = text
        }
    }
    InlineNotice {
        objectName: "suggestion"
        visible: root.form.suggestion !== ""
        tone: "info"
        iconName: "magic"
        title: qsTr("Same as %1?").arg(root.form.suggestion)
        text: root.form.suggestionText
        actionText: qsTr("Use its prices")
        onAction: root.form.takeSuggestion()
    }
    LabelText {
        Layout.topMargin: Theme.spaceXs
        text: qsTr("US dollars per million tokens")
        Accessible.role: Accessible.Heading
    }
    Rates { fields: root.form.rates }
    InlineNotice {
        visible: root.form.note !== ""
        tone: "warning"
        text: root.form.note
    }
    AppButton {
        objectName: "moreRates"
        visible: !root.more
        kind: AppButton.Ghost
        small: true
        iconName: "chevron-down"
        text: qsTr("Thinking, sound, pictures, searches")
        onClicked: root.more = true
    }
    Rates {
        visible: root.more
        fields: root.more ? root.form.moreRates : []
    }
    ColumnLayout {
        Layout.fillWidth: true
        visible: root.form.tiers.length > 0
        spacing: Theme.spaceXs
        LabelText { text: qsTr("Other tiers"); Accessible.role: Accessible.Heading }
        Repeater {
            model: root.form.tiers
            RowLayout {
                id: tier
                required property var modelData
                Layout.fillWidth: true
                spacing: Theme.spaceSm
                Badge {
                    Layout.alignment: Qt.AlignTop
                    text: tier.modelData.name
                }
                MutedText {
                    Layout.fillWidth: true
                    wrapMode: Text.WordWrap
                    text: tier.modelData.text
                }
            }
        }
        RowLayout {
            Layout.fillWidth: true
            spacing: Theme.spaceSm
            MutedText {
                objectName: "tierPlace"
                Layout.fillWidth: true
                wrapMode: Text.WrapAnywhere
                text: root.form.tierPlace === "" ? qsTr("These are kept as they are; they are changed in the price file.")
                    : qsTr("These are kept as they are; they are changed in the price file. %1.").arg(root.form.tierPlace)
            }
            AppButton {
                objectName: "openPrices"
                Layout.alignment: Qt.AlignTop
                small: true
                kind: AppButton.Ghost
                iconName: "folder2-open"
                text: qsTr("Open the file")
                onClicked: root.form.openFile()
            }
        }
    }
    GridLayout {
        Layout.fillWidth: true
        columns: root.columnsFit === 4 ? 2 : 1
        columnSpacing: Theme.spaceMd
        rowSpacing: Theme.spaceMd
        FormField {
            Layout.alignment: Qt.AlignTop
            Layout.preferredWidth: Theme.unit * 30
            label: qsTr("Longest answer")
            optional: true
            error: root.form.longest.error
            AppTextField {
                objectName: "longest"
                text: root.form.longest.text
                suffix: qsTr("tokens")
                inputMethodHints: Qt.ImhDigitsOnly
                onTextEdited: root.form.longest.text = text
            }
        }
        FormField {
            Layout.alignment: Qt.AlignTop
            Layout.preferredWidth: Theme.unit * 60
            label: qsTr("Source")
            optional: true
            AppTextField {
                objectName: "source"
                text: root.form.source.text
                placeholderText: qsTr("where the price is from, and its date")
                maximumLength: 300
                onTextEdited: root.form.source.text = text
            }
        }
    }
}
