/// Clients in a closed loop: the near end of the benchmark. One thread, epoll. Each of --connections sends a
/// request, reads the answer, and sends the next; what happens in the --seconds after --warmup is counted.
/// With --chunks the answers are streams, and the window begins when every stream has its first chunk.
/// --watch PID adds what that process used in the window. Prints one line of JSON. Its exit status is 0 even
/// if requests failed: the reader decides.

#include "common.h"

#include <algorithm>
#include <dirent.h>
#include <fstream>

namespace {

using namespace bench;

/// CPU time of all threads in nanoseconds. Threads that ended in between are missed: proxies keep theirs.
int64_t cpuNs(const std::vector<int64_t> &pids)
{
    int64_t sum = 0;
    for (const int64_t pid : pids) {
        const std::string folder = "/proc/" + std::to_string(pid) + "/task";
        DIR *tasks = opendir(folder.c_str());
        if (!tasks)
            die("loadgen: no process " + std::to_string(pid));
        while (const dirent *task = readdir(tasks)) {
            if (task->d_name[0] == '.')
                continue;
            std::ifstream file(folder + "/" + task->d_name + "/schedstat");
            int64_t ns = 0;
            if (file >> ns)
                sum += ns;
        }
        closedir(tasks);
    }
    return sum;
}

int64_t rssKb(const std::vector<int64_t> &pids)
{
    int64_t sum = 0;
    for (const int64_t pid : pids) {
        std::ifstream file("/proc/" + std::to_string(pid) + "/status");
        std::string word;
        while (file >> word)
            if (word == "VmRSS:") {
                int64_t kb = 0;
                file >> kb;
                sum += kb;
                break;
            }
    }
    return sum;
}

/// Percentile of what was measured, in microseconds; sorts what it is given.
int64_t percentile(std::vector<int64_t> &values, double part)
{
    if (values.empty())
        return 0;
    const size_t at = std::min(values.size() - 1, size_t(part * double(values.size())));
    std::nth_element(values.begin(), values.begin() + ptrdiff_t(at), values.end());
    return values[at];
}

std::string digits(int64_t value, int width)
{
    char text[24];
    return {text, size_t(std::snprintf(text, sizeof text, "%0*lld", width, static_cast<long long>(value)))};
}

struct Client
{
    int fd = -1;
    bool connected = false;
    std::string out;
    size_t written = 0;
    std::string head; ///< of the answer, until it is complete
    bool headDone = false;
    bool chunked = false;
    int status = 0;
    int64_t bodyLeft = 0; ///< with Content-Length
    std::string tail; ///< of a stream: bytes that may be the beginning of a mark
    bool seenDone = false; ///< [DONE]
    bool seenLast = false; ///< the empty chunk that ends the body
    int64_t sentAt = 0;
    bool first = false; ///< its first chunk came
    bool everFirst = false;
};

class Load
{
public:
    explicit Load(const Arguments &arguments)
        : m_epoll(epoll_create1(EPOLL_CLOEXEC))
        , m_port(uint16_t(arguments.count("--port", 0)))
        , m_clients(size_t(arguments.count("--connections", 1)))
        , m_windowUs(int64_t(arguments.count("--milliseconds", 2000)) * 1000)
        , m_warmupUs(int64_t(arguments.count("--warmup", 500)) * 1000)
        , m_chunks(arguments.count("--chunks", 0))
        , m_sameBody(arguments.has("--same-body"))
        , m_spread(arguments.has("--spread"))
    {
        for (const std::string &pid : arguments.all("--watch"))
            m_watched.push_back(number(pid, "--watch"));
        std::string extra;
        for (const std::string &header : arguments.all("--header"))
            extra += header + "\r\n";
        // `user` tells the provider what to do; `seed` makes each body a new one for a cache.
        std::string body = "{\"user\":\"delay=" + std::to_string(arguments.count("--delay", 0));
        if (m_chunks > 0)
            body += ";chunks=" + digits(m_chunks, 6)
                + ";interval=" + std::to_string(arguments.count("--interval", 0));
        body += "\",\"seed\":";
        const size_t seedInBody = body.size();
        body += "1000000000000";
        body += ",\"model\":\"" + arguments.text("--model", "gpt-4o-mini")
            + "\",\"max_completion_tokens\":" + std::to_string(arguments.count("--max-tokens", 1200)) + ",";
        if (m_chunks > 0)
            body += "\"stream\":true,";
        body += "\"messages\":[{\"role\":\"user\",\"content\":\"";
        const std::string end = "\"}]}";
        const auto size = size_t(arguments.count("--body-bytes", 300));
        while (body.size() + end.size() < size)
            body += "Lorem ipsum dolor sit amet, "[body.size() % 28];
        body += end;
        m_request = "POST /v1/chat/completions HTTP/1.1\r\nHost: 127.0.0.1:" + std::to_string(m_port)
            + "\r\nContent-Type: application/json\r\nAccept: application/json\r\n" + extra
            + "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n";
        m_seedAt = m_request.size() + seedInBody;
        m_chunksAt = m_request.size() + body.find("chunks=") + 7;
        m_request += body;
        // Bodies differ between runs too.
        m_seed = 1'000'000'000'000 + nowUs() % 1'000'000'000 * 1000;
        if (m_sameBody)
            m_seed = 1'000'000'000'000 + int64_t(m_port);
    }

    void run()
    {
        openMore();
        std::vector<epoll_event> events(1024);
        m_startedAt = nowUs();
        if (m_chunks == 0)
            m_windowAt = m_startedAt + m_warmupUs;
        for (;;) {
            const int64_t now = nowUs();
            if (!m_inWindow && m_windowAt > 0 && now >= m_windowAt)
                beginWindow(now);
            if (m_inWindow && now >= m_windowAt + m_windowUs)
                break;
            if (!m_inWindow && now - m_startedAt > 60'000'000)
                die("loadgen: not all of the streams began within a minute");
            const int64_t until =
                !m_inWindow ? (m_windowAt > 0 ? m_windowAt : now + 50'000) : m_windowAt + m_windowUs;
            const int count = epoll_wait(m_epoll, events.data(), int(events.size()),
                                         int(std::clamp<int64_t>((until - now + 999) / 1000, 0, 50)));
            for (int i = 0; i < count; ++i)
                handle(m_clients[events[size_t(i)].data.u64], events[size_t(i)].events);
            if (m_giveUp)
                die("loadgen: more than 1,000 requests failed; the last answer was "
                    + std::to_string(m_lastStatus));
        }
        report();
    }

private:
    void beginWindow(int64_t now)
    {
        m_inWindow = true;
        m_windowAt = now;
        m_cpuBefore = cpuNs(m_watched);
    }

    void openMore()
    {
        while (m_opened < m_clients.size() && m_pending < 128)
            open(m_clients[m_opened++]);
    }

    void open(Client &client)
    {
        client = Client{};
        client.fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
        if (client.fd < 0)
            dieErrno("loadgen: socket");
        noDelay(client.fd);
        const sockaddr_in address = loopback(m_port);
        if (connect(client.fd, reinterpret_cast<const sockaddr *>(&address), sizeof address) != 0
            && errno != EINPROGRESS)
            dieErrno("loadgen: connect");
        ++m_pending;
        epoll_event event{};
        event.events = EPOLLIN | EPOLLOUT;
        event.data.u64 = size_t(&client - m_clients.data());
        epoll_ctl(m_epoll, EPOLL_CTL_ADD, client.fd, &event);
    }

    void watchWrites(Client &client, bool wanted)
    {
        epoll_event event{};
        event.events = EPOLLIN | (wanted ? uint32_t(EPOLLOUT) : 0U);
        event.data.u64 = size_t(&client - m_clients.data());
        epoll_ctl(m_epoll, EPOLL_CTL_MOD, client.fd, &event);
    }

    void handle(Client &client, uint32_t what)
    {
        if (!client.connected) {
            int error = 0;
            socklen_t size = sizeof error;
            getsockopt(client.fd, SOL_SOCKET, SO_ERROR, &error, &size);
            if (error != 0)
                die(std::string("loadgen: connect: ") + std::strerror(error));
            client.connected = true;
            --m_pending;
            watchWrites(client, false);
            send(client);
            openMore();
            return;
        }
        if ((what & EPOLLOUT) != 0 && !flush(client))
            return;
        if ((what & (EPOLLIN | EPOLLHUP | EPOLLERR)) != 0)
            read(client);
    }

    void send(Client &client)
    {
        if (!m_sameBody)
            ++m_seed;
        m_request.replace(m_seedAt, 13, digits(m_seed, 13));
        if (m_spread) {
            const auto index = int64_t(&client - m_clients.data());
            const int64_t first = 1 + index * m_chunks / int64_t(m_clients.size());
            m_request.replace(m_chunksAt, 6, digits(client.everFirst ? m_chunks : first, 6));
        }
        client.out.assign(m_request);
        client.written = 0;
        client.head.clear();
        client.headDone = client.chunked = client.seenDone = client.seenLast = client.first = false;
        client.tail.clear();
        client.status = 0;
        client.bodyLeft = 0;
        client.sentAt = nowUs();
        flush(client);
    }

    bool flush(Client &client)
    {
        while (client.written < client.out.size()) {
            const ssize_t n = ::send(client.fd, client.out.data() + client.written,
                                     client.out.size() - client.written, MSG_NOSIGNAL);
            if (n < 0) {
                if (wouldBlock()) {
                    watchWrites(client, true);
                    return true;
                }
                failed(client);
                return false;
            }
            client.written += size_t(n);
        }
        if (client.out.size() > 64 * 1024)
            watchWrites(client, false);
        return true;
    }

    void failed(Client &client)
    {
        if (m_chunks > 0 && client.headDone)
            ++m_cut;
        ++m_errors;
        m_lastStatus = client.status;
        m_giveUp = m_errors > 1000;
        ::close(client.fd);
        open(client);
    }

    void read(Client &client)
    {
        static std::vector<char> buffer(256 * 1024);
        const ssize_t n = recv(client.fd, buffer.data(), buffer.size(), 0);
        if (n < 0 && wouldBlock())
            return;
        if (n <= 0) {
            failed(client);
            return;
        }
        std::string_view data(buffer.data(), size_t(n));
        if (!client.headDone) {
            client.head.append(data);
            const size_t end = client.head.find("\r\n\r\n");
            if (end == std::string::npos)
                return;
            client.headDone = true;
            const std::string_view head(client.head.data(), end + 2);
            client.status = int(number(head.substr(9, 3), "status"));
            client.chunked = headerValue(head, "transfer-encoding") == "chunked";
            const std::string_view length = headerValue(head, "content-length");
            client.bodyLeft = length.empty() ? 0 : number(length, "Content-Length");
            m_early.assign(client.head, end + 4);
            data = m_early;
        }
        if (client.chunked)
            scan(client, data);
        else
            client.bodyLeft -= int64_t(data.size());
        if (client.chunked ? client.seenLast : client.bodyLeft <= 0)
            ended(client);
    }

    /// Looks for "@" and 16 digits, for [DONE] and for the last chunk. Chunk framing of a proxy may fall
    /// anywhere between events; within a mark it does not, since events are sent whole.
    void scan(Client &client, std::string_view data)
    {
        const size_t keep = client.tail.size();
        std::string joined;
        std::string_view text = data;
        if (keep > 0) {
            joined.reserve(keep + data.size());
            joined.append(client.tail).append(data);
            text = joined;
        }
        const int64_t now = nowUs();
        size_t used = 0; // a mark is counted once, when it is complete
        for (size_t at = text.find('@'); at != std::string_view::npos; at = text.find('@', at + 1)) {
            if (at + 17 > text.size())
                break;
            int64_t sent = 0;
            const auto [end, error] = std::from_chars(text.data() + at + 1, text.data() + at + 17, sent);
            if (error != std::errc() || end != text.data() + at + 17)
                continue;
            used = at + 17;
            if (!client.first) {
                client.first = true;
                if (m_inWindow)
                    m_firsts.push_back(now - client.sentAt);
                if (!client.everFirst) {
                    client.everFirst = true;
                    if (++m_begun == m_clients.size())
                        m_windowAt = now + m_warmupUs;
                }
            }
            if (m_inWindow) {
                ++m_chunksSeen;
                m_ages.push_back(now - sent);
            }
        }
        if (text.find("[DONE]") != std::string_view::npos)
            client.seenDone = true;
        if (text.ends_with("\r\n0\r\n\r\n"))
            client.seenLast = true;
        const size_t from = std::max(used, text.size() > 40 ? text.size() - 40 : 0);
        std::string rest(text.substr(from));
        client.tail.swap(rest);
    }

    void ended(Client &client)
    {
        const int64_t now = nowUs();
        if (client.status != 200) {
            ++m_errors;
            m_lastStatus = client.status;
            m_giveUp = m_errors > 1000;
        } else if (m_chunks > 0 && !client.seenDone) {
            ++m_cut;
        }
        if (m_inWindow && client.status == 200) {
            ++m_requests;
            m_latencies.push_back(now - client.sentAt);
        }
        send(client);
    }

    void report()
    {
        const int64_t seconds1e6 = nowUs() - m_windowAt;
        const double cpuUs = double(cpuNs(m_watched) - m_cpuBefore) / 1000.0;
        const int64_t rss = rssKb(m_watched);
        size_t live = 0;
        for (const Client &client : m_clients)
            if (client.headDone && client.first && !client.seenLast)
                ++live;
        const auto per = [&](int64_t count) { return count > 0 ? cpuUs / double(count) : 0.0; };
        std::printf("{\"requests\":%lld,\"errors\":%lld,\"lastErrorStatus\":%d,\"cut\":%lld,\"seconds\":%.3f,"
                    "\"perSecond\":%.1f,"
                    "\"p50Us\":%lld,\"p95Us\":%lld,\"p99Us\":%lld,\"cpuUsPerRequest\":%.2f,\"cpuShare\":%.3f,"
                    "\"chunks\":%lld,\"cpuUsPerChunk\":%.3f,\"firstP50Us\":%lld,\"firstP99Us\":%lld,"
                    "\"ageP50Us\":%lld,"
                    "\"ageP99Us\":%lld,\"live\":%zu,\"rssKb\":%lld}\n",
                    static_cast<long long>(m_requests), static_cast<long long>(m_errors), m_lastStatus,
                    static_cast<long long>(m_cut), double(seconds1e6) / 1e6,
                    double(m_requests) / (double(seconds1e6) / 1e6),
                    static_cast<long long>(percentile(m_latencies, 0.50)),
                    static_cast<long long>(percentile(m_latencies, 0.95)),
                    static_cast<long long>(percentile(m_latencies, 0.99)), per(m_requests),
                    cpuUs / double(seconds1e6), static_cast<long long>(m_chunksSeen), per(m_chunksSeen),
                    static_cast<long long>(percentile(m_firsts, 0.50)),
                    static_cast<long long>(percentile(m_firsts, 0.99)),
                    static_cast<long long>(percentile(m_ages, 0.50)),
                    static_cast<long long>(percentile(m_ages, 0.99)), live, static_cast<long long>(rss));
    }

    int m_epoll;
    uint16_t m_port;
    std::vector<Client> m_clients;
    int64_t m_windowUs;
    int64_t m_warmupUs;
    int64_t m_chunks;
    bool m_sameBody;
    bool m_spread;
    std::vector<int64_t> m_watched;
    std::string m_request;
    size_t m_seedAt = 0;
    size_t m_chunksAt = 0;
    int64_t m_seed = 0;
    std::string m_early;

    size_t m_opened = 0;
    size_t m_pending = 0;
    size_t m_begun = 0;
    bool m_inWindow = false;
    bool m_giveUp = false;
    int64_t m_startedAt = 0;
    int64_t m_windowAt = 0; ///< 0: not known yet
    int64_t m_cpuBefore = 0;
    int64_t m_requests = 0;
    int64_t m_errors = 0;
    int m_lastStatus = 0;
    int64_t m_cut = 0;
    int64_t m_chunksSeen = 0;
    std::vector<int64_t> m_latencies;
    std::vector<int64_t> m_firsts;
    std::vector<int64_t> m_ages;
};

} // namespace

int main(int argc, char **argv)
{
    const bench::Arguments arguments(argc, argv,
                                     {"--port", "--connections", "--milliseconds", "--warmup", "--delay",
                                      "--chunks", "--interval", "--body-bytes", "--max-tokens", "--model",
                                      "--header", "--watch"},
                                     {"--same-body", "--spread"});
    bench::raiseFileLimit();
    Load load(arguments);
    load.run();
}
