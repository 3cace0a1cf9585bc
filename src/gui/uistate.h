#pragma once

#include <QJsonObject>
#include <QObject>
#include <QQmlEngine>
#include <QTimer>
#include <QVariant>

namespace lbp::gui {

/// What the window remembers: its size, theme, language, columns, saved filters, what was said once. A JSON
/// file in the data directory, read once at start and written by another thread a moment after a change.
/// Never money, never a secret. Thread: main.
class UiState : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("provided by the application")
public:
    /// Reads \a file now, before there is a window; a missing or damaged one is as good as empty.
    explicit UiState(QString file, QObject *parent = nullptr);
    ~UiState() override; ///< writes what is not written yet

    Q_INVOKABLE QVariant value(const QString &key, const QVariant &fallback = {}) const;
    Q_INVOKABLE void setValue(const QString &key, const QVariant &value);
    /// True the first time it is asked for \a key, false ever after.
    Q_INVOKABLE bool claimOnce(const QString &key);

private:
    void save();
    QString m_file;
    QJsonObject m_values;
    QTimer m_timer;
    bool m_dirty = false;
};

} // namespace lbp::gui
