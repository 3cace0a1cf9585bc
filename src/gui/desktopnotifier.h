#pragma once

#include <optional>
#include <QHash>
#include <QObject>
#include <QStringList>
#include <QVariantMap>

class QDBusPendingCallWatcher;

namespace lbp::gui {

/// One message for the desktop's notification service.
struct DesktopNotification
{
    enum class Urgency { Low, Normal, Critical };
    struct Action
    {
        QString id;
        QString text;
    };
    QString key; ///< ours: a later one with the same key replaces it, actions come back with it
    QString title, text;
    Urgency urgency = Urgency::Normal;
    QList<Action> actions{}; ///< left out where the desktop cannot show them
    int timeoutMs = -1; ///< -1: as the desktop likes; 0: until it is answered
};

/// Notifications of the desktop, by org.freedesktop.Notifications on the session bus
/// (https://specifications.freedesktop.org/notification-spec/). Never waits for the bus; without a service
/// nothing is shown. Thread: main.
class DesktopNotifier : public QObject
{
    Q_OBJECT
public:
    explicit DesktopNotifier(QObject *parent = nullptr);
    ~DesktopNotifier() override;

    void show(const DesktopNotification &notification);
    void withdraw(const QString &key);
    /// The service shows buttons. False until it has said so.
    [[nodiscard]] bool hasActions() const { return m_hasActions; }

Q_SIGNALS:
    /// \a action is "default" when the message itself was pressed.
    void actionChosen(const QString &key, const QString &action);
    void failed(const QString &key); ///< there is no service, or it refused

private Q_SLOTS:
    void actionInvoked(uint id, const QString &action);
    void notificationClosed(uint id, uint reason);

private:
    /// What the service knows of one key. One call at a time: what it will be replaced by is known from its
    /// answer only.
    struct Entry
    {
        uint id = 0; ///< the service's; 0: not shown yet
        bool asking = false; ///< a call is on its way
        bool withdrawn = false; ///< to be closed as soon as it has an id
        std::optional<DesktopNotification> next; ///< takes its place then
    };
    void askCapabilities();
    void send(Entry &entry, const DesktopNotification &notification);
    void answered(const QString &key, uint id); ///< 0: not shown
    [[nodiscard]] QString keyOf(uint id) const { return m_keys.value(id); }
    QHash<uint, QString> m_keys;
    QHash<QString, Entry> m_entries;
    bool m_hasActions = false;
    bool m_asking = false;
    bool m_known = false;
    QList<DesktopNotification> m_waiting; ///< until the capabilities are known
};

} // namespace lbp::gui
