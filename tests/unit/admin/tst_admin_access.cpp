#include "admin/access.h"
#include "admin/jsonbody.h"

#include <QTest>

using namespace lbp;

class TestAdminAccess : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void webPagesOfOtherPlacesAreRefused_data()
    {
        QTest::addColumn<QByteArray>("host");
        QTest::addColumn<QByteArray>("origin");
        QTest::addColumn<QByteArray>("site");
        QTest::addColumn<bool>("good");
        const auto row = [](const char *what, const char *host, const char *origin, const char *site,
                            bool good) {
            QTest::newRow(what) << QByteArray(host) << QByteArray(origin) << QByteArray(site) << good;
        };
        row("a script", "127.0.0.1:3000", "", "", true);
        row("localhost", "LocalHost:3000", "", "", true);
        row("IPv6", "[::1]:3000", "", "", true);
        row("other loopback address", "127.8.9.1", "", "", true);
        row("configured name", "proxy.example:3000", "", "", true);
        row("no host", "", "", "", false);
        row("rebound name", "evil.example:3000", "", "", false);
        row("name that begins well", "127.0.0.1.evil.example", "", "", false);
        row("name that ends well", "notlocalhost", "", "", false);
        row("private address", "192.168.1.2:3000", "", "", false);
        row("short form", "127.1", "", "", false);
        row("bad port", "localhost:80@evil.example", "", "", false);
        row("own page", "localhost:3000", "http://localhost:3000", "same-origin", true);
        row("typed address", "localhost:3000", "", "none", true);
        row("foreign page", "localhost:3000", "https://evil.example", "", false);
        row("other port", "localhost:3000", "http://localhost:8080", "", false);
        row("null origin", "localhost:3000", "null", "", false);
        row("file page", "localhost:3000", "file://localhost:3000", "", false);
        row("foreign image", "localhost:3000", "", "cross-site", false);
        row("page of a neighbour", "localhost:3000", "", "same-site", false);
    }
    void webPagesOfOtherPlacesAreRefused()
    {
        QFETCH(QByteArray, host);
        QFETCH(QByteArray, origin);
        QFETCH(QByteArray, site);
        QFETCH(bool, good);
        HeaderList headers;
        headers.add("Host", host);
        if (!origin.isEmpty())
            headers.add("Origin", origin);
        if (!site.isEmpty())
            headers.add("Sec-Fetch-Site", site);
        QCOMPARE(checkOrigin(headers, {QStringLiteral("proxy.example")}).has_value(), good);
    }

    void guessingBecomesSlowButIsForgotten()
    {
        LoginThrottle throttle;
        const QHostAddress peer(QHostAddress::LocalHost);
        Duration last{};
        for (int i = 0; i < 12; ++i) {
            const Duration delay = throttle.failed(peer, std::chrono::seconds(1000 + i));
            QVERIFY(delay >= last && delay <= LoginThrottle::maxDelay);
            last = delay;
            throttle.released(peer);
        }
        QCOMPARE(last, LoginThrottle::maxDelay);
        QCOMPARE(throttle.failed(QHostAddress(QHostAddress::LocalHostIPv6), std::chrono::seconds(1000)),
                 LoginThrottle::firstDelay);
        QCOMPARE(throttle.failed(peer, std::chrono::seconds(3000)), LoginThrottle::firstDelay);
    }

    void answersHeldBackAreBounded()
    {
        LoginThrottle throttle;
        const QHostAddress peer(QHostAddress::LocalHost);
        for (int i = 0; i < LoginThrottle::maxHeld; ++i) {
            QVERIFY(throttle.mayTry(peer));
            (void)throttle.failed(peer, std::chrono::seconds(1000));
        }
        QVERIFY(!throttle.mayTry(peer));
        throttle.released(peer);
        QVERIFY(throttle.mayTry(peer));
    }

    void amountsNeverPassThroughADouble_data()
    {
        QTest::addColumn<QByteArray>("json");
        QTest::addColumn<QString>("amount");
        QTest::newRow("string") << QByteArray(R"({"limit":"5.10"})") << QStringLiteral("5.10");
        QTest::newRow("number") << QByteArray(R"({"limit": 0.1 })") << QStringLiteral("0.10");
        QTest::newRow("more digits than a double has")
            << QByteArray(R"({"limit":1234567.123456789012})") << QStringLiteral("1234567.123456789012");
        QTest::newRow("exponent") << QByteArray(R"({"limit":1e2})") << QString();
        QTest::newRow("too fine") << QByteArray(R"({"limit":"0.0000000000001"})") << QString();
        QTest::newRow("a truth") << QByteArray(R"({"limit":true})") << QString();
        QTest::newRow("twice") << QByteArray(R"({"limit":"1","limit":"2"})") << QString();
        QTest::newRow("twice, spelled otherwise")
            << QByteArray("{\"limit\":\"1\",\"\\u006cimit\":\"2\"}") << QString();
    }
    void amountsNeverPassThroughADouble()
    {
        QFETCH(QByteArray, json);
        QFETCH(QString, amount);
        JsonBody body(json, {QStringLiteral("limit")});
        const auto money = body.money(QStringLiteral("limit"));
        QCOMPARE(body.status().has_value(), !amount.isEmpty());
        if (!amount.isEmpty())
            QCOMPARE(money.value().toDecimal(), amount);
    }

    void anUnknownNameIsRefusedWithTheNearest()
    {
        const JsonBody body(R"({"nmae":"x"})", {QStringLiteral("name"), QStringLiteral("team")});
        QVERIFY(body.status().error().detail.contains(u"did you mean \"name\"?"));
        const QueryReader query("limt=3", {QStringLiteral("limit")});
        QVERIFY(query.status().error().detail.contains(u"did you mean \"limit\"?"));
    }
};

QTEST_GUILESS_MAIN(TestAdminAccess)
#include "tst_admin_access.moc"
