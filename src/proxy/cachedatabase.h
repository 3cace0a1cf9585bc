#pragma once

#include "core/result.h"
#include "proxy/cache.h"
#include "proxy/cachedigest.h"

#include <QSqlDatabase>
#include <QSqlError>
#include <QSqlQuery>
#include <unordered_map>
#include <vector>

namespace lbp {

/// What the file knows of an entry without reading its bytes.
struct CacheRow
{
    CacheDigest digest;
    qint64 size = 0;
    qint64 expires = 0;
    qint64 used = 0;
};

/// What the file must be told about one digest.
struct CacheChange
{
    CachedAnswerPtr answer; ///< nullptr: forget it
    qint64 size = 0;
    qint64 expires = 0;
    qint64 used = 0;
};
using CacheChanges = std::unordered_map<CacheDigest, CacheChange, CacheDigestHash>;

struct CacheTouch
{
    CacheDigest digest;
    qint64 used = 0;
};

/// The SQLite file of the response cache: entries in a small table that is read whole at the start, bytes in
/// another. Only digests of requests are in it, and the answers. The file is locked while it is open: two
/// programs that write to one cache would undo each other's bounds. Every error is StoreDamaged (setAside()
/// helps) or StoreFailed. Blocks. Thread: one.
class CacheDatabase
{
public:
    explicit CacheDatabase(QString file);
    ~CacheDatabase();
    CacheDatabase(const CacheDatabase &) = delete;
    CacheDatabase &operator=(const CacheDatabase &) = delete;

    [[nodiscard]] Status open(); ///< creates the file, mode 0600, when there is none
    void close();
    /// Closes it and moves the file away. \return the new path; StoreFailed when it could not be moved.
    [[nodiscard]] Result<QString> setAside();
    [[nodiscard]] Status
    erase(); ///< closes and deletes it: quicker than emptying it, and the disk has the room back

    /// All entries that have not expired at \a now, last used first; the others are deleted.
    [[nodiscard]] Result<std::vector<CacheRow>> load(qint64 now);
    /// nullptr: not there, or not what was written.
    [[nodiscard]] Result<CachedAnswerPtr> read(const CacheDigest &digest);
    [[nodiscard]] Status apply(const CacheChanges &changes,
                               const std::vector<CacheTouch> &touches); ///< one transaction
    /// Gives some of the room of deleted entries back to the disk when there is much of it. \return true:
    /// call again.
    [[nodiscard]] Result<bool> shrink();

private:
    [[nodiscard]] Status createSchema();
    [[nodiscard]] Status exec(const QString &sql);
    [[nodiscard]] Result<qint64> number(const QString &sql);
    [[nodiscard]] Status forget(const CacheDigest &digest);
    [[nodiscard]] Status write(const CacheDigest &digest, const CacheChange &change);
    [[nodiscard]] Error error(const QSqlError &error, QStringView doing) const;
    [[nodiscard]] Error damage(const QString &what) const;

    /// Statements that run often, prepared at open().
    struct Statements
    {
        QSqlQuery findId, insertBody, insertEntry, deleteBody, deleteEntry, touch, read;
    };
    QString m_file;
    QString m_connection;
    QSqlDatabase m_database;
    std::unique_ptr<Statements> m_statements;
};

} // namespace lbp
