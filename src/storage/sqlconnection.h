#pragma once

#include "core/result.h"

#include <memory>
#include <QSqlDatabase>
#include <QSqlError>
#include <QSqlQuery>
#include <QVariant>

namespace lbp {

/// A failure of the database as an Error. \a doing says in words what was tried; the text of the database
/// follows. Values never do: they are bound, and SQLite names columns only.
[[nodiscard]] Error sqlError(const QSqlError &error, QStringView doing);
/// True when the database says that the file is no database or is malformed.
[[nodiscard]] bool meansDamage(const QSqlError &error);

/// One connection to the ledger file. Thread: opened, used and destroyed on one thread, as QtSql asks for.
class SqlConnection
{
public:
    enum class Mode {
        ReadWrite,
        ReadOnly, ///< refuses to write, never blocks the writer (WAL)
    };
    /// \a syncFull: every commit survives a power cut; otherwise it survives the death of the process, and a
    /// power cut may take the last moments but never the integrity of the file.
    [[nodiscard]] static Result<std::unique_ptr<SqlConnection>> open(const QString &file, Mode mode,
                                                                     bool syncFull);
    /// The same without any setting, for a file that is not known to be sound.
    [[nodiscard]] static Result<std::unique_ptr<SqlConnection>> openBare(const QString &file);
    ~SqlConnection();
    SqlConnection(const SqlConnection &) = delete;
    SqlConnection &operator=(const SqlConnection &) = delete;

    [[nodiscard]] QSqlDatabase &database() { return m_database; }
    [[nodiscard]] Status exec(const QString &sql);
    /// The first column of the first row; an invalid QVariant when there is none.
    [[nodiscard]] Result<QVariant> scalar(const QString &sql, const QVariantList &values = {});
    /// Prepares, binds by position and runs.
    [[nodiscard]] Result<QSqlQuery> run(const QString &sql, const QVariantList &values = {});
    [[nodiscard]] Result<QSqlQuery> prepare(const QString &sql);

    /// Runs \a work between BEGIN IMMEDIATE and COMMIT; what it fails with is rolled back and returned.
    template <typename Work> [[nodiscard]] auto transaction(Work &&work) -> decltype(work())
    {
        if (Status begun = exec(QStringLiteral("BEGIN IMMEDIATE")); !begun)
            return tl::unexpected(begun.error());
        auto result = work();
        if (!result) {
            rollback();
            return result;
        }
        if (Status committed = exec(QStringLiteral("COMMIT")); !committed) {
            rollback();
            return tl::unexpected(committed.error());
        }
        return result;
    }

    /// Runs \a work on one snapshot of the file.
    template <typename Work> [[nodiscard]] auto snapshot(Work &&work) -> decltype(work())
    {
        if (Status begun = exec(QStringLiteral("BEGIN")); !begun)
            return tl::unexpected(begun.error());
        auto result = work();
        rollback();
        return result;
    }

private:
    explicit SqlConnection(QString name);
    void rollback();
    QString m_name;
    QSqlDatabase m_database;
};

/// Name of the \a n th value of a statement that runs for every request. QtSql makes and looks up a new
/// string each time a value is bound by position; bound by a name that exists already it costs half.
[[nodiscard]] const QString &placeholder(int n); ///< below 64
[[nodiscard]] QString placeholders(int count); ///< the first \a count, separated by commas

/// Text to bind to a NOT NULL column: QtSql would bind a null QString as NULL.
[[nodiscard]] QVariant boundText(const QString &text);
template <typename T> [[nodiscard]] QVariant boundOptional(const std::optional<T> &value)
{
    return value ? QVariant::fromValue(qint64(*value)) : QVariant();
}

} // namespace lbp
