#pragma once

#include "control/logring.h"

#include <QAbstractListModel>
#include <QQmlEngine>

namespace lbp::gui {

class Format;

/// The last lines of the log, newest first, while somebody looks. Thread: main.
class SettingsLog : public QAbstractListModel
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("provided by the application")
    Q_PROPERTY(int count READ count NOTIFY countChanged)
    Q_PROPERTY(bool warningsOnly READ warningsOnly WRITE setWarningsOnly NOTIFY countChanged)
public:
    enum Role { WhenRole = Qt::UserRole + 1, LevelRole, TextRole, ToneRole };
    SettingsLog(LogRing &ring, const Format &format, QObject *parent = nullptr);

    [[nodiscard]] int count() const { return int(m_lines.size()); }
    [[nodiscard]] bool warningsOnly() const { return m_warningsOnly; }
    void setWarningsOnly(bool only);
    void follow(bool on);
    [[nodiscard]] QString plain() const; ///< all of it, oldest first

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override;

Q_SIGNALS:
    void countChanged();

private:
    void read();
    [[nodiscard]] static bool isGrave(const LogLine &line);
    LogRing &m_ring;
    const Format &m_format;
    QList<LogLine> m_lines; ///< oldest first
    quint64 m_last = 0;
    bool m_following = false;
    bool m_warningsOnly = false;
};

} // namespace lbp::gui
