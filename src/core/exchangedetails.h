#pragma once

#include "core/exchangerow.h"
#include "core/story.h"

#include <QByteArray>
#include <QList>
#include <utility>

namespace lbp {

/// One message as a person may see it: secrets are replaced by "[redacted]" before it is kept.
struct MessageDetails
{
    QByteArray startLine; ///< "POST /v1/chat/completions HTTP/1.1", "HTTP/1.1 200 OK"
    QList<std::pair<QByteArray, QByteArray>> fields; ///< in order, as written
    std::optional<QByteArray> body; ///< only with logging.bodies; decoded where it came compressed
    qint64 bodyBytes = 0; ///< its whole length, when it is kept
    bool bodyTruncated = false; ///< body holds the beginning only
};

/// More about an exchange than its row. Heads are kept for recent exchanges, in memory, while somebody
/// watches (EventSink::watchesExchanges()); bodies on disk, while logging.bodies is true.
struct ExchangeDetails
{
    RequestId id;
    std::optional<MessageDetails> request; ///< as the client sent it; nullopt: not kept
    std::optional<MessageDetails> response; ///< as the client got it
    StoryPtr story; ///< null: not kept
};

} // namespace lbp
