#pragma once

#include "config/yamlreader.h"
#include "core/money.h"
#include "core/secret.h"

#include <limits>
#include <utility>

namespace lbp {

/// Reads the keys of one mapping into fields. A key that is absent or has no value leaves its field as it is.
/// Each read declares its key; finish() reports the keys that nobody asked for.
class YamlMap
{
public:
    /// \a node may be null or Null (no keys); anything but a mapping is a problem.
    YamlMap(const YamlNode *node, QString path, ProblemList &problems);

    [[nodiscard]] bool isGiven() const { return m_node != nullptr; }
    [[nodiscard]] int line() const { return m_line; }
    [[nodiscard]] QString pathOf(QLatin1String key) const;
    [[nodiscard]] const QString &path() const { return m_path; }

    /// The value of \a key whatever it is; nullptr when absent or without a value.
    const YamlNode *value(QLatin1String key);
    /// The same, when it is a single value and not a list or a mapping, which is a problem: \a expected says
    /// what should be there.
    const YamlNode *scalar(QLatin1String key, const QString &expected);
    YamlMap map(QLatin1String key);
    /// The items of a list, each with its path, as "overrides[0]".
    std::vector<std::pair<const YamlNode *, QString>> list(QLatin1String key);

    void text(QLatin1String key, QString &field);
    void texts(QLatin1String key, QStringList &field);
    /// A mapping of any names to texts.
    void pairs(QLatin1String key, QHash<QString, QString> &field);
    void flag(QLatin1String key, bool &field);
    /// Printable ASCII when \a forHeader. Its value is never shown.
    void secret(QLatin1String key, Secret &field, bool forHeader);
    template <typename T> void number(QLatin1String key, T &field, qint64 least, qint64 most)
    {
        if (const std::optional<qint64> read = readNumber(key, least, most))
            field = T(*read);
    }
    template <typename T> void number(QLatin1String key, std::optional<T> &field, qint64 least, qint64 most)
    {
        if (const std::optional<qint64> read = readNumber(key, least, most))
            field = T(*read);
    }
    /// An amount in USD, or "none".
    void money(QLatin1String key, std::optional<Money> &field);
    template <typename E>
    void oneOf(QLatin1String key, E &field, const QList<std::pair<QLatin1String, E>> &values)
    {
        QStringList names;
        for (const auto &[name, value] : values)
            names.append(name);
        const qsizetype index = readName(key, names);
        if (index >= 0)
            field = values[index].second;
    }

    void problem(QLatin1String key, const QString &message);
    void problemAt(const YamlNode &node, QLatin1String key, const QString &message);
    /// Reports the keys that were not asked for, each with the nearest one that was.
    void finish();

private:
    std::optional<qint64> readNumber(QLatin1String key, qint64 least, qint64 most);
    qsizetype readName(QLatin1String key, const QStringList &names);

    const YamlNode *m_node = nullptr;
    QString m_path;
    int m_line = 0;
    ProblemList &m_problems;
    std::vector<QLatin1String> m_known;
};

/// "; did you mean …?", or the list of what is known, or nothing when there are too many.
[[nodiscard]] QString suggestion(QStringView unknown, const QStringList &known);

} // namespace lbp
