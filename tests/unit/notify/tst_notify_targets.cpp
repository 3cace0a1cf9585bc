#include "notify/targetcheck.h"

#include <QTest>

using namespace lbp;

class TestNotifyTargets : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void onlyPublicAddressesPass_data()
    {
        QTest::addColumn<QString>("address");
        QTest::addColumn<bool>("isPublic");
        const auto row = [](const char *address, bool isPublic) {
            QTest::newRow(address) << QString::fromLatin1(address) << isPublic;
        };
        for (const char *address : {"8.8.8.8", "1.1.1.1", "172.32.0.1", "2606:4700::1111", "::ffff:8.8.8.8",
                                    "2002:808:808::1", "64:ff9b::808:808"})
            row(address, true);
        for (const char *address : {"127.0.0.1",
                                    "127.9.9.9",
                                    "10.1.2.3",
                                    "172.16.0.1",
                                    "172.31.255.255",
                                    "192.168.1.1",
                                    "169.254.169.254",
                                    "100.64.0.1",
                                    "0.0.0.0",
                                    "0.1.2.3",
                                    "224.0.0.1",
                                    "255.255.255.255",
                                    "198.18.0.1",
                                    "::",
                                    "::1",
                                    "::ffff:127.0.0.1",
                                    "::ffff:10.0.0.1",
                                    "::7f00:1",
                                    "fe80::1",
                                    "fc00::1",
                                    "fd12:3456::1",
                                    "ff02::1",
                                    "2002:7f00:1::",
                                    "64:ff9b::7f00:1",
                                    "64:ff9b:1::808:808",
                                    "2001:db8::1",
                                    "not an address"})
            row(address, false);
    }
    void onlyPublicAddressesPass()
    {
        QFETCH(QString, address);
        QFETCH(bool, isPublic);
        QCOMPARE(isPublicAddress(QHostAddress(address)), isPublic);
    }

    void anUnfitTargetIsRefused_data()
    {
        QTest::addColumn<QString>("url");
        QTest::addColumn<bool>("allowPrivate");
        QTest::addColumn<bool>("good");
        QTest::newRow("https") << QStringLiteral("https://example.com/hook") << false << true;
        QTest::newRow("http") << QStringLiteral("http://example.com:8080/hook") << false << true;
        QTest::newRow("another scheme") << QStringLiteral("ftp://example.com/") << true << false;
        QTest::newRow("a file") << QStringLiteral("file:///etc/passwd") << true << false;
        QTest::newRow("a password in it") << QStringLiteral("https://u:p@example.com/") << true << false;
        QTest::newRow("no host") << QStringLiteral("https:///x") << true << false;
        QTest::newRow("loopback") << QStringLiteral("http://127.0.0.1/x") << false << false;
        QTest::newRow("loopback, allowed") << QStringLiteral("http://127.0.0.1/x") << true << true;
        QTest::newRow("IPv6 loopback") << QStringLiteral("http://[::1]/x") << false << false;
        QTest::newRow("metadata service")
            << QStringLiteral("http://169.254.169.254/latest") << false << false;
    }
    void anUnfitTargetIsRefused()
    {
        QFETCH(QString, url);
        QFETCH(bool, allowPrivate);
        QFETCH(bool, good);
        QCOMPARE(checkWebhookUrl(QUrl(url, QUrl::StrictMode), allowPrivate).has_value(), good);
    }
};

QTEST_GUILESS_MAIN(TestNotifyTargets)
#include "tst_notify_targets.moc"
