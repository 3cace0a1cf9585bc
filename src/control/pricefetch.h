#pragma once

#include "core/result.h"

#include <chrono>
#include <QByteArray>
#include <QUrl>

namespace lbp {

struct FetchBounds
{
    qint64 maxBytes = 64 * 1024 * 1024; ///< unpacked
    std::chrono::milliseconds time{60'000}; ///< for everything
};

/// True if \a text is an address and not a file: it has a scheme of the web.
[[nodiscard]] bool isWebAddress(const QString &text);

/// Fetches a public price list. Only https, or http from this machine; no redirect is followed, no cookie
/// kept and no credential sent. Runs the event loop until the answer is whole. InvalidValue: the address is
/// not one that is fetched. UpstreamUnreachable and UpstreamTimeout say why, and where a redirect leads.
[[nodiscard]] Result<QByteArray> fetchPriceList(const QUrl &url, const FetchBounds &bounds = {});

} // namespace lbp
