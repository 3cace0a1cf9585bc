#include "storage/journalplay.h"

#include <QDateTime>
#include <QFile>
#include <QLoggingCategory>
#include <QRandomGenerator>

namespace lbp {

namespace {

Q_LOGGING_CATEGORY(journalLog, "lbp.storage")

/// What the ledger knows about its journal.
struct Binding
{
    quint64 id = 0; ///< 0: it has none
    quint64 sequence = 0; ///< the last record that is in the ledger
};

Result<Binding> bindingOf(SqlConnection &connection)
{
    const auto number = [&](const QString &name) -> Result<quint64> {
        return connection.scalar(QStringLiteral("SELECT value FROM meta WHERE name = ?"), {name})
            .map([](const QVariant &value) { return value.toULongLong(); });
    };
    const Result<quint64> id = number(QStringLiteral("journal_id"));
    if (!id)
        return tl::unexpected(id.error());
    const Result<quint64> sequence = number(QStringLiteral("journal_sequence"));
    if (!sequence)
        return tl::unexpected(sequence.error());
    return Binding{*id, *sequence};
}

Status bind(SqlConnection &connection, quint64 id)
{
    return connection
        .run(QStringLiteral("INSERT OR REPLACE INTO meta (name, value) VALUES ('journal_id', ?), "
                            "('journal_sequence', '0')"),
             {QString::number(id)})
        .map([](const QSqlQuery &) {});
}

/// Gives the file a name under which nothing looks for it.
void setAside(const QString &file, const char *why)
{
    const QString stamp = QDateTime::currentDateTimeUtc().toString(QStringLiteral("yyyyMMdd'T'HHmmss'Z'"));
    const QString base = QStringLiteral("%1.unknown-%2").arg(file, stamp);
    QString target = base;
    for (int n = 2; QFile::exists(target); ++n)
        target = QStringLiteral("%1-%2").arg(base).arg(n);
    if (QFile::rename(file, target))
        qCWarning(journalLog,
                  "the journal %s %s, so it was not played; it is kept as %s. If the ledger was put back "
                  "from a copy, the requests since then are in neither",
                  qUtf8Printable(file), why, qUtf8Printable(target));
    else
        qCWarning(journalLog, "the journal %s %s, so it was not played; it could not be moved away",
                  qUtf8Printable(file), why);
}

Status play(RowWriter &writer, const std::vector<LedgerRow> &rows, quint64 last)
{
    Status outcome = writer.begin();
    if (outcome)
        outcome = writer.applyAll(rows.size(), [&](size_t i) -> const LedgerRow & { return rows[i]; })
                      .map([](const std::vector<bool> &) {});
    if (outcome)
        outcome = writer.played(last);
    if (outcome)
        outcome = writer.commit();
    if (!outcome)
        writer.rollback();
    return outcome;
}

/// Says what is missing between what the ledger holds and what the journal still has.
void reportGaps(const QString &file, const std::vector<Journal::Record> &records, quint64 inLedger,
                quint64 unreadable)
{
    const quint64 before = records.front().sequence - inLedger - 1;
    const quint64 within =
        records.back().sequence - records.front().sequence + 1 - records.size() + unreadable;
    if (before > 0)
        qCWarning(journalLog,
                  "the journal %s goes on %llu rows behind the end of the ledger; those between are lost. "
                  "Was the ledger put back from an older copy?",
                  qUtf8Printable(file), before);
    if (within > 0)
        qCWarning(journalLog,
                  "%llu of the rows in the journal %s are damaged and were left out; requests whose end is "
                  "missing are booked in full",
                  within, qUtf8Printable(file));
}

} // namespace

Status playJournal(SqlConnection &connection, RowWriter &writer, const QString &ledgerFile)
{
    const QString file = journalFileOf(ledgerFile);
    const Result<Binding> binding = bindingOf(connection);
    if (!binding)
        return tl::unexpected(binding.error());
    const Result<std::unique_ptr<Journal>> opened = Journal::open(file);
    if (!opened) {
        if (opened.error().code == ErrorCode::StoreFailed)
            return tl::unexpected(opened.error());
        if (opened.error().code == ErrorCode::InvalidValue)
            setAside(file, "is no journal");
        if (opened.error().code == ErrorCode::NotFound && binding->id != 0)
            qCWarning(journalLog,
                      "the journal %s is missing; requests of the last moments before the end may be missing "
                      "with it",
                      qUtf8Printable(file));
        return {};
    }
    Journal &journal = **opened;
    if (journal.isSettled())
        return {};
    const std::vector<Journal::Record> records =
        binding->id == 0 ? std::vector<Journal::Record>() : journal.recordsOf(binding->id, binding->sequence);
    if (records.empty()) {
        if (journal.id() == 0)
            setAside(file, "is damaged and holds no whole row");
        else if (journal.id() != binding->id && !journal.recordsOf(journal.id(), 0).empty())
            setAside(file, "belongs to another ledger");
        return {};
    }
    std::vector<LedgerRow> rows;
    rows.reserve(records.size());
    for (const Journal::Record &record : records)
        if (std::optional<LedgerRow> row = decodeRow(record.payload))
            rows.push_back(*std::move(row));
    if (Status played = play(writer, rows, records.back().sequence); !played)
        return played;
    journal.settle();
    reportGaps(file, records, binding->sequence, records.size() - rows.size());
    qCInfo(journalLog, "%zu rows of the journal are in the ledger now", rows.size());
    return {};
}

std::unique_ptr<Journal> beginJournal(SqlConnection &connection, const QString &ledgerFile,
                                      qsizetype capacity)
{
    const QString file = journalFileOf(ledgerFile);
    const auto without = [](const QString &why) {
        qCWarning(journalLog, "%s; requests wait for the ledger instead, which is slower",
                  qUtf8Printable(why));
        return nullptr;
    };
    {
        // Only one process at a time: what another one appends must not be replaced.
        const Result<std::unique_ptr<Journal>> present = Journal::open(file);
        if (!present && present.error().code == ErrorCode::Conflict)
            return without(present.error().detail);
    }
    // Below 2^63, as the numbers of the ledger are.
    const quint64 id = (QRandomGenerator::system()->generate64() >> 1) | 1;
    Result<std::unique_ptr<Journal>> journal = Journal::create(file, id, capacity);
    if (!journal)
        return without(journal.error().detail);
    if (const Status bound = bind(connection, id); !bound) {
        QFile::remove(file);
        return without(bound.error().detail);
    }
    return *std::move(journal);
}

void endJournal(SqlConnection &connection, std::unique_ptr<Journal> journal, const QString &ledgerFile)
{
    // In this order nothing that is found at the next start can be misunderstood, wherever this is cut off.
    journal->settle();
    if (const Status unbound = bind(connection, 0); !unbound)
        return;
    QFile::remove(journalFileOf(ledgerFile));
}

} // namespace lbp
