#include "app/keychainvault.h"
#include "config/configfile.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QtTest>
#include <sys/stat.h>
#include <unistd.h>

using namespace lbp;
using namespace Qt::StringLiterals;

static constexpr char canary[] = "sk-canary-7Jk2mQ9xT4vB8nZ1";

/// The vault against a real keyring on a session bus of its own: this program starts itself again below one.
class TestAppKeychain : public QObject
{
    Q_OBJECT

    QTemporaryDir m_home;
    QProcess m_keyring;

    QString envFile() const { return m_home.filePath(u"config/.env"_s); }
    template <typename T> static T await(QFuture<T> future)
    {
        if (!QTest::qWaitFor([&] { return future.isFinished(); }, 30'000))
            qFatal("the keychain did not answer");
        return future.result();
    }
    static QByteArray read(const QString &path)
    {
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
    void startKeyring(const QByteArray &password)
    {
        m_keyring.start(u"gnome-keyring-daemon"_s,
                        {u"--foreground"_s, u"--unlock"_s, u"--components=secrets"_s});
        QVERIFY2(m_keyring.waitForStarted(), "is the package gnome-keyring installed?");
        m_keyring.write(password);
        m_keyring.closeWriteChannel();
        KeychainVault vault(envFile());
        QTRY_COMPARE_WITH_TIMEOUT(await(vault.state()).place, SecretPlace::Keychain, 20'000);
    }
    void endKeyring()
    {
        m_keyring.terminate();
        QVERIFY(m_keyring.waitForFinished());
    }

private Q_SLOTS:
    void initTestCase()
    {
        for (const char *folder : {"config", "data", "run"})
            QVERIFY(QDir(m_home.path()).mkpath(QLatin1String(folder)));
        QVERIFY(::chmod(QFile::encodeName(m_home.filePath(u"run"_s)).constData(), 0700) == 0);
        qputenv("HOME", m_home.path().toUtf8());
        qputenv("XDG_CONFIG_HOME", m_home.filePath(u"config"_s).toUtf8());
        qputenv("XDG_DATA_HOME", m_home.filePath(u"data"_s).toUtf8());
        qputenv("XDG_RUNTIME_DIR", m_home.filePath(u"run"_s).toUtf8());
    }

    void withoutASessionTheEnvFileKeepsTheSecretForItsOwner()
    {
        const QByteArray bus = qgetenv("DBUS_SESSION_BUS_ADDRESS");
        qunsetenv("DBUS_SESSION_BUS_ADDRESS");
        KeychainVault vault(envFile());
        const VaultState state = await(vault.state());
        QVERIFY(state.place == SecretPlace::EnvFile);
        QCOMPARE(state.where, envFile());
        QVERIFY(!state.problem.isEmpty());
        QFile file(envFile());
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("# mine\nOTHER=1\n");
        file.close();
        QVERIFY(::chmod(QFile::encodeName(envFile()).constData(), 0644) == 0);
        const auto stored = await(vault.store(u"open-ai"_s, Secret(canary)));
        QVERIFY(stored);
        QVERIFY(stored->place == SecretPlace::EnvFile);
        QCOMPARE(stored->reference, u"${LBP_OPEN_AI}"_s);
        QCOMPARE(read(envFile()), QByteArray("# mine\nOTHER=1\nLBP_OPEN_AI=") + canary + '\n');
        struct stat info = {};
        QVERIFY(::stat(QFile::encodeName(envFile()).constData(), &info) == 0);
        QCOMPARE(int(info.st_mode & 0777), 0600);
        QVERIFY(await(vault.remove(u"open-ai"_s)));
        QCOMPARE(read(envFile()), QByteArray("# mine\nOTHER=1\n"));
        const auto found = vault.lookUp({u"open-ai"_s});
        QVERIFY(!found.value(u"open-ai"_s));
        QVERIFY(found.value(u"open-ai"_s).error().detail.contains(u"open-ai"_s));
        QFile::remove(envFile());
        qputenv("DBUS_SESSION_BUS_ADDRESS", bus);
    }

    void theKeychainKeepsASecretAndNoFileHasIt()
    {
        startKeyring("password");
        KeychainVault vault(envFile());
        const auto stored = await(vault.store(u"openai"_s, Secret(canary)));
        QVERIFY2(stored, stored ? "" : qPrintable(stored.error().detail));
        QVERIFY(stored->place == SecretPlace::Keychain);
        QCOMPARE(stored->reference, u"${keychain:openai}"_s);
        auto found = vault.lookUp({u"openai"_s, u"nothing"_s});
        QVERIFY(found.value(u"openai"_s));
        QCOMPARE(found.value(u"openai"_s)->reveal(), QByteArray(canary));
        QCOMPARE(found.value(u"nothing"_s).error().code, ErrorCode::NotFound);
        QVERIFY(found.value(u"nothing"_s).error().detail.contains(u"nothing"_s));
        QVERIFY(await(vault.store(u"openai"_s, Secret("sk-second")))); // replaced
        found = vault.lookUp({u"openai"_s});
        QCOMPARE(found.value(u"openai"_s)->reveal(), QByteArray("sk-second"));
        QVERIFY(await(vault.store(u"openai"_s, Secret(canary))));
        QDirIterator files(m_home.path(), QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
        int seen = 0;
        while (files.hasNext()) {
            const QString path = files.next();
            QVERIFY2(!read(path).contains(canary), qPrintable(path));
            ++seen;
        }
        QVERIFY(seen > 0); // the keyring's own file at least
        QVERIFY(!QFile::exists(envFile()));
    }

    void aConfigurationTakesItsKeysFromThere()
    {
        const QString file = m_home.filePath(u"config/config.yml"_s);
        QFile out(file);
        QVERIFY(out.open(QIODevice::WriteOnly));
        out.write("provider:\n  apiKey: ${keychain:openai}\nalerts:\n  webhookSecret: ${keychain:gone}\n");
        out.close();
        ConfigSources sources{file, {}, {}, std::make_shared<KeychainVault>(envFile())};
        auto config = loadConfig(sources);
        QVERIFY(!config);
        QCOMPARE(config.error().size(), 1);
        QCOMPARE(config.error().first().line, 4);
        QVERIFY(config.error().first().message.contains(u"\"gone\""_s));
        QVERIFY(out.open(QIODevice::WriteOnly | QIODevice::Truncate));
        out.write("provider:\n  apiKey: ${keychain:openai}\n");
        out.close();
        config = loadConfig(sources);
        QVERIFY(config);
        QCOMPARE((*config)->providers.first().apiKey.reveal(), QByteArray(canary));
        sources.secrets = nullptr;
        QVERIFY(!loadConfig(sources)); // said, not taken as text
    }

    void whatIsRemovedIsGoneAndTwiceIsNoError()
    {
        KeychainVault vault(envFile());
        QVERIFY(await(vault.remove(u"openai"_s)));
        QVERIFY(await(vault.remove(u"openai"_s)));
        QCOMPARE(vault.lookUp({u"openai"_s}).value(u"openai"_s).error().code, ErrorCode::NotFound);
        QVERIFY(!await(vault.store(u"a b"_s, Secret("x"))));
        QVERIFY(!await(vault.store(u"a"_s, Secret())));
        endKeyring();
    }

    void namesOfVariablesAreMadeOfNames() { QCOMPARE(environmentName(u"open-ai.2"_s), u"LBP_OPEN_AI_2"_s); }
};

int main(int argc, char **argv)
{
    if (qEnvironmentVariableIsEmpty("LBP_TEST_BUS")) {
        qputenv("LBP_TEST_BUS", "1");
        QByteArrayList words{"dbus-run-session", "--"};
        for (int i = 0; i < argc; ++i)
            words.append(argv[i]);
        std::vector<char *> arguments;
        for (QByteArray &word : words)
            arguments.push_back(word.data());
        arguments.push_back(nullptr);
        ::execvp(arguments[0], arguments.data());
        qFatal("dbus-run-session cannot be started; is the package dbus installed?");
    }
    QCoreApplication application(argc, argv);
    TestAppKeychain test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_app_keychain.moc"
