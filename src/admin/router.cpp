#include "admin/router.h"

#include <QJsonDocument>

namespace lbp {

namespace {

struct Spelling
{
    const char *type;
    const char *code;
};

Spelling spellingOf(ErrorCode code)
{
    switch (code) {
    case ErrorCode::InvalidApiKey:
        return {"authentication_error", "invalid_api_key"};
    case ErrorCode::Forbidden:
        return {"permission_error", "forbidden"};
    case ErrorCode::NotFound:
        return {"not_found_error", "not_found"};
    case ErrorCode::MethodNotAllowed:
        return {"invalid_request_error", "method_not_allowed"};
    case ErrorCode::Conflict:
        return {"invalid_request_error", "conflict"};
    case ErrorCode::BodyTooLarge:
        return {"invalid_request_error", "body_too_large"};
    case ErrorCode::UnsupportedEncoding:
        return {"invalid_request_error", "unsupported_media_type"};
    case ErrorCode::RateLimited:
        return {"rate_limit_error", "rate_limit_exceeded"};
    case ErrorCode::UpstreamUnreachable:
    case ErrorCode::UpstreamTimeout:
        return {"upstream_error", "upstream_error"};
    case ErrorCode::ShuttingDown:
    case ErrorCode::Unavailable:
        return {"overloaded_error", "unavailable"};
    case ErrorCode::StoreFailed:
    case ErrorCode::StoreDamaged:
        return {"server_error", "store_failed"};
    default:
        break;
    }
    return originOf(code) == Origin::Client ? Spelling{"invalid_request_error", "invalid_request"}
                                            : Spelling{"server_error", "internal_error"};
}

/// Values that a person typed and that did not fit are that person's to mend.
int statusOf(ErrorCode code)
{
    switch (code) {
    case ErrorCode::InvalidValue:
    case ErrorCode::AmountOverflow:
        return 400;
    case ErrorCode::StoreFailed:
        return 503;
    default:
        return httpStatus(code);
    }
}

QStringList segmentsOf(QByteArrayView path)
{
    QStringList segments;
    const QList<QByteArray> parts = path.toByteArray().split('/');
    for (const QByteArray &part : parts)
        segments.append(QString::fromUtf8(QByteArray::fromPercentEncoding(part)));
    return segments;
}

bool isArgument(const QString &segment)
{
    return segment.startsWith(u'{');
}

} // namespace

LocalResponse jsonResponse(const QJsonObject &json, int status)
{
    LocalResponse response;
    response.status = status;
    response.headers.add("Content-Type", "application/json");
    response.headers.add("Cache-Control", "no-store");
    response.headers.add("X-Content-Type-Options", "nosniff");
    response.body = QJsonDocument(json).toJson(QJsonDocument::Compact);
    return response;
}

LocalResponse errorResponse(const Error &error)
{
    Spelling spelling = spellingOf(error.code);
    if (error.code == ErrorCode::InvalidValue || error.code == ErrorCode::AmountOverflow)
        spelling = {"invalid_request_error", "invalid_request"};
    LocalResponse response = jsonResponse({{QStringLiteral("error"),
                                            QJsonObject{
                                                {QStringLiteral("type"), QLatin1String(spelling.type)},
                                                {QStringLiteral("code"), QLatin1String(spelling.code)},
                                                {QStringLiteral("message"), error.detail},
                                            }}},
                                          statusOf(error.code));
    if (error.code == ErrorCode::InvalidApiKey)
        response.headers.add("WWW-Authenticate", "Bearer realm=\"llm-budget-proxy\"");
    if (error.code == ErrorCode::RateLimited || response.status == 503)
        response.headers.add("Retry-After", "5");
    return response;
}

Call::~Call()
{
    if (m_answer)
        refuse(ErrorCode::Internal, QStringLiteral("the request ended without an answer"));
}

void Call::send(LocalResponse response)
{
    if (const Answer answer = std::exchange(m_answer, nullptr))
        answer(std::move(response));
}

void Router::add(QByteArray method, QString pattern, Access access, std::function<void(const CallPtr &)> run)
{
    m_routes.push_back({std::move(method), std::move(pattern), access, std::move(run)});
}

Router::Match Router::match(const QByteArray &method, QByteArrayView path) const
{
    const QStringList asked = segmentsOf(path);
    const QByteArray wanted = method == "HEAD" ? QByteArrayLiteral("GET") : method;
    Match match;
    int bestArguments = 0;
    for (const Route &route : m_routes) {
        const QStringList pattern = route.pattern.split(u'/');
        if (pattern.size() != asked.size())
            continue;
        QStringList args;
        bool fits = true;
        for (qsizetype i = 0; fits && i < pattern.size(); ++i) {
            if (isArgument(pattern[i]))
                args.append(asked[i]);
            fits = isArgument(pattern[i]) ? !asked[i].isEmpty() : pattern[i] == asked[i];
        }
        if (!fits)
            continue;
        // "/api/budgets/global/daily" must not be taken for a scope named "global".
        if (!match.allowed.isEmpty() && args.size() > bestArguments)
            continue;
        if (!match.allowed.isEmpty() && args.size() < bestArguments)
            match = {};
        bestArguments = int(args.size());
        match.allowed.append(route.method);
        if (route.method == wanted) {
            match.route = &route;
            match.args = args;
        }
    }
    return match;
}

} // namespace lbp
