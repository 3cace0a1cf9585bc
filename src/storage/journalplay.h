#pragma once

#include "storage/journal.h"
#include "storage/ledgerops.h"

namespace lbp {

/// Where the journal of a ledger is.
[[nodiscard]] inline QString journalFileOf(const QString &ledgerFile)
{
    return ledgerFile + QStringLiteral(".journal");
}

/// Writes into the ledger what the journal beside \a ledgerFile holds beyond it, in one transaction and in
/// order: the process that appended it was killed. Exactly once: the ledger remembers with each transaction
/// how far it has come. What cannot be played is said in the log; a journal that holds rows of another
/// ledger is set aside.
///
/// An error means that nothing was written and the journal is as it was.
[[nodiscard]] Status playJournal(SqlConnection &connection, RowWriter &rows, const QString &ledgerFile);

/// A new journal for a ledger whose last one was played. nullptr, and a line in the log, when there cannot be
/// one (no room, or a folder that may not be written): rows then wait for the ledger.
[[nodiscard]] std::unique_ptr<Journal> beginJournal(SqlConnection &connection, const QString &ledgerFile,
                                                    qsizetype capacity = Journal::usualCapacity);

/// Everything in \a journal is in the ledger: takes the file away.
void endJournal(SqlConnection &connection, std::unique_ptr<Journal> journal, const QString &ledgerFile);

} // namespace lbp
