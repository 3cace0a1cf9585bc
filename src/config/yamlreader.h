#pragma once

#include "config/configfile.h"

#include <QHash>
#include <QString>
#include <vector>

namespace lbp {

/// Gathers what is wrong with one file.
/// No message may hold a value that came from the environment or belongs to a secret: quote
/// YamlNode::written, never YamlNode::text, and nothing at all for secrets.
class ProblemList
{
public:
    explicit ProblemList(QString file)
        : m_file(std::move(file))
    {
    }
    void add(int line, const QString &key, const QString &message);
    [[nodiscard]] bool isEmpty() const { return m_problems.isEmpty(); }
    [[nodiscard]] qsizetype size() const { return m_problems.size(); }
    /// By line. Of a hopeless file the first hundred, and how many more there are.
    [[nodiscard]] QList<ConfigProblem> sorted() const;

private:
    QString m_file;
    QList<ConfigProblem> m_problems;
    qsizetype m_omitted = 0;
};

/// A YAML value with the line it was written on. Plain data; aliases are resolved to copies.
struct YamlNode
{
    enum class Kind {
        Null,
        Scalar,
        Sequence,
        Map,
        Broken, ///< a scalar whose variables could not be substituted; it is reported already
    };
    struct Entry;

    Kind kind = Kind::Null;
    int line = 0; ///< 1-based
    QString written; ///< of a scalar, as in the file: may be shown unless the key is a secret
    QString text; ///< of a scalar, with variables substituted: never to be shown
    std::vector<YamlNode> items;
    std::vector<Entry> entries; ///< in the order of the file; a repeated key stays repeated

    [[nodiscard]] const YamlNode *
    find(QStringView key) const; ///< the first of that name; nullptr when there is none
};
struct YamlNode::Entry
{
    QString key;
    int line = 0;
    YamlNode value;
};

/// Parses one YAML document into \a root. Never throws, and is safe with hostile text: size, nesting and what
/// aliases expand to are bounded. Repeated keys are problems.
/// \return false when the text is not YAML at all; then \a root is not to be used.
[[nodiscard]] bool readYaml(const QByteArray &yaml, YamlNode &root, ProblemList &problems);

/// Secrets by their name in the keychain, or why there is none.
using KeychainSecrets = QHash<QString, Result<Secret>>;

/// Replaces ${NAME}, ${NAME:-default} and ${keychain:NAME} in every scalar below \a node; $$ is a dollar. This happens to
/// parsed values, so nothing in a variable can become YAML. The default stands when the variable is not set
/// or empty.
void substituteVariables(YamlNode &node, const QHash<QString, QString> &environment, ProblemList &problems,
                         const KeychainSecrets &keychain = {});

/// Text from a file, made fit for a message: short, on one line, quoted.
[[nodiscard]] QString quotedForMessage(QStringView text);
/// The dotted path of \a key in the mapping at \a path.
[[nodiscard]] QString childPath(const QString &path, const QString &key);

} // namespace lbp
