#include "notify/webhook.h"

#include "unit/control/fakes.h"
#include "unit/notify/webhookserver.h"

#include <QMessageAuthenticationCode>

using namespace lbp;
using namespace std::chrono_literals;

class TestNotifyWebhook : public QObject
{
    Q_OBJECT

    FakeClock m_clock;
    QList<std::chrono::milliseconds> m_pauses;
    QHash<QString, QList<QHostAddress>> m_names;

    WebhookSender::Environment environment()
    {
        // A pause is written down and over at once.
        return {[this](std::chrono::milliseconds pause, const std::function<void()> &next) {
                    m_pauses.append(pause);
                    next();
                },
                [this](const QString &host, const std::function<void(QList<QHostAddress>)> &found) {
                    found(m_names.value(host));
                }};
    }
    static Status sent(WebhookSender &sender, const QByteArray &body)
    {
        std::optional<Status> result;
        sender.send(body, [&](const Status &status) { result = status; });
        if (!QTest::qWaitFor([&] { return result.has_value(); }, 20'000))
            return fail(ErrorCode::Internal, QStringLiteral("nothing was reported"));
        return *result;
    }

private Q_SLOTS:
    void init()
    {
        m_pauses.clear();
        m_names.clear();
    }

    void theSignatureCanBeComputedAgain()
    {
        WebhookServer server;
        WebhookSender sender(m_clock, environment());
        sender.setTarget({QUrl(server.url()), Secret("webhook-canary"), true});
        QVERIFY(sent(sender, R"({"event":"test"})").has_value());
        QCOMPARE(server.calls.size(), 1);
        const auto &call = server.calls[0];
        QCOMPARE(call.body, QByteArray(R"({"event":"test"})"));
        QCOMPARE(call.header("Content-Type"), QByteArray("application/json"));
        const QByteArray timestamp = call.header("X-LBP-Timestamp");
        QCOMPARE(timestamp, QByteArray::number(toMicros(m_clock.now()) / 1'000'000));
        QCOMPARE(call.header("X-LBP-Signature"),
                 "sha256="
                     + QMessageAuthenticationCode::hash(timestamp + '.' + call.body, "webhook-canary",
                                                        QCryptographicHash::Sha256)
                           .toHex());
        QVERIFY(!call.head.contains("webhook-canary"));
    }

    void withoutASecretNothingIsSigned()
    {
        WebhookServer server;
        WebhookSender sender(m_clock, environment());
        sender.setTarget({QUrl(server.url()), Secret(), true});
        QVERIFY(sent(sender, "{}").has_value());
        QVERIFY(server.calls[0].header("X-LBP-Signature").isEmpty());
    }

    void theAddressThatWasCheckedIsTheOneCalled()
    {
        WebhookServer server;
        m_names.insert(QStringLiteral("hooks.example"), {QHostAddress::LocalHost});
        WebhookSender sender(m_clock, environment());
        sender.setTarget({QUrl(server.url(QStringLiteral("hooks.example"))), Secret(), true});
        QVERIFY(sent(sender, "{}").has_value());
        QCOMPARE(server.calls[0].header("Host"), "hooks.example:" + QByteArray::number(server.serverPort()));
    }

    void aNameThatLeadsToAPrivateAddressIsRefused()
    {
        WebhookServer server;
        m_names.insert(QStringLiteral("hooks.example"),
                       {QHostAddress(QStringLiteral("8.8.8.8")), QHostAddress::LocalHost});
        WebhookSender sender(m_clock, environment());
        sender.setTarget({QUrl(server.url(QStringLiteral("hooks.example"))), Secret(), false});
        const Status status = sent(sender, "{}");
        QVERIFY(!status);
        QVERIFY(status.error().detail.contains(u"allowPrivateTargets"));
        QVERIFY(m_pauses.isEmpty());
        QVERIFY(server.calls.isEmpty());
    }

    void repeatsWithGrowingPauses_data()
    {
        QTest::addColumn<QList<int>>("statuses");
        QTest::addColumn<int>("calls");
        QTest::addColumn<bool>("delivered");
        QTest::newRow("server errors, then well") << QList<int>{500, 503, 429, 200} << 4 << true;
        QTest::newRow("hangs up, then well") << QList<int>{0, 200} << 2 << true;
        QTest::newRow("never well") << QList<int>{500, 500, 500, 500, 500, 500} << 5 << false;
        QTest::newRow("our own mistake is not repeated") << QList<int>{404} << 1 << false;
        QTest::newRow("a redirect is neither followed nor repeated") << QList<int>{307} << 1 << false;
    }
    void repeatsWithGrowingPauses()
    {
        QFETCH(QList<int>, statuses);
        QFETCH(int, calls);
        QFETCH(bool, delivered);
        WebhookServer server;
        server.statuses = statuses;
        WebhookSender sender(m_clock, environment());
        sender.setTarget({QUrl(server.url()), Secret(), true});
        const Status status = sent(sender, "{}");
        QCOMPARE(status.has_value(), delivered);
        QCOMPARE(server.calls.size(), calls);
        const QList<std::chrono::milliseconds> all{1s, 4s, 15s, 60s};
        QCOMPARE(m_pauses, all.first(calls - 1));
        for (const auto &call : server.calls)
            QVERIFY(call.header("Cookie").isEmpty());
        if (!status)
            QVERIFY2(!status.error().detail.contains(u"/hook"), "the address of a webhook is a secret");
    }

    void theQueueIsBoundedAndTheOldestGoes()
    {
        auto silent = environment();
        silent.resolve = [](const QString &, const auto &) {}; // the first never gets on
        WebhookSender sender(m_clock, silent);
        sender.setTarget({QUrl(QStringLiteral("http://hooks.example/")), Secret(), true});
        QList<int> failed;
        const int count = int(WebhookSender::maxWaiting) + 11;
        for (int i = 0; i < count; ++i)
            sender.send("{}", [&failed, i](const Status &status) {
                if (!status)
                    failed.append(i);
            });
        QCOMPARE(sender.waiting(), WebhookSender::maxWaiting + 1);
        QCOMPARE(sender.dropped(), quint64(10));
        QCOMPARE(failed, (QList<int>{1, 2, 3, 4, 5, 6, 7, 8, 9, 10}));
    }
};

QTEST_GUILESS_MAIN(TestNotifyWebhook)
#include "tst_notify_webhook.moc"
