#include "proxy/requestpath.h"

#include "core/key.h"

namespace lbp {

Result<QByteArray> apiPath(QByteArrayView path)
{
    const auto odd = [](const char16_t *what) {
        return fail(ErrorCode::InvalidRequest,
                    QStringLiteral("the path of the request has %1").arg(QStringView(what)));
    };
    if (path == "/v1/chat/completions") // nearly all there is
        return path.sliced(3).toByteArray();
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
    for (int i = 0; i < 2 && (path.startsWith("/v1/") || path == "/v1"); ++i)
        path = path.sliced(3);
    return path.isEmpty() ? QByteArray("/") : path.toByteArray();
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

QByteArray credentialValue(QByteArrayView name, QByteArrayView key)
{
    return equalsIgnoringCase(name, "authorization") ? "Bearer " + key.toByteArray() : key.toByteArray();
}

} // namespace lbp
