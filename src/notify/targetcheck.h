#pragma once

#include "core/result.h"

#include <QHostAddress>
#include <QUrl>

namespace lbp {

/// True if \a address is on the public Internet: not loopback, private (RFC 1918, ULA), carrier-grade NAT,
/// link-local, unspecified, multicast, broadcast, documentation or otherwise reserved; IPv4 inside IPv6
/// (mapped, 6to4, NAT64) is judged as IPv4.
[[nodiscard]] bool isPublicAddress(const QHostAddress &address);

/// Whether \a url may be a webhook target at all: http or https, a host, no user name or password in it, and
/// no literal address that is not public unless \a allowPrivate. Host names are judged again when they are
/// resolved.
[[nodiscard]] Status checkWebhookUrl(const QUrl &url, bool allowPrivate);

/// Whether the \a url speaks Slack's format: hooks.slack.com and any other host with "slack" in its name.
[[nodiscard]] bool isSlackTarget(const QUrl &url);

} // namespace lbp
