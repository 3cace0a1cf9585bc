#include "notify/targetcheck.h"

#include <span>

namespace lbp {

namespace {

struct Subnet
{
    const char *address;
    int prefix;
};

constexpr Subnet reservedV4[] = {
    {"0.0.0.0", 8},     {"10.0.0.0", 8},      {"100.64.0.0", 10},  {"127.0.0.0", 8},    {"169.254.0.0", 16},
    {"172.16.0.0", 12}, {"192.0.0.0", 24},    {"192.0.2.0", 24},   {"192.88.99.0", 24}, {"192.168.0.0", 16},
    {"198.18.0.0", 15}, {"198.51.100.0", 24}, {"203.0.113.0", 24}, {"224.0.0.0", 4},    {"240.0.0.0", 4},
};
constexpr Subnet reservedV6[] = {
    {"fc00::", 7}, {"fe80::", 10}, {"fec0::", 10},     {"ff00::", 8},
    {"100::", 64}, {"2001::", 23}, {"2001:db8::", 32},
};

bool inAny(const QHostAddress &address, std::span<const Subnet> subnets)
{
    for (const Subnet &subnet : subnets)
        if (address.isInSubnet(QHostAddress(QString::fromLatin1(subnet.address)), subnet.prefix))
            return true;
    return false;
}

bool isPublicV4(quint32 address)
{
    return !inAny(QHostAddress(address), reservedV4);
}

quint32 ipv4At(const Q_IPV6ADDR &bytes, int offset)
{
    quint32 value = 0;
    for (int i = 0; i < 4; ++i)
        value = (value << 8) | bytes[offset + i];
    return value;
}

} // namespace

bool isPublicAddress(const QHostAddress &address)
{
    if (address.protocol() == QAbstractSocket::IPv4Protocol)
        return isPublicV4(address.toIPv4Address());
    if (address.protocol() != QAbstractSocket::IPv6Protocol)
        return false;

    const Q_IPV6ADDR bytes = address.toIPv6Address();
    bool zeroTo80 = true;
    for (int i = 0; i < 10; ++i)
        zeroTo80 = zeroTo80 && bytes[i] == 0;
    if (zeroTo80 && bytes[10] == 0xff && bytes[11] == 0xff)
        return isPublicV4(ipv4At(bytes, 12)); // ::ffff:a.b.c.d
    if (zeroTo80 && bytes[10] == 0 && bytes[11] == 0)
        return false; // ::, ::1 and the old IPv4-compatible form
    if (bytes[0] == 0x20 && bytes[1] == 0x02)
        return isPublicV4(ipv4At(bytes, 2)); // 6to4
    if (address.isInSubnet(QHostAddress(QStringLiteral("64:ff9b::")), 96))
        return isPublicV4(ipv4At(bytes, 12)); // NAT64
    if (address.isInSubnet(QHostAddress(QStringLiteral("64:ff9b:1::")), 48))
        return false; // NAT64 with a local prefix
    return !inAny(address, reservedV6);
}

Status checkWebhookUrl(const QUrl &url, bool allowPrivate)
{
    const QString what = QStringLiteral("alerts.webhookUrl ");
    if (!url.isValid() || url.host().isEmpty())
        return fail(ErrorCode::InvalidValue,
                    what + QStringLiteral("is not an address such as https://host/path"));
    if (url.scheme() != u"https" && url.scheme() != u"http")
        return fail(ErrorCode::InvalidValue, what + QStringLiteral("must begin with https:// or http://"));
    if (!url.userInfo().isEmpty())
        return fail(ErrorCode::InvalidValue, what + QStringLiteral("must not hold a user name or password"));
    if (!allowPrivate) {
        const QHostAddress literal(url.host());
        if (!literal.isNull() && !isPublicAddress(literal))
            return fail(ErrorCode::InvalidValue,
                        what
                            + QStringLiteral("leads to %1, which is a local or private address; set "
                                             "alerts.allowPrivateTargets to allow that")
                                  .arg(literal.toString()));
    }
    return {};
}

bool isSlackTarget(const QUrl &url)
{
    return url.host().contains(u"slack", Qt::CaseInsensitive);
}

} // namespace lbp
