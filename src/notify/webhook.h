#pragma once

#include "core/clock.h"
#include "core/mailbox.h"
#include "core/result.h"
#include "core/secret.h"
#include "core/webhooktest.h"

#include <chrono>
#include <deque>
#include <functional>
#include <QHostAddress>
#include <QNetworkAccessManager>
#include <QObject>
#include <QUrl>

namespace lbp {

/// Posts alerts to one webhook, in order, each at least once tried and repeated with growing pauses.
///
/// Signature: with a secret set, X-LBP-Timestamp holds the Unix time in seconds and X-LBP-Signature is
/// "sha256=" + hex(HMAC-SHA256(secret, timestamp + "." + body)). The time is inside the MAC, so that a
/// recorded call cannot be played again later by someone who does not know the secret.
///
/// Target: the host name is resolved, every address is checked, and the connection is made to a checked
/// address (the name still goes into Host and TLS verification), so a name that resolves differently a moment
/// later (DNS rebinding) gains nothing. What this cannot see: a proxy of the system's, which resolves by
/// itself, and a public host that forwards into a private network.
///
/// Thread: that of its parent (main).
class WebhookSender : public QObject
{
    Q_OBJECT
public:
    struct Target
    {
        QUrl url; ///< empty: nothing is sent
        Secret secret;
        bool allowPrivate = false;
    };
    /// What the sender needs from the world, so that tests need neither sleeps nor names.
    struct Environment
    {
        std::function<void(std::chrono::milliseconds, std::function<void()>)>
            after; ///< runs it later on this thread
        std::function<void(QString, std::function<void(QList<QHostAddress>)>)> resolve;
        std::chrono::milliseconds timeout{10'000}; ///< for one attempt, from name to answer
    };
    using Done = std::function<void(Status)>;

    static constexpr size_t maxWaiting = 200;
    static constexpr std::chrono::milliseconds pauses[] = {
        std::chrono::seconds(1), std::chrono::seconds(4), std::chrono::seconds(15), std::chrono::seconds(60)};

    explicit WebhookSender(const Clock &clock, QObject *parent = nullptr);
    WebhookSender(const Clock &clock, Environment environment, QObject *parent = nullptr);
    ~WebhookSender() override;

    void setTarget(Target target);
    [[nodiscard]] bool hasTarget() const { return !m_target.url.isEmpty(); }
    [[nodiscard]] bool speaksSlack() const;

    /// Queues \a body (JSON). Repeated after network errors, 5xx and 429. When more than maxWaiting wait, the
    /// oldest fails at once.
    void send(QByteArray body, Done done);
    /// One attempt now, beside the queue, for trying the webhook out.
    void sendOnce(QByteArray body, Done done);
    void tryOnce(QByteArray body, std::function<void(WebhookTest)> done); ///< the same, with more to tell

    [[nodiscard]] size_t waiting() const { return m_queue.size(); }
    [[nodiscard]] quint64 dropped() const { return m_dropped; }

private:
    struct Item
    {
        QByteArray body;
        Done done;
        size_t tries = 0;
    };
    struct Outcome
    {
        Status status;
        bool repeat = false;
        int httpStatus = 0;
    };
    using Attempted = std::function<void(Outcome)>;
    void pump();
    void finished(const Outcome &outcome);
    void attempt(const QByteArray &body, Attempted attempted);
    void post(const QHostAddress &address, const QByteArray &body, const Attempted &attempted);

    const Clock &m_clock;
    Environment m_environment;
    QNetworkAccessManager m_network;
    Target m_target;
    std::deque<Item> m_queue; ///< the first is the one being sent
    bool m_busy = false;
    quint64 m_dropped = 0;
    Mailbox m_mailbox{this};
};

} // namespace lbp
