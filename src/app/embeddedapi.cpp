#include "app/embeddedapi.h"

#include "admin/adminapi.h"

#include <QEventLoop>
#include <QFutureWatcher>
#include <QJsonDocument>

namespace lbp {

Result<ApiAnswer> EmbeddedApi::call(const QByteArray &method, const QString &target,
                                    const std::optional<QJsonObject> &body)
{
    LocalRequest request;
    request.head.method = method;
    request.head.target = target.toUtf8();
    request.head.headers.add("Host", "127.0.0.1");
    request.peer = QHostAddress(QHostAddress::LocalHost);
    if (body) {
        request.head.headers.add("Content-Type", "application/json");
        request.body = QJsonDocument(*body).toJson(QJsonDocument::Compact);
        request.head.contentLength = request.body.size();
    }
    const QFuture<LocalResponse> future = m_core.api().dispatch(std::move(request), true);
    QEventLoop loop;
    QFutureWatcher<LocalResponse> watcher;
    QObject::connect(&watcher, &QFutureWatcher<LocalResponse>::finished, &loop, &QEventLoop::quit);
    watcher.setFuture(future);
    if (!future.isFinished())
        loop.exec();
    if (future.resultCount() == 0)
        return fail(ErrorCode::Internal, QStringLiteral("the command was given up without an answer"));
    const LocalResponse response = future.result();
    return ApiAnswer{response.status, response.body};
}

} // namespace lbp
