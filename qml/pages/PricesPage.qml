// Models and prices: what each costs, what is used without a price, and what another model would have cost.
import QtQuick
import QtQuick.Layouts
import BudgetProxy
import BudgetProxy.Theme
import BudgetProxy.Controls

FocusScope {
    id: root
    objectName: "page"

    required property MainContext app
    readonly property PricesModel model: app.prices

    Shortcut {
        sequences: [StandardKey.New]
        enabled: root.visible && !root.model.form.open && !root.model.importer.open
        onActivated: root.model.add()
    }
    Shortcut {
        sequences: [StandardKey.Find]
        enabled: root.visible && !root.model.comparing
        onActivated: list.focusSearch()
    }

    PageFrame {
        id: page
        anchors.fill: parent
        focus: true
        scrollable: root.model.comparing
        title: qsTr("Models and prices")
        subtitle: width < Theme.unit * 180 ? "" : qsTr("What a request will cost is known before it is sent. Prices are US dollars per million tokens.")
        actions: [
            AppButton {
                objectName: "importButton"
                iconName: "upload"
                text: qsTr("Import…")
                onClicked: root.model.importFile()
            },
            AppButton {
                objectName: "addButton"
                kind: AppButton.Primary
                iconName: "plus-lg"
                text: qsTr("Add model")
                onClicked: root.model.add()
            }
        ]

        InlineNotice {
            visible: root.model.problem !== ""
            tone: "danger"
            title: qsTr("The requests could not be searched for models without a price")
            text: root.model.problem
        }
        Tabs {
            objectName: "views"
            Layout.fillWidth: true
            model: [qsTr("Price list"), qsTr("What if?")]
            accessibleName: qsTr("Views")
            currentIndex: root.model.comparing ? 1 : 0
            onPicked: index => root.model.comparing = index === 1
        }
        PricesList {
            id: list
            Layout.fillWidth: true
            Layout.fillHeight: true
            visible: !root.model.comparing
            model: root.model
            low: page.height < Theme.unit * 130
        }
        Loader {
            Layout.fillWidth: true
            active: root.model.comparing
            visible: active
            sourceComponent: PricesWhatIf { whatIf: root.model.whatIf }
        }
    }

    Loader {
        active: root.model.form.open
        sourceComponent: PricesEditorDialog { form: root.model.form }
    }
    Loader {
        active: root.model.importer.open
        sourceComponent: PricesImportDialog { importer: root.model.importer }
    }
    Loader {
        active: root.model.removing !== ""
        sourceComponent: AppDialog {
            objectName: "removeDialog"
            iconName: "trash"
            destructive: true
            title: qsTr("Remove the price of %1?").arg(root.model.removing)
            text: qsTr("Requests for it are then treated as for a model without a price. What was spent stays in the books.")
            primaryText: qsTr("Remove price")
            closesOnPrimary: false
            onPrimaryClicked: root.model.remove()
            onRejected: root.model.askRemove("")
            Component.onCompleted: open()
        }
    }
}
