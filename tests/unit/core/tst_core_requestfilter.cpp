#include "core/requestfilter.h"

#include <QDateTime>
#include <QRandomGenerator>
#include <QTest>

using namespace lbp;

namespace {
constexpr qint64 highest = std::numeric_limits<qint64>::max();
constexpr qint64 lowest = std::numeric_limits<qint64>::min();
constexpr qint64 dollar = Money::picodollarsPerDollar;

QTimeZone berlin()
{
    return QTimeZone("Europe/Berlin");
}
Instant utc(const char *text)
{
    return fromMicros(QDateTime::fromString(QString::fromLatin1(text), Qt::ISODate).toMSecsSinceEpoch()
                      * 1000);
}
const Instant now = utc("2026-11-23T10:00:00Z"); // 11:00 in Berlin

RequestTerms read(const QString &text)
{
    return parseRequestTerms(text, now, berlin());
}
FilterTerm only(const QString &text)
{
    const RequestTerms terms = read(text);
    if (terms.terms.size() != 1 || !terms.problems.isEmpty())
        qFatal("%s is not one good term", qPrintable(text));
    return terms.terms.first();
}
qint64 us(const char *text)
{
    return toMicros(utc(text));
}

ExchangeRow exampleRow()
{
    ExchangeRow row;
    row.open.id = RequestId::firstAt(now);
    row.open.series =
        std::make_shared<const Series>(Series{3, QStringLiteral("Web"), QStringLiteral("search"),
                                              QStringLiteral("openai"), QStringLiteral("gpt-4o-mini")});
    row.open.requestedModel = QStringLiteral("gpt-4o");
    row.open.endpoint = QStringLiteral("chat.completions");
    row.open.stream = true;
    row.close.id = row.open.id;
    row.close.outcome = Outcome::ClientGone;
    row.close.provenance = Provenance::Estimated;
    row.close.cost = Money::fromPicodollars(dollar / 20);
    row.close.status = 200;
    row.close.usage[BillingClass::UncachedInput] = 900;
    row.close.usage[BillingClass::Reasoning] = 100;
    row.close.durationUs = 2'000'000;
    row.close.ttftUs = 500'000;
    row.close.error = QStringLiteral("Rate Limit reached (100 %)");
    return row;
}
} // namespace

class TestRequestFilter : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aNumberIsReadExactly_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<qint64>("from");
        QTest::addColumn<qint64>("to");
        const auto row = [](const char *text, qint64 from, qint64 to) {
            QTest::newRow(text) << QString::fromUtf8(text) << from << to;
        };
        row("cost>0.05", dollar / 20 + 1, highest);
        row("cost>=0.05", dollar / 20, highest);
        row("cost<=$1", lowest, dollar);
        row("cost<1", lowest, dollar - 1);
        row("cost:0.000000000001", 1, 1);
        row("cost=0", 0, 0);
        row("cost:0.01..1", dollar / 100, dollar);
        row("cost:..1", lowest, dollar);
        row("saved:>0", 1, highest);
        row("status:402", 402, 402);
        row("status:4xx", 400, 499);
        row("STATUS:4XX", 400, 499);
        row("status:none", 0, 0);
        row("status>=400", 400, highest);
        row("status<400", 100, 399); // without an answer there is no status
        row("status:400..404", 400, 404);
        row("tokens>1000", 1001, highest);
        row("tokens:1.5k", 1500, 1500);
        row("tokens<=2M", lowest, 2'000'000);
        row("input:0", 0, 0);
        row("duration>2s", 2'000'001, highest);
        row("duration<1.5m", lowest, 89'999'999);
        row("duration:1h", 3'600'000'000, 3'600'000'000);
        row("ttft>=500ms", 500'000, highest);
        row("ttft:7us", 7, 7);
        row("outcome:clientGone", int(Outcome::ClientGone), int(Outcome::ClientGone));
        row("outcome:client_gone", int(Outcome::ClientGone), int(Outcome::ClientGone));
        row("provenance:recovered", int(Provenance::Recovered), int(Provenance::Recovered));
        row("cached:yes", 1, 1);
        row("estimated:no", 0, 0);
        row("stream:TRUE", 1, 1);
        row("id:req_0000000000001", 1, 1);
        // times in the zone of the person: +01:00 in winter
        row("time:2026-11-01", us("2026-10-31T23:00:00Z"), us("2026-11-01T23:00:00Z") - 1);
        row("time>2026-11-01", us("2026-11-01T23:00:00Z"), highest);
        row("time>=2026-11-01", us("2026-10-31T23:00:00Z"), highest);
        row("time<2026-11-01", lowest, us("2026-10-31T23:00:00Z") - 1);
        row("time<=2026-11-01", lowest, us("2026-11-01T23:00:00Z") - 1);
        row("time:2026-11-01T18:00", us("2026-11-01T17:00:00Z"), us("2026-11-01T17:01:00Z") - 1);
        row("time:2026-11-01T18:00:30Z", us("2026-11-01T18:00:30Z"), us("2026-11-01T18:00:31Z") - 1);
        row("time:2026-11-01T18:00+02:00", us("2026-11-01T16:00:00Z"), us("2026-11-01T16:01:00Z") - 1);
        row("time:\"2026-11-01 18:00\"", us("2026-11-01T17:00:00Z"), us("2026-11-01T17:01:00Z") - 1);
        row("time:2026-11-01..2026-11-02", us("2026-10-31T23:00:00Z"), us("2026-11-02T23:00:00Z") - 1);
        row("time:today", us("2026-11-22T23:00:00Z"), us("2026-11-23T23:00:00Z") - 1);
        row("time:yesterday", us("2026-11-21T23:00:00Z"), us("2026-11-22T23:00:00Z") - 1);
        row("time:24h", us("2026-11-22T10:00:00Z"), highest); // what comes in now is recent too
        row("time:7d", us("2026-11-16T10:00:00Z"), highest);
        row("time<7d", lowest, us("2026-11-16T10:00:00Z") - 1);
        row("time>24h", us("2026-11-22T10:00:00Z"), highest);
        row("time:month", us("2026-10-31T23:00:00Z"), us("2026-11-30T23:00:00Z") - 1);
        // the day of a DST change has 25 hours
        row("time:2026-10-25", us("2026-10-24T22:00:00Z"), us("2026-10-25T23:00:00Z") - 1);
    }
    void aNumberIsReadExactly()
    {
        QFETCH(QString, text);
        QFETCH(qint64, from);
        QFETCH(qint64, to);
        const FilterTerm term = only(text);
        QCOMPARE(term.spans.size(), 1);
        QCOMPARE(term.spans.first().from, from);
        QCOMPARE(term.spans.first().to, to);
        QVERIFY(!term.negated);
        QVERIFY(only(u'-' + text).negated);
        QCOMPARE(only(u'-' + text).spans.first().from, from);
    }

    void valuesWithABarAreAlternatives()
    {
        QCOMPARE(only(QStringLiteral("status:4xx|502|none")).spans,
                 (QList<FilterSpan>{{400, 499}, {502, 502}, {0, 0}}));
        QCOMPARE(only(QStringLiteral("model:gpt-*|\"a b|c*\"|o3")).patterns,
                 (QList<FilterPattern>{{QStringLiteral("gpt-*"), true},
                                       {QStringLiteral("a b|c*"), false},
                                       {QStringLiteral("o3"), false}}));
    }

    void everyTermKeepsItsTextAndItsPlace()
    {
        const QString text =
            QStringLiteral("  key:ci   -model:\"gpt 4\" cost>0.05  \"two words\" status:402|429 ");
        const RequestTerms terms = read(text);
        QVERIFY(terms.problems.isEmpty());
        QCOMPARE(terms.terms.size(), 5);
        for (const FilterTerm &term : terms.terms)
            QCOMPARE(text.mid(term.at, term.length), term.text);
        QCOMPARE(terms.text(),
                 QStringLiteral("key:ci -model:\"gpt 4\" cost>0.05 \"two words\" status:402|429"));
        QVERIFY(terms.terms[1].negated);
        QCOMPARE(terms.terms[3].field, FilterField::Text);
    }

    void textAndTermsTurnIntoEachOther()
    {
        QRandomGenerator random(7);
        QStringList pieces;
        for (const FilterFieldInfo &info : filterFields()) {
            pieces += info.example;
            for (const QString &value : info.values)
                pieces += filterTermText(info.name, u":", value, random.bounded(2) == 1);
        }
        for (const QString &word :
             {QStringLiteral("a \"quote\""), QStringLiteral("back\\slash"), QStringLiteral("-minus"),
              QStringLiteral("OR:"), QStringLiteral("*"), QStringLiteral("a|b")}) {
            pieces += filterTermText(u"", u"", word);
            pieces += filterTermText(u"key", u":", word);
        }
        for (int round = 0; round < 300; ++round) {
            QStringList some;
            for (int i = random.bounded(1, 8); i > 0; --i)
                some += pieces[random.bounded(int(pieces.size()))];
            const RequestTerms once = read(some.join(QStringLiteral("  ")));
            QVERIFY2(once.problems.isEmpty(), qPrintable(some.join(u' ')));
            QCOMPARE(once.terms.size(), some.size());
            const RequestTerms twice = read(once.text());
            QCOMPARE(twice.text(), once.text());
            for (qsizetype i = 0; i < some.size(); ++i) {
                QCOMPARE(twice.terms[i].spans, once.terms[i].spans);
                QCOMPARE(twice.terms[i].patterns, once.terms[i].patterns);
                QCOMPARE(twice.terms[i].field, once.terms[i].field);
                QCOMPARE(twice.terms[i].negated, once.terms[i].negated);
            }
        }
    }
    void aValueSurvivesItsQuotes()
    {
        const FilterTerm term = only(filterTermText(u"key", u":", u"a \"b\" \\ c*|d"));
        QCOMPARE(term.patterns, (QList<FilterPattern>{{QStringLiteral("a \"b\" \\ c*|d"), false}}));
    }

    void whatCannotBeReadIsNamedWithItsPlace_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<int>("at");
        QTest::addColumn<int>("length");
        QTest::addColumn<QString>("says");
        QTest::addColumn<QString>("suggestion");
        const auto row = [](const char *text, int at, int length, const char *says,
                            const char *suggestion = "") {
            QTest::newRow(text) << QString::fromUtf8(text) << at << length << QString::fromLatin1(says)
                                << QString::fromLatin1(suggestion);
        };
        row("stauts:402", 0, 6, "did you mean \"status\"?", "status");
        row("ok -modle:x", 4, 5, "did you mean \"model\"?", "model");
        row("zzzzzzzzzz:1", 0, 10, "there are key, model");
        row("status:999", 7, 3, "\"999\" is not a status such as 402");
        row("status:402|abc", 11, 3, "is not a status");
        row("cost>lots", 5, 4, "is not an amount in USD");
        row("cost>0,05", 5, 4, "is not an amount in USD", "0.05");
        row("cost>-1", 5, 2, "is not an amount in USD");
        row("cost>99999999999", 5, 11, "is too large");
        row("cost>", 5, 0, "a value is missing, such as cost>0.05");
        row("cost:1..0.5", 5, 6, "ends before it begins", "0.5..1");
        row("cost:..", 5, 2, "range without ends");
        row("cost>1|2", 0, 8, "a comparison has one value");
        row("cost<>1", 4, 2, "no comparison");
        row("duration>5", 9, 1, "has no unit", "5s");
        row("duration>5parsec", 9, 7, "is not a duration");
        row("duration>0.5us", 9, 5, "finer than a microsecond");
        row("tokens>1.5", 7, 3, "finer than one token");
        row("tokens>many", 7, 4, "is not a number of tokens");
        row("time:tomorow", 5, 7, "is not a time such as 2027-01-31");
        row("time:yesterdy", 5, 8, "is not a time", "yesterday");
        row("time:2026-02-30", 5, 10, "is not a time");
        row("cached:maybe", 7, 5, "neither yes nor no");
        row("outcome:compleet", 8, 8, "is none of open, completed", "completed");
        row("model>gpt", 5, 1, "cannot be compared", ":");
        row("key:", 4, 0, "a value is missing");
        row("error:\"\"", 6, 0, "a value is missing");
        row("key:\"open", 4, 5, "the quote is not closed", "\"open\"");
        row("a OR b", 2, 2, "for \"or\" write |", "\"OR\"");
        row("id:req_nope", 3, 8, "is not the id of a request");
    }
    void whatCannotBeReadIsNamedWithItsPlace()
    {
        QFETCH(QString, text);
        QFETCH(int, at);
        QFETCH(int, length);
        QFETCH(QString, says);
        QFETCH(QString, suggestion);
        const RequestTerms terms = read(text + QStringLiteral(" ")); // a space ends an open quote's text too
        QCOMPARE(terms.problems.size(), 1);
        const FilterProblem &problem = terms.problems.first();
        QVERIFY2(problem.message.contains(says), qPrintable(problem.message));
        if (!text.contains(u"\"open")) {
            QCOMPARE(int(problem.at), at);
            QCOMPARE(int(problem.length), length);
            QCOMPARE(problem.suggestion, suggestion);
        }
        const auto strict = readRequestTerms(text, now, berlin());
        QVERIFY(!strict);
        QCOMPARE(strict.error().code, ErrorCode::InvalidValue);
        QVERIFY(strict.error().detail.startsWith(QStringLiteral("at character %1: ").arg(problem.at + 1)));
    }
    void whatStandsBesideAProblemIsReadAllTheSame()
    {
        const RequestTerms terms = read(QStringLiteral("key:ci stauts:402 cost>x word"));
        QCOMPARE(terms.problems.size(), 2);
        QCOMPARE(terms.text(), QStringLiteral("key:ci word"));
    }
    void anyTextAtAllIsRead()
    {
        QRandomGenerator random(1);
        const QString alphabet = QStringLiteral("aekyt:><=|\"\\-*?.$ 0159xsmT\tÄ\U0001F600%_");
        for (int i = 0; i < 20'000; ++i) {
            QString text;
            for (int n = random.bounded(24); n > 0; --n)
                text += alphabet[random.bounded(int(alphabet.size()))];
            const RequestTerms terms = read(text);
            for (const FilterTerm &term : terms.terms)
                QCOMPARE(text.mid(term.at, term.length), term.text);
            for (const FilterProblem &problem : terms.problems)
                QVERIFY(problem.at >= 0 && problem.at + problem.length <= text.size());
        }
        QCOMPARE(read(QStringLiteral("a ").repeated(1000)).terms.size(), 64);
        QCOMPARE(read(QStringLiteral("a ").repeated(1000)).problems.size(), 1);
    }

    void aRowFitsWhatIsTrueOfIt_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<bool>("fits");
        const auto row = [](const char *text, bool holds) {
            QTest::newRow(text) << QString::fromUtf8(text) << holds;
        };
        row("", true);
        row("key:CI", true);
        row("key:key_3", true);
        row("key:c", false);
        row("key:c*", true);
        row("key:\"c*\"", false);
        row("team:web", true);
        row("team:\"\"", false);
        row("project:search|other", true);
        row("model:gpt-4o-mini", true);
        row("model:gpt-4o", false);
        row("requested:gpt-4o", true);
        row("downgraded:yes", true);
        row("provider:open??", true);
        row("endpoint:chat", true);
        row("endpoint:completions", false);
        row("endpoint:chat.*", true);
        row("status:2xx", true);
        row("outcome:clientGone|refused", true);
        row("cost:0.05", true);
        row("cost>0.05", false);
        row("tokens:1000", true);
        row("output:100", true);
        row("duration>=2s", true);
        row("ttft<0.5s", false);
        row("time:today", true);
        row("time:yesterday", false);
        row("cached:no", true);
        row("estimated:yes", true);
        row("unpriced:no", true);
        row("stream:no", false);
        row("clamped:no", true);
        row("error:\"rate limit\"", true);
        row("error:rate*100", true);
        row("error:\"rate*100\"", false);
        row("error:%", true);
        row("ci", true);
        row("MINI", true);
        row("reached", true);
        row("absent", false);
        row("-absent key:ci", true);
        row("-key:ci", false);
        row("key:ci -model:gpt-*", false);
    }
    void aRowFitsWhatIsTrueOfIt()
    {
        QFETCH(QString, text);
        QFETCH(bool, fits);
        QCOMPARE(lbp::fits(read(text).terms, exampleRow(), u"ci"), fits);
    }
    void whatIsNotKnownFitsNoValue()
    {
        ExchangeRow row = exampleRow();
        row.close = CloseRow{};
        row.close.outcome = Outcome::Open;
        row.close.provenance = Provenance::Reserved;
        for (const char *term :
             {"cost>=0", "tokens>=0", "duration>=0s", "ttft>=0s", "status<599", "status:none"}) {
            QVERIFY2(!lbp::fits(read(QString::fromLatin1(term)).terms, row, u""), term);
            QVERIFY2(lbp::fits(read(u'-' + QString::fromLatin1(term)).terms, row, u""), term);
        }
        QVERIFY(lbp::fits(read(QStringLiteral("outcome:open cached:no")).terms, row, u""));
    }
    void aRefusedRequestIsFoundByTheModelItAskedFor()
    {
        ExchangeRow row = exampleRow();
        row.open.series = std::make_shared<const Series>(Series{3, {}, {}, {}, {}});
        QVERIFY(lbp::fits(read(QStringLiteral("model:gpt-4o")).terms, row, u""));
        QVERIFY(lbp::fits(read(QStringLiteral("gpt-4")).terms, row, u""));
        QVERIFY(!lbp::fits(read(QStringLiteral("downgraded:yes")).terms, row, u""));
    }
};

QTEST_GUILESS_MAIN(TestRequestFilter)
#include "tst_core_requestfilter.moc"
