#include "proxy/requestpath.h"

#include "core/key.h"

namespace lbp {

namespace {

/// Cuts \a prefix off where whole segments follow it, or nothing.
bool cut(QByteArrayView &path, QByteArrayView prefix)
{
    if (!path.startsWith(prefix) || (path.size() > prefix.size() && path[prefix.size()] != '/'))
        return false;
    path = path.sliced(prefix.size());
    return true;
}

} // namespace

Result<ClientPath> clientPath(QByteArrayView path)
{
    const auto odd = [](const char16_t *what) {
        return fail(ErrorCode::InvalidRequest,
                    QStringLiteral("the path of the request has %1").arg(QStringView(what)));
    };
    ClientPath read;
    if (path == "/v1/chat/completions") { // nearly all there is
        read.path = path.sliced(3).toByteArray();
        return read;
    }
    if (!path.startsWith('/'))
        return odd(u"no leading slash");
    if (path.contains("//") || path.contains('\\'))
        return odd(u"an empty segment or a backslash");
    for (qsizetype i = path.indexOf('%'); i >= 0; i = path.indexOf('%', i + 1)) {
        const QByteArrayView code = path.sliced(i + 1, std::min<qsizetype>(2, path.size() - i - 1));
        if (equalsIgnoringCase(code, "2f") || equalsIgnoringCase(code, "2e") || equalsIgnoringCase(code, "5c")
            || equalsIgnoringCase(code, "00"))
            return odd(u"an encoded slash, dot or backslash");
    }
    if (path.contains("/./") || path.contains("/../") || path.endsWith("/.") || path.endsWith("/.."))
        return odd(u"a dot segment");

    if (cut(path, "/k")) {
        const QByteArrayView rest = path.isEmpty() ? path : path.sliced(1);
        const qsizetype end = rest.indexOf('/');
        read.key = (end < 0 ? rest : rest.first(end)).toByteArray();
        path = end < 0 ? QByteArrayView("/") : rest.sliced(end);
        if (read.key.isEmpty())
            return odd(u"no key behind /k/");
    }
    if (cut(path, "/v1beta/openai"))
        read.isGeminiCompatible = true;
    if (cut(path, "/openai")) {
        read.isAzure = !path.startsWith("/v1/");
        if (read.isAzure && cut(path, "/deployments") && path.size() > 1) {
            const qsizetype end = path.indexOf('/', 1);
            read.deployment = path.sliced(1, (end < 0 ? path.size() : end) - 1).toByteArray();
            path = end < 0 ? QByteArrayView() : path.sliced(end);
        }
    }
    for (int i = 0; i < 2 && cut(path, "/v1"); ++i) { }
    read.path = path.isEmpty() ? QByteArray("/") : path.toByteArray();
    return read;
}

bool isCredentialField(QByteArrayView name)
{
    switch (name.size()) {
    case 7:
        return equalsIgnoringCase(name, "api-key");
    case 9:
        return equalsIgnoringCase(name, "x-api-key");
    case 13:
        return equalsIgnoringCase(name, "authorization");
    case 14:
        return equalsIgnoringCase(name, "x-goog-api-key");
    default:
        return false;
    }
}

namespace {

QByteArrayView keyIn(const Header &header)
{
    QByteArrayView value = header.value;
    if (header.name.size() == 13) { // Authorization
        if (value.size() < 7 || !equalsIgnoringCase(value.first(7), "bearer "))
            return {};
        value = value.sliced(7).trimmed();
    }
    return value;
}

} // namespace

QByteArray presentedKey(const HeaderList &headers)
{
    QByteArrayView found;
    for (const Header &header : headers) {
        if (!isCredentialField(header.name))
            continue;
        const QByteArrayView key = keyIn(header);
        if (looksLikeVirtualKey(key))
            return key.toByteArray();
        if (found.isEmpty())
            found = key;
    }
    return found.toByteArray();
}

bool holdsVirtualKey(const Header &header)
{
    return looksLikeVirtualKey(keyIn(header));
}

namespace {

/// Calls \a use with each parameter of the query of \a target, in order.
template <typename Use> void eachParameter(QByteArrayView target, Use use)
{
    const qsizetype question = target.indexOf('?');
    if (question < 0)
        return;
    qsizetype from = question + 1;
    while (from <= target.size()) {
        qsizetype end = target.indexOf('&', from);
        if (end < 0)
            end = target.size();
        use(target.sliced(from, end - from));
        from = end + 1;
    }
}

bool isKeyParameter(QByteArrayView parameter)
{
    const qsizetype equals = parameter.indexOf('=');
    if (equals < 0)
        return false;
    const QByteArrayView name = parameter.first(equals);
    return name == "key"
        || (name.contains('%') && QByteArray::fromPercentEncoding(name.toByteArray()) == "key");
}

} // namespace

QByteArray keyInQuery(QByteArrayView target)
{
    QByteArray found;
    eachParameter(target, [&found](QByteArrayView parameter) {
        if (!isKeyParameter(parameter) || looksLikeVirtualKey(found))
            return;
        const QByteArrayView value = parameter.sliced(parameter.indexOf('=') + 1);
        found = QByteArray::fromPercentEncoding(value.toByteArray());
    });
    return found;
}

QByteArray withoutKeyInQuery(QByteArrayView target)
{
    const qsizetype question = target.indexOf('?');
    QByteArray out = (question < 0 ? target : target.first(question)).toByteArray();
    char separator = '?';
    eachParameter(target, [&](QByteArrayView parameter) {
        if (isKeyParameter(parameter))
            return;
        out.append(separator);
        out.append(parameter);
        separator = '&';
    });
    return out;
}

} // namespace lbp
