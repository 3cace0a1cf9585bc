// Instead of the window, when the program cannot start: what is wrong, where, and what to do.
import QtQuick
import QtQuick.Layouts
import QtQuick.Templates as T
import BudgetProxy.Theme
import BudgetProxy.Controls

T.ApplicationWindow {
    id: root

    required property var problems ///< one line each
    required property string configFile
    required property bool dark

    signal retryAsked
    signal openAsked
    signal quitAsked

    width: Theme.unit * 180
    height: Theme.unit * 110
    minimumWidth: Theme.windowMinimumWidth
    minimumHeight: Theme.windowMinimumHeight
    title: qsTr("LLM Budget Proxy cannot start")
    color: Theme.canvas
    onClosing: root.quitAsked()

    Binding { target: Theme; property: "dark"; value: root.dark }

    ColumnLayout {
        anchors { fill: parent; margins: Theme.spaceXl }
        spacing: Theme.spaceLg
        RowLayout {
            spacing: Theme.spaceMd
            Icon { name: "exclamation-triangle"; size: Theme.iconLg; color: Theme.warning }
            HeadingText { Layout.fillWidth: true; text: qsTr("The proxy cannot start yet") }
        }
        BodyText {
            Layout.fillWidth: true
            text: qsTr("%n thing(s) to put right, then try again. Nothing was changed and nothing is lost.", "", root.problems.length)
            wrapMode: Text.Wrap
        }
        CodeBlock {
            Layout.fillWidth: true
            Layout.fillHeight: true
            text: root.problems.join("\n")
            copyable: true
        }
        MutedText { Layout.fillWidth: true; text: root.configFile; elide: Text.ElideMiddle }
        RowLayout {
            Layout.alignment: Qt.AlignRight
            spacing: Theme.spaceSm
            AppButton { text: qsTr("Quit"); kind: AppButton.Ghost; onClicked: root.quitAsked() }
            AppButton { text: qsTr("Open the file"); onClicked: root.openAsked() }
            AppButton { text: qsTr("Try again"); kind: AppButton.Primary; focus: true; onClicked: root.retryAsked() }
        }
    }
}
