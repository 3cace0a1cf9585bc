#pragma once

#include "config/configfile.h"

#include <utility>
#include <variant>
#include <vector>

namespace lbp {

/// Where a value stands in config.yml or pricing.yml: keys of mappings and places in lists, outermost first.
class ConfigPath
{
public:
    struct Step
    {
        QString key; ///< of a mapping
        qsizetype index = -1; ///< of a list, from 0; then key is empty
        bool operator==(const Step &) const = default;
    };
    ConfigPath() = default;
    /// Reads "budgets.alertThresholds[0].percent". A key that has a dot in itself, such as a model, is added
    /// with child().
    explicit ConfigPath(QStringView dotted);
    [[nodiscard]] ConfigPath child(const QString &key) const;
    [[nodiscard]] ConfigPath item(qsizetype index) const;
    [[nodiscard]] ConfigPath parent() const;
    [[nodiscard]] const QList<Step> &steps() const { return m_steps; }
    [[nodiscard]] bool isEmpty() const { return m_steps.isEmpty(); }
    [[nodiscard]] QString toString() const; ///< as in ConfigProblem::key
    bool operator==(const ConfigPath &) const = default;

private:
    QList<Step> m_steps;
};

/// What is written at a place: one value, a list, or a mapping in the given order. Text is written so that it
/// is read as the same text again: quoted where YAML would take it for something else.
struct ConfigValue
{
    using Fields = std::vector<std::pair<QString, ConfigValue>>;
    using Items = std::vector<ConfigValue>;
    std::variant<QString, Items, Fields> is;

    ConfigValue(QString text) // NOLINT: a text is a value
        : is(std::move(text))
    {
    }
    ConfigValue(Items items) // NOLINT
        : is(std::move(items))
    {
    }
    ConfigValue(Fields fields) // NOLINT
        : is(std::move(fields))
    {
    }
    [[nodiscard]] static ConfigValue list(const QStringList &texts);
    bool operator==(const ConfigValue &) const = default;
};

/// One change of a file.
struct ConfigEdit
{
    enum class Kind {
        Set, ///< replaces the value or adds the key; what is missing above it is made
        Append, ///< adds an item at the end of the list at path
        Remove, ///< the key or item with its value and the comment at the end of its line; absent: no change
    };
    Kind kind = Kind::Set;
    ConfigPath path;
    ConfigValue value = QString(); ///< not for Remove

    [[nodiscard]] static ConfigEdit set(ConfigPath path, ConfigValue value);
    [[nodiscard]] static ConfigEdit append(ConfigPath list, ConfigValue item);
    [[nodiscard]] static ConfigEdit remove(ConfigPath path);
};

/// \a text with the edits made one after the other and every other byte as it was: comments, order, quotes
/// and line ends stay. References such as ${NAME} are text here and are never resolved. The result is read
/// again and compared: anything but the wanted change is Internal, and nothing is returned.
/// Conflict: the place cannot be edited without changing another one (an alias, a second document); the
/// detail says what to do by hand. ConfigInvalid: \a text is not YAML. NotFound: no such item of a list.
[[nodiscard]] Result<QByteArray> edited(QByteArrayView text, const QList<ConfigEdit> &edits);

/// The text at \a path as it is written, without resolving references; nullopt when there is none or it is
/// no single value.
[[nodiscard]] std::optional<QString> writtenValue(QByteArrayView text, const ConfigPath &path);
/// How many items the list at \a path has; 0 when there is none.
[[nodiscard]] qsizetype itemCount(QByteArrayView text, const ConfigPath &path);

/// Everything wrong with a config.yml as it is typed. Pure: no disk; references are taken to be set.
[[nodiscard]] QList<ConfigProblem> validate(QByteArrayView text);
/// What would be wrong with \a value at \a dotted, such as "server.port" or "providers[].baseUrl"; empty:
/// nothing. Pure, fast enough for each key stroke. References are taken to be set.
[[nodiscard]] QString checkValue(QStringView dotted, const QString &value);

} // namespace lbp
