#pragma once

#include "admin/jsonbody.h"
#include "core/key.h"
#include "proxy/localhandler.h"

#include <QJsonObject>
#include <QStringList>
#include <vector>

namespace lbp {

/// {"error":{"type","code","message"}} with the status of the error.
[[nodiscard]] LocalResponse errorResponse(const Error &error);
[[nodiscard]] LocalResponse jsonResponse(const QJsonObject &json, int status = 200);

/// Who may use a route.
enum class Access {
    Open, ///< anybody on this host
    Local, ///< anybody from a loopback address, others with the admin key
    Admin,
    KeyOrAdmin, ///< the route decides what a virtual key may see
    Key,
};

/// One request on its way to its answer. Dropped without one it answers 500, so that nobody waits for ever.
class Call
{
public:
    using Answer = std::function<void(LocalResponse)>;
    Call(LocalRequest asked, Answer answer)
        : request(std::move(asked))
        , m_answer(std::move(answer))
    {
    }
    ~Call();
    Call(const Call &) = delete;
    Call &operator=(const Call &) = delete;

    void send(LocalResponse response); ///< the first answer counts
    void streamBegan() { m_answer = nullptr; } ///< the answer goes through `stream` from now on
    void ok(const QJsonObject &json, int status = 200) { send(jsonResponse(json, status)); }
    void refuse(const Error &error) { send(errorResponse(error)); }
    void refuse(ErrorCode code, QString detail) { refuse(Error{code, std::move(detail)}); }

    const LocalRequest request;
    QStringList args; ///< what stands for {…} in the route's pattern, percent-decoded
    bool isAdmin = false;
    std::optional<KeyRecord> key; ///< the virtual key that asks
    std::shared_ptr<LocalReply> stream; ///< only where a socket waits

private:
    Answer m_answer;
};
using CallPtr = std::shared_ptr<Call>;

struct Route
{
    QByteArray method;
    QString pattern; ///< "/api/keys/{id}"
    Access access = Access::Admin;
    std::function<void(const CallPtr &)> run;
};

class Router
{
public:
    void add(QByteArray method, QString pattern, Access access, std::function<void(const CallPtr &)> run);
    struct Match
    {
        const Route *route = nullptr; ///< null: see allowed
        QStringList args;
        QList<QByteArray> allowed; ///< methods of this path; empty: no such path
    };
    /// HEAD is answered by the route of GET. A literal segment goes before {…}.
    [[nodiscard]] Match match(const QByteArray &method, QByteArrayView path) const;
    [[nodiscard]] const std::vector<Route> &routes() const { return m_routes; }

private:
    std::vector<Route> m_routes;
};

} // namespace lbp
