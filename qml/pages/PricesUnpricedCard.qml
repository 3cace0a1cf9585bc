// Models that were asked for and have no price: what they cost cannot be bounded, so each can be priced here with one click.
import QtQuick
import QtQuick.Layouts
import BudgetProxy
import BudgetProxy.Theme
import BudgetProxy.Controls

Rectangle {
    id: root

    required property PricesModel model
    property int most: 3 ///< shown at once

    Layout.fillWidth: true
    implicitHeight: body.implicitHeight + 2 * Theme.spaceMd
    radius: Theme.radiusLg
    color: Theme.warningSoft
    Accessible.role: Accessible.Grouping
    Accessible.name: model.unpriced.title

    ColumnLayout {
        id: body
        anchors.left: parent.left
        anchors.right: parent.right
        anchors.top: parent.top
        anchors.margins: Theme.spaceMd
        spacing: Theme.spaceXs

        RowLayout {
            spacing: Theme.spaceSm
            Icon { name: "exclamation-triangle"; color: Theme.warning }
            LabelText {
                objectName: "unpricedTitle"
                Layout.fillWidth: true
                text: root.model.unpriced.title
                Accessible.role: Accessible.Heading
            }
        }
        ListView {
            id: list
            objectName: "unpricedList"
            Layout.fillWidth: true
            implicitHeight: Math.min(count, root.most) * Theme.rowHeight
            model: root.model.unpriced
            clip: true
            reuseItems: true
            interactive: count > root.most
            boundsBehavior: Flickable.StopAtBounds
            currentIndex: -1
            Accessible.role: Accessible.List
            Accessible.name: root.model.unpriced.title
            delegate: Item {
                id: line
                required property int index
                required property string modelName
                required property string detail
                required property string seen
                width: ListView.view ? ListView.view.width : 0
                height: Theme.rowHeight
                RowLayout {
                    anchors.fill: parent
                    anchors.leftMargin: Theme.iconMd + Theme.spaceSm
                    spacing: Theme.spaceMd
                    LabelText {
                        Layout.fillWidth: true
                        Layout.preferredWidth: Theme.unit * 50
                        Layout.maximumWidth: Theme.unit * 70
                        text: line.modelName
                    }
                    MutedText {
                        Layout.fillWidth: true
                        Layout.preferredWidth: Theme.unit * 60
                        color: Theme.text
                        text: line.detail
                    }
                    MutedText {
                        Layout.fillWidth: false
                        visible: root.width > Theme.unit * 190
                        color: Theme.text
                        text: line.seen
                    }
                    AppButton {
                        objectName: "price-" + line.modelName
                        small: true
                        iconName: "tags"
                        text: qsTr("Set price")
                        Accessible.name: qsTr("Set the price of %1").arg(line.modelName)
                        onActiveFocusChanged: if (activeFocus) list.positionViewAtIndex(line.index, ListView.Contain)
                        onClicked: root.model.add(line.modelName)
                    }
                }
            }
        }
    }
}
