#pragma once

#include "core/clock.h"
#include "core/money.h"
#include "core/nearest.h"
#include "core/result.h"

#include <QHash>
#include <QStringList>
#include <QTimeZone>
#include <QUrlQuery>
#include <span>

namespace lbp {

/// "2026-11-23T10:00:00Z" or with an offset. nullopt when it is not a moment.
[[nodiscard]] std::optional<Instant> instantFromText(QStringView text);
[[nodiscard]] QString instantText(Instant at); ///< RFC 3339, UTC, with microseconds where there are any

/// A JSON object from a request, read strictly: unknown and repeated members are errors, and amounts come
/// from the text of the number, never through a double. The first error sticks: read everything, then look at
/// status().
class JsonBody
{
public:
    /// \param known the members that may occur. An empty \a json is an empty object.
    JsonBody(const QByteArray &json, const QStringList &known, QString where = {});

    [[nodiscard]] const Status &status() const { return m_status; }
    void fault(const QString &member, const QString &message); ///< remembers an error, unless there is one
    [[nodiscard]] bool has(QStringView name) const { return m_members.contains(name.toString()); }
    [[nodiscard]] bool isNull(QStringView name) const;

    // Each is nullopt when the member is absent, null or wrong.
    [[nodiscard]] std::optional<QString> string(const QString &name);
    [[nodiscard]] std::optional<Money> money(const QString &name);
    [[nodiscard]] std::optional<int> integer(const QString &name, int min, int max);
    [[nodiscard]] std::optional<bool> boolean(const QString &name);
    [[nodiscard]] std::optional<QStringList> strings(const QString &name);
    [[nodiscard]] std::optional<Instant> time(const QString &name);
    [[nodiscard]] QByteArray object(const QString &name); ///< the bytes of an object; empty when absent

private:
    [[nodiscard]] QByteArray value(const QString &name) const; ///< its bytes; empty when absent or null
    QString m_where;
    Status m_status;
    QHash<QString, QByteArray> m_members;
};

/// Query parameters, as strict as JsonBody.
class QueryReader
{
public:
    QueryReader(QByteArrayView query, const QStringList &known);
    [[nodiscard]] const Status &status() const { return m_status; }
    void fault(const QString &name, const QString &message);
    [[nodiscard]] std::optional<QString> string(const QString &name) const; ///< nullopt when absent or empty
    /// A moment, or a day, which begins at midnight in \a zone.
    [[nodiscard]] std::optional<Instant> moment(const QString &name, const QTimeZone &zone);
    [[nodiscard]] std::optional<int> integer(const QString &name, int min, int max);

private:
    Status m_status;
    QHash<QString, QString> m_values;
};

} // namespace lbp
