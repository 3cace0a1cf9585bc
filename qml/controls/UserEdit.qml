// Writes what a person chose into a property without ending the binding a page has put on it: the control shows the choice at
// once and still follows its model.
import QtQuick

PropertyAction {
    function write(choice: var) {
        value = choice
        start()
    }
}
