#pragma once

#include <QObject>
#include <QQmlEngine>
#include <QVariant>

namespace lbp::gui {

/// Writes what a person chose into a property of a control without ending the binding that a page has put on
/// it, as an assignment in QML would: the control shows the choice at once and still follows its model.
/// Thread: main.
class UserEdit : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(QObject *target MEMBER m_target NOTIFY changed)
    Q_PROPERTY(QString property MEMBER m_property NOTIFY changed)
public:
    Q_INVOKABLE void write(const QVariant &value);

Q_SIGNALS:
    void changed();

private:
    QObject *m_target = nullptr;
    QString m_property;
};

} // namespace lbp::gui
