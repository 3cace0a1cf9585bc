#pragma once

#include "core/exchangerow.h"
#include "storage/sqlconnection.h"

#include <memory>
#include <QHash>

namespace lbp {

/// Rates as text: the numbers of the classes in order, separated by commas, empty where a rate is not known.
[[nodiscard]] QString ratesToText(const Rates &rates);
[[nodiscard]] Rates ratesFromText(const QString &text);

/// Small numbers for what many rows have in common: labels, rates, words. Found again by address first, then
/// by value; what is remembered is bounded. Thread: that of its connection. Call inside a transaction, and
/// forget() when it was rolled back.
class Interner
{
public:
    explicit Interner(SqlConnection &connection);
    [[nodiscard]] Result<qint64> series(const std::shared_ptr<const Series> &series);
    [[nodiscard]] Result<qint64> rates(const std::shared_ptr<const Rates> &rates); ///< 0 for none
    [[nodiscard]] Result<qint64> word(const QString &text); ///< 0 for the empty one
    void forget();

private:
    [[nodiscard]] Result<qint64> findOrInsert(const QString &find, const QString &insert,
                                              const QVariantList &values);
    SqlConnection &m_connection;
    // The shared pointers are kept, so that an address cannot come to mean something else.
    QHash<const void *, std::pair<std::shared_ptr<const Series>, qint64>> m_seriesByAddress;
    QHash<const void *, std::pair<std::shared_ptr<const Rates>, qint64>> m_ratesByAddress;
    QHash<Series, qint64> m_series;
    QHash<QString, qint64> m_rates;
    QHash<QString, qint64> m_words;
};

} // namespace lbp
