#include "admin/adminapi.h"

#include <QPromise>
#include <QTimer>

namespace lbp {

namespace {

bool isJson(const HeaderList &headers)
{
    const QByteArray type = headers.value("Content-Type");
    const qsizetype end = type.indexOf(';');
    return equalsIgnoringCase((end < 0 ? type : type.left(end)).trimmed(), "application/json");
}

LocalResponse withAllow(LocalResponse response, QList<QByteArray> methods)
{
    if (methods.contains("GET"))
        methods.append("HEAD");
    methods.append("OPTIONS");
    response.headers.add("Allow", methods.join(", "));
    return response;
}

/// One text for missing, unknown, revoked, expired and wrong, so that nothing can be learnt from it.
Error keyRefused()
{
    return {ErrorCode::InvalidApiKey,
            QStringLiteral("no valid key: send \"Authorization: Bearer <key>\" with the admin key, "
                           "or a virtual key where one is allowed")};
}

} // namespace

AdminApi::AdminApi(Setup setup, QObject *parent)
    : QObject(parent)
    , m_control(setup.control)
    , m_clock(setup.clock)
    , m_adminKey(std::move(setup.adminKey))
    , m_streams(setup.hub ? std::make_unique<EventStreams>(*setup.hub,
                                                           [this](KeyId id) { return m_control.keyName(id); })
                          : nullptr)
    , m_services{m_control, setup.plane, m_streams.get(), m_mailbox, {}, false}
{
    addDecisionRoutes(m_router, m_services);
    addBackupRoutes(m_router, m_services);
    addSystemRoutes(m_router, m_services);
    addKeyRoutes(m_router, m_services);
    addBudgetRoutes(m_router, m_services);
    addReportRoutes(m_router, m_services);
    addRequestRoutes(m_router, m_services);
}

AdminApi::~AdminApi() = default;

bool AdminApi::claims(QByteArrayView path) const
{
    return path == "/api" || path.startsWith("/api/") || path == "/health" || path == "/ready"
        || path == "/metrics" || path == "/dashboard";
}

void AdminApi::handle(LocalRequest request, std::shared_ptr<LocalReply> reply)
{
    if (request.body.size() > maxBodyBytes)
        return reply->send(
            errorResponse({ErrorCode::BodyTooLarge, QStringLiteral("the body is larger than 1 MiB")}));
    m_mailbox.post([this, request = std::move(request), reply = std::move(reply)] {
        const auto call = std::make_shared<Call>(
            request, [reply](LocalResponse response) { reply->send(std::move(response)); });
        call->stream = reply;
        run(call, false);
    });
}

QFuture<LocalResponse> AdminApi::dispatch(LocalRequest request, bool authorized)
{
    const auto promise = std::make_shared<QPromise<LocalResponse>>();
    promise->start();
    const auto answer = [promise](LocalResponse response) {
        promise->addResult(std::move(response));
        promise->finish();
    };
    if (request.body.size() > maxBodyBytes)
        answer(errorResponse({ErrorCode::BodyTooLarge, QStringLiteral("the body is larger than 1 MiB")}));
    else
        run(std::make_shared<Call>(std::move(request), answer), authorized);
    return promise->future();
}

void AdminApi::setDraining(bool draining)
{
    m_services.draining = draining;
    if (draining && m_streams)
        m_streams->closeAll();
}

void AdminApi::run(const CallPtr &call, bool authorized)
{
    const RequestHead &head = call->request.head;
    if (!authorized)
        if (const Status ok = checkOrigin(head.headers, m_control.config()->server.allowedHosts); !ok)
            return call->refuse(ok.error());

    const Router::Match match = m_router.match(head.method, head.path());
    if (match.allowed.isEmpty())
        return call->refuse(ErrorCode::NotFound, QStringLiteral("there is nothing at this path"));
    if (head.method == "OPTIONS") {
        LocalResponse response;
        response.status = 204;
        return call->send(withAllow(std::move(response), match.allowed));
    }
    if (!match.route)
        return call->send(withAllow(errorResponse({ErrorCode::MethodNotAllowed,
                                                   QStringLiteral("this path has no such method; the Allow "
                                                                  "header names those it has")}),
                                    match.allowed));
    if (!identify(call, *match.route, authorized))
        return;
    if (!call->request.body.isEmpty() && !isJson(head.headers))
        return call->refuse(ErrorCode::UnsupportedEncoding,
                            QStringLiteral("the body must be JSON and say so: "
                                           "Content-Type: application/json"));
    call->args = match.args;
    match.route->run(call);
}

bool AdminApi::identify(const CallPtr &call, const Route &route, bool authorized)
{
    if (route.access == Access::Open || (route.access == Access::Local && call->request.peer.isLoopback()))
        return true;
    const QByteArray given = bearer(call->request.head.headers);
    const bool wantsKey = route.access == Access::Key || route.access == Access::KeyOrAdmin;
    if (!authorized && !m_throttle.mayTry(call->request.peer)) {
        call->refuse(ErrorCode::RateLimited,
                     QStringLiteral("too many attempts with a wrong key; wait some seconds"));
        return false;
    }
    call->isAdmin = authorized || (!m_adminKey.isEmpty() && m_adminKey.matches(given));
    if (wantsKey && !given.isEmpty())
        call->key = m_control.keyByPlaintext(given);
    if (route.access == Access::Key && call->isAdmin && !call->key) {
        call->refuse(ErrorCode::InvalidRequest,
                     QStringLiteral("this is what a virtual key may know about itself: send that key"));
        return false;
    }
    if (call->isAdmin || call->key)
        return true;
    // Without any key nothing was guessed.
    given.isEmpty() ? call->refuse(keyRefused()) : refuseSlowly(call);
    return false;
}

void AdminApi::refuseSlowly(const CallPtr &call)
{
    const QHostAddress peer = call->request.peer;
    const Duration delay = m_throttle.failed(peer, m_clock.monotonic());
    QTimer::singleShot(std::chrono::ceil<std::chrono::milliseconds>(delay), this, [this, call, peer] {
        m_throttle.released(peer);
        call->refuse(keyRefused());
    });
}

} // namespace lbp
