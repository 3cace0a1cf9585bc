#pragma once

#include "config/configsaver.h"
#include "core/mailbox.h"

#include <functional>
#include <QObject>

namespace lbp::gui {

/// config.yml as it was read last, and changes of it that keep everything else. A change that somebody else
/// has made meanwhile is never written over. Thread: main.
class SettingsFile : public QObject
{
    Q_OBJECT
public:
    explicit SettingsFile(QString file, QObject *parent = nullptr);

    [[nodiscard]] const QByteArray &text() const { return m_base.text; }
    [[nodiscard]] bool isSaving() const { return m_saving; }
    [[nodiscard]] bool isRead() const { return m_read; }
    void read(); ///< as it is now
    using Done = std::function<void(const Status &)>;
    /// Error of \a done: ConfigInvalid with what would be wrong, Conflict when the file has changed since it
    /// was read, or what the disk says. Nothing is written then.
    void apply(const QList<ConfigEdit> &edits, Done done);

Q_SIGNALS:
    void loaded(); ///< text() is another one
    void failed(const QString &problem); ///< it cannot be read
    void savingChanged();

private:
    QString m_file;
    FileText m_base;
    bool m_read = false;
    bool m_saving = false;
    Mailbox m_mailbox{this};
};

} // namespace lbp::gui
