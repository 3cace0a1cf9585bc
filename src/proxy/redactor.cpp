#include "proxy/redactor.h"

#include "proxy/requestpath.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace lbp {

namespace {

using namespace std::string_view_literals;

const QByteArray redacted = QByteArrayLiteral("[redacted]");
constexpr qsizetype leastSecret = 6; ///< a shorter one would take ordinary words out
constexpr qsizetype longestKey = 256; ///< of the forms below

/// Forms of keys: a prefix and a run of at least so many of these characters.
struct KeyForm
{
    std::string_view prefix;
    qsizetype least;
};
constexpr std::array keyForms{KeyForm{"lbp_", 20}, KeyForm{"lbpadmin_", 20}, KeyForm{"sk-", 20},
                              KeyForm{"AIza", 30}, KeyForm{"gsk_", 20},      KeyForm{"xai-", 20}};

bool isKeyCharacter(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' || c == '_';
}

QByteArray lower(QByteArrayView text)
{
    return text.toByteArray().toLower();
}

bool isSecretField(QByteArrayView name)
{
    if (isCredentialField(name))
        return true;
    const QByteArray n = lower(name);
    for (const std::string_view whole : {"cookie"sv, "set-cookie"sv, "proxy-authorization"sv, "token"sv}) {
        if (n == QByteArrayView(whole.data(), qsizetype(whole.size())))
            return true;
    }
    return n.contains("secret") || n.contains("password") || n.contains("credential") || n.contains("apikey")
        || n.contains("api-key") || n.endsWith("-token") || n.endsWith("-authorization");
}

bool isSecretParameter(QByteArrayView name)
{
    const QByteArray n = lower(name);
    return n == "key" || n == "sig" || n == "signature" || n.contains("token") || n.contains("secret")
        || n.contains("password") || n.contains("api_key") || n.contains("api-key") || n.contains("apikey");
}

} // namespace

Redactor::Redactor(const Config &config)
{
    const auto add = [this](const Secret &secret) {
        const QByteArray &bytes = secret.reveal();
        if (bytes.size() >= leastSecret && !m_secrets.contains(bytes))
            m_secrets.append(bytes);
    };
    for (const ProviderConfig &provider : config.providers)
        add(provider.apiKey);
    add(config.server.adminKey);
    add(config.alerts.webhookSecret);
    std::sort(m_secrets.begin(), m_secrets.end(),
              [](const QByteArray &a, const QByteArray &b) { return a.size() > b.size(); });
    m_longest = std::max(longestKey, m_secrets.isEmpty() ? 0 : m_secrets.first().size());
}

QByteArray Redactor::text(QByteArray bytes) const
{
    for (const QByteArray &secret : m_secrets)
        bytes.replace(secret, redacted);
    for (const KeyForm &form : keyForms) {
        const QByteArrayView prefix(form.prefix.data(), qsizetype(form.prefix.size()));
        qsizetype at = 0;
        while ((at = bytes.indexOf(prefix, at)) >= 0) {
            qsizetype end = at + prefix.size();
            while (end < bytes.size() && isKeyCharacter(bytes[end]))
                ++end;
            const bool begins = at == 0 || !isKeyCharacter(bytes[at - 1]);
            if (begins && end - at - prefix.size() >= form.least) {
                bytes.replace(at, end - at, redacted);
                at += redacted.size();
            } else {
                at += prefix.size();
            }
        }
    }
    return bytes;
}

QByteArray Redactor::field(QByteArrayView name, const QByteArray &value) const
{
    return isSecretField(name) ? redacted : text(value);
}

QByteArray Redactor::target(const QByteArray &target) const
{
    const qsizetype query = target.indexOf('?');
    if (query < 0)
        return text(target);
    QByteArray out = text(target.left(query));
    char separator = '?';
    for (const QByteArray &parameter : target.mid(query + 1).split('&')) {
        const qsizetype equals = parameter.indexOf('=');
        out += separator;
        if (equals >= 0 && isSecretParameter(QByteArray::fromPercentEncoding(parameter.left(equals))))
            out += parameter.left(equals + 1) + redacted;
        else
            out += text(parameter);
        separator = '&';
    }
    return out;
}

MessageDetails Redactor::request(const RequestHead &head) const
{
    MessageDetails details;
    details.startLine =
        head.method + ' ' + target(head.target) + " HTTP/1." + QByteArray::number(head.minorVersion);
    for (const Header &header : head.headers)
        details.fields.append({header.name, field(header.name, header.value)});
    return details;
}

MessageDetails Redactor::response(QByteArrayView head) const
{
    MessageDetails details;
    const QList<QByteArray> lines = head.toByteArray().split('\n');
    for (qsizetype i = 0; i < lines.size(); ++i) {
        const QByteArray line = lines[i].trimmed();
        const qsizetype colon = line.indexOf(':');
        if (i == 0)
            details.startLine = text(line);
        else if (colon > 0)
            details.fields.append({line.left(colon), field(line.left(colon), line.mid(colon + 1).trimmed())});
    }
    return details;
}

} // namespace lbp
