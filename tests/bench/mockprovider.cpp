/// A provider that answers at once: the far end of the benchmark. One thread, epoll, http and, with a
/// certificate, https. What it does is said in the request: "user":"delay=200;chunks=100;interval=50"
/// (milliseconds), so that one process serves all measurements. Every chunk of a stream carries the time at
/// which it was sent as "@" and 16 digits of microseconds.

#include "common.h"

#include <memory>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <queue>

namespace {

using namespace bench;

struct Connection
{
    int fd = -1;
    uint64_t serial = 0; ///< tells a reused descriptor from the one a timer was set for
    SSL *tls = nullptr;
    bool handshaking = false;
    std::string in;
    std::string out;
    size_t written = 0;
    bool wantsWrite = false;
    bool busy = false; ///< answering; what else arrives waits in `in`
    int64_t chunksLeft = 0;
    int64_t intervalUs = 0;
    bool usageAsked = false;
    bool streaming = false;
    bool begun = false; ///< the head of the stream and its first chunk are out
};

struct Timer
{
    int64_t at;
    int fd;
    uint64_t serial;
    bool operator>(const Timer &other) const { return at > other.at; }
};

class Provider
{
public:
    explicit Provider(const Arguments &arguments)
        : m_epoll(epoll_create1(EPOLL_CLOEXEC))
    {
        const std::string certificate = arguments.text("--cert", {});
        m_plain = listenOn(uint16_t(arguments.count("--port", 0)));
        if (!certificate.empty()) {
            m_context = SSL_CTX_new(TLS_server_method());
            SSL_CTX_set_mode(m_context, SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
            if (SSL_CTX_use_certificate_chain_file(m_context, certificate.c_str()) != 1
                || SSL_CTX_use_PrivateKey_file(m_context, arguments.text("--key", {}).c_str(),
                                               SSL_FILETYPE_PEM)
                    != 1)
                die("mockprovider: cannot read --cert or --key");
            m_secure = listenOn(0);
        }
        // About 600 bytes with everything that a chat completion has.
        m_answer = R"({"id":"chatcmpl-bench0123456789","object":"chat.completion","created":1790000000,)"
                   R"("model":"gpt-4o-mini","choices":[{"index":0,"message":{"role":"assistant","content":")"
            + std::string(150, 'w')
            + R"(","refusal":null,"annotations":[]},"logprobs":null,"finish_reason":"stop"}],)"
              R"("usage":{"prompt_tokens":20,"completion_tokens":30,"total_tokens":50,)"
              R"("prompt_tokens_details":{"cached_tokens":0,"audio_tokens":0},"completion_tokens_details":)"
              R"({"reasoning_tokens":0,"audio_tokens":0,"accepted_prediction_tokens":0,)"
              R"("rejected_prediction_tokens":0}},"service_tier":"default","system_fingerprint":"fp_bench"})";
    }

    [[noreturn]] void run()
    {
        std::printf("{\"ready\":true,\"port\":%d,\"tlsPort\":%d}\n", portOf(m_plain),
                    m_secure < 0 ? 0 : portOf(m_secure));
        std::fflush(stdout);
        std::vector<epoll_event> events(1024);
        for (;;) {
            int timeoutMs = -1;
            if (!m_timers.empty())
                timeoutMs = int(std::max<int64_t>(0, (m_timers.top().at - nowUs() + 999) / 1000));
            const int count = epoll_wait(m_epoll, events.data(), int(events.size()), timeoutMs);
            for (int i = 0; i < count; ++i)
                handle(events[size_t(i)]);
            fireTimers();
        }
    }

private:
    int listenOn(uint16_t port)
    {
        const int fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
        const int one = 1;
        setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
        const sockaddr_in address = loopback(port);
        if (bind(fd, reinterpret_cast<const sockaddr *>(&address), sizeof address) != 0
            || listen(fd, 4096) != 0)
            dieErrno("mockprovider: cannot listen");
        epoll_event event{};
        event.events = EPOLLIN;
        event.data.fd = fd;
        epoll_ctl(m_epoll, EPOLL_CTL_ADD, fd, &event);
        return fd;
    }

    static int portOf(int fd)
    {
        sockaddr_in address{};
        socklen_t size = sizeof address;
        getsockname(fd, reinterpret_cast<sockaddr *>(&address), &size);
        return ntohs(address.sin_port);
    }

    void handle(const epoll_event &event)
    {
        const int fd = event.data.fd;
        if (fd == m_plain || fd == m_secure) {
            acceptAll(fd);
            return;
        }
        Connection *connection = find(fd);
        if (!connection)
            return;
        if (connection->handshaking && !handshake(*connection))
            return;
        if ((event.events & EPOLLOUT) != 0 && !flush(*connection))
            return;
        if ((event.events & (EPOLLIN | EPOLLHUP | EPOLLERR | EPOLLRDHUP)) != 0)
            read(*connection);
    }

    Connection *find(int fd)
    {
        return size_t(fd) < m_connections.size() ? m_connections[size_t(fd)].get() : nullptr;
    }

    void acceptAll(int listener)
    {
        for (;;) {
            const int fd = accept4(listener, nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC);
            if (fd < 0)
                return;
            noDelay(fd);
            if (m_connections.size() <= size_t(fd))
                m_connections.resize(size_t(fd) + 1024);
            auto connection = std::make_unique<Connection>();
            connection->fd = fd;
            connection->serial = ++m_serial;
            if (listener == m_secure) {
                connection->tls = SSL_new(m_context);
                SSL_set_fd(connection->tls, fd);
                SSL_set_accept_state(connection->tls);
                connection->handshaking = true;
            }
            epoll_event event{};
            event.events = EPOLLIN | EPOLLRDHUP;
            event.data.fd = fd;
            epoll_ctl(m_epoll, EPOLL_CTL_ADD, fd, &event);
            m_connections[size_t(fd)] = std::move(connection);
        }
    }

    void close(Connection &connection)
    {
        const int fd = connection.fd;
        if (connection.tls) {
            SSL_shutdown(connection.tls);
            SSL_free(connection.tls);
        }
        ::close(fd);
        m_connections[size_t(fd)].reset();
    }

    bool handshake(Connection &connection)
    {
        const int result = SSL_do_handshake(connection.tls);
        if (result == 1) {
            connection.handshaking = false;
            wantWrite(connection, false);
            return true;
        }
        const int error = SSL_get_error(connection.tls, result);
        if (error == SSL_ERROR_WANT_READ || error == SSL_ERROR_WANT_WRITE) {
            wantWrite(connection, error == SSL_ERROR_WANT_WRITE);
            return false;
        }
        ERR_clear_error();
        close(connection);
        return false;
    }

    void wantWrite(Connection &connection, bool wanted)
    {
        if (connection.wantsWrite == wanted)
            return;
        connection.wantsWrite = wanted;
        epoll_event event{};
        event.events = EPOLLIN | EPOLLRDHUP | (wanted ? uint32_t(EPOLLOUT) : 0U);
        event.data.fd = connection.fd;
        epoll_ctl(m_epoll, EPOLL_CTL_MOD, connection.fd, &event);
    }

    /// False when the connection is gone.
    bool flush(Connection &connection)
    {
        while (connection.written < connection.out.size()) {
            const char *data = connection.out.data() + connection.written;
            const size_t size = connection.out.size() - connection.written;
            ssize_t n = 0;
            bool again = false;
            if (connection.tls) {
                n = SSL_write(connection.tls, data, int(size));
                if (n <= 0) {
                    const int error = SSL_get_error(connection.tls, int(n));
                    again = error == SSL_ERROR_WANT_WRITE || error == SSL_ERROR_WANT_READ;
                    ERR_clear_error();
                }
            } else {
                n = send(connection.fd, data, size, MSG_NOSIGNAL);
                again = n < 0 && wouldBlock();
            }
            if (n <= 0) {
                if (again) {
                    wantWrite(connection, true);
                    return true;
                }
                close(connection);
                return false;
            }
            connection.written += size_t(n);
        }
        connection.out.clear();
        connection.written = 0;
        wantWrite(connection, false);
        return true;
    }

    void read(Connection &connection)
    {
        static std::vector<char> buffer(256 * 1024);
        const int fd = connection.fd;
        for (;;) {
            ssize_t n = 0;
            bool again = false;
            if (connection.tls) {
                n = SSL_read(connection.tls, buffer.data(), int(buffer.size()));
                if (n <= 0) {
                    const int error = SSL_get_error(connection.tls, int(n));
                    again = error == SSL_ERROR_WANT_READ || error == SSL_ERROR_WANT_WRITE;
                    ERR_clear_error();
                }
            } else {
                n = recv(fd, buffer.data(), buffer.size(), 0);
                again = n < 0 && wouldBlock();
            }
            if (n <= 0) {
                if (!again)
                    close(connection);
                break;
            }
            connection.in.append(buffer.data(), size_t(n));
            if (!connection.tls && size_t(n) < buffer.size())
                break;
        }
        if (Connection *same = find(fd))
            serve(*same);
    }

    /// Answers the requests that are complete, one after the other.
    void serve(Connection &connection)
    {
        const int fd = connection.fd;
        for (;;) {
            Connection *now = find(fd);
            if (!now || now->busy)
                return;
            const size_t headEnd = now->in.find("\r\n\r\n");
            if (headEnd == std::string::npos)
                return;
            const std::string_view head(now->in.data(), headEnd + 2);
            const std::string_view length = headerValue(head, "content-length");
            if (!headerValue(head, "transfer-encoding").empty())
                die("mockprovider: a chunked request; it knows only Content-Length");
            const size_t body = length.empty() ? 0 : size_t(number(length, "Content-Length"));
            const size_t total = headEnd + 4 + body;
            if (now->in.size() < total)
                return;
            begin(*now, std::string_view(now->in).substr(headEnd + 4, body));
            if (Connection *still = find(fd))
                still->in.erase(0, total);
        }
    }

    static int64_t wish(std::string_view body, std::string_view name)
    {
        const std::string_view user = body.substr(0, 400);
        const size_t at = user.find(name);
        if (at == std::string_view::npos)
            return 0;
        int64_t value = 0;
        std::from_chars(user.data() + at + name.size(), user.data() + user.size(), value);
        return value;
    }

    void begin(Connection &connection, std::string_view body)
    {
        const int64_t delayUs = wish(body, "delay=") * 1000;
        connection.chunksLeft = wish(body, "chunks=");
        connection.intervalUs = wish(body, "interval=") * 1000;
        connection.streaming = connection.chunksLeft > 0;
        connection.usageAsked =
            connection.streaming && body.find("\"include_usage\":true") != std::string_view::npos;
        connection.busy = true;
        if (delayUs > 0)
            m_timers.push({nowUs() + delayUs, connection.fd, connection.serial});
        else
            answer(connection);
    }

    void answer(Connection &connection)
    {
        if (!connection.streaming) {
            connection.out += "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nx-request-id: "
                              "req_bench\r\nContent-Length: "
                + std::to_string(m_answer.size()) + "\r\n\r\n" + m_answer;
            connection.busy = false;
            flush(connection);
            return;
        }
        connection.out += "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nx-request-id: req_bench\r\n"
                          "Cache-Control: no-cache\r\nTransfer-Encoding: chunked\r\n\r\n";
        sendChunk(connection);
    }

    static void frame(std::string &out, std::string_view event)
    {
        char size[20];
        out.append(size, size_t(std::snprintf(size, sizeof size, "%zx\r\n", event.size())));
        out.append(event);
        out.append("\r\n");
    }

    void sendChunk(Connection &connection)
    {
        int64_t wait = connection.intervalUs;
        // Streams that begin together must not beat together for ever.
        if (!connection.begun && wait > 0)
            wait = int64_t(connection.serial * 2654435761U % uint64_t(wait));
        connection.begun = true;
        do {
            const int64_t now = nowUs();
            char event[320];
            const int size = std::snprintf(event, sizeof event,
                                           "data: "
                                           "{\"id\":\"chatcmpl-bench0123456789\",\"object\":\"chat."
                                           "completion.chunk\",\"created\":1790000000,"
                                           "\"model\":\"gpt-4o-mini\",\"choices\":[{\"index\":0,\"delta\":{"
                                           "\"content\":\"@%016lld word\"},"
                                           "\"finish_reason\":null}]}\n\n",
                                           static_cast<long long>(now));
            frame(connection.out, std::string_view(event, size_t(size)));
            --connection.chunksLeft;
        } while (connection.chunksLeft > 0 && connection.intervalUs == 0);
        if (connection.chunksLeft > 0) {
            m_timers.push({nowUs() + wait, connection.fd, connection.serial});
            flush(connection);
            return;
        }
        if (connection.usageAsked)
            frame(connection.out,
                  "data: "
                  "{\"id\":\"chatcmpl-bench0123456789\",\"object\":\"chat.completion.chunk\",\"created\":"
                  "1790000000,"
                  "\"model\":\"gpt-4o-mini\",\"choices\":[],\"usage\":{\"prompt_tokens\":20,\"completion_"
                  "tokens\":30,"
                  "\"total_tokens\":50}}\n\n");
        frame(connection.out, "data: [DONE]\n\n");
        connection.out += "0\r\n\r\n";
        connection.streaming = false;
        connection.begun = false;
        connection.busy = false;
        flush(connection);
    }

    void fireTimers()
    {
        const int64_t now = nowUs();
        while (!m_timers.empty() && m_timers.top().at <= now) {
            const Timer timer = m_timers.top();
            m_timers.pop();
            Connection *connection = find(timer.fd);
            if (!connection || connection->serial != timer.serial)
                continue;
            if (connection->begun)
                sendChunk(*connection);
            else
                answer(*connection);
            if (Connection *same = find(timer.fd);
                same && same->serial == timer.serial && !same->busy && !same->in.empty())
                serve(*same);
        }
    }

    int m_epoll;
    int m_plain = -1;
    int m_secure = -1;
    SSL_CTX *m_context = nullptr;
    uint64_t m_serial = 0;
    std::string m_answer;
    std::vector<std::unique_ptr<Connection>> m_connections;
    std::priority_queue<Timer, std::vector<Timer>, std::greater<>> m_timers;
};

} // namespace

int main(int argc, char **argv)
{
    const bench::Arguments arguments(argc, argv, {"--port", "--cert", "--key"}, {});
    bench::raiseFileLimit();
    Provider(arguments).run();
}
