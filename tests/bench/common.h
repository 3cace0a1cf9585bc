#pragma once

#include <arpa/inet.h>
#include <cerrno>
#include <charconv>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <map>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <string>
#include <string_view>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>
#include <vector>

/// What mockprovider and loadgen share.
namespace bench {

/// Microseconds of the clock that both processes see alike.
inline int64_t nowUs()
{
    timespec t{};
    clock_gettime(CLOCK_MONOTONIC, &t);
    return int64_t(t.tv_sec) * 1'000'000 + t.tv_nsec / 1000;
}

[[noreturn]] inline void die(const std::string &what)
{
    std::fprintf(stderr, "%s\n", what.c_str());
    std::exit(2);
}

[[noreturn]] inline void dieErrno(const std::string &what)
{
    die(what + ": " + std::strerror(errno));
}

inline int64_t number(std::string_view text, const std::string &what)
{
    int64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size() || value < 0)
        die(what + ": '" + std::string(text) + "' is not a whole number");
    return value;
}

/// `--name value` and `--flag` pairs; a name may come several times.
class Arguments
{
public:
    Arguments(int argc, char **argv, const std::vector<std::string> &values,
              const std::vector<std::string> &flags)
    {
        const auto in = [](const std::vector<std::string> &list, const std::string &name) {
            for (const std::string &one : list)
                if (one == name)
                    return true;
            return false;
        };
        for (int i = 1; i < argc; ++i) {
            const std::string name = argv[i];
            if (in(flags, name))
                m_values[name].emplace_back("1");
            else if (in(values, name) && i + 1 < argc)
                m_values[name].emplace_back(argv[++i]);
            else
                die(std::string(argv[0]) + ": unknown or incomplete argument " + name);
        }
    }
    [[nodiscard]] bool has(const std::string &name) const { return m_values.contains(name); }
    [[nodiscard]] std::string text(const std::string &name, const std::string &otherwise) const
    {
        const auto it = m_values.find(name);
        return it == m_values.end() ? otherwise : it->second.back();
    }
    [[nodiscard]] int64_t count(const std::string &name, int64_t otherwise) const
    {
        return has(name) ? number(text(name, {}), name) : otherwise;
    }
    [[nodiscard]] std::vector<std::string> all(const std::string &name) const
    {
        const auto it = m_values.find(name);
        return it == m_values.end() ? std::vector<std::string>() : it->second;
    }

private:
    std::map<std::string, std::vector<std::string>> m_values;
};

/// Thousands of connections need as many descriptors.
inline void raiseFileLimit()
{
    rlimit limit{};
    getrlimit(RLIMIT_NOFILE, &limit);
    limit.rlim_cur = limit.rlim_max;
    setrlimit(RLIMIT_NOFILE, &limit);
}

inline sockaddr_in loopback(uint16_t port)
{
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    address.sin_port = htons(port);
    return address;
}

inline void noDelay(int fd)
{
    const int one = 1;
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
}

inline bool wouldBlock()
{
    return errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR;
}

/// The value of a header in a lower or mixed case head; empty when absent.
inline std::string_view headerValue(std::string_view head, std::string_view name)
{
    for (size_t line = head.find("\r\n"); line != std::string_view::npos;
         line = head.find("\r\n", line + 2)) {
        const std::string_view rest = head.substr(line + 2);
        if (rest.size() <= name.size() || rest[name.size()] != ':'
            || strncasecmp(rest.data(), name.data(), name.size()) != 0)
            continue;
        std::string_view value = rest.substr(name.size() + 1);
        value = value.substr(0, value.find("\r\n"));
        while (!value.empty() && value.front() == ' ')
            value.remove_prefix(1);
        return value;
    }
    return {};
}

} // namespace bench
