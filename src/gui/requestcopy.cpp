#include "gui/requestcopy.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QUrlQuery>

namespace lbp::gui {

using namespace Qt::StringLiterals;

namespace {

constexpr QByteArrayView redacted = "[redacted]";

bool isKeyHeader(QByteArrayView name)
{
    for (const char *one : {"authorization", "x-api-key", "api-key", "x-goog-api-key"})
        if (name.compare(one, Qt::CaseInsensitive) == 0)
            return true;
    return false;
}

/// What the connection or the program that sends decides for itself.
bool isOfTheConnection(QByteArrayView name)
{
    for (const char *one :
         {"host", "content-length", "connection", "keep-alive", "transfer-encoding", "te", "trailer",
          "upgrade", "expect", "accept-encoding", "proxy-authorization", "proxy-connection", "cookie"})
        if (name.compare(one, Qt::CaseInsensitive) == 0)
            return true;
    return false;
}

QString pathOf(const ExchangeRow &row)
{
    const QString &endpoint = row.open.endpoint;
    if (endpoint == "chat.completions"_L1)
        return u"/v1/chat/completions"_s;
    if (endpoint == "messages"_L1)
        return u"/v1/messages"_s;
    QString path = endpoint;
    return u"/v1/"_s + path.replace(u'.', u'/');
}

QByteArray sampleBody(const ExchangeRow &row)
{
    const Series none;
    const Series &series = row.open.series ? *row.open.series : none;
    QJsonObject body{
        {u"model"_s, row.open.requestedModel.isEmpty() ? series.model : row.open.requestedModel}};
    const QString &endpoint = row.open.endpoint;
    const QString words = u"Say hello"_s;
    if (endpoint == "chat.completions"_L1 || endpoint == "messages"_L1) {
        body.insert(u"messages"_s, QJsonArray{QJsonObject{{u"role"_s, u"user"_s}, {u"content"_s, words}}});
        if (endpoint == "messages"_L1)
            body.insert(u"max_tokens"_s, 1024);
    } else if (endpoint == "completions"_L1) {
        body.insert(u"prompt"_s, words);
    } else {
        body.insert(u"input"_s, words);
    }
    if (row.open.stream)
        body.insert(u"stream"_s, true);
    return QJsonDocument(body).toJson(QJsonDocument::Compact);
}

/// Without keys in its query.
QString withoutKeys(const QString &target)
{
    QUrl url(target);
    if (!url.hasQuery())
        return target;
    QUrlQuery query(url);
    for (const auto &[name, value] : query.queryItems())
        if (value.contains(QLatin1String(redacted)) || name == "key"_L1)
            query.removeAllQueryItems(name);
    url.setQuery(query.isEmpty() ? QString() : query.toString(QUrl::FullyEncoded));
    return url.toString(QUrl::FullyEncoded);
}

bool isText(const QByteArray &bytes)
{
    return !bytes.contains('\0') && QString::fromUtf8(bytes).toUtf8() == bytes;
}

QString shellQuoted(const QString &text)
{
    QString quoted = text;
    return u'\'' + quoted.replace(u'\'', "'\\''"_L1) + u'\'';
}

/// For "…" in a shell, in front of a variable.
QString shellEscaped(const QString &text)
{
    QString escaped;
    for (const QChar c : text) {
        if (c == u'"' || c == u'\\' || c == u'$' || c == u'`')
            escaped += u'\\';
        escaped += c;
    }
    return escaped;
}

/// A string of Python and of JavaScript alike.
QString literal(const QString &text)
{
    QString quoted = u"\""_s;
    for (const QChar c : text) {
        if (c == u'"' || c == u'\\')
            quoted += u'\\' + QString(c);
        else if (c == u'\n')
            quoted += "\\n"_L1;
        else if (c == u'\r')
            quoted += "\\r"_L1;
        else if (c == u'\t')
            quoted += "\\t"_L1;
        else if (c.unicode() < 0x20 || c.unicode() == 0x7f)
            quoted += u"\\x%1"_s.arg(c.unicode(), 2, 16, QChar(u'0'));
        else
            quoted += c;
    }
    return quoted + u'"';
}

QString text(const QByteArray &bytes)
{
    return QString::fromUtf8(bytes);
}

} // namespace

RequestSketch sketchOf(const ExchangeRow &row, const std::optional<MessageDetails> &request,
                       const QUrl &proxy)
{
    RequestSketch sketch;
    sketch.stream = row.open.stream;
    QString target = pathOf(row);
    bool hasKey = false;
    bool hasType = false;
    if (request) {
        const QList<QByteArray> line = request->startLine.split(' ');
        if (line.size() >= 2) {
            sketch.method = line[0];
            target = text(line[1]);
            if (!target.startsWith(u'/'))
                target =
                    QUrl(target).toString(QUrl::RemoveScheme | QUrl::RemoveAuthority | QUrl::FullyEncoded);
        }
        for (const auto &[name, value] : request->fields) {
            if (isOfTheConnection(name))
                continue;
            if (isKeyHeader(name)) {
                if (!hasKey)
                    sketch.headers.append({name, name.toLower() == "authorization" ? "Bearer " : "", true});
                hasKey = true;
            } else if (!value.contains(redacted)) {
                hasType |= name.toLower() == "content-type";
                sketch.headers.append({name, value, false});
            }
        }
    }
    const bool isWhole = request && request->body && !request->bodyTruncated && isText(*request->body);
    const bool wantsBody = sketch.method != "GET" && sketch.method != "HEAD" && sketch.method != "DELETE";
    if (isWhole)
        sketch.body = *request->body;
    else if (wantsBody)
        sketch.body = sampleBody(row);
    sketch.isSample = !isWhole && wantsBody;
    if (!sketch.body.isEmpty() && !hasType)
        sketch.headers.prepend({"Content-Type", "application/json", false});
    if (!hasKey)
        sketch.headers.prepend({"Authorization", "Bearer ", true});
    QUrl base = proxy;
    if (base.isEmpty())
        base = QUrl(u"http://127.0.0.1:3000"_s);
    sketch.url =
        base.toString(QUrl::RemovePath | QUrl::RemoveQuery | QUrl::StripTrailingSlash) + withoutKeys(target);
    return sketch;
}

QString asCurl(const RequestSketch &sketch)
{
    QStringList parts{u"curl "_s + (sketch.stream ? u"-N "_s : QString()) + shellQuoted(sketch.url)};
    if (sketch.method != "POST" || sketch.body.isEmpty())
        parts.append(u"-X "_s + text(sketch.method));
    for (const RequestSketch::Header &header : sketch.headers) {
        parts.append(header.isKey ? u"-H \"%1: %2$%3\""_s.arg(shellEscaped(text(header.name)),
                                                              shellEscaped(text(header.value)),
                                                              QLatin1String(keyVariable))
                                  : u"-H "_s + shellQuoted(text(header.name) + u": "_s + text(header.value)));
    }
    if (!sketch.body.isEmpty())
        parts.append(u"--data-binary "_s + shellQuoted(text(sketch.body)));
    return parts.join(u" \\\n  "_s) + u'\n';
}

QString asPython(const RequestSketch &sketch)
{
    QString code = u"import os\nimport urllib.request\n\nrequest = urllib.request.Request(\n    "_s
        + literal(sketch.url) + u",\n    method="_s + literal(text(sketch.method)) + u",\n    headers={\n"_s;
    for (const RequestSketch::Header &header : sketch.headers) {
        const QString before = header.value.isEmpty() ? QString() : literal(text(header.value)) + u" + "_s;
        code += u"        "_s + literal(text(header.name)) + u": "_s
            + (header.isKey ? before + u"os.environ[\"%1\"]"_s.arg(QLatin1String(keyVariable))
                            : literal(text(header.value)))
            + u",\n"_s;
    }
    code += u"    },\n"_s;
    if (!sketch.body.isEmpty())
        code += u"    data="_s + literal(text(sketch.body)) + u".encode(),\n"_s;
    code += u")\nwith urllib.request.urlopen(request) as response:\n"_s;
    code += sketch.stream ? u"    for line in response:\n        print(line.decode(), end=\"\")\n"_s
                          : u"    print(response.read().decode())\n"_s;
    return code;
}

QString asJavaScript(const RequestSketch &sketch)
{
    QString code = u"const response = await fetch("_s + literal(sketch.url) + u", {\n  method: "_s
        + literal(text(sketch.method)) + u",\n  headers: {\n"_s;
    for (const RequestSketch::Header &header : sketch.headers) {
        const QString before = header.value.isEmpty() ? QString() : literal(text(header.value)) + u" + "_s;
        code += u"    "_s + literal(text(header.name)) + u": "_s
            + (header.isKey ? before + u"process.env."_s + QLatin1String(keyVariable)
                            : literal(text(header.value)))
            + u",\n"_s;
    }
    code += u"  },\n"_s;
    if (!sketch.body.isEmpty())
        code += u"  body: "_s + literal(text(sketch.body)) + u",\n"_s;
    code += u"});\n"_s;
    code += sketch.stream ? u"for await (const chunk of response.body) process.stdout.write(chunk);\n"_s
                          : u"console.log(response.status, await response.text());\n"_s;
    return code;
}

} // namespace lbp::gui
