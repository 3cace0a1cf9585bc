// Which price a request is billed at, and that it stays.
#include "config/configfile.h"
#include "proxy/decide.h"
#include "support/harness.h"

#include <QDateTime>
#include <QtTest>

using namespace lbp;
using namespace lbp::test;

namespace {

const QByteArray noCache = "cache: { enabled: false }\n";

Instant utc(const char *text)
{
    return fromMicros(QDateTime::fromString(QLatin1String(text), Qt::ISODate).toMSecsSinceEpoch() * 1000);
}

void answerWith(Proxy &proxy, int input, int output)
{
    proxy.provider.onRequest = [input, output](ProviderCall &call) {
        call.json(200, chatAnswer(input, output));
    };
}

QString costOf(const ExchangeRow &row)
{
    return row.close.cost ? row.close.cost->toDecimal() : QStringLiteral("none");
}

} // namespace

class TestPrices : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void aNewPriceNeverRewritesHistory()
    {
        // ccusage #1636: 2,472.81 USD became 1,923.92 when a price fell.
        Proxy proxy({.config = noCache,
                     .pricing =
                         "models:\n"
                         "  gpt-4o:\n"
                         "    inputPer1M: 5\n"
                         "    outputPer1M: 20\n"
                         "    source: summer\n"
                         "    steps:\n"
                         "      - {from: 2026-10-01, inputPer1M: 2.5, outputPer1M: 10, source: autumn}\n"});
        proxy.clock.setWall(utc("2026-09-30T23:59:59Z"));
        answerWith(proxy, 1000, 100);
        const QByteArray key = proxy.addKey(QStringLiteral("a"));
        const Answer before = proxy.chat(key, chatBody("one"));
        QCOMPARE(costOf(proxy.row(before)), QStringLiteral("0.007"));
        proxy.clock.setWall(utc("2026-10-01T00:00:00Z"));
        const Answer after = proxy.chat(key, chatBody("two"));
        QCOMPARE(costOf(proxy.row(after)), QStringLiteral("0.0035"));
        proxy.restart();
        const ExchangeRow old = proxy.row(before);
        QCOMPARE(costOf(old), QStringLiteral("0.007"));
        QVERIFY(old.close.rates);
        QCOMPARE((*old.close.rates)[BillingClass::UncachedInput].value_or(-1), qint64(5'000'000));
        QCOMPARE(old.close.priceSource, QStringLiteral("summer"));
        QCOMPARE(proxy.row(after).close.priceSource, QStringLiteral("autumn"));
        QCOMPARE(proxy.row(after).close.cost->toDecimal(), QStringLiteral("0.0035"));
    }
    void thePriceInForceWhenItWasAskedCounts()
    {
        // The request begins before the price rises and ends after it.
        Proxy proxy(
            {.config = noCache,
             .pricing =
                 "models:\n"
                 "  gpt-4o:\n"
                 "    inputPer1M: 1\n"
                 "    outputPer1M: 1\n"
                 "    maxOutputTokens: 1000\n"
                 "    daily: [{utc: \"01:00-04:00\", days: mon-fri, inputPer1M: 2, outputPer1M: 2}]\n"});
        const QByteArray key = proxy.addKey(QStringLiteral("a"));
        const auto costAt = [&](const char *begin, const char *end) {
            proxy.clock.setWall(utc(begin));
            proxy.provider.onRequest = [&proxy, end](ProviderCall &call) {
                proxy.clock.setWall(utc(end));
                call.json(200, chatAnswer(1'000'000, 0));
            };
            return costOf(proxy.row(proxy.chat(key, chatBody(QByteArray(begin)))));
        };
        QCOMPARE(costAt("2026-09-21T00:59:59Z", "2026-09-21T01:00:01Z"), QStringLiteral("1.00")); // a Monday
        QCOMPARE(costAt("2026-09-21T03:59:59Z", "2026-09-21T04:00:01Z"), QStringLiteral("2.00"));
        QCOMPARE(costAt("2026-09-20T02:00:00Z", "2026-09-20T02:00:01Z"), QStringLiteral("1.00")); // a Sunday
    }
    void aProvidersOwnPriceWins()
    {
        const QByteArray pricing = "models:\n"
                                   "  gpt-4o: {inputPer1M: 1, outputPer1M: 1}\n"
                                   "  somewhere/gpt-4o: {inputPer1M: 3, outputPer1M: 3}\n";
        for (const QByteArray space : {"somewhere", "elsewhere", "\"\""}) {
            const auto config = parseConfig(
                "provider: {apiKey: k, baseUrl: \"http://127.0.0.1:1\", priceSpace: " + space + "}\n",
                pricing, {});
            QVERIFY(config);
            const ModelPrice *price = ownPrice(**config, (*config)->providers.first(),
                                               QStringLiteral("gpt-4o"), utc("2026-09-21T00:00:00Z"));
            QVERIFY(price);
            QCOMPARE(price->model,
                     space == "somewhere" ? QStringLiteral("somewhere/gpt-4o") : QStringLiteral("gpt-4o"));
        }
    }
};

QTEST_GUILESS_MAIN(TestPrices)
#include "tst_prices.moc"
