#include "notify/alertcenter.h"

#include "unit/control/fakes.h"
#include "unit/notify/webhookserver.h"

#include <QJsonDocument>
#include <QSignalSpy>

using namespace lbp;
using namespace std::chrono_literals;

class TestNotifyAlerts : public QObject
{
    Q_OBJECT

    FakeClock m_clock;

    /// Everything an alert needs, over a store that may have lived before.
    struct Rig
    {
        Rig(TestNotifyAlerts &test, Store &store)
            : sender(test.m_clock)
            , center(store, test.m_clock, sender, [](KeyId id) { return QStringLiteral("name%1").arg(id); })
            , raised(&center, &AlertCenter::raised)
        {
        }
        void configure(std::function<void(Config &)> change)
        {
            auto config = std::make_shared<Config>();
            config->alerts.allowPrivateTargets = true;
            change(*config);
            center.setConfig(config);
        }
        WebhookSender sender;
        AlertCenter center;
        QSignalSpy raised;
    };
    BudgetStatus status(Period period = Period::Daily, KeyId key = 3)
    {
        return {{{ScopeKind::Key, QString::number(key)}, period, usd("10"), false},
                periodSpan(period, m_clock.now(), QTimeZone::utc()),
                usd("8.2"),
                usd("0.3")};
    }
    Event warning(int percent = 80, Period period = Period::Daily)
    {
        return {m_clock.now(), event::BudgetWarning{status(period), {percent, ThresholdAction::Warn}, 3}};
    }
    Event exceeded(KeyId key = 3) { return {m_clock.now(), event::BudgetExceeded{status(), usd("2"), key}}; }
    /// Lets what was asked of the store come back.
    static void settle(Store &store)
    {
        for (int i = 0; i < 3; ++i)
            (void)await(store.alerts(1000));
        QCoreApplication::processEvents();
        (void)await(store.alerts(1000));
        QCoreApplication::processEvents();
    }
    static qsizetype history(Store &store)
    {
        settle(store);
        return await(store.alerts(1000)).value().size();
    }

private Q_SLOTS:
    void aThresholdIsToldOncePerPeriodAlsoAcrossARestart()
    {
        TestStore db;
        {
            Rig rig(*this, *db.store);
            for (int i = 0; i < 5; ++i)
                rig.center.handle(warning());
            QTRY_COMPARE(history(*db.store), 1);
            rig.center.handle(warning(95));
            QTRY_COMPARE(history(*db.store), 2);
        }
        db.reopen();
        Rig rig(*this, *db.store);
        rig.center.handle(warning());
        m_clock.advance(3h); // beyond the debounce time, within the day
        rig.center.handle(warning());
        QTRY_COMPARE(history(*db.store), 2);
        m_clock.advance(24h);
        rig.center.handle(warning());
        QTRY_COMPARE(history(*db.store), 3);
        QCOMPARE(rig.raised.size(), 1);
    }

    void anExceededBudgetIsToldOncePerKeyAndDebounceTime()
    {
        TestStore db;
        Rig rig(*this, *db.store);
        for (int i = 0; i < 10; ++i)
            rig.center.handle(exceeded());
        rig.center.handle(exceeded(4));
        QTRY_COMPARE(history(*db.store), 2);
        m_clock.advance(61min);
        rig.center.handle(exceeded());
        QTRY_COMPARE(history(*db.store), 3);
    }

    void aStormAsksTheStoreOnce()
    {
        TestStore db;
        Rig rig(*this, *db.store);
        const Event storm = exceeded();
        for (int i = 0; i < 300'000; ++i) // each unfiltered one would be a transaction
            rig.center.handle(storm);
        QTRY_COMPARE(history(*db.store), 1);
    }

    void onlyTheEventsThatAreAskedForAreTold()
    {
        TestStore db;
        Rig rig(*this, *db.store);
        rig.configure([](Config &config) { config.alerts.events = {QStringLiteral("upstreamDown")}; });
        rig.center.handle(warning());
        rig.center.handle(
            Event{m_clock.now(), event::UpstreamDown{QStringLiteral("openai"), QStringLiteral("refused")}});
        rig.center.handle(Event{m_clock.now(), event::KeysChanged{}});
        QTRY_COMPARE(history(*db.store), 1);
        QCOMPARE(await(db.store->alerts(1)).value()[0].event, QStringLiteral("upstreamDown"));
    }

    void theWebhookSaysWhatHappened()
    {
        TestStore db;
        WebhookServer server;
        Rig rig(*this, *db.store);
        rig.configure([&](Config &config) {
            config.alerts.webhookUrl = server.url();
            config.alerts.webhookSecret = Secret("webhook-canary");
        });
        rig.center.handle(warning());
        QTRY_COMPARE(server.calls.size(), 1);
        const QJsonObject json = QJsonDocument::fromJson(server.calls[0].body).object();
        QCOMPARE(json[u"event"].toString(), QStringLiteral("budgetWarning"));
        QCOMPARE(json[u"at"].toString(), instantOf(m_clock.now()));
        QCOMPARE(json[u"key"][u"id"].toString(), QStringLiteral("key_3"));
        QCOMPARE(json[u"key"][u"name"].toString(), QStringLiteral("name3"));
        const QJsonValue budget = json[u"budget"];
        QCOMPARE(budget[u"limit"].toString(), QStringLiteral("10.00"));
        QCOMPARE(budget[u"spent"].toString(), QStringLiteral("8.20"));
        QCOMPARE(budget[u"reserved"].toString(), QStringLiteral("0.30"));
        QCOMPARE(budget[u"percent"].toInt(), 85);
        QCOMPARE(budget[u"period"].toString(), QStringLiteral("daily"));
        QVERIFY(budget[u"resetsAt"].toString().endsWith(u"T00:00:00.000Z"));
        QVERIFY(json[u"text"].toString().contains(u"85 %"));
        QVERIFY(!server.calls[0].body.contains("canary"));
        QTRY_COMPARE(await(db.store->alerts(1)).value()[0].delivery, QStringLiteral("delivered"));
    }
    static QString instantOf(Instant at)
    {
        return QDateTime::fromMSecsSinceEpoch(toMicros(at) / 1000, Qt::UTC).toString(Qt::ISODateWithMs);
    }

    void slackGetsItsOwnShape()
    {
        Alert alert = testAlert(m_clock.now());
        alert.text = QStringLiteral("<b> & co");
        QCOMPARE(slackBody(alert), QByteArray(R"({"text":"&lt;b&gt; &amp; co"})"));
        WebhookSender sender(m_clock);
        sender.setTarget({QUrl(QStringLiteral("https://hooks.slack.com/services/x")), {}, false});
        QVERIFY(sender.speaksSlack());
        sender.setTarget({QUrl(QStringLiteral("https://example.com/hook")), {}, false});
        QVERIFY(!sender.speaksSlack());
    }

    void aFailedDeliveryIsInTheHistory()
    {
        TestStore db;
        WebhookServer server;
        server.statuses = {404};
        Rig rig(*this, *db.store);
        rig.configure([&](Config &config) { config.alerts.webhookUrl = server.url(); });
        rig.center.handle(exceeded());
        QTRY_COMPARE(await(db.store->alerts(1)).value().value(0).delivery,
                     QStringLiteral("failed: the webhook answered 404"));
    }

    void aTestAlertReportsItsResult()
    {
        TestStore db;
        WebhookServer server;
        Rig rig(*this, *db.store);
        QVERIFY(!await(rig.center.test()).has_value());
        rig.configure([&](Config &config) { config.alerts.webhookUrl = server.url(); });
        QVERIFY(await(rig.center.test()).has_value());
        QVERIFY(server.calls[0].body.contains("\"event\":\"test\""));
        const WebhookTest detail = await(rig.center.testWebhook());
        QVERIFY(detail.status.has_value());
        QCOMPARE(detail.httpStatus, 200);
        QVERIFY(detail.ms >= 0 && detail.ms < 10'000);
        rig.configure([&](Config &config) {
            config.alerts.webhookUrl = server.url();
            config.alerts.allowPrivateTargets = false;
        });
        QVERIFY(!await(rig.center.test()).has_value());
        QCOMPARE(await(rig.center.testWebhook()).httpStatus, 0);
        QCOMPARE(server.calls.size(), 2);
    }

    void inQuietHoursNobodyIsDisturbedAndASummaryFollows()
    {
        TestStore db;
        Rig rig(*this, *db.store);
        QSignalSpy notices(&rig.center, &AlertCenter::notice);
        // 2026-11-23T23:00Z, by the clock on the wall of a system in UTC.
        m_clock.set(fromMicros(1'795'474'800'000'000));
        const auto quiet = [](Config &config) {
            config.alerts.quietHours = *QuietHours::fromText(u"22:00-07:00");
        };
        rig.configure(quiet);
        QVERIFY(rig.center.isQuiet());
        rig.center.handle(warning());
        rig.center.handle(exceeded());
        QTRY_COMPARE(history(*db.store), 2); // recorded at once
        QTRY_COMPARE(rig.raised.size(), 2); // and windows know
        QCOMPARE(notices.size(), 0);
        QTRY_COMPARE(await(db.store->alerts(10)).value().first().delivery, QStringLiteral("held back"));
        m_clock.advance(9h);
        rig.configure(quiet); // looks at the clock, as the timer does
        QTRY_COMPARE(notices.size(), 1);
        const auto notice = notices.first().first().value<AlertNotice>();
        QCOMPARE(notice.heldBack, 2);
        QCOMPARE(notice.record.event, QStringLiteral("quietSummary"));
        QVERIFY2(notice.record.text.contains(QStringLiteral("2 alerts: 1 budgetExceeded, 1 budgetWarning")),
                 qPrintable(notice.record.text));
        rig.center.handle(warning(95));
        QTRY_COMPARE(notices.size(), 2); // day again
        QCOMPARE(notices.last().first().value<AlertNotice>().heldBack, 0);
    }

    void whatSaysThatWorkHasStoppedIsSentAtOnceAndWarningsTogether()
    {
        TestStore db;
        WebhookServer server;
        Rig rig(*this, *db.store);
        m_clock.set(fromMicros(1'795'474'800'000'000));
        const auto quiet = [&](Config &config) {
            config.alerts.webhookUrl = server.url();
            config.alerts.quietHours = *QuietHours::fromText(u"22:00-07:00");
        };
        rig.configure(quiet);
        rig.center.handle(warning());
        rig.center.handle(warning(95));
        rig.center.handle(exceeded());
        QTRY_COMPARE(server.calls.size(), 1);
        QVERIFY(server.calls[0].body.contains("budgetExceeded"));
        QTRY_COMPARE(history(*db.store), 3);
        m_clock.advance(9h);
        rig.configure(quiet);
        QTRY_COMPARE(server.calls.size(), 2);
        QVERIFY2(server.calls[1].body.contains("\"event\":\"quietSummary\""),
                 server.calls[1].body.constData());
        QVERIFY2(server.calls[1].body.contains("\"count\":2"), server.calls[1].body.constData());
        const auto allDelivered = [&] {
            const QList<AlertRecord> records = await(db.store->alerts(10)).value();
            return std::all_of(records.begin(), records.end(),
                               [](const AlertRecord &record) { return record.delivery == u"delivered"; });
        };
        QTRY_VERIFY(allDelivered());
    }

    void whatWasHeldBackWhenTheProgramEndedIsToldByTheNext()
    {
        TestStore db;
        const auto quiet = [](Config &config) {
            config.alerts.quietHours = *QuietHours::fromText(u"22:00-07:00");
        };
        m_clock.set(fromMicros(1'795'474'800'000'000));
        {
            Rig rig(*this, *db.store);
            rig.configure(quiet);
            rig.center.handle(warning());
            QTRY_COMPARE(await(db.store->alerts(10)).value().value(0).delivery, QStringLiteral("held back"));
        }
        m_clock.advance(9h);
        Rig rig(*this, *db.store);
        QSignalSpy notices(&rig.center, &AlertCenter::notice);
        rig.configure(quiet);
        rig.center.resume();
        QTRY_COMPARE(notices.size(), 1);
        QTRY_VERIFY(await(db.store->alerts(10)).value().first().delivery.isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestNotifyAlerts)
#include "tst_notify_alerts.moc"
