#pragma once

#include "core/result.h"
#include "core/secret.h"

#include <chrono>
#include <QObject>
#include <QTcpServer>
#include <QUrl>

namespace lbp {

/// A provider for trying the proxy without an account: the shape of OpenAI's API on the loopback address,
/// with usage, and answers that arrive word by word. It knows no language: it says so in its answers. POST
/// /v1/chat/completions and /v1/completions (plain and stream), POST /v1/embeddings, GET /v1/models and
/// /v1/models/{id}. Thread: that of its owner, whose event loop serves it.
class DemoProvider : public QObject
{
    Q_OBJECT
public:
    explicit DemoProvider(std::chrono::milliseconds betweenWords = std::chrono::milliseconds(60),
                          QObject *parent = nullptr);
    [[nodiscard]] Result<QUrl> listen(); ///< a free port; the base URL with /v1
    [[nodiscard]] const Secret &apiKey() const
    {
        return m_apiKey;
    } ///< what it asks for: made anew in each process

    static constexpr const char *model = "demo-1";
    static constexpr const char *embeddingModel = "demo-embedding-1";

private:
    QTcpServer m_server;
    Secret m_apiKey;
    std::chrono::milliseconds m_betweenWords;
};

} // namespace lbp
