// Heads and bodies, as far as they were kept; secrets are out of them.
import QtQuick
import QtQuick.Layouts
import BudgetProxy
import BudgetProxy.Theme
import BudgetProxy.Controls

RequestsSection {
    id: root

    required property RequestDetail detail
    property bool answer: false

    signal settingsAsked

    readonly property string body: answer ? detail.responseBody : detail.requestBody

    title: qsTr("Headers and body")

    InlineNotice {
        objectName: "headersMissing"
        visible: !root.detail.headersKept
        text: qsTr("The headers of this request were not kept. They are held in memory for recent requests only, while this window is open.")
    }
    Segmented {
        visible: root.detail.headersKept
        small: true
        accessibleName: qsTr("Headers and body")
        model: [qsTr("Request"), qsTr("Answer")]
        currentIndex: root.answer ? 1 : 0
        onPicked: index => root.answer = index === 1
    }
    CodeBlock {
        objectName: "headerBlock"
        visible: root.detail.headersKept && text !== ""
        Layout.fillWidth: true
        wrap: true
        maximumLines: 16
        text: root.answer ? root.detail.responseHead : root.detail.requestHead
    }
    CodeBlock {
        objectName: "bodyBlock"
        visible: root.body !== ""
        Layout.fillWidth: true
        wrap: true
        maximumLines: 24
        language: root.answer ? root.detail.responseBodyNote : root.detail.requestBodyNote
        text: root.body
    }
    InlineNotice {
        objectName: "bodyMissing"
        visible: root.body === ""
        text: root.detail.bodiesOn ? qsTr("No body was kept for this request.")
                                   : qsTr("What is said is not kept. Switch on “Keep prompts and answers” in the settings to see it from then on; it is written to disk then.")
        actionText: root.detail.bodiesOn ? "" : qsTr("Open the setting")
        onAction: root.settingsAsked()
    }
}
