#include "dialects/geminipath.h"

#include <algorithm>

namespace lbp {
namespace {

bool isNameCharacter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_'
        || c == '.' || c == '@';
}

bool isName(QByteArrayView name)
{
    return !name.isEmpty() && name.size() <= 200 && name[0] != '.'
        && std::all_of(name.begin(), name.end(), isNameCharacter);
}

bool isHex(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

/// nullopt where a percent sign is no encoding, or one is encoded: decoded twice it would be another path.
std::optional<QByteArray> decoded(QByteArrayView path)
{
    for (qsizetype i = path.indexOf('%'); i >= 0; i = path.indexOf('%', i + 1)) {
        if (path.size() - i < 3 || !isHex(path[i + 1]) || !isHex(path[i + 2]))
            return std::nullopt;
    }
    QByteArray plain = QByteArray::fromPercentEncoding(path.toByteArray());
    if (plain.contains('%') || plain.contains('?') || plain.contains('#'))
        return std::nullopt;
    return plain;
}

} // namespace

std::optional<GeminiPath> GeminiPath::read(QByteArrayView path)
{
    const std::optional<QByteArray> plain = decoded(path);
    if (!plain)
        return std::nullopt;
    GeminiPath out;
    QByteArrayView rest = *plain;
    for (const QByteArrayView version : {"/v1beta", "/v1alpha", "/v1"}) {
        if (rest.startsWith(version) && rest.size() > version.size() && rest[version.size()] == '/') {
            out.version = version.toByteArray();
            rest = rest.sliced(version.size());
            break;
        }
    }
    if (!rest.startsWith('/'))
        return std::nullopt;
    rest = rest.sliced(1);
    const qsizetype colon = rest.indexOf(':');
    if (colon >= 0) {
        out.verb = rest.sliced(colon + 1).toByteArray();
        rest = rest.first(colon);
        if (!isName(out.verb))
            return std::nullopt;
    }
    const qsizetype slash = rest.indexOf('/');
    out.collection = (slash < 0 ? rest : rest.first(slash)).toByteArray();
    if (slash >= 0) {
        out.id = rest.sliced(slash + 1).toByteArray();
        if (out.id.isEmpty() || out.id.contains('/'))
            return std::nullopt;
    }
    if (!isName(out.collection))
        return std::nullopt;
    return out;
}

bool GeminiPath::callsModel(QByteArrayView wanted) const
{
    return verb == wanted && !id.isEmpty() && (collection == "models" || collection == "tunedModels");
}

Result<QString> GeminiPath::model() const
{
    if (!isName(id))
        return fail(
            ErrorCode::InvalidRequest,
            QStringLiteral("The model in the path must be a name of letters, digits, dots, dashes and "
                           "underscores, as in models/gemini-2.5-pro:generateContent."));
    const QString name = QString::fromLatin1(id);
    return collection == "models" ? name : QString::fromLatin1(collection) + u'/' + name;
}

Result<QByteArray> GeminiPath::withModel(const QString &model) const
{
    const QByteArray resource = geminiResource(model).toUtf8();
    const qsizetype slash = resource.indexOf('/');
    const QByteArray other = resource.first(slash);
    if ((other != "models" && other != "tunedModels") || !isName(QByteArrayView(resource).sliced(slash + 1)))
        return fail(ErrorCode::InvalidRequest,
                    QStringLiteral("The model name '%1' cannot stand in a path.").arg(model.left(200)));
    return version + '/' + resource + ':' + verb;
}

QString geminiResource(const QString &model)
{
    return model.contains(u'/') ? model : QStringLiteral("models/") + model;
}

} // namespace lbp
