#include "control/eventhub.h"

#include <QTest>
#include <thread>

using namespace lbp;

class TestControlEventHub : public QObject
{
    Q_OBJECT

    static Event progress(qint64 id, qint64 tokens)
    {
        return {{}, event::ExchangeProgress{{id}, 1, {}, tokens}};
    }
    static Event ended(qint64 id)
    {
        event::ExchangeEnded end;
        end.row.open.id = {id};
        return {{}, end};
    }

private Q_SLOTS:
    void whatGathersIsHandedOverAtOnceAndInOrder()
    {
        EventHub hub;
        hub.watchExchanges(true);
        QList<QList<Event>> batches;
        hub.subscribe(this, [&](const QList<Event> &batch) { batches.append(batch); });
        std::thread([&] {
            for (int i = 0; i < 100; ++i)
                hub.publish({fromMicros(i), event::KeysChanged{}});
        }).join();
        QVERIFY(batches.isEmpty());
        QCoreApplication::processEvents();
        QCOMPARE(batches.size(), 1);
        QCOMPARE(batches[0].size(), 100);
        for (int i = 0; i < 100; ++i)
            QCOMPARE(batches[0][i].at, fromMicros(i));
    }

    void exchangesAreToldOnlyWhileSomebodyWatches()
    {
        EventHub hub(nullptr, 1);
        QList<Event> told;
        hub.subscribe(this, [&](const QList<Event> &batch) { told += batch; });
        hub.publish(ended(1));
        hub.publish(progress(2, 1));
        hub.publish({{}, event::KeysChanged{}});
        QTRY_COMPARE(told.size(), 1);
        hub.watchExchanges(true);
        hub.publish(ended(3));
        QTRY_COMPARE(told.size(), 2);
        QCOMPARE(std::get<event::ExchangeEnded>(told[1].body).row.open.id.value, 3);
        hub.watchExchanges(false);
        hub.publish(ended(4));
        hub.publish({{}, event::KeysChanged{}});
        QTRY_COMPARE(told.size(), 3);
        QVERIFY(std::holds_alternative<event::KeysChanged>(told[2].body));
    }

    void ofProgressOnlyTheNewestIsTold()
    {
        EventHub hub(nullptr, 1);
        hub.watchExchanges(true);
        QList<Event> told;
        hub.subscribe(this, [&](const QList<Event> &batch) { told += batch; });
        for (int i = 1; i <= 1000; ++i)
            hub.publish(progress(7, i));
        QTRY_COMPARE(told.size(), 1);
        QCOMPARE(std::get<event::ExchangeProgress>(told[0].body).outputTokens, 1000);
    }

    void nothingFollowsTheEndOfAnExchange()
    {
        EventHub hub(nullptr, 1);
        hub.watchExchanges(true);
        QList<Event> told;
        hub.subscribe(this, [&](const QList<Event> &batch) { told += batch; });
        hub.publish(progress(7, 1));
        hub.publish(progress(8, 1));
        hub.publish(ended(7));
        QTRY_COMPARE(told.size(), 2);
        QVERIFY(std::holds_alternative<event::ExchangeEnded>(told[0].body));
        QCOMPARE(std::get<event::ExchangeProgress>(told[1].body).id.value, 8);
    }

    void theQueueIsBoundedAndProgressGoesFirst()
    {
        EventHub hub(nullptr, 1);
        hub.watchExchanges(true);
        QList<Event> told;
        hub.subscribe(this, [&](const QList<Event> &batch) { told += batch; });
        hub.publish(progress(1, 1));
        for (size_t i = 0; i < EventHub::maxQueued; ++i)
            hub.publish({fromMicros(qint64(i)), event::KeysChanged{}});
        QCOMPARE(hub.dropped(), quint64(1));
        hub.publish({{}, event::BudgetsChanged{}});
        QCOMPARE(hub.dropped(), quint64(2));
        QTRY_COMPARE(told.size(), qsizetype(EventHub::maxQueued));
        QCOMPARE(told.first().at, fromMicros(1));
        QVERIFY(std::holds_alternative<event::BudgetsChanged>(told.last().body));
    }
};

QTEST_GUILESS_MAIN(TestControlEventHub)
#include "tst_control_eventhub.moc"
