// Gives the present filter a name.
import QtQuick
import BudgetProxy
import BudgetProxy.Controls

AppDialog {
    id: root

    required property RequestFilterInput filter

    function start() {
        name.text = ""
        open()
    }

    objectName: "saveFilterDialog"
    iconName: "bookmark-plus"
    title: qsTr("Save this filter")
    text: filter.applied
    primaryText: qsTr("Save")
    primaryEnabled: name.text.trim() !== ""
    onPrimaryClicked: filter.save(name.text)

    FormField {
        label: qsTr("Name")
        AppTextField {
            id: name
            objectName: "filterName"
            maximumLength: 60
            placeholderText: qsTr("Dear requests of today")
        }
    }
}
