#include "config/publicprices.h"
#include "control/jsontext.h"
#include "control/pricefeed.h"
#include "control/pricefetch.h"
#include "control/priceimport.h"

#include <QFile>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTemporaryDir>
#include <QtTest>

using namespace lbp;
using namespace Qt::StringLiterals;
using enum BillingClass;

namespace {

const Instant now = fromMicros(1'795'435'200'000'000); // 2026-11-23T12:00:00Z

QByteArray dataFile(const QString &name)
{
    QFile file(QStringLiteral(LBP_SOURCE_DIR "/tests/data/prices/") + name);
    if (!file.open(QIODevice::ReadOnly))
        qFatal("no %s", qPrintable(name));
    return file.readAll();
}

QByteArray read(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

void write(const QString &path, const QByteArray &text)
{
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly | QIODevice::Truncate) || file.write(text) != text.size())
        qFatal("cannot write %s", qPrintable(path));
}

/// A model of LiteLLM's list.
QByteArray litellm(const QByteArray &model, const QByteArray &fields)
{
    return "{\"" + model + "\": {\"litellm_provider\": \"openai\", \"mode\": \"chat\", " + fields + "}}";
}

const ModelPrice *modelOf(const PriceFeed &feed, QStringView name)
{
    for (const ModelPrice &price : feed.models)
        if (price.model == name)
            return &price;
    return nullptr;
}

/// Answers every request with the same bytes.
class Site : public QTcpServer
{
public:
    explicit Site(QByteArray answer)
        : m_answer(std::move(answer))
    {
        listen(QHostAddress::LocalHost, 0);
        connect(this, &QTcpServer::newConnection, this, [this] {
            QTcpSocket *socket = nextPendingConnection();
            connect(socket, &QTcpSocket::readyRead, socket, [this, socket] {
                request += socket->readAll();
                if (request.contains("\r\n\r\n") && !m_answer.isEmpty()) {
                    socket->write(m_answer);
                    socket->disconnectFromHost();
                }
            });
        });
    }
    [[nodiscard]] QUrl url() const { return QUrl(u"http://127.0.0.1:%1/list.json"_s.arg(serverPort())); }
    QByteArray request;

private:
    QByteArray m_answer;
};

} // namespace

/// Public price lists: read exactly, compared, taken over, and undone.
class TestControlPrices : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init()
    {
        m_directory = std::make_unique<QTemporaryDir>();
        m_ours = m_directory->filePath(u"pricing.yml"_s);
        write(m_ours, "models:\n  mine: {inputPer1M: 1}\n");
    }

    void aJsonNumberIsTheDecimalThatItIs_data()
    {
        QTest::addColumn<QByteArray>("number");
        QTest::addColumn<QString>("decimal");
        const auto row = [](const char *number, const char *decimal) {
            QTest::newRow(number) << QByteArray(number) << QString::fromLatin1(decimal);
        };
        row("1.25e-06", "0.00000125");
        row("5E-6", "0.000005");
        row("3e-07", "0.0000003");
        row("0.00001", "0.00001");
        row("1.5000000000000002e-07", "0.00000015000000000000002");
        row("2.50", "2.5");
        row("10", "10");
        row("1e3", "1000");
        row("1.2345e2", "123.45");
        row("0", "0");
        row("0.0", "0");
        row("0e-9", "0");
        row("-1e-3", "-0.001");
        row("1e-41", "");
        row("1e99999999999", "");
        row("0x10", "");
        row("1.", "");
        row("", "");
    }
    void aJsonNumberIsTheDecimalThatItIs()
    {
        QFETCH(QByteArray, number);
        QFETCH(QString, decimal);
        QCOMPARE(plainDecimal(number), decimal);
    }
    void onlyJsonIsReadAsJson_data()
    {
        QTest::addColumn<QByteArray>("json");
        for (const char *json : {"", "{", "{\"a\"}", "{\"a\":}", "{\"a\":1,}", "[1 2]", "{\"a\":1} x",
                                 "{a:1}", "tru", "\"\\x\"", "\"a", "01", "{\"a\":.5}", "\xff"})
            QTest::newRow(json) << QByteArray(json);
        QTest::newRow("too deep") << QByteArray(100'000, '[');
    }
    void onlyJsonIsReadAsJson()
    {
        QFETCH(QByteArray, json);
        QVERIFY(!readJsonText(json));
    }

    void litellmsListIsReadExactly()
    {
        const Result<PriceFeed> feed = readPriceFeed(dataFile(u"litellm.json"_s));
        QVERIFY2(feed, feed ? "" : qPrintable(feed.error().detail));
        QCOMPARE(feed->format, u"LiteLLM"_s);
        QStringList names;
        for (const ModelPrice &price : feed->models)
            names.append(price.model);
        QCOMPARE(names,
                 QStringList({u"azure/nova-1"_s, u"gemini/gemma-9"_s, u"groq/llama-9"_s, u"nova-1"_s,
                              u"nova-scribe"_s, u"together/meta/llama-9"_s}));
        const ModelPrice &nova = *modelOf(*feed, u"nova-1");
        Rates standard;
        standard[UncachedInput] = 2'500'000;
        standard[CachedInput] = 250'000;
        standard[CacheWrite5m] = 3'125'000;
        standard[CacheWrite1h] = 5'000'000;
        standard[Output] = 10'000'000;
        standard[WebSearchCall] = 50'000'000'000; // the dearest context size
        standard[FileSearchCall] = 2'500'000'000;
        QCOMPARE(nova.standard, standard);
        QCOMPARE(nova.longContextThreshold.value_or(-1), qint64(200'000));
        QCOMPARE(nova.longContext[UncachedInput].value_or(-1), qint64(5'000'000));
        QCOMPARE(nova.longContext[CachedInput].value_or(-1), qint64(500'000));
        QCOMPARE(nova.tiers.value(ServiceTier::Flex)[CachedInput].value_or(-1), qint64(125'000));
        QCOMPARE(nova.tiers.value(ServiceTier::Priority)[UncachedInput].value_or(-1), qint64(5'000'000));
        QCOMPARE(nova.tiers.value(ServiceTier::Batch)[Output].value_or(-1), qint64(5'000'000));
        QCOMPARE(nova.maxInputTokens.value_or(-1), qint64(400'000));
        QCOMPARE(nova.maxOutputTokens.value_or(-1), qint64(128'000));
        QCOMPARE(modelOf(*feed, u"nova-scribe")->standard[AudioSecond].value_or(-1), qint64(100'000'000));
        QStringList refused;
        for (const PriceFeed::Refused &one : feed->refused)
            refused.append(one.model);
        QCOMPARE(refused, QStringList({u"nova-noise"_s, u"nova-text"_s, u"nova-two-tiers"_s}));
        QVERIFY(feed->refused[0].reason.contains(u"1.5000000000000002e-07"));
        QCOMPARE(feed->leftOut, 3); // an image variant, bedrock, fireworks
    }
    void furtherProvidersAreTakenUnderTheirOwnName()
    {
        const Result<PriceFeed> feed = readPriceFeed(dataFile(u"litellm.json"_s), {u"fireworks_ai"_s});
        QVERIFY(feed);
        QVERIFY(modelOf(*feed, u"fireworks_ai/accounts/x/models/nova-1"));
        QCOMPARE(feed->leftOut, 2);
    }
    void theListOfModelsDevIsReadExactly()
    {
        const Result<PriceFeed> feed = readPriceFeed(dataFile(u"models-dev.json"_s));
        QVERIFY2(feed, feed ? "" : qPrintable(feed.error().detail));
        QCOMPARE(feed->format, u"models.dev"_s);
        const ModelPrice *nova = modelOf(*feed, u"nova-1");
        QVERIFY(nova);
        QCOMPARE(nova->standard[CacheWrite5m].value_or(-1), qint64(3'125'000));
        QCOMPARE(nova->longContextThreshold.value_or(-1), qint64(272'000));
        QCOMPARE(nova->longContext[Output].value_or(-1), qint64(15'000'000));
        QCOMPARE(nova->maxInputTokens.value_or(-1), qint64(272'000));
        QCOMPARE(modelOf(*feed, u"nova-sound")->standard[AudioOutput].value_or(-1), qint64(80'000'000));
        QCOMPARE(modelOf(*feed, u"nova-sound")->standard[Reasoning].value_or(-1), qint64(12'500'000));
        QCOMPARE(modelOf(*feed, u"comet-1")->longContextThreshold.value_or(-1), qint64(200'000));
        QVERIFY(modelOf(*feed, u"groq/meta/llama-9"));
        QCOMPARE(feed->refused.size(), 1);
        QCOMPARE(feed->refused[0].model, u"openai/nova-odd"_s);
        QCOMPARE(feed->leftOut, 2); // elsewhere, and the one without a price
    }
    void somethingElseIsNoPriceList()
    {
        QCOMPARE(readPriceFeed("{}").error().code, ErrorCode::InvalidValue);
        QCOMPARE(readPriceFeed("{\"a\": {\"b\": 1}}").error().code, ErrorCode::InvalidValue);
        QCOMPARE(readPriceFeed("[]").error().code, ErrorCode::InvalidValue);
    }

    void whatIsNewAndWhatChangesIsShown()
    {
        const auto import = compare(litellm("gpt-4o", "\"input_cost_per_token\": 3e-06"));
        QVERIFY2(import, import ? "" : qPrintable(import.error().detail));
        QCOMPARE(import->changes.size(), 1);
        const PriceChange &change = import->changes.first();
        QVERIFY(change.kind == PriceChange::Kind::Changed);
        QCOMPARE(change.note, u"inputPer1M: 2.50 → 3.00 (×1.2)"_s);
        QCOMPARE(change.after.rate(Output), u"10.00"_s); // what the list does not state stays
        QCOMPARE(import->target, m_directory->filePath(u"imported-prices.yml"_s));
        const auto fresh = compare(litellm("nova-1", "\"input_cost_per_token\": 3e-06"));
        QVERIFY(fresh->changes.first().kind == PriceChange::Kind::New);
        const auto same = compare(litellm("gpt-4o", "\"input_cost_per_token\": 2.5e-06"));
        QVERIFY(same->changes.isEmpty());
        QCOMPARE(same->unchanged, 1);
        QVERIFY(!QFile::exists(import->target)); // looking changes nothing
    }
    void aHostAtTheMakersPriceNeedsNoPriceOfItsOwn()
    {
        const auto import = compare("{\"azure/gpt-4o-mini\": {\"litellm_provider\": \"azure\", "
                                    "\"input_cost_per_token\": 1.5e-07}}");
        QVERIFY(import);
        QCOMPARE(import->unchanged, 1);
    }
    void suspiciousPricesAreMarked_data()
    {
        QTest::addColumn<QByteArray>("model");
        QTest::addColumn<QByteArray>("fields");
        QTest::addColumn<bool>("suspicious");
        const auto row = [](const char *name, const char *model, const char *fields, bool suspicious) {
            QTest::newRow(name) << QByteArray(model) << QByteArray(fields) << suspicious;
        };
        row("ten times", "gpt-4o", "\"input_cost_per_token\": 2.5e-05", true);
        row("a tenth", "gpt-4o", "\"output_cost_per_token\": 1e-06", true);
        row("nine times", "gpt-4o", "\"input_cost_per_token\": 2.25e-05", false);
        row("free all at once", "gpt-4o", "\"input_cost_per_token\": 0", true);
        row("new and free", "nova-1", "\"input_cost_per_token\": 0, \"output_cost_per_token\": 0", true);
        row("new and absurd", "nova-1", "\"input_cost_per_token\": 2.5", true);
        row("new and dear", "nova-1", "\"input_cost_per_token\": 0.00015", false);
        row("prices by the hour", "deepseek-v4-pro", "\"input_cost_per_token\": 7e-07", true);
    }
    void suspiciousPricesAreMarked()
    {
        QFETCH(QByteArray, model);
        QFETCH(QByteArray, fields);
        QFETCH(bool, suspicious);
        const auto import = compare(litellm(model, fields));
        QVERIFY2(import, import ? "" : qPrintable(import.error().detail));
        QCOMPARE(import->changes.size(), 1);
        QCOMPARE(import->changes.first().kind == PriceChange::Kind::Suspicious, suspicious);
    }
    void onesOwnPriceStays()
    {
        write(m_ours, "models: {gpt-4o: {inputPer1M: 1}}\n");
        const auto import = compare(litellm("gpt-4o", "\"input_cost_per_token\": 3e-06"));
        QVERIFY(import);
        QVERIFY(import->changes.isEmpty());
        QCOMPARE(import->own, QStringList(u"gpt-4o"_s));
    }
    void whatIsTakenOverHoldsFromTodayOnAndStepsBeforeAndAfterStay()
    {
        const auto import = compare(litellm("gemini-3.6-flash", "\"input_cost_per_token\": 8e-07"));
        QVERIFY(import);
        QVERIFY(applyPrices(*import, {u"gemini-3.6-flash"_s}, m_ours, now));
        const auto book = prices();
        const auto input = [&](const char *at) {
            const Instant time =
                fromMicros(QDateTime::fromString(QLatin1String(at), Qt::ISODate).toMSecsSinceEpoch() * 1000);
            return book->find(u"gemini-3.6-flash", {}, time)->standard[UncachedInput].value_or(-1);
        };
        QCOMPARE(input("2026-11-22T23:59:59Z"), qint64(750'000));
        QCOMPARE(input("2026-11-23T00:00:00Z"), qint64(800'000));
        QCOMPARE(input("2026-12-31T23:59:59Z"), qint64(800'000));
        QCOMPARE(input("2027-01-01T00:00:00Z"), qint64(1'500'000));
        QCOMPARE(book->find(u"gemini-3.6-flash", {}, now)->source, u"LiteLLM, imported 2026-11-23"_s);
        QVERIFY(book->origin(u"gemini-3.6-flash"_s) == PriceOrigin::Imported);
        QCOMPARE(read(m_ours), QByteArray("models:\n  mine: {inputPer1M: 1}\n")); // never touched
    }
    void importsAddUpAndTheLastOneCanBeUndone()
    {
        const QString imported = m_directory->filePath(u"imported-prices.yml"_s);
        QCOMPARE(restorePrices(m_ours).error().code, ErrorCode::NotFound);
        const auto first = compare(litellm("nova-1", "\"input_cost_per_token\": 1e-06"));
        QVERIFY(first && applyPrices(*first, {u"nova-1"_s}, m_ours, now));
        const QByteArray afterFirst = read(imported);
        const auto second = compare(litellm("nova-2", "\"input_cost_per_token\": 2e-06"));
        QVERIFY(second && applyPrices(*second, {u"nova-2"_s}, m_ours, now));
        const QByteArray afterSecond = read(imported);
        QVERIFY(prices()->find(u"nova-1") && prices()->find(u"nova-2"));
        QCOMPARE(read(imported + u".before-import"_s), afterFirst);
        QCOMPARE(restorePrices(m_ours).value(), imported);
        QCOMPARE(read(imported), afterFirst);
        QVERIFY(!prices()->find(u"nova-2"));
        QVERIFY(restorePrices(m_ours)); // and back
        QCOMPARE(read(imported), afterSecond);
    }
    void onlyWhatWasShownCanBeTakenOver()
    {
        const auto import = compare(litellm("nova-1", "\"input_cost_per_token\": 1e-06"));
        QVERIFY(import);
        QCOMPARE(applyPrices(*import, {u"nova-2"_s}, m_ours, now).error().code, ErrorCode::NotFound);
        QVERIFY(!QFile::exists(import->target));
    }
    void aListOfOursGoesIntoPricingYml()
    {
        const auto import =
            comparePrices(u"theirs.yml"_s, "models: {mine: {inputPer1M: 2}, gpt-4o-mini: {inputPer1M: 3}}\n",
                          m_ours, {}, now);
        QVERIFY2(import, import ? "" : qPrintable(import.error().detail));
        QCOMPARE(import->target, m_ours);
        QCOMPARE(import->count(PriceChange::Kind::Changed) + import->count(PriceChange::Kind::Suspicious), 2);
        QVERIFY(applyPrices(*import, {u"mine"_s}, m_ours, now));
        QCOMPARE(read(m_ours), QByteArray("models:\n  mine: {inputPer1M: 2}\n"));
        QCOMPARE(restorePrices(m_ours).value(), m_ours);
        QCOMPARE(read(m_ours), QByteArray("models:\n  mine: {inputPer1M: 1}\n"));
    }

    void aListIsFetchedFromThisMachine()
    {
        Site site("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}");
        const auto body = fetchPriceList(site.url());
        QVERIFY2(body, body ? "" : qPrintable(body.error().detail));
        QCOMPARE(*body, QByteArray("{}"));
        QVERIFY(site.request.startsWith("GET /list.json HTTP/1.1\r\n"));
        QVERIFY(!site.request.toLower().contains("authorization")
                && !site.request.toLower().contains("cookie"));
    }
    void otherAddressesAreRefusedBeforeAnythingIsAsked_data()
    {
        QTest::addColumn<QString>("url");
        for (const char *url :
             {"http://prices.example/list.json", "ftp://prices.example/list", "file:///etc/passwd",
              "https://", "https://me:secret@prices.example/list.json", "list.json"})
            QTest::newRow(url) << QString::fromLatin1(url);
    }
    void otherAddressesAreRefusedBeforeAnythingIsAsked()
    {
        QFETCH(QString, url);
        const auto body = fetchPriceList(QUrl(url));
        QVERIFY(!body);
        QCOMPARE(body.error().code, ErrorCode::InvalidValue);
        QVERIFY(!body.error().detail.contains(u"secret"));
    }
    void aRedirectIsNamedAndNotFollowed()
    {
        Site other("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}");
        Site site("HTTP/1.1 302 Found\r\nLocation: " + other.url().toEncoded()
                  + "\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
        const auto body = fetchPriceList(site.url());
        QVERIFY(!body);
        QVERIFY2(body.error().detail.contains(other.url().toString()), qPrintable(body.error().detail));
        QVERIFY(other.request.isEmpty());
    }
    void whatIsTooLargeOrTooSlowEnds()
    {
        Site large("HTTP/1.1 200 OK\r\nContent-Length: 100\r\nConnection: close\r\n\r\n"
                   + QByteArray(100, ' '));
        QCOMPARE(fetchPriceList(large.url(), {.maxBytes = 99}).error().code, ErrorCode::InvalidValue);
        Site silent{QByteArray()};
        QCOMPARE(fetchPriceList(silent.url(), {.time = std::chrono::milliseconds(50)}).error().code,
                 ErrorCode::UpstreamTimeout);
        Site broken("HTTP/1.1 500 Oops\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
        QVERIFY(fetchPriceList(broken.url()).error().detail.contains(u"500"));
    }

private:
    Result<PriceImport> compare(const QByteArray &list)
    {
        return comparePrices(u"list.json"_s, list, m_ours, {}, now);
    }
    std::shared_ptr<const PriceBook> prices()
    {
        QList<ConfigProblem> problems;
        const auto book = withPublicPrices(*parsePricing(read(m_ours), m_ours), m_ours, problems);
        return problems.isEmpty() ? book : nullptr;
    }
    std::unique_ptr<QTemporaryDir> m_directory;
    QString m_ours;
};

QTEST_GUILESS_MAIN(TestControlPrices)
#include "tst_control_prices.moc"
