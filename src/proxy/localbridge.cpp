#include "proxy/localbridge.h"

namespace lbp {

class LocalBridge::Reply final : public LocalReply
{
public:
    Reply(LocalBridge &bridge)
        : m_address(bridge.m_mailbox.address())
        , m_bridge(&bridge)
        , m_open(bridge.m_open)
    {
    }
    ~Reply() override
    {
        if (!m_answered)
            send(LocalResponse{
                500,
                {},
                QByteArrayLiteral("{\"error\":{\"type\":\"internal_error\",\"message\":\"no answer\"}}")});
        else if (m_streaming)
            end();
    }
    void send(LocalResponse response) override
    {
        if (std::exchange(m_answered, true))
            return;
        m_address.post(
            [bridge = m_bridge, response = std::move(response)] { bridge->send(response, false); });
    }
    void begin(LocalResponse head) override
    {
        if (std::exchange(m_answered, true))
            return;
        m_streaming = true;
        m_address.post([bridge = m_bridge, head = std::move(head)] { bridge->send(head, true); });
    }
    void write(QByteArray piece) override
    {
        if (m_streaming && *m_open)
            m_address.post([bridge = m_bridge, piece = std::move(piece)] { bridge->write(piece); });
    }
    void end() override
    {
        if (std::exchange(m_streaming, false))
            m_address.post([bridge = m_bridge] { bridge->end(); });
    }
    bool isOpen() const override { return *m_open; }

private:
    Mailbox::Address m_address; // what is posted runs only while the bridge lives
    LocalBridge *m_bridge;
    std::shared_ptr<std::atomic<bool>> m_open;
    bool m_answered = false;
    bool m_streaming = false;
};

LocalBridge::LocalBridge(ClientConnection &client)
    : m_client(&client)
    , m_mailbox(this)
    , m_open(std::make_shared<std::atomic<bool>>(true))
{
}

LocalBridge::~LocalBridge()
{
    *m_open = false;
}

void LocalBridge::start(LocalHandler &handler, LocalRequest request)
{
    handler.handle(std::move(request), std::make_shared<Reply>(*this));
}

void LocalBridge::onClientGone()
{
    *m_open = false;
    m_client = nullptr;
}

void LocalBridge::send(const LocalResponse &response, bool stream)
{
    if (!m_client)
        return;
    m_chunked = stream && !m_client->isHttp10();
    if (stream && !m_chunked)
        m_client->closeAfterwards(); // the end of the connection is the end of the answer
    QByteArray out = "HTTP/1.1 " + QByteArray::number(response.status) + ' '
        + reasonPhrase(response.status).toByteArray() + "\r\n";
    response.headers.writeTo(out);
    const bool bodyless = response.status == 204 || response.status == 304;
    if (m_chunked)
        out += "Transfer-Encoding: chunked\r\n";
    else if (!stream && !bodyless)
        out += "Content-Length: " + QByteArray::number(response.body.size()) + "\r\n";
    if (m_client->willClose())
        out += "Connection: close\r\n";
    else if (m_client->isHttp10())
        out += "Connection: keep-alive\r\n";
    out += "\r\n";
    if (!m_client->isHead() && !bodyless) {
        if (m_chunked)
            appendChunk(out, response.body);
        else
            out += response.body;
    }
    m_client->write(out);
    if (!stream || m_client->isHead()) {
        *m_open = false;
        std::exchange(m_client, nullptr)->finish();
    }
}

void LocalBridge::write(const QByteArray &piece)
{
    if (!m_client || piece.isEmpty())
        return;
    QByteArray out;
    if (m_chunked)
        appendChunk(out, piece);
    m_client->write(m_chunked ? out : piece);
    if (m_client->backlog() > maxWaiting) {
        *m_open = false;
        std::exchange(m_client, nullptr)->cut();
    }
}

void LocalBridge::end()
{
    if (!m_client)
        return;
    QByteArray out;
    if (m_chunked)
        appendLastChunk(out);
    m_client->write(out);
    *m_open = false;
    std::exchange(m_client, nullptr)->finish();
}

} // namespace lbp
