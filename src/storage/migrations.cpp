#include "storage/migrations.h"

#include <QFile>

namespace lbp {

namespace {

/// The sums of a rollup in version 1, for both tables alike. Columns that came later are added by their own
/// step.
QString firstSumColumns()
{
    return QStringLiteral(
        "requests INTEGER NOT NULL, cost INTEGER NOT NULL, saved INTEGER NOT NULL, unpriced INTEGER NOT "
        "NULL, "
        "estimated INTEGER NOT NULL, errors INTEGER NOT NULL, cache_hits INTEGER NOT NULL, "
        "uncached_input INTEGER NOT NULL, cached_input INTEGER NOT NULL, cache_write_5m INTEGER NOT NULL, "
        "cache_write_1h INTEGER NOT NULL, output INTEGER NOT NULL, reasoning INTEGER NOT NULL, "
        "audio_input INTEGER NOT NULL, audio_output INTEGER NOT NULL, image_input INTEGER NOT NULL, "
        "image_output INTEGER NOT NULL, web_search_calls INTEGER NOT NULL, file_search_calls INTEGER NOT "
        "NULL");
}

/// Version 1. Amounts are picodollars, times microseconds UTC, enumerations their numbers in the C++ headers.
/// STRICT: an amount can never turn into floating point.
Migration first()
{
    return {
        1,
        {
            QStringLiteral(
                "CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID"),
            QStringLiteral("CREATE TABLE keys (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL, "
                           "team TEXT NOT NULL, "
                           "project TEXT NOT NULL, sha256 BLOB NOT NULL UNIQUE, previous_sha256 BLOB, "
                           "previous_valid_until INTEGER, last4 TEXT NOT NULL, status INTEGER NOT NULL, "
                           "paused_reason TEXT NOT NULL, created_at INTEGER NOT NULL, expires_at INTEGER, "
                           "allowed_models TEXT NOT NULL, rpm INTEGER, tpm INTEGER, parallel INTEGER, "
                           "max_spend_per_minute INTEGER, allow_unmetered INTEGER NOT NULL) STRICT"),
            QStringLiteral("CREATE TABLE budgets (scope_kind INTEGER NOT NULL, scope_id TEXT NOT NULL, "
                           "period INTEGER NOT NULL, amount INTEGER NOT NULL, "
                           "PRIMARY KEY (scope_kind, scope_id, period)) STRICT, WITHOUT ROWID"),
            QStringLiteral(
                "CREATE TABLE settings (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID"),
            QStringLiteral(
                "CREATE TABLE series (id INTEGER PRIMARY KEY, key_id INTEGER NOT NULL, team TEXT NOT NULL, "
                "project TEXT NOT NULL, provider TEXT NOT NULL, model TEXT NOT NULL, "
                "UNIQUE (key_id, team, project, provider, model)) STRICT"),
            QStringLiteral("CREATE TABLE rates (id INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE) STRICT"),
            QStringLiteral("CREATE TABLE words (id INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE) STRICT"),
            // The id holds the time, so the primary key is the time index. `room` is filled while the row is
            // open and emptied when it closes: the row does not grow then, and the page need not be split.
            QStringLiteral(
                "CREATE TABLE requests (id INTEGER PRIMARY KEY, series_id INTEGER NOT NULL, "
                "outcome INTEGER NOT NULL, provenance INTEGER NOT NULL, flags INTEGER NOT NULL, "
                "endpoint_id INTEGER NOT NULL, requested_model_id INTEGER NOT NULL, reserved INTEGER NOT "
                "NULL, "
                "estimated_input INTEGER NOT NULL, ceiling INTEGER NOT NULL, cost INTEGER, saved INTEGER, "
                "status INTEGER, rates_id INTEGER, price_source_id INTEGER, queue_us INTEGER, ttft_us "
                "INTEGER, "
                "duration_us INTEGER, uncached_input INTEGER, cached_input INTEGER, cache_write_5m INTEGER, "
                "cache_write_1h INTEGER, output INTEGER, reasoning INTEGER, audio_input INTEGER, "
                "audio_output INTEGER, image_input INTEGER, image_output INTEGER, web_search_calls INTEGER, "
                "file_search_calls INTEGER, upstream_request_id TEXT, error TEXT, room BLOB) STRICT"),
            // Only what is open right now is in it: recovery does not depend on history.
            QStringLiteral("CREATE INDEX requests_open ON requests (id) WHERE outcome = 0"),
            QStringLiteral(
                "CREATE TABLE rollup_quarter (bucket INTEGER NOT NULL, series_id INTEGER NOT NULL, %1, "
                "PRIMARY KEY (bucket, series_id)) STRICT, WITHOUT ROWID")
                .arg(firstSumColumns()),
            // Written once per quarter hour and series, not per request; tells where a key's requests are.
            QStringLiteral("CREATE INDEX rollup_quarter_series ON rollup_quarter (series_id, bucket)"),
            QStringLiteral("CREATE TABLE rollup_day (day INTEGER NOT NULL, series_id INTEGER NOT NULL, %1, "
                           "PRIMARY KEY (day, series_id)) STRICT, WITHOUT ROWID")
                .arg(firstSumColumns()),
            QStringLiteral(
                "CREATE TABLE alerts (id INTEGER PRIMARY KEY AUTOINCREMENT, at INTEGER NOT NULL, "
                "event TEXT NOT NULL, subject TEXT NOT NULL, text TEXT NOT NULL, delivery TEXT NOT NULL) "
                "STRICT"),
            QStringLiteral("CREATE TABLE fired_alerts (event TEXT NOT NULL, subject TEXT NOT NULL, "
                           "at INTEGER NOT NULL, PRIMARY KEY (event, subject)) STRICT, WITHOUT ROWID"),
        }};
}

/// Version 2. Sums packed for reports (packedsums.h); the program fills them in while it is idle. Open rows
/// have no index any more, which cost every reservation and settlement a page of its own: `open_from` is an
/// id that no open row lies below.
Migration second()
{
    return {2,
            {
                QStringLiteral("CREATE TABLE rollup_packed (level INTEGER NOT NULL, place INTEGER NOT NULL, "
                               "stale INTEGER NOT NULL, totals BLOB NOT NULL, series BLOB NOT NULL, "
                               "PRIMARY KEY (level, place)) STRICT"),
                QStringLiteral(
                    "CREATE INDEX rollup_packed_stale ON rollup_packed (level, place) WHERE stale = 1"),
                QStringLiteral("INSERT INTO meta (name, value) SELECT 'open_from', "
                               "coalesce((SELECT min(id) FROM requests WHERE outcome = 0), "
                               "(SELECT max(id) + 1 FROM requests), 0)"),
                QStringLiteral("DROP INDEX requests_open"),
            }};
}

/// Version 3. Sums over time need the totals alone, which lie between megabytes of the sums by series.
/// Written when something is packed, not by requests.
Migration third()
{
    return {
        3,
        {QStringLiteral("CREATE INDEX rollup_packed_totals ON rollup_packed (level, place, stale, totals)")}};
}

/// Version 4. What is billed by session, character, second or image, and further attempts of a request: rows
/// that name it. The columns go to the end, so nothing that is there is written again; sums that are packed
/// name their columns by number and stay valid. Only further attempts are in the index, which is nearly
/// empty.
Migration fourth()
{
    Migration step{4, {}};
    for (const char *column : {"code_sessions", "speech_characters", "audio_seconds", "generated_images"}) {
        step.statements +=
            QStringLiteral("ALTER TABLE requests ADD COLUMN %1 INTEGER").arg(QLatin1String(column));
        for (const char *table : {"rollup_quarter", "rollup_day"})
            step.statements += QStringLiteral("ALTER TABLE %1 ADD COLUMN %2 INTEGER NOT NULL DEFAULT 0")
                                   .arg(QLatin1String(table), QLatin1String(column));
    }
    step.statements += QStringLiteral("ALTER TABLE requests ADD COLUMN attempt_of INTEGER");
    step.statements += QStringLiteral("ALTER TABLE requests ADD COLUMN attempt INTEGER");
    step.statements += QStringLiteral(
        "CREATE INDEX requests_attempts ON requests (attempt_of, attempt) WHERE attempt_of IS NOT NULL");
    return step;
}

/// A consistent copy with nobody else able to read it. Built under another name, so that a backup that is
/// there is whole.
Status backUp(SqlConnection &connection, const QString &file, int version)
{
    const QString target = QStringLiteral("%1.backup-v%2").arg(file).arg(version);
    const QString unfinished = target + QStringLiteral(".part");
    const auto refused = [&](const QString &reason) {
        return fail(ErrorCode::StoreFailed,
                    QStringLiteral("the ledger must be upgraded, but no backup could be written to %1: %2; "
                                   "make room or permit writing there, and start again")
                        .arg(target, reason));
    };
    QFile::remove(unfinished);
    QFile copy(unfinished);
    if (!copy.open(QIODevice::WriteOnly | QIODevice::NewOnly,
                   QFileDevice::ReadOwner | QFileDevice::WriteOwner))
        return refused(copy.errorString());
    copy.close();
    if (auto written = connection.run(QStringLiteral("VACUUM INTO ?"), {unfinished}); !written) {
        QFile::remove(unfinished);
        return refused(written.error().detail);
    }
    QFile::remove(target);
    if (!QFile::rename(unfinished, target))
        return refused(QStringLiteral("renaming %1 failed").arg(unfinished));
    return {};
}

} // namespace

const QList<Migration> &allMigrations()
{
    static const QList<Migration> migrations{first(), second(), third(), fourth()};
    return migrations;
}

Status migrate(SqlConnection &connection, const QString &file, const QList<Migration> &migrations)
{
    const auto number = [&](const QString &sql) -> Result<int> {
        return connection.scalar(sql).map([](const QVariant &value) { return value.toInt(); });
    };
    const Result<int> version = number(QStringLiteral("PRAGMA user_version"));
    const Result<int> application = number(QStringLiteral("PRAGMA application_id"));
    const Result<int> tables = number(QStringLiteral("SELECT count(*) FROM sqlite_master"));
    for (const auto *read : {&version, &application, &tables})
        if (!*read)
            return tl::unexpected(read->error());
    const bool isNew = *tables == 0 && *version == 0;
    if (!isNew && *application != ledgerApplicationId)
        return fail(ErrorCode::StoreFailed,
                    QStringLiteral("%1 is a database of another program; name another file or data directory")
                        .arg(file));
    const int newest = migrations.isEmpty() ? 0 : migrations.last().version;
    if (*version > newest)
        return fail(ErrorCode::StoreFailed,
                    QStringLiteral(
                        "%1 was written by a newer version of this program (schema %2, this one knows %3); "
                        "install that version, or name another data directory")
                        .arg(file)
                        .arg(*version)
                        .arg(newest));
    if (*version == newest)
        return {};
    if (!isNew)
        if (Status saved = backUp(connection, file, *version); !saved)
            return saved;
    for (const Migration &step : migrations) {
        if (step.version <= *version)
            continue;
        const Status done = connection.transaction([&]() -> Status {
            for (const QString &statement : step.statements)
                if (Status run = connection.exec(statement); !run)
                    return run;
            if (Status marked =
                    connection.exec(QStringLiteral("PRAGMA application_id = %1").arg(ledgerApplicationId));
                !marked)
                return marked;
            return connection.exec(QStringLiteral("PRAGMA user_version = %1").arg(step.version));
        });
        if (!done)
            return done;
    }
    return {};
}

} // namespace lbp
