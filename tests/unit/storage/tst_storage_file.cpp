#include "storefixture.h"

#include "storage/migrations.h"

#include <QCryptographicHash>
#include <QDir>

using namespace lbp;

namespace {

const Instant noon = at("2026-05-04T12:00:00Z");
constexpr QFileDevice::Permissions onlyOwner =
    QFileDevice::ReadOwner | QFileDevice::WriteOwner | QFileDevice::ReadUser | QFileDevice::WriteUser;

QStringList filesWith(const StoreFixture &f, const QString &pattern)
{
    return QDir(f.folder.path()).entryList({pattern}, QDir::Files);
}

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

void overwrite(const QString &path, qint64 offset, const QByteArray &bytes)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadWrite));
    QVERIFY(file.seek(offset));
    QCOMPARE(file.write(bytes), qint64(bytes.size()));
}

Error openError(const StoreOptions &options)
{
    auto opened = openSqlStore(options);
    if (opened)
        qFatal("a failure was expected");
    return opened.error();
}

/// Two versions of a small schema, to see an upgrade.
QList<Migration> versions(int count)
{
    QList<Migration> all{
        {1, {QStringLiteral("CREATE TABLE thing (id INTEGER PRIMARY KEY, name TEXT) STRICT")}},
        {2,
         {QStringLiteral("ALTER TABLE thing ADD COLUMN price INTEGER"),
          QStringLiteral("UPDATE thing SET price = 5")}},
        {3, {QStringLiteral("CREATE TABLE other (id INTEGER PRIMARY KEY)"), QStringLiteral("NOT SQL")}}};
    all.resize(count);
    return all;
}

} // namespace

class FileTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void onlyTheOwnerMayReadTheFiles()
    {
        StoreFixture f;
        f.exchange(noon);
        for (const char *suffix : {"", "-wal", "-shm"})
            QCOMPARE(QFile::permissions(f.options.file + QString::fromLatin1(suffix)), onlyOwner);
    }

    void aStoreOpensAgainWithEverything()
    {
        StoreFixture f;
        const RequestId id = f.exchange(noon);
        f.reopen();
        QCOMPARE(valueOf(f.store->lastRequestId()).value, id.value);
        QVERIFY(filesWith(f, QStringLiteral("*backup*")).isEmpty());
    }

    void anEmptyFileIsANewLedger()
    {
        StoreFixture f;
        f.store.reset();
        QVERIFY(QFile(f.options.file).resize(0));
        f.open();
        QCOMPARE(valueOf(f.store->lastRequestId()).value, qint64(0));
    }

    void aFolderThatIsNotThereIsSaidSo()
    {
        StoreOptions options;
        options.file = QStringLiteral("/nonexistent/folder/ledger.db");
        const Error error = openError(options);
        QCOMPARE(error.code, ErrorCode::StoreFailed);
        QVERIFY(error.detail.contains(options.file));
    }

    void fullSyncWorksTheSame()
    {
        StoreFixture f;
        f.options.syncFull = true;
        f.reopen();
        f.exchange(noon);
        compareRollupsWithRows(f);
    }

    void damageIsSetAsideAndTheNextStartIsEmpty_data()
    {
        QTest::addColumn<int>("kind");
        QTest::newRow("text instead of a database") << 0;
        QTest::newRow("shorter than a header") << 1;
        QTest::newRow("zeros over the header") << 2;
        QTest::newRow("end cut off") << 3;
        QTest::newRow("garbage over every page but the first") << 4;
        QTest::newRow("garbage over the schema") << 5;
        QTest::newRow("one page of the middle zeroed") << 6;
    }
    void damageIsSetAsideAndTheNextStartIsEmpty()
    {
        QFETCH(int, kind);
        StoreFixture f;
        for (int i = 0; i < 200; ++i)
            f.store->submit(ExchangeRow{f.openRow(noon, i), StoreFixture::closeRow({})}, 0);
        f.store.reset();
        const QString file = f.options.file;
        const qint64 size = QFileInfo(file).size();
        switch (kind) {
        case 0:
            QVERIFY(QFile(file).resize(0));
            overwrite(file, 0, QByteArray("this is no ledger at all\n").repeated(100));
            break;
        case 1:
            QVERIFY(QFile(file).resize(40));
            break;
        case 2:
            overwrite(file, 0, QByteArray(100, '\0'));
            break;
        case 3:
            QVERIFY(QFile(file).resize(size - 4096 * 3));
            break;
        case 4:
            overwrite(file, 4096, QByteArray(int(size) - 4096, '\xa5'));
            break;
        case 5:
            overwrite(file, 100, QByteArray(3000, '\x5a'));
            break;
        default:
            overwrite(file, 4096 * 3, QByteArray(4096, '\0'));
        }
        const QByteArray damagedBytes = contentOf(file);
        const Error error = openError(f.options);
        QCOMPARE(error.code, ErrorCode::StoreDamaged);
        const QStringList aside = filesWith(f, QStringLiteral("ledger.db.damaged-*"));
        QCOMPARE(aside.size(), 1);
        QVERIFY(error.detail.contains(aside.first()));
        QCOMPARE(contentOf(f.folder.filePath(aside.first())), damagedBytes);
        QVERIFY(!QFile::exists(file));

        f.open();
        QCOMPARE(valueOf(f.store->lastRequestId()).value, qint64(0));
        f.exchange(noon);
    }

    void theJournalOfADamagedFileGoesWithIt()
    {
        StoreFixture f;
        f.exchange(noon);
        StoreFixture copy;
        copy.store.reset();
        for (const char *suffix : {"", "-wal"}) {
            QFile::remove(copy.options.file + QString::fromLatin1(suffix));
            QVERIFY(QFile::copy(f.options.file + QString::fromLatin1(suffix),
                                copy.options.file + QString::fromLatin1(suffix)));
        }
        overwrite(copy.options.file, 0, QByteArray(100, 'x'));
        QCOMPARE(openError(copy.options).code, ErrorCode::StoreDamaged);
        QCOMPARE(filesWith(copy, QStringLiteral("ledger.db.damaged-*-wal")).size(), 1);
        QVERIFY(!QFile::exists(copy.options.file + QStringLiteral("-wal")));
        copy.open();
        QCOMPARE(valueOf(copy.store->lastRequestId()).value, qint64(0));
    }

    void twoDamagedFilesAreBothKept()
    {
        StoreFixture f;
        f.store.reset();
        for (int i = 0; i < 2; ++i) {
            QFile::remove(f.options.file);
            QFile file(f.options.file);
            QVERIFY(file.open(QIODevice::WriteOnly));
            file.write("nonsense");
            file.close();
            QCOMPARE(openError(f.options).code, ErrorCode::StoreDamaged);
        }
        QCOMPARE(filesWith(f, QStringLiteral("ledger.db.damaged-*")).size(), 2);
    }

    void aFileOfANewerVersionIsRefusedAndUntouched()
    {
        StoreFixture f;
        f.store.reset();
        QCOMPARE(f.number(QStringLiteral("PRAGMA user_version = 999")), qint64(0));
        const QByteArray before = contentOf(f.options.file);
        const Error error = openError(f.options);
        QCOMPARE(error.code, ErrorCode::StoreFailed);
        QVERIFY(error.detail.contains(QStringLiteral("newer")));
        QCOMPARE(contentOf(f.options.file), before);
    }

    void aDatabaseOfAnotherProgramIsRefusedAndKept()
    {
        StoreFixture f;
        f.store.reset();
        QVERIFY(QFile::remove(f.options.file));
        f.number(QStringLiteral("CREATE TABLE theirs (id INTEGER)"));
        const Error error = openError(f.options);
        QCOMPARE(error.code, ErrorCode::StoreFailed);
        QVERIFY(error.detail.contains(QStringLiteral("another program")));
        QCOMPARE(f.number(QStringLiteral("SELECT count(*) FROM theirs")), qint64(0));
    }

    void anUpgradeKeepsABackupOfTheOldVersion()
    {
        QTemporaryDir folder;
        const QString file = folder.filePath(QStringLiteral("ledger.db"));
        {
            auto connection = SqlConnection::open(file, SqlConnection::Mode::ReadWrite, false);
            QVERIFY(migrate(**connection, file, versions(1)).has_value());
            QVERIFY(!QFile::exists(file + QStringLiteral(".backup-v0"))); // a new file needs none
            QVERIFY(
                (*connection)->exec(QStringLiteral("INSERT INTO thing (name) VALUES ('kept')")).has_value());
            QVERIFY(migrate(**connection, file, versions(2)).has_value());
            QCOMPARE((*connection)->scalar(QStringLiteral("SELECT price FROM thing"))->toInt(), 5);
            QCOMPARE((*connection)->scalar(QStringLiteral("PRAGMA user_version"))->toInt(), 2);
        }
        const QString backup = file + QStringLiteral(".backup-v1");
        QCOMPARE(QFile::permissions(backup), onlyOwner);
        auto old = SqlConnection::openBare(backup);
        QCOMPARE((*old)->scalar(QStringLiteral("PRAGMA user_version"))->toInt(), 1);
        QCOMPARE((*old)->scalar(QStringLiteral("SELECT name FROM thing"))->toString(),
                 QStringLiteral("kept"));
    }

    void anUpgradeThatFailsChangesNothing()
    {
        QTemporaryDir folder;
        const QString file = folder.filePath(QStringLiteral("ledger.db"));
        auto connection = SqlConnection::open(file, SqlConnection::Mode::ReadWrite, false);
        QVERIFY(migrate(**connection, file, versions(2)).has_value());
        const Status failed = migrate(**connection, file, versions(3));
        QVERIFY(!failed);
        QCOMPARE(failed.error().code, ErrorCode::StoreFailed);
        QCOMPARE((*connection)->scalar(QStringLiteral("PRAGMA user_version"))->toInt(), 2);
        QCOMPARE((*connection)
                     ->scalar(QStringLiteral("SELECT count(*) FROM sqlite_master WHERE name = 'other'"))
                     ->toInt(),
                 0);
    }

    void withoutABackupNothingIsUpgraded()
    {
        QTemporaryDir folder;
        const QString file = folder.filePath(QStringLiteral("ledger.db"));
        auto connection = SqlConnection::open(file, SqlConnection::Mode::ReadWrite, false);
        QVERIFY(migrate(**connection, file, versions(1)).has_value());
        QVERIFY(QDir(folder.path())
                    .mkpath(QStringLiteral("ledger.db.backup-v1/taken"))); // the name is taken by a folder
        const Status refused = migrate(**connection, file, versions(2));
        QVERIFY(!refused);
        QVERIFY(refused.error().detail.contains(QStringLiteral("backup-v1")));
        QCOMPARE((*connection)->scalar(QStringLiteral("PRAGMA user_version"))->toInt(), 1);
    }

    void migrationsAreNumberedWithoutGaps()
    {
        for (int i = 0; i < allMigrations().size(); ++i)
            QCOMPARE(allMigrations()[i].version, i + 1);
    }

    void theStepsThatWereReleasedStayAsTheyWere()
    {
        QTemporaryDir folder;
        const QString file = folder.filePath(QStringLiteral("ledger.db"));
        auto connection = SqlConnection::open(file, SqlConnection::Mode::ReadWrite, false);
        QVERIFY(migrate(**connection, file, allMigrations().mid(0, 3)).has_value());
        const QByteArray schema =
            (*connection)
                ->scalar(QStringLiteral("SELECT group_concat(sql, ';') FROM (SELECT sql FROM sqlite_master "
                                        "WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%' ORDER BY name)"))
                ->toString()
                .toUtf8();
        // That of a ledger which the program of version 3 has written.
        QCOMPARE(QCryptographicHash::hash(schema, QCryptographicHash::Sha256).toHex(),
                 QByteArray("b561b325869d08a29d2570562004a136f22afb7093e45917bbabd630142f9f4e"));
    }
};

QTEST_GUILESS_MAIN(FileTest)
#include "tst_storage_file.moc"
