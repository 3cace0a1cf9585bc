// Creates a key or changes one. Only the name is asked for; the rest has a sensible value when it is left alone.
import QtQuick
import QtQuick.Layouts
import BudgetProxy
import BudgetProxy.Theme
import BudgetProxy.Controls

AppDialog {
    id: root

    required property KeyEditor editor
    readonly property int columnsFit: width > Theme.unit * 125 ? 2 : 1

    objectName: "editorDialog"
    iconName: "key"
    title: editor.title
    dialogWidth: Theme.unit * 160
    primaryText: editor.isNew ? qsTr("Create key") : qsTr("Save")
    busy: editor.busy
    closesOnPrimary: false
    onPrimaryClicked: root.editor.submit()
    onRejected: root.editor.cancel()
    Component.onCompleted: open()

    component Part: LabelText {
        Layout.fillWidth: true
        Layout.topMargin: Theme.spaceSm
        font.pixelSize: Theme.textBody
        Accessible.role: Accessible.Heading
    }

    InlineNotice {
        objectName: "problem"
        visible: root.editor.problem !== ""
        tone: "danger"
        title: qsTr("It could not be saved")
        text: root.editor.problem
    }
    FormField {
        label: qsTr("Name")
        required: true
        hint: qsTr("Who or what uses it.")
        error: root.editor.name.error
        AppTextField {
            objectName: "name"
            text: root.editor.name.text
            placeholderText: qsTr("laptop")
            maximumLength: 120
            onTextEdited: root.editor.name.text = text
        }
    }
    GridLayout {
        Layout.fillWidth: true
        columns: root.columnsFit
        columnSpacing: Theme.spaceLg
        rowSpacing: Theme.spaceMd
        FormField {
            Layout.alignment: Qt.AlignTop
            Layout.preferredWidth: Theme.fieldWidth
            label: qsTr("Team")
            optional: true
            error: root.editor.team.error
            KeysSuggestField {
                objectName: "team"
                value: root.editor.team
                suggestions: root.editor.teamSuggestions
            }
        }
        FormField {
            Layout.alignment: Qt.AlignTop
            Layout.preferredWidth: Theme.fieldWidth
            label: qsTr("Project")
            optional: true
            error: root.editor.project.error
            KeysSuggestField {
                objectName: "project"
                value: root.editor.project
                suggestions: root.editor.projectSuggestions
            }
        }
    }

    Part { text: qsTr("Budget") }
    GridLayout {
        Layout.fillWidth: true
        columns: root.columnsFit === 2 ? 5 : 2
        columnSpacing: Theme.spaceMd
        rowSpacing: Theme.spaceMd
        Repeater {
            model: root.editor.amounts
            FormField {
                id: amount
                required property var modelData
                readonly property FormValue value: modelData.value as FormValue
                Layout.alignment: Qt.AlignTop
                Layout.preferredWidth: Theme.unit * 24
                label: modelData.label
                error: value.error
                MoneyField {
                    objectName: "amount" + amount.modelData.label
                    text: amount.value.text
                    placeholderText: amount.modelData.placeholder
                    onTextEdited: amount.value.text = text
                }
            }
        }
    }
    MutedText {
        objectName: "summary"
        wrapMode: Text.WordWrap
        text: root.editor.summary
    }

    Part { text: qsTr("Limits") }
    GridLayout {
        Layout.fillWidth: true
        columns: root.columnsFit === 2 ? 4 : 2
        columnSpacing: Theme.spaceMd
        rowSpacing: Theme.spaceMd
        FormField {
            Layout.alignment: Qt.AlignTop
            Layout.preferredWidth: Theme.unit * 30
            label: qsTr("Requests a minute")
            error: root.editor.rpm.error
            AppTextField {
                objectName: "rpm"
                text: root.editor.rpm.text
                placeholderText: root.editor.rpmDefault
                inputMethodHints: Qt.ImhDigitsOnly
                onTextEdited: root.editor.rpm.text = text
            }
        }
        FormField {
            Layout.alignment: Qt.AlignTop
            Layout.preferredWidth: Theme.unit * 30
            label: qsTr("Tokens a minute")
            error: root.editor.tpm.error
            AppTextField {
                objectName: "tpm"
                text: root.editor.tpm.text
                placeholderText: root.editor.tpmDefault
                inputMethodHints: Qt.ImhDigitsOnly
                onTextEdited: root.editor.tpm.text = text
            }
        }
        FormField {
            Layout.alignment: Qt.AlignTop
            Layout.preferredWidth: Theme.unit * 30
            label: qsTr("At the same time")
            error: root.editor.parallel.error
            AppTextField {
                objectName: "parallel"
                text: root.editor.parallel.text
                placeholderText: root.editor.parallelDefault
                inputMethodHints: Qt.ImhDigitsOnly
                onTextEdited: root.editor.parallel.text = text
            }
        }
        FormField {
            Layout.alignment: Qt.AlignTop
            Layout.preferredWidth: Theme.unit * 30
            label: qsTr("Runaway guard")
            error: root.editor.guard.error
            MoneyField {
                objectName: "guard"
                text: root.editor.guard.text
                placeholderText: qsTr("off")
                currency: qsTr("a minute")
                onTextEdited: root.editor.guard.text = text
            }
        }
    }
    MutedText {
        wrapMode: Text.WordWrap
        text: qsTr("What is left empty is as in the settings; 0 means no limit. The guard pauses a key that spends more than this within a minute.")
    }

    Part { text: qsTr("Terms") }
    FormField {
        label: qsTr("Allowed models")
        hint: root.editor.models.length === 0 ? qsTr("Every model. Type a name, or a pattern such as gpt-4o*, to allow only these.") : qsTr("Only these. A pattern may hold * and ?.")
        error: root.editor.modelEntry.error
        RowLayout {
            Layout.fillWidth: true
            spacing: Theme.spaceSm
            KeysSuggestField {
                objectName: "modelEntry"
                value: root.editor.modelEntry
                suggestions: root.editor.modelSuggestions
                placeholderText: qsTr("Add a model")
                onTaken: root.editor.addModel()
                Keys.onReturnPressed: event => {
                    event.accepted = text.trim() !== ""
                    if (event.accepted)
                        root.editor.addModel()
                }
                Accessible.name: qsTr("Add a model")
            }
            AppButton {
                enabled: !(root.editor.modelEntry.text.trim() === "")
                text: qsTr("Add")
                onClicked: root.editor.addModel()
            }
        }
        Flow {
            Layout.fillWidth: true
            visible: root.editor.models.length > 0
            spacing: Theme.spaceXs
            Repeater {
                model: root.editor.models
                Chip {
                    required property int index
                    required property string modelData
                    text: modelData
                    closable: true
                    onCloseRequested: root.editor.removeModel(index)
                }
            }
        }
    }
    GridLayout {
        Layout.fillWidth: true
        columns: root.columnsFit
        columnSpacing: Theme.spaceLg
        rowSpacing: Theme.spaceMd
        FormField {
            Layout.alignment: Qt.AlignTop
            Layout.preferredWidth: Theme.fieldWidth
            label: qsTr("Expires")
            hint: root.editor.expiryHint
            Select {
                objectName: "expiry"
                Layout.fillWidth: true
                model: root.editor.expiryChoices
                currentValue: root.editor.expiryChoice
                onPicked: value => root.editor.expiryChoice = value
            }
        }
        FormField {
            Layout.alignment: Qt.AlignTop
            Layout.preferredWidth: Theme.fieldWidth
            visible: root.editor.expiryChoice === KeyEditor.OnDate
            label: qsTr("Last day")
            error: root.editor.expiryDate.error
            AppTextField {
                objectName: "expiryDate"
                text: root.editor.expiryDate.text
                placeholderText: qsTr("2027-01-31", "a date as a sample")
                onTextEdited: root.editor.expiryDate.text = text
            }
        }
    }
    CheckRow {
        objectName: "allowUnmetered"
        Layout.fillWidth: true
        text: qsTr("Allow paths that cannot be metered")
        description: qsTr("They may cost money that no budget sees. Off is right for nearly everybody.")
        checked: root.editor.allowUnmetered
        onToggled: root.editor.allowUnmetered = checked
    }
}
