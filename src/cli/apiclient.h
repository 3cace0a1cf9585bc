#pragma once

#include "core/result.h"

#include <optional>
#include <QByteArray>
#include <QJsonArray>
#include <QJsonObject>
#include <QUrl>

namespace lbp {

/// What the management API answered.
struct ApiAnswer
{
    int status = 0;
    QByteArray body; ///< as it came; `--json` prints exactly this
    [[nodiscard]] bool isOk() const { return status >= 200 && status < 300; }
    [[nodiscard]] QJsonObject object() const; ///< the body as an object; empty when it is none
    /// What went wrong in one sentence for people, from the error body or the status.
    [[nodiscard]] QString problem() const;
};

/// The management API, wherever it runs: in a proxy that is running, or in this process. Commands know only
/// this. Thread: one; call() returns when the answer is there and lets the event loop run meanwhile.
class ApiClient
{
public:
    virtual ~ApiClient() = default;
    /// \param target path and query, such as "/api/usage?groupBy=key".
    /// \return an error only when nobody could be asked; an answer of 4xx or 5xx is an answer.
    [[nodiscard]] virtual Result<ApiAnswer> call(const QByteArray &method, const QString &target,
                                                 const std::optional<QJsonObject> &body = {}) = 0;
};

/// What a command works with: the API, the files, and a proxy that tools can be pointed at.
class Session : public ApiClient
{
public:
    /// Where tools reach the proxy: the running one, else where `lbp serve` would listen.
    struct Address
    {
        QUrl url;
        bool running = false;
    };
    [[nodiscard]] virtual Result<Address> address() = 0;
    /// The address of the running proxy; when there is none, starts one in this process on a free port, which
    /// lives as long as the session.
    [[nodiscard]] virtual Result<QUrl> ensureProxy() = 0;
    /// Closes what this session has open itself; the next call opens it anew.
    virtual void reopen() { }
    [[nodiscard]] virtual QString configFile() const = 0;
    [[nodiscard]] virtual QString dataDirectory() const = 0;
};

} // namespace lbp
