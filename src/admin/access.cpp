#include "admin/access.h"

#include <QUrl>

namespace lbp {

namespace {

/// The name or address in "name", "name:port", "[v6]:port"; lower case, without brackets and final dot.
/// Empty: unreadable.
QString hostNameOf(const QByteArray &field)
{
    QByteArrayView host = field;
    QByteArrayView port;
    if (host.startsWith('[')) {
        const qsizetype close = host.indexOf(']');
        if (close < 0)
            return {};
        port = host.sliced(close + 1);
        host = host.sliced(1, close - 1);
        if (!port.isEmpty() && !port.startsWith(':'))
            return {};
    } else if (const qsizetype colon = host.indexOf(':'); colon >= 0) {
        port = host.sliced(colon);
        host = host.first(colon);
    }
    if (!port.isEmpty()) {
        for (const char c : port.sliced(1))
            if (c < '0' || c > '9')
                return {};
    }
    QString name = QString::fromLatin1(host.data(), host.size()).toLower();
    if (name.endsWith(u'.'))
        name.chop(1);
    return name;
}

bool isLoopbackHost(const QString &name)
{
    if (name == u"localhost" || name.endsWith(u".localhost"))
        return true;
    // Only whole dotted quads: the short and octal forms that some resolvers take are nobody's loopback
    // address.
    if (name.count(u'.') != 3 && !name.contains(u':'))
        return false;
    const QHostAddress address(name);
    return !address.isNull() && address.isLoopback();
}

} // namespace

Status checkOrigin(const HeaderList &headers, const QStringList &allowedHosts)
{
    const QByteArray hostField = headers.value("Host");
    const QString host = hostNameOf(hostField);
    const auto isAllowed = [&](const QString &allowed) {
        return hostNameOf(allowed.toUtf8()) == host || allowed.compare(host, Qt::CaseInsensitive) == 0;
    };
    if (host.isEmpty()
        || (!isLoopbackHost(host) && std::none_of(allowedHosts.begin(), allowedHosts.end(), isAllowed)))
        return fail(ErrorCode::Forbidden,
                    QStringLiteral("this Host is not served here; use 127.0.0.1 or localhost, or add the "
                                   "name to server.allowedHosts"));

    for (const Header &header : headers) {
        if (!equalsIgnoringCase(header.name, "Origin"))
            continue;
        const QUrl origin(QString::fromUtf8(header.value), QUrl::StrictMode);
        const bool web = origin.scheme() == u"http" || origin.scheme() == u"https";
        const QByteArray authority = header.value.mid(header.value.indexOf("://") + 3);
        if (!web || !equalsIgnoringCase(authority, hostField))
            return fail(ErrorCode::Forbidden,
                        QStringLiteral("requests from web pages of other origins are refused"));
    }
    const QByteArray site = headers.value("Sec-Fetch-Site").trimmed().toLower();
    if (!site.isEmpty() && site != "same-origin" && site != "none")
        return fail(ErrorCode::Forbidden,
                    QStringLiteral("requests from web pages of other sites are refused"));
    return {};
}

QByteArray bearer(const HeaderList &headers)
{
    const QByteArray value = headers.value("Authorization");
    constexpr qsizetype scheme = 7;
    if (value.size() <= scheme || !equalsIgnoringCase(QByteArrayView(value).first(scheme), "Bearer "))
        return {};
    return value.mid(scheme).trimmed();
}

bool LoginThrottle::mayTry(const QHostAddress &peer) const
{
    const auto found = m_peers.constFind(peer);
    return found == m_peers.cend() || found->held < maxHeld;
}

Duration LoginThrottle::failed(const QHostAddress &peer, Duration now)
{
    if (m_peers.size() >= maxPeers)
        m_peers.removeIf([now](const auto &entry) {
            return entry.value().held == 0 && now - entry.value().last > maxDelay;
        });
    State &state = m_peers[peer];
    if (now - state.last > forgetAfter)
        state.failures = 0;
    state.last = now;
    ++state.held;
    state.failures = std::min(state.failures + 1, 30);
    return std::min<Duration>(firstDelay * (qint64{1} << std::min(state.failures - 1, 20)), maxDelay);
}

void LoginThrottle::released(const QHostAddress &peer)
{
    if (const auto found = m_peers.find(peer); found != m_peers.end() && found->held > 0)
        --found->held;
}

} // namespace lbp
