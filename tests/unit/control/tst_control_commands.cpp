#include "control/control.h"
#include "control/eventhub.h"
#include "control/retention.h"

#include "unit/control/fakes.h"

using namespace lbp;
using namespace std::chrono_literals;

class TestControlCommands : public QObject
{
    Q_OBJECT

    FakeClock m_clock;
    struct Rig
    {
        explicit Rig(TestControlCommands &test, Store &store, bool withPlane = true)
            : control(
                {store, hub, test.m_clock, std::make_shared<const Config>(), withPlane ? &plane : nullptr})
        {
            if (const Status loaded = control.load(); !loaded)
                qFatal("%ls", qUtf16Printable(loaded.error().detail));
        }
        EventHub hub;
        FakePlane plane;
        Control control;
    };
    static KeyDraft draft(const char *name)
    {
        KeyDraft draft;
        draft.record.name = QString::fromUtf8(name);
        return draft;
    }

private Q_SLOTS:
    void aNewKeyIsKnownByItsPlaintextAndNothingElse()
    {
        TestStore db;
        Rig rig(*this, *db.store);
        KeyDraft wanted = draft("ci");
        wanted.budgets = {{Period::Daily, usd("5")}};
        const auto created = await(rig.control.createKey(wanted));
        QVERIFY(created.has_value());
        const auto found = rig.control.keyByPlaintext(created->plaintext.reveal());
        QVERIFY(found.has_value());
        QCOMPARE(found->id, created->record.id);
        QVERIFY(!rig.control.keyByPlaintext(generateVirtualKey().reveal()));
        QCOMPARE(rig.plane.order,
                 (QStringList{QStringLiteral("budgets"), QStringLiteral("key")})); // never without its budget
        QCOMPARE(rig.plane.explicitBudgets[0].scope.id, QString::number(created->record.id));

        Rig again(*this, *db.store);
        QVERIFY(again.control.keyByPlaintext(created->plaintext.reveal()).has_value());
    }

    void anUnfitKeyIsRefused_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("team");
        QTest::addColumn<qint64>("expiresInSeconds");
        QTest::addColumn<QString>("limit");
        const auto row = [](const char *what, const QString &name, const QString &team, qint64 expires,
                            const char *limit) {
            QTest::newRow(what) << name << team << expires << QString::fromLatin1(limit);
        };
        row("no name", {}, {}, 0, "1");
        row("a line break in the name", QStringLiteral("a\nX-Evil: 1"), {}, 0, "1");
        row("a name too long", QString(101, u'x'), {}, 0, "1");
        row("a hidden character in the team", QStringLiteral("a"), QStringLiteral("b\u202e"), 0, "1");
        row("expired already", QStringLiteral("a"), {}, -1, "1");
        row("a negative budget", QStringLiteral("a"), {}, 0, "-1");
    }
    void anUnfitKeyIsRefused()
    {
        QFETCH(QString, name);
        QFETCH(QString, team);
        QFETCH(qint64, expiresInSeconds);
        QFETCH(QString, limit);
        TestStore db;
        Rig rig(*this, *db.store);
        KeyDraft wanted;
        wanted.record.name = name;
        wanted.record.team = team;
        if (expiresInSeconds != 0)
            wanted.record.expiresAt = m_clock.now() + std::chrono::seconds(expiresInSeconds);
        wanted.budgets = {{Period::Daily, Money::fromDecimal(limit).value()}};
        const auto created = await(rig.control.createKey(wanted));
        QVERIFY(!created);
        QCOMPARE(httpStatus(created.error().code), 400);
        QVERIFY(rig.control.keys().isEmpty());
        QVERIFY(rig.plane.keys.isEmpty());
    }

    void twoChangesAtOnceBothHold()
    {
        TestStore db;
        Rig rig(*this, *db.store);
        const KeyId id = await(rig.control.createKey(draft("ci")))->record.id;
        KeyPatch team, rpm;
        team.team = QStringLiteral("core");
        rpm.rpm = std::optional(7);
        const auto first = rig.control.updateKey(id, team);
        const auto second = rig.control.updateKey(id, rpm);
        QVERIFY(await(first).has_value());
        QVERIFY(await(second).has_value());
        const KeyRecord stored = await(db.store->keys()).value()[0];
        QCOMPARE(stored.team, QStringLiteral("core"));
        QCOMPARE(stored.rpm, std::optional(7));
    }

    void aNameIsUsedOnceAmongLivingKeys()
    {
        TestStore db;
        Rig rig(*this, *db.store);
        const KeyId id = await(rig.control.createKey(draft("ci")))->record.id;
        QCOMPARE(await(rig.control.createKey(draft("ci"))).error().code, ErrorCode::Conflict);
        QVERIFY(await(rig.control.revokeKey(id)).has_value());
        QVERIFY(await(rig.control.createKey(draft("ci"))).has_value());
    }

    void theOldPlaintextLastsForItsGrace()
    {
        TestStore db;
        Rig rig(*this, *db.store);
        const auto created = await(rig.control.createKey(draft("ci")));
        const auto rotated = await(rig.control.rotateKey(created->record.id, 60s));
        QVERIFY(rotated.has_value());
        QVERIFY(rig.control.keyByPlaintext(created->plaintext.reveal()).has_value());
        QVERIFY(rig.control.keyByPlaintext(rotated->plaintext.reveal()).has_value());
        m_clock.advance(61s);
        QVERIFY(!rig.control.keyByPlaintext(created->plaintext.reveal()));
        QVERIFY(await(rig.control.revokeKey(created->record.id)).has_value());
        QVERIFY(!rig.control.keyByPlaintext(rotated->plaintext.reveal()));
        QCOMPARE(await(rig.control.resumeKey(created->record.id)).error().code, ErrorCode::Conflict);
    }

    void theRunawayGuardsPauseIsRemembered()
    {
        TestStore db;
        KeyId id = 0;
        {
            Rig rig(*this, *db.store);
            id = await(rig.control.createKey(draft("agent")))->record.id;
            rig.control.handle({Event{
                m_clock.now(), event::KeyPaused{id, QStringLiteral("agent"), QStringLiteral("too fast")}}});
            QTRY_COMPARE(rig.plane.keys.last().status, KeyStatus::Paused);
        }
        Rig rig(*this, *db.store);
        QCOMPARE(rig.control.key(id)->status, KeyStatus::Paused);
        QCOMPARE(rig.control.key(id)->pausedReason, QStringLiteral("runaway"));
    }

    void pausingEverythingIsRemembered()
    {
        TestStore db;
        {
            Rig rig(*this, *db.store);
            QVERIFY(await(rig.control.setPaused(true)).has_value());
            QVERIFY(rig.plane.paused);
            QCOMPARE(await(db.store->setting(QStringLiteral("paused"))).value(),
                     QStringLiteral("1")); // as the gateway reads it
        }
        Rig rig(*this, *db.store);
        QVERIFY(rig.control.isPaused());
    }

    void aPauseWithAnEndResumesByItself()
    {
        TestStore db;
        Rig rig(*this, *db.store);
        QList<event::PauseChanged> told;
        rig.hub.subscribe(&rig.control, [&](const QList<Event> &events) {
            for (const Event &event : events)
                if (const auto *change = std::get_if<event::PauseChanged>(&event.body))
                    told.append(*change);
        });
        QCOMPARE(await(rig.control.pause(m_clock.now())).error().code, ErrorCode::InvalidRequest);
        const Instant until = m_clock.now() + 40ms;
        QVERIFY(await(rig.control.pause(until)).has_value());
        QVERIFY(rig.control.isPaused());
        QCOMPARE(rig.control.pausedUntil(), std::optional(until));
        QCOMPARE(rig.plane.pausedUntil, std::optional(until));
        QTest::qWait(60); // the timer has fired, and the clock says that it is too early
        QVERIFY(rig.control.isPaused());
        m_clock.advance(40ms);
        QTRY_VERIFY(!rig.control.isPaused());
        QVERIFY(!rig.plane.paused);
        QTRY_COMPARE(told.size(), 2);
        QVERIFY(told[0].paused && told[0].until == until && !told[0].byItself);
        QVERIFY(!told[1].paused && told[1].byItself);
        QTRY_COMPARE(await(db.store->setting(QStringLiteral("paused"))).value(), QStringLiteral("0"));
    }

    void aPauseWithAnEndSurvivesARestartAndEndsAtResume()
    {
        TestStore db;
        const Instant until = m_clock.now() + 15min;
        {
            Rig rig(*this, *db.store);
            QVERIFY(await(rig.control.pause(until)).has_value());
        }
        {
            Rig rig(*this, *db.store);
            QVERIFY(rig.control.isPaused());
            QCOMPARE(rig.control.pausedUntil(), std::optional(until));
            QVERIFY(await(rig.control.resume()).has_value());
            QVERIFY(!rig.control.isPaused() && !rig.control.pausedUntil());
            QVERIFY(await(rig.control.pause(until)).has_value());
        }
        m_clock.advance(16min); // over while nothing ran
        Rig rig(*this, *db.store);
        QTRY_VERIFY(!rig.control.isPaused());
        const Instant midnight = rig.control.tomorrow();
        QVERIFY(midnight > m_clock.now() && midnight - m_clock.now() <= 25h);
    }

    void aRaiseIsRememberedToldAndEndsWithItsDay()
    {
        TestStore db;
        KeyId id = 0;
        {
            Rig rig(*this, *db.store);
            KeyDraft wanted = draft("ci");
            wanted.budgets = {{Period::Daily, usd("5")}};
            id = await(rig.control.createKey(wanted))->record.id;
            const Scope scope{ScopeKind::Key, QString::number(id)};
            const auto raised = await(rig.control.raiseBudget(scope, Period::Daily, usd("3")));
            QVERIFY(raised.has_value());
            QCOMPARE(rig.plane.raises, (QList<BudgetRaise>{*raised}));
            const auto refused = [&](const Scope &of, Period period, const char *amount) {
                return await(rig.control.raiseBudget(of, period, usd(amount))).error().code;
            };
            QCOMPARE(refused(scope, Period::Daily, "0"), ErrorCode::InvalidRequest);
            QCOMPARE(refused(scope, Period::Daily, "-1"), ErrorCode::InvalidRequest);
            QCOMPARE(refused(scope, Period::Weekly, "1"), ErrorCode::NotFound);
            QCOMPARE(refused(scope, Period::Total, "1"), ErrorCode::Conflict);
            QTRY_COMPARE(await(db.store->alerts(10))->size(), 1);
            const auto history = await(db.store->alerts(10));
            QCOMPARE(history->first().event, QStringLiteral("budgetRaised"));
            QVERIFY(history->first().text.contains(QStringLiteral("ci")));
        }
        {
            Rig rig(*this, *db.store, false); // no proxy runs: from the store alone
            const auto all = await(rig.control.budgets());
            for (const BudgetStatus &status : *all) {
                const bool isRaised =
                    status.budget.scope.kind == ScopeKind::Key && status.budget.period == Period::Daily;
                QCOMPARE(status.raised, isRaised ? usd("3") : Money());
            }
        }
        m_clock.advance(24h);
        Rig rig(*this, *db.store, false);
        const auto later = await(rig.control.budgets());
        for (const BudgetStatus &status : *later)
            QCOMPARE(status.raised, Money());
    }

    void whatAnAnswerToAHoldRaisesIsRemembered()
    {
        TestStore db;
        Rig rig(*this, *db.store);
        const RequestId hold{4711};
        rig.plane.holdResult = fail(ErrorCode::NotFound, QStringLiteral("gone"));
        QCOMPARE(await(rig.control.answerHold(hold, {HoldAnswer::Kind::AllowOnce})).error().code,
                 ErrorCode::NotFound);
        QCOMPARE(await(rig.control.answerHold(hold, {HoldAnswer::Kind::RaiseToday})).error().code,
                 ErrorCode::InvalidRequest);
        QCOMPARE(rig.plane.answers.size(), 1); // an amount that makes no sense does not get there
        const BudgetRaise raise{{ScopeKind::Global, {}},
                                Period::Daily,
                                periodSpan(Period::Daily, m_clock.now(), QTimeZone::systemTimeZone()).start,
                                usd("0.74"),
                                m_clock.now(),
                                true};
        rig.plane.holdResult = QList<BudgetRaise>{raise};
        QVERIFY(await(rig.control.answerHold(hold, {HoldAnswer::Kind::AllowOnce})).has_value());
        QVERIFY(rig.plane.raises.isEmpty()); // it is in force already
        const QString text = await(db.store->setting(QString::fromUtf16(raisesSetting))).value();
        QCOMPARE(raisesFromText(text).value(), (QList<BudgetRaise>{raise}));
        QTRY_COMPARE(await(db.store->alerts(10))->size(), 1);
    }

    void aCorrectedCostReachesTheBudgets()
    {
        TestStore db;
        Rig rig(*this, *db.store);
        const KeyId id = await(rig.control.createKey(draft("ci")))->record.id;
        const RequestId request = addRequest(*db.store, m_clock.now(), id, usd("2"), Provenance::Estimated);
        const auto corrected = await(rig.control.correctCost(request, usd("0.5")));
        QVERIFY(corrected.has_value());
        QCOMPARE(corrected->close.cost, std::optional(usd("0.5")));
        QCOMPARE(rig.plane.corrections, (QList<std::pair<KeyId, Money>>{{id, usd("-1.5")}}));
        QCOMPARE(await(rig.control.correctCost(request, usd("-1"))).error().code, ErrorCode::InvalidRequest);
    }

    void onlyARunningRequestCanBeStopped()
    {
        TestStore db;
        Rig rig(*this, *db.store);
        const RequestId done = addRequest(*db.store, m_clock.now(), 1, usd("1"));
        QCOMPARE(await(rig.control.stopRequest(done)).error().code, ErrorCode::Conflict);
        QCOMPARE(await(rig.control.stopRequest({done.value + 99})).error().code, ErrorCode::NotFound);
        LiveExchange live;
        live.row.id = {12345};
        rig.plane.running = {live};
        QVERIFY(await(rig.control.stopRequest({12345})).has_value());
        QCOMPARE(rig.plane.stopped.size(), 1);
    }

    void budgetsAreToldFromTheStoreWhileNoProxyRuns()
    {
        TestStore db;
        Rig rig(*this, *db.store, false);
        KeyDraft wanted = draft("ci");
        wanted.record.team = QStringLiteral("core");
        wanted.budgets = {{Period::Daily, usd("5")}};
        const KeyId id = await(rig.control.createKey(wanted))->record.id;
        QVERIFY(await(rig.control.setBudget({{}, Period::Total, usd("100"), false})).has_value());
        addRequest(*db.store, m_clock.now(), id, usd("2"));
        addRequest(*db.store, m_clock.now() - 48h, id, usd("1"));
        (void)await(db.store->lastRequestId());
        const auto view = await(rig.control.view(id));
        QVERIFY(view.has_value());
        QHash<Period, Money> spent;
        for (const BudgetStatus &status : view->budgets)
            spent.insert(status.budget.period, status.spent);
        QCOMPARE(spent.value(Period::Daily), usd("2"));
        QCOMPARE(spent.value(Period::Monthly), usd("3")); // the default one
        QCOMPARE(spent.value(Period::Total), usd("3"));
        QCOMPARE(await(rig.control.removeBudget(Scope{}, Period::Hourly)).error().code, ErrorCode::NotFound);
    }

    void oldRequestsArePrunedOnceADay()
    {
        TestStore db;
        addRequest(*db.store, m_clock.now() - 24h * 100, 1, usd("1"));
        addRequest(*db.store, m_clock.now() - 24h * 80, 1, usd("1"));
        Retention retention(*db.store, m_clock);
        retention.check();
        QCOMPARE(await(db.store->requests({})).value().size(), 2); // nobody asked for it
        retention.setDays(90);
        retention.check();
        QTRY_COMPARE(await(db.store->requests({})).value().size(), 1);
    }
};

QTEST_GUILESS_MAIN(TestControlCommands)
#include "tst_control_commands.moc"
