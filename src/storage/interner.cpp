#include "storage/interner.h"

namespace lbp {

namespace {

constexpr qsizetype remembered = 4096;

/// Adds to a cache, which starts over when it is full: what is in use comes back at once.
template <typename Key, typename Value>
void remember(QHash<Key, Value> &cache, const Key &key, const Value &value)
{
    if (cache.size() >= remembered)
        cache.clear();
    cache.insert(key, value);
}

} // namespace

QString ratesToText(const Rates &rates)
{
    QString text;
    for (size_t i = 0; i < rates.perUnit.size(); ++i) {
        if (i > 0)
            text += u',';
        if (rates.perUnit[i])
            text += QString::number(*rates.perUnit[i]);
    }
    return text;
}

Rates ratesFromText(const QString &text)
{
    Rates rates;
    const QStringList parts = text.split(u',');
    for (size_t i = 0; i < rates.perUnit.size() && qsizetype(i) < parts.size(); ++i) {
        bool isNumber = false;
        const qint64 rate = parts[qsizetype(i)].toLongLong(&isNumber);
        if (isNumber)
            rates.perUnit[i] = rate;
    }
    return rates;
}

Interner::Interner(SqlConnection &connection)
    : m_connection(connection)
{
}

Result<qint64> Interner::series(const std::shared_ptr<const Series> &series)
{
    static const std::shared_ptr<const Series> unlabelled = std::make_shared<const Series>();
    const std::shared_ptr<const Series> &labels = series ? series : unlabelled;
    const void *address = labels.get();
    if (const auto known = m_seriesByAddress.constFind(address); known != m_seriesByAddress.constEnd())
        return known->second;
    qint64 id = m_series.value(*labels);
    if (id == 0) {
        const Result<qint64> found = findOrInsert(
            QStringLiteral(
                "SELECT id FROM series WHERE key_id = ? AND team = ? AND project = ? AND provider = ? "
                "AND model = ?"),
            QStringLiteral(
                "INSERT INTO series (key_id, team, project, provider, model) VALUES (?, ?, ?, ?, ?)"),
            {labels->key, boundText(labels->team), boundText(labels->project), boundText(labels->provider),
             boundText(labels->model)});
        if (!found)
            return found;
        id = *found;
        remember(m_series, *labels, id);
    }
    remember(m_seriesByAddress, address, {labels, id});
    return id;
}

Result<qint64> Interner::rates(const std::shared_ptr<const Rates> &rates)
{
    if (!rates)
        return 0;
    const void *address = rates.get();
    if (const auto known = m_ratesByAddress.constFind(address); known != m_ratesByAddress.constEnd())
        return known->second;
    const QString text = ratesToText(*rates);
    qint64 id = m_rates.value(text);
    if (id == 0) {
        const Result<qint64> found =
            findOrInsert(QStringLiteral("SELECT id FROM rates WHERE text = ?"),
                         QStringLiteral("INSERT INTO rates (text) VALUES (?)"), {text});
        if (!found)
            return found;
        id = *found;
        remember(m_rates, text, id);
    }
    remember(m_ratesByAddress, address, {rates, id});
    return id;
}

Result<qint64> Interner::word(const QString &text)
{
    if (text.isEmpty())
        return 0;
    if (const qint64 id = m_words.value(text); id != 0)
        return id;
    const Result<qint64> found = findOrInsert(QStringLiteral("SELECT id FROM words WHERE text = ?"),
                                              QStringLiteral("INSERT INTO words (text) VALUES (?)"), {text});
    if (found)
        remember(m_words, text, *found);
    return found;
}

void Interner::forget()
{
    m_seriesByAddress.clear();
    m_ratesByAddress.clear();
    m_series.clear();
    m_rates.clear();
    m_words.clear();
}

Result<qint64> Interner::findOrInsert(const QString &find, const QString &insert, const QVariantList &values)
{
    const Result<QVariant> known = m_connection.scalar(find, values);
    if (!known)
        return tl::unexpected(known.error());
    if (known->isValid())
        return known->toLongLong();
    return m_connection.run(insert, values).map([](const QSqlQuery &query) {
        return query.lastInsertId().toLongLong();
    });
}

} // namespace lbp
