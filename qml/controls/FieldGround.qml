// What every field has behind it: sunken paper, an outline that says whether it is ready, in use or wrong.
import QtQuick
import BudgetProxy.Theme

Rectangle {
    id: root

    property bool active: false
    property bool hovered: false
    property bool hasError: false
    property bool readOnly: false

    radius: Theme.radiusMd
    color: readOnly ? Theme.surfaceSunken : Theme.field
    border.width: active ? Theme.focusLine : Theme.line
    border.color: hasError ? Theme.danger : active ? Theme.focus : readOnly ? Theme.border : hovered ? Theme.textFaint : Theme.borderControl
}
