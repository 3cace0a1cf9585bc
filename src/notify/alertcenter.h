#pragma once

#include "core/mailbox.h"
#include "core/webhooktest.h"
#include "notify/alert.h"
#include "notify/webhook.h"
#include "storage/store.h"

#include <QHash>
#include <QObject>
#include <QTimer>

namespace lbp {

/// Something to be shown outside the program's windows now, by the desktop's notifications.
struct AlertNotice
{
    AlertRecord record; ///< of a summary: event "quietSummary", and no id
    int heldBack = 0; ///< of a summary: how many alerts it stands for
};

/// Decides which events become alerts, once where once is enough, writes them into the history and sends the
/// webhook.
///
/// How often: a budget threshold once per period (also across a restart: the store remembers); everything
/// else once per alerts.debounceMinutes and subject, but never more often than once a second. A storm of the
/// same event costs one look-up in memory each: the store is only asked about what was not claimed or refused
/// lately.
///
/// Quiet hours (alerts.quietHours): everything goes into the history at once and raised() tells windows of
/// it. What would disturb waits: desktop notifications of all alerts, and webhooks of warnings. When the
/// quiet is over, one summary is sent to each. Webhooks of budgetExceeded and keyPaused go out at once: work
/// has stopped, and who receives them has quiet hours of their own. What was held back when the program ends
/// is in the history, and the summary at the next start counts it.
///
/// Ownership: borrows store, clock and sender, which outlive it. Thread: main.
class AlertCenter : public QObject
{
    Q_OBJECT
public:
    /// \param keyName the name of a key for people; empty when it is not known.
    AlertCenter(Store &store, const Clock &clock, WebhookSender &sender,
                std::function<QString(KeyId)> keyName, QObject *parent = nullptr);

    /// Takes the alert settings into use; also those of the webhook.
    void setConfig(std::shared_ptr<const Config> config);
    /// At start, once: alerts that a program before this one held back are part of the next summary.
    void resume();
    void handle(const Event &event);
    void handle(const QList<Event> &events);
    /// Sends a test alert now and says how it went.
    [[nodiscard]] QFuture<Status> test();
    [[nodiscard]] QFuture<WebhookTest> testWebhook(); ///< the same with the answer's status and time
    [[nodiscard]] bool isQuiet() const; ///< now
    [[nodiscard]] std::optional<Instant> quietUntil() const; ///< nullopt: it is not quiet

Q_SIGNALS:
    void
    raised(const lbp::AlertRecord &record); ///< after it was written to the history; for windows and toasts
    void notice(const lbp::AlertNotice &notice); ///< for the desktop's notifications; none in quiet hours
    void delivered(qint64 id, const QString &delivery); ///< AlertRecord::delivery of one changed

private:
    void raise(const Alert &alert);
    void deliver(const Alert &alert, QList<qint64> historyIds);
    void setDelivery(qint64 historyId, const QString &delivery);
    void hold(const Alert &alert, const AlertRecord &written);
    void armQuietEnd();
    void endQuiet();
    [[nodiscard]] static QTimeZone zone();
    [[nodiscard]] QByteArray bodyOf(const Alert &alert) const;
    void remember(const AlertIdentity &identity, Instant until);

    static constexpr qsizetype maxRemembered = 10'000;
    Store &m_store;
    const Clock &m_clock;
    WebhookSender &m_sender;
    std::function<QString(KeyId)> m_keyName;
    std::shared_ptr<const Config> m_config;
    QList<bool> m_enabled; ///< by index of alertEventNames()
    QHash<AlertIdentity, Instant> m_quietUntil;
    struct Held
    {
        QString event, text;
        qint64 id = 0;
        bool webhook = false; ///< its webhook waits too
    };
    QList<Held> m_held;
    QTimer m_quietEnd;
    Mailbox m_mailbox{this};
};

} // namespace lbp
