#pragma once

#include "admin/access.h"
#include "admin/routes.h"
#include "core/secret.h"
#include "proxy/localhandler.h"

#include <QFuture>
#include <QObject>

namespace lbp {

/// The management API, health and metrics, described in docs/openapi.yaml.
///
/// Closed to web pages: Host and Origin are checked on every request, there are no CORS headers, a body must
/// say that it is JSON, and only a bearer key is an authority. Wrong keys are answered ever more slowly, see
/// LoginThrottle.
///
/// Ownership: borrows control, hub, plane and clock, which outlive it; must outlive the Gateway that calls
/// it. Thread: claims() and handle() any (the proxy thread); all else main, where every request is worked on.
class AdminApi final : public QObject, public LocalHandler
{
    Q_OBJECT
public:
    static constexpr qsizetype maxBodyBytes = 1024 * 1024;

    struct Setup
    {
        Control &control;
        const Clock &clock;
        Secret adminKey; ///< empty: nobody is admin over a socket
        EventHub *hub = nullptr; ///< null: no live events
        const DataPlane *plane = nullptr; ///< null: no metrics
    };
    explicit AdminApi(Setup setup, QObject *parent = nullptr);
    ~AdminApi() override;

    [[nodiscard]] bool claims(QByteArrayView path) const override;
    void handle(LocalRequest request, std::shared_ptr<LocalReply> reply) override;

    /// The same routes without a socket. With \a authorized the caller is trusted as admin and nothing is
    /// asked of Host, Origin and key; a virtual key in Authorization still says who asks at /api/me.
    QFuture<LocalResponse> dispatch(LocalRequest request, bool authorized);

    void setDataPlane(const DataPlane *plane)
    {
        m_services.plane = plane;
    } ///< the gateway is built after its handler
    void setAdminKey(Secret adminKey) { m_adminKey = std::move(adminKey); }
    void setConfigProblem(QString problem)
    {
        m_services.configProblem = std::move(problem);
    } ///< empty: in force
    void setDraining(bool draining); ///< also ends the live streams
    [[nodiscard]] const std::vector<Route> &routes() const { return m_router.routes(); }

private:
    void run(const CallPtr &call, bool authorized);
    [[nodiscard]] bool identify(const CallPtr &call, const Route &route, bool authorized);
    void refuseSlowly(const CallPtr &call);

    Control &m_control;
    const Clock &m_clock;
    Secret m_adminKey;
    std::unique_ptr<EventStreams> m_streams;
    Mailbox m_mailbox{this};
    Services m_services;
    Router m_router;
    LoginThrottle m_throttle;
};

} // namespace lbp
