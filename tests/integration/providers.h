#pragma once

#include "support/harness.h"

namespace lbp::test {

inline constexpr const char *canary = "sk-other-canary";

/// A second provider beside the one of the harness, as YAML; \a more in flow style: ", kind: gemini".
inline QByteArray provider(const QByteArray &name, const FakeProvider &at, const QByteArray &more,
                           const QByteArray &path = "/v1")
{
    return "  - { name: " + name + ", baseUrl: \"http://localhost:" + QByteArray::number(at.serverPort())
        + path + "\"" + more + " }\n";
}

inline Proxy::Options configured(const QByteArray &config)
{
    Proxy::Options options;
    options.config = config;
    return options;
}

inline QByteArray withKey(const QByteArray &more = {})
{
    return QByteArray(", apiKey: ") + canary + more;
}

inline QByteArray raw(const QByteArray &method, const QByteArray &target, const QByteArray &fields,
                      const QByteArray &body = {})
{
    return method + ' ' + target + " HTTP/1.1\r\nHost: localhost\r\n" + fields
        + "Content-Length: " + QByteArray::number(body.size()) + "\r\n\r\n" + body;
}

inline Answer ask(Proxy &proxy, const QByteArray &bytes)
{
    RawClient client(proxy.port);
    client.write(bytes);
    return client.read();
}

inline QList<QByteArray> linesOf(const HeaderList &headers)
{
    QList<QByteArray> lines;
    for (const Header &header : headers)
        lines.append(header.name + ": " + header.value);
    return lines;
}

inline void answers(ProviderCall &call)
{
    call.json(200, chatAnswer(1000, 100));
}

inline QByteArray chatFor(const QByteArray &model, const QByteArray &more = {})
{
    return R"({"messages":[{"role":"user","content":"Hi"}], "model" : ")" + model + "\"" + more + " }";
}

inline void unmetered(KeyRecord &record)
{
    record.allowUnmetered = true;
}

} // namespace lbp::test
