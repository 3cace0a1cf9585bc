#include "storage/seriesindex.h"

namespace lbp {

Status SeriesIndex::refresh(SqlConnection &connection)
{
    Result<QSqlQuery> rows = connection.run(
        QStringLiteral(
            "SELECT id, key_id, team, project, provider, model FROM series WHERE id >= ? ORDER BY id"),
        {qint64(m_labels.size())});
    if (!rows)
        return tl::unexpected(rows.error());
    while (rows->next()) {
        const auto id = size_t(rows->value(0).toLongLong());
        m_labels.resize(id + 1);
        m_labels[id] = {rows->value(1).toLongLong(), shared(rows->value(2).toString()),
                        shared(rows->value(3).toString()), shared(rows->value(4).toString()),
                        shared(rows->value(5).toString())};
    }
    if (rows->lastError().isValid())
        return tl::unexpected(sqlError(rows->lastError(), u"read its labels"));
    return {};
}

QString SeriesIndex::shared(const QString &text)
{
    const auto known = m_texts.constFind(text);
    return known != m_texts.constEnd() ? *known : *m_texts.insert(text, text);
}

} // namespace lbp
