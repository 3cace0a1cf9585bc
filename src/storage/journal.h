#pragma once

#include "core/result.h"

#include <memory>
#include <QByteArray>
#include <QString>
#include <vector>

namespace lbp {

/// What was decided but is not in the ledger yet, in a file beside it that is mapped into memory: appending a
/// record copies some two hundred bytes and makes no system call, and what was appended is still there when
/// the process is killed at the next instruction. (A power cut may take it, as it may take the last
/// transactions of a ledger that does not wait for the disk.)
///
/// The file is a ring of records, each with its sequence number and a checksum; space is used again once the
/// ledger has the row. All of its blocks are reserved when it is made, so a full disk cannot hit an append.
/// A record says by its checksum whose it is: neither half a record, nor one from before the file was used
/// again, nor one of another ledger is ever taken for a record.
///
/// Thread: one at a time.
class Journal
{
public:
    /// Where a record ends. Given back to release() when the ledger has it.
    struct Mark
    {
        quint64 sequence = 0; ///< counted from 1; 0: no record
        quint32 end = 0;
        quint32 lap = 0;
    };
    struct Record
    {
        quint64 sequence = 0;
        QByteArray payload;
    };

    static constexpr qsizetype usualCapacity = 8 * 1024 * 1024;
    static constexpr qsizetype smallestCapacity = 4096;

    /// A new, empty journal (mode 0600) in place of \a file. \a id, which is random and not 0, binds it to
    /// its ledger.
    [[nodiscard]] static Result<std::unique_ptr<Journal>> create(const QString &file, quint64 id,
                                                                 qsizetype capacity = usualCapacity);
    /// The one that is there. NotFound: there is none. InvalidValue: what is there is none. Conflict: another
    /// process uses it. StoreFailed: it cannot be read. A damaged one is opened all the same.
    [[nodiscard]] static Result<std::unique_ptr<Journal>> open(const QString &file);
    ~Journal();
    Journal(const Journal &) = delete;
    Journal &operator=(const Journal &) = delete;

    /// Nothing when there is no room: the ledger has to catch up first.
    [[nodiscard]] std::optional<Mark> append(QByteArrayView payload);
    /// The space up to and with \a upTo is free again. In the order of the records.
    void release(const Mark &upTo);

    [[nodiscard]] quint64 id() const; ///< 0: its head is damaged
    /// Everything in it was in the ledger when it was closed.
    [[nodiscard]] bool isSettled() const;
    void settle();
    /// The records that belong to ledger \a id and come after \a after, in order. Those that are damaged are
    /// left out, so there may be gaps.
    [[nodiscard]] std::vector<Record> recordsOf(quint64 id, quint64 after) const;

private:
    Journal(int descriptor, char *map, size_t size);
    [[nodiscard]] static Result<std::unique_ptr<Journal>> mapped(int descriptor, size_t size,
                                                                 const QString &file);
    [[nodiscard]] std::optional<quint32> place(quint32 size);

    const int m_descriptor; ///< locked while it is open
    char *const m_map;
    const size_t m_size; ///< of the whole file
    quint64 m_boundTo = 0; ///< what id() was when it was made
    quint64 m_sequence = 0;
    // Records lie from m_tail to m_head or, when wrapped, from m_tail to the end and from 0 to m_head.
    quint32 m_head = 0;
    quint32 m_tail = 0;
    quint32 m_lap = 0; ///< how often writing began at the front again
    bool m_isWrapped = false;
};

} // namespace lbp
