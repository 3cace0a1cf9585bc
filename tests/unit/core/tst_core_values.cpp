#include "core/budget.h"
#include "core/clock.h"
#include "core/downgrade.h"
#include "core/exchangerow.h"
#include "core/secret.h"

#include <QSet>
#include <QTest>

using namespace lbp;

class TestValues : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void eachErrorHasOneStatusAndSomeoneWhoHasToAct_data()
    {
        QTest::addColumn<int>("code");
        QTest::addColumn<int>("status");
        QTest::addColumn<int>("origin");
        const auto row = [](const char *name, ErrorCode code, int status, Origin origin) {
            QTest::newRow(name) << int(code) << status << int(origin);
        };
        using enum ErrorCode;
        row("InvalidRequest", InvalidRequest, 400, Origin::Client);
        row("ModelNotPriced", ModelNotPriced, 400, Origin::Client);
        row("InvalidApiKey", InvalidApiKey, 401, Origin::Client);
        row("BudgetExceeded", BudgetExceeded, 402, Origin::Client);
        row("Paused", Paused, 402, Origin::Client);
        row("ModelNotAllowed", ModelNotAllowed, 403, Origin::Client);
        row("PathNotMetered", PathNotMetered, 403, Origin::Client);
        row("Forbidden", Forbidden, 403, Origin::Client);
        row("NotFound", NotFound, 404, Origin::Client);
        row("MethodNotAllowed", MethodNotAllowed, 405, Origin::Client);
        row("RequestTimeout", RequestTimeout, 408, Origin::Client);
        row("Conflict", Conflict, 409, Origin::Client);
        row("BodyTooLarge", BodyTooLarge, 413, Origin::Client);
        row("UnsupportedEncoding", UnsupportedEncoding, 415, Origin::Client);
        row("ExpectationFailed", ExpectationFailed, 417, Origin::Client);
        row("UpgradeRequired", UpgradeRequired, 426, Origin::Client);
        row("RateLimited", RateLimited, 429, Origin::Client);
        row("HeadersTooLarge", HeadersTooLarge, 431, Origin::Client);
        row("UpstreamUnreachable", UpstreamUnreachable, 502, Origin::Upstream);
        row("UpstreamTimeout", UpstreamTimeout, 504, Origin::Upstream);
        row("Internal", Internal, 500, Origin::Internal);
        row("ShuttingDown", ShuttingDown, 503, Origin::Internal);
        row("Unavailable", Unavailable, 503, Origin::Internal);
        row("InvalidValue", InvalidValue, 500, Origin::Internal);
        row("StoreDamaged", StoreDamaged, 500, Origin::Internal);
    }
    void eachErrorHasOneStatusAndSomeoneWhoHasToAct()
    {
        QFETCH(int, code);
        QFETCH(int, status);
        QFETCH(int, origin);
        QCOMPARE(httpStatus(ErrorCode(code)), status);
        QCOMPARE(int(originOf(ErrorCode(code))), origin);
    }

    void aSecretMatchesOnlyItself()
    {
        const Secret secret(QByteArrayLiteral("lbp_0123456789abcdef"));
        QVERIFY(secret.matches("lbp_0123456789abcdef"));
        QVERIFY(!secret.matches("lbp_0123456789abcdeF"));
        QVERIFY(!secret.matches("xbp_0123456789abcdef"));
        QVERIFY(!secret.matches("lbp_0123456789abcde"));
        QVERIFY(!secret.matches("lbp_0123456789abcdef0"));
        QVERIFY(!secret.matches(""));
    }

    void aSecretThatWasNeverSetMatchesNothing()
    {
        QVERIFY(Secret().isEmpty());
        QVERIFY(!Secret().matches(""));
        QVERIFY(!Secret().matches("a"));
    }

    void aMaskShowsFourCharactersAtMost()
    {
        const QString dots = QStringLiteral("\u2022\u2022\u2022\u2022");
        QCOMPARE(Secret(QByteArrayLiteral("sk-0123456789abcd")).masked(), dots + QStringLiteral("abcd"));
        QCOMPARE(Secret(QByteArrayLiteral("12345678901")).masked(), dots);
        QCOMPARE(Secret(QByteArrayLiteral("123456789012")).masked(), dots + QStringLiteral("9012"));
        QCOMPARE(Secret().masked(), dots);
        QCOMPARE(Secret(QByteArrayLiteral("0123456789\r\nab")).masked(), dots + QStringLiteral("??ab"));
    }

    void theSystemClockGoesForward()
    {
        const SystemClock clock;
        const Duration before = clock.monotonic();
        QVERIFY(clock.monotonic() >= before);
        QVERIFY(clock.now() > fromMicros(1'700'000'000'000'000));
        QCOMPARE(fromMicros(toMicros(clock.now())).time_since_epoch().count() > 0, true);
    }

    void idsAreUniqueAndGrowWhateverTheClockDoes()
    {
        RequestIds ids(0x2a5);
        qint64 last = 0;
        const Instant start = fromMicros(1'800'000'000'000'000);
        for (qint64 step : {0, 0, 0, 1, 1, 5, 4, 3, -1'000'000, 2, 1'000'000}) {
            const RequestId id = ids.next(start + Duration(step));
            QVERIFY(id.value > last);
            QCOMPARE(id.value & 1023, qint64{0x2a5});
            last = id.value;
        }
        QCOMPARE(RequestId{last}.time(), start + Duration(1'000'000));
    }

    void idsBeginAfterTheNewestInTheStore()
    {
        RequestIds ids(1);
        const RequestId newest{(toMicros(fromMicros(1'900'000'000'000'000)) << 10) | 1023};
        ids.startAfter(newest);
        QVERIFY(ids.next(fromMicros(1'800'000'000'000'000)) > newest);
        ids.startAfter(RequestId{5});
        QVERIFY(ids.next(fromMicros(1'800'000'000'000'000)) > newest);
    }

    void anIdIsReadBackFromItsText()
    {
        const RequestId id = RequestIds(77).next(fromMicros(1'800'000'000'123'456));
        const QByteArray text = id.toText();
        QCOMPARE(text.size(), qsizetype{17});
        QVERIFY(text.startsWith("req_"));
        QCOMPARE(RequestId::fromText(text).value(), id);
        QCOMPARE(RequestId{0}.toText(), QByteArrayLiteral("req_0000000000000"));
        const RequestId largest{std::numeric_limits<qint64>::max()};
        QCOMPARE(RequestId::fromText(largest.toText()).value(), largest);
        QVERIFY(RequestIds(0).next(fromMicros(1)).toText() < RequestIds(0).next(fromMicros(2)).toText());
    }

    void whatIsNoIdIsRefused()
    {
        for (const char *text : {"", "req_", "req_000000000000", "req_00000000000000", "REQ_0000000000000",
                                 "req_000000000000u", "req_000000000000A", "req_8000000000000",
                                 "req_zzzzzzzzzzzzz", "req_000000 000000", "0000000000000000"})
            QVERIFY2(!RequestId::fromText(text), text);
    }

    void theEndsOfTimeAreTheEndsOfIds()
    {
        QCOMPARE(RequestId::firstAt(fromMicros(3)).value, qint64{3072});
        QCOMPARE(RequestId::firstAt(fromMicros(-3)).value, qint64{0});
        QVERIFY(RequestId::firstAt(Instant::max()).value
                > RequestId::firstAt(fromMicros(9'000'000'000'000'000)).value);
    }

    void storedNamesAreReadBackAndNeverChange()
    {
        QStringList provenances;
        for (int i = 0; i <= int(Provenance::Free); ++i) {
            provenances += provenanceName(Provenance(i));
            QCOMPARE(int(provenanceFromName(provenances.last()).value()), i);
        }
        QCOMPARE(provenances.join(u' '), QStringLiteral("reserved exact estimated recovered unpriced free"));
        QStringList outcomes;
        for (int i = 0; i <= int(Outcome::Recovered); ++i) {
            outcomes += outcomeName(Outcome(i));
            QCOMPARE(int(outcomeFromName(outcomes.last()).value()), i);
        }
        QCOMPARE(
            outcomes.join(u' '),
            QStringLiteral(
                "open completed upstream_error upstream_failed client_gone cut_at_ceiling cache_hit refused "
                "stopped recovered"));
        QVERIFY(!outcomeFromName(u"Completed") && !outcomeFromName(u"") && !provenanceFromName(u"unknown"));
        for (int i = 0; i <= int(ScopeKind::Key); ++i)
            QCOMPARE(int(scopeKindFromName(scopeKindName(ScopeKind(i))).value()), i);
        QCOMPARE(scopeKindFromName(u"everyone").error().code, ErrorCode::InvalidValue);
        for (Period period : allPeriods)
            QCOMPARE(periodFromName(periodName(period)).value(), period);
        QCOMPARE(periodName(Period::Monthly), QStringLiteral("monthly"));
        QCOMPARE(periodFromName(u"yearly").error().code, ErrorCode::InvalidValue);
    }

    void seriesAndScopesAreFoundInHashes()
    {
        const QString a = QStringLiteral("a"), b = QStringLiteral("b");
        QSet<Scope> scopes{
            {ScopeKind::Team, a}, {ScopeKind::Project, a}, {ScopeKind::Team, a}, {ScopeKind::Global, {}}};
        QCOMPARE(scopes.size(), qsizetype{3});
        QSet<Series> series{{1, a, b, a, b}, {1, b, a, a, b}, {1, a, b, a, b}, {2, a, b, a, b}};
        QCOMPARE(series.size(), qsizetype{3});
    }

    void theMostSpecificRuleThatHoldsDowngrades_data()
    {
        QTest::addColumn<QString>("model");
        QTest::addColumn<int>("pressure");
        QTest::addColumn<bool>("threshold");
        QTest::addColumn<QString>("expected");
        const auto row = [](const char *name, const char *model, int pressure, bool threshold,
                            const char *expected) {
            QTest::newRow(name) << QString::fromLatin1(model) << pressure << threshold
                                << QString::fromLatin1(expected);
        };
        row("no pressure", "gpt-4o", 10, false, "");
        row("threshold reached", "gpt-4-turbo", 95, true, "gpt-4o-mini");
        row("exact name beats glob", "gpt-4o", 95, true, "gpt-4.1-mini");
        row("own percent, threshold not reached", "o3", 50, false, "o3-mini");
        row("own percent not reached, though the threshold is", "o3", 49, true, "");
        row("first of equals", "claude-x", 95, true, "first");
        row("exempted", "gpt-4-keep", 95, true, "");
        row("nothing matches", "mistral", 100, true, "");
        row("result is not downgraded again", "chain", 95, true, "gpt-4o");
    }
    void theMostSpecificRuleThatHoldsDowngrades()
    {
        QFETCH(QString, model);
        QFETCH(int, pressure);
        QFETCH(bool, threshold);
        QFETCH(QString, expected);
        const auto rule = [](const char *from, const char *to, std::optional<int> at = {}) {
            return DowngradeRule{QString::fromLatin1(from), QString::fromLatin1(to), at};
        };
        const QList<DowngradeRule> rules{rule("gpt-4*", "gpt-4o-mini"), rule("gpt-4o", "gpt-4.1-mini"),
                                         rule("o3", "o3-mini", 50),     rule("claude-?", "first"),
                                         rule("claude-*", "second"),    rule("gpt-4-keep", "gpt-4-keep"),
                                         rule("chain", "gpt-4o")};
        QCOMPARE(downgradeFor(model, rules, pressure, threshold).value_or(QString()), expected);
    }
};

QTEST_GUILESS_MAIN(TestValues)
#include "tst_core_values.moc"
