#pragma once

#include "core/exchangerow.h"
#include "core/result.h"

#include <optional>
#include <QString>

namespace lbp {

class SqlConnection;

/// A request whose answer said that it would work on in the background: closed at its whole reservation, as
/// estimated, with the response's id in CloseRow::upstreamRequestId. It waits for the day on which its usage
/// is seen.
struct PendingQuestion
{
    QString provider;
    QString responseId;
    Instant from, to; ///< it began in [from, to), a stretch of minutes: there is no index on the id
};

/// What it cost in the end.
struct PendingAnswer
{
    RequestId id;
    QString responseId;
    Provenance provenance = Provenance::Exact;
    Money cost;
    Usage usage;
    std::shared_ptr<const Rates> rates;
    QString error; ///< as CloseRow::error
};

/// The row that \a question asks for while it is pending; nullopt when there is none, or it was corrected.
[[nodiscard]] Result<std::optional<ExchangeRow>> findPending(SqlConnection &connection,
                                                             const PendingQuestion &question);

} // namespace lbp
