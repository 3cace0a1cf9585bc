#include "storefixture.h"

using namespace lbp;

namespace {

KeyRecord fullKey()
{
    KeyRecord key;
    key.name = QString::fromUtf8("Zoë's agent ‘; DROP TABLE keys; --");
    key.team = QStringLiteral("team");
    key.project = QStringLiteral("project");
    key.sha256 = QByteArray("\0\x01\xff", 3) + QByteArray(29, 'k');
    key.previousSha256 = QByteArray(32, 'p');
    key.previousValidUntil = at("2026-05-04T12:00:00Z");
    key.last4 = QStringLiteral("abcd");
    key.status = KeyStatus::Paused;
    key.pausedReason = QStringLiteral("runaway");
    key.createdAt = at("2026-05-01T12:00:00Z");
    key.expiresAt = at("2027-05-01T12:00:00Z");
    key.allowedModels = {QStringLiteral("gpt-*"), QStringLiteral("a,\"b\"")};
    key.rpm = 0;
    key.tpm = 100;
    key.parallel = 3;
    key.maxSpendPerMinute = usd("1.5");
    key.allowUnmetered = true;
    return key;
}

KeyRecord plainKey(char hash)
{
    KeyRecord key;
    key.name = QStringLiteral("plain");
    key.sha256 = QByteArray(32, hash);
    return key;
}

Budget budget(ScopeKind kind, const QString &id, Period period, Money limit)
{
    return {{kind, id}, period, limit, false};
}

} // namespace

class ControlPlaneTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void aKeyComesBackAsItWas()
    {
        StoreFixture f;
        const KeyRecord inserted = valueOf(f.store->insertKey(fullKey(), {}));
        QVERIFY(inserted.id > 0);
        const KeyRecord plain = valueOf(f.store->insertKey(plainKey('x'), {}));
        f.reopen();
        const QList<KeyRecord> keys = valueOf(f.store->keys());
        QCOMPARE(keys.size(), 2);
        KeyRecord expected = fullKey();
        expected.id = inserted.id;
        QVERIFY(keys[0] == expected);
        QVERIFY(keys[1] == plain);
    }

    void aKeyIsInsertedTogetherWithItsBudgets()
    {
        StoreFixture f;
        const KeyRecord key =
            valueOf(f.store->insertKey(plainKey('x'),
                                       {budget(ScopeKind::Key, QString(), Period::Daily, usd("2")),
                                        budget(ScopeKind::Key, QString(), Period::Total, usd("20"))}));
        const QList<Budget> budgets = valueOf(f.store->budgets());
        QCOMPARE(budgets.size(), 2);
        for (const Budget &each : budgets)
            QCOMPARE(each.scope.id, QString::number(key.id));
        QCOMPARE(budgets[0].period, Period::Daily);
        QCOMPARE(budgets[0].limit.picodollars(), usd("2").picodollars());
    }

    void aRefusedKeyLeavesNoBudgetBehind()
    {
        StoreFixture f;
        valueOf(f.store->insertKey(plainKey('x'), {}));
        const QList<Budget> budgets{budget(ScopeKind::Key, QString(), Period::Daily, usd("2"))};
        QCOMPARE(codeOf(f.store->insertKey(plainKey('x'), budgets)), ErrorCode::Conflict);
        QCOMPARE(
            codeOf(f.store->insertKey(
                plainKey('y'), {budgets[0], budget(ScopeKind::Key, QString(), Period::Total, pico(-1))})),
            ErrorCode::InvalidValue);
        QCOMPARE(valueOf(f.store->keys()).size(), 1);
        QVERIFY(valueOf(f.store->budgets()).isEmpty());
    }

    void aHashStillValidAfterRotationCannotBeTakenByAnotherKey()
    {
        StoreFixture f;
        valueOf(f.store->insertKey(fullKey(), {}));
        QCOMPARE(codeOf(f.store->insertKey(plainKey('p'), {})), ErrorCode::Conflict);
    }

    void aKeyWithoutAHashIsRefused()
    {
        StoreFixture f;
        KeyRecord key = plainKey('x');
        key.sha256 = QByteArray("short");
        QCOMPARE(codeOf(f.store->insertKey(key, {})), ErrorCode::InvalidValue);
    }

    void aKeyIsUpdatedOrNotFound()
    {
        StoreFixture f;
        KeyRecord key = valueOf(f.store->insertKey(plainKey('x'), {}));
        key.status = KeyStatus::Revoked;
        key.name = QStringLiteral("renamed");
        valueOf(f.store->updateKey(key));
        QVERIFY(valueOf(f.store->keys()).first() == key);
        key.id = 4711;
        key.sha256 = QByteArray(32, 'z');
        QCOMPARE(codeOf(f.store->updateKey(key)), ErrorCode::NotFound);
    }

    void theIdOfAKeyIsNeverGivenAgain()
    {
        StoreFixture f;
        const KeyId first = valueOf(f.store->insertKey(plainKey('x'), {})).id;
        f.number(QStringLiteral("DELETE FROM keys"));
        QVERIFY(valueOf(f.store->insertKey(plainKey('y'), {})).id > first);
    }

    void aBudgetIsPutReplacedAndRemoved()
    {
        StoreFixture f;
        valueOf(f.store->putBudget(budget(ScopeKind::Global, {}, Period::Monthly, usd("100"))));
        valueOf(
            f.store->putBudget(budget(ScopeKind::Team, QStringLiteral("a"), Period::Monthly, Money::max())));
        valueOf(f.store->putBudget(budget(ScopeKind::Global, {}, Period::Monthly, pico(0))));
        QList<Budget> budgets = valueOf(f.store->budgets());
        QCOMPARE(budgets.size(), 2);
        QVERIFY(budgets[0].limit.isZero());
        QCOMPARE(budgets[1].limit.picodollars(), Money::max().picodollars());
        QCOMPARE(budgets[1].scope.kind, ScopeKind::Team);
        valueOf(f.store->removeBudget({ScopeKind::Global, {}}, Period::Monthly));
        QCOMPARE(codeOf(f.store->removeBudget({ScopeKind::Global, {}}, Period::Monthly)),
                 ErrorCode::NotFound);
        QCOMPARE(codeOf(f.store->putBudget(budget(ScopeKind::Global, {}, Period::Daily, pico(-1)))),
                 ErrorCode::InvalidValue);
        QCOMPARE(valueOf(f.store->budgets()).size(), 1);
    }

    void aSettingIsRemembered()
    {
        StoreFixture f;
        QCOMPARE(valueOf(f.store->setting(QStringLiteral("paused"))), QString());
        valueOf(f.store->putSetting(QStringLiteral("paused"), QStringLiteral("1")));
        valueOf(f.store->putSetting(QStringLiteral("paused"), QString()));
        valueOf(f.store->putSetting(QStringLiteral("other"), QStringLiteral("x")));
        f.reopen();
        QCOMPARE(valueOf(f.store->setting(QStringLiteral("paused"))), QString());
        QCOMPARE(valueOf(f.store->setting(QStringLiteral("other"))), QStringLiteral("x"));
    }

    void anAlertFiresOnceUntilItsTimeHasPassedAlsoAfterARestart()
    {
        StoreFixture f;
        const Instant t = at("2026-05-04T12:00:00Z");
        const auto alert = [](Instant when, const char *subject) {
            return FiredAlert{QStringLiteral("budgetWarning"), QString::fromLatin1(subject), when};
        };
        const std::chrono::hours hour(1);
        QVERIFY(valueOf(f.store->claimAlert(alert(t, "key 1"), t - hour)));
        QVERIFY(!valueOf(f.store->claimAlert(alert(t, "key 1"), t - hour)));
        QVERIFY(valueOf(f.store->claimAlert(alert(t, "key 2"), t - hour)));
        f.reopen();
        QVERIFY(!valueOf(f.store->claimAlert(alert(t + hour, "key 1"), t)));
        QVERIFY(valueOf(f.store->claimAlert(alert(t + hour, "key 1"), t + Duration(1))));
        QVERIFY(!valueOf(f.store->claimAlert(alert(t + hour, "key 1"), t + hour)));
    }

    void alertsAreListedNewestFirstWithTheirDelivery()
    {
        StoreFixture f;
        const Instant t = at("2026-05-04T12:00:00Z");
        const qint64 first =
            valueOf(f.store->addAlert({0, t, QStringLiteral("budgetWarning"), QStringLiteral("key 1"),
                                       QStringLiteral("80 %"), QString()}));
        const qint64 second =
            valueOf(f.store->addAlert({0, t, QStringLiteral("upstreamDown"), QStringLiteral("openai"),
                                       QStringLiteral("refused"), QString()}));
        valueOf(f.store->setAlertDelivery(first, QStringLiteral("delivered")));
        QCOMPARE(codeOf(f.store->setAlertDelivery(4711, QString())), ErrorCode::NotFound);
        const QList<AlertRecord> alerts = valueOf(f.store->alerts(10));
        QCOMPARE(alerts.size(), 2);
        QCOMPARE(alerts[0].id, second);
        QCOMPARE(alerts[1].text, QStringLiteral("80 %"));
        QCOMPARE(alerts[1].delivery, QStringLiteral("delivered"));
        QVERIFY(alerts[1].at == t);
        QCOMPARE(valueOf(f.store->alerts(1)).size(), 1);
    }
};

QTEST_GUILESS_MAIN(ControlPlaneTest)
#include "tst_storage_controlplane.moc"
