// Requests that worked on in the background: found by the id of their response, and corrected once.
#include "storage/ledgerops.h"
#include "storage/requestquery.h"

namespace lbp {

Result<std::optional<ExchangeRow>> findPending(SqlConnection &connection, const PendingQuestion &question)
{
    Result<QSqlQuery> found = connection.run(
        QStringLiteral(
            "SELECT r.id FROM requests r JOIN series s ON s.id = r.series_id WHERE r.id >= ? AND r.id < ? "
            "AND r.upstream_request_id = ? AND r.provenance = ? AND s.provider = ? ORDER BY r.id LIMIT 1"),
        {RequestId::firstAt(question.from).value, RequestId::firstAt(question.to).value, question.responseId,
         int(Provenance::Estimated), question.provider});
    if (!found)
        return tl::unexpected(found.error());
    if (!found->next())
        return std::optional<ExchangeRow>();
    const RequestId id{found->value(0).toLongLong()};
    found->finish();
    return readRequest(connection, id).map([](ExchangeRow &&row) { return std::optional(std::move(row)); });
}

Result<std::optional<Money>> RowWriter::settlePending(const PendingAnswer &answer)
{
    std::optional<Money> before;
    const Status done = m_connection.transaction([&]() -> Status {
        CloseRow was, is;
        qint64 series = 0;
        {
            QStringList columns = usageColumns();
            Result<QSqlQuery> row = m_connection.run(
                QStringLiteral(
                    "SELECT series_id, cost, provenance, outcome, status, %1 FROM requests WHERE id = ? AND "
                    "upstream_request_id = ? AND provenance = ?")
                    .arg(columns.join(u',')),
                {answer.id.value, answer.responseId, int(Provenance::Estimated)});
            if (!row)
                return tl::unexpected(row.error());
            if (!row->next())
                return {}; // corrected already
            series = row->value(0).toLongLong();
            was.cost = Money::fromPicodollars(row->value(1).toLongLong());
            was.provenance = Provenance(row->value(2).toInt());
            was.outcome = Outcome(row->value(3).toInt());
            was.status = row->value(4).toInt();
            for (int i = 0; i < billingClassCount; ++i)
                was.usage.counts[size_t(i)] = row->value(5 + i).toLongLong();
        }
        is = was;
        is.cost = answer.cost;
        is.provenance = answer.provenance;
        is.usage = answer.usage;
        const Result<qint64> rates = m_interner.rates(answer.rates);
        if (!rates)
            return tl::unexpected(rates.error());
        QString assignments = QStringLiteral("cost = ?, provenance = ?, rates_id = ?, error = ?");
        QVariantList values{answer.cost.picodollars(), int(answer.provenance),
                            *rates == 0 ? QVariant() : QVariant(*rates),
                            answer.error.isEmpty() ? QVariant() : QVariant(answer.error)};
        for (int i = 0; i < billingClassCount; ++i) {
            assignments += QStringLiteral(", %1 = ?").arg(usageColumns().at(i));
            const qint64 count = answer.usage.counts[size_t(i)];
            values.append(count == 0 ? QVariant() : QVariant(count));
        }
        values.append(answer.id.value);
        if (const auto updated = m_connection.run(
                QStringLiteral("UPDATE requests SET %1 WHERE id = ?").arg(assignments), values);
            !updated)
            return tl::unexpected(updated.error());
        RollupSums change = RollupSums::of(was).negated();
        change.add(RollupSums::of(is));
        if (Status moved =
                adjustRollups(m_connection, m_packer, m_rollups.days(), answer.id.time(), series, change);
            !moved)
            return moved;
        before = was.cost;
        return {};
    });
    if (!done) {
        m_interner.forget();
        return tl::unexpected(done.error());
    }
    return before;
}

} // namespace lbp
