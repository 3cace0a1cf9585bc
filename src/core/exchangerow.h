#pragma once

#include "core/budget.h"
#include "core/price.h"
#include "core/requestid.h"
#include "core/usage.h"

#include <memory>
#include <optional>
#include <QString>

namespace lbp {

/// How an amount is known.
enum class Provenance {
    Reserved, ///< still open: the reserved amount stands for it
    Exact, ///< computed from the usage that the provider reported
    Estimated, ///< tokens were counted here
    Recovered, ///< found open after a crash and booked in full
    Unpriced, ///< no price is known: the cost is unknown, which is never 0
    Free, ///< nothing can have been charged: refused, cached, released, or a free provider
};
[[nodiscard]] QString provenanceName(Provenance p); ///< "reserved", "exact", …
[[nodiscard]] std::optional<Provenance> provenanceFromName(QStringView name);

/// How an exchange ended. One row in tests/integration's table of exits for each.
enum class Outcome {
    Open, ///< not ended yet
    Completed, ///< the upstream's whole answer went to the client
    UpstreamError, ///< the upstream answered 4xx or 5xx; passed through
    UpstreamFailed, ///< unreachable, reset, TLS, unreadable, timed out
    ClientGone, ///< the client closed before the end
    CutAtCeiling, ///< ended here because the reserved amount was reached
    CacheHit,
    Refused, ///< refused here before anything was sent: status says why
    Stopped, ///< stopped by a person or by shutdown
    Recovered, ///< the process died while it was open
};
[[nodiscard]] QString outcomeName(Outcome o);
[[nodiscard]] std::optional<Outcome> outcomeFromName(QStringView name);

/// The labels a request is summed under. Interned in the store: a row holds a small integer for all of them.
struct Series
{
    KeyId key = 0;
    QString team;
    QString project;
    QString provider;
    QString model; ///< the effective model
    bool operator==(const Series &) const = default;
};
size_t qHash(const Series &series, size_t seed = 0);

/// What is written before the first byte goes upstream.
struct OpenRow
{
    RequestId id;
    std::shared_ptr<const Series>
        series; ///< shared between rows, so that the store can remember its id by address
    QString requestedModel; ///< empty when it is the effective one
    QString endpoint; ///< "chat.completions", "embeddings", …
    bool stream = false;
    Money reserved;
    qint64 estimatedInputTokens = 0;
    qint64 ceiling = 0; ///< output tokens allowed
    bool clamped = false;
    bool unpriced = false; ///< no price is known: after a crash too its cost is unknown, not 0
    /// The request that this row is a further attempt of, at another provider or once more at the same; zero:
    /// the row is the request itself and its first attempt. Each attempt holds its own reservation and cost,
    /// so the cost of a request is the sum over its rows.
    RequestId attemptOf{};
    int attempt = 1; ///< counted from 1; above 1 exactly when attemptOf is set
};

/// What is written when it ends.
struct CloseRow
{
    RequestId id;
    Outcome outcome = Outcome::Completed;
    Provenance provenance = Provenance::Exact;
    std::optional<Money> cost; ///< absent: unknown
    Usage usage;
    std::shared_ptr<const Rates>
        rates; ///< the rates used, kept so that a new price never rewrites history; null: none
    QString priceSource;
    Money saved; ///< what a cache hit or a downgrade did not cost
    int status = 0; ///< HTTP status the client got; 0 when it got none
    qint64 queueUs = 0, ttftUs = 0, durationUs = 0; ///< ttft 0: no content seen
    QString upstreamRequestId;
    QString error; ///< short, without secrets or prompt text
};

/// A whole row, for exchanges that never reserved (refusals, cache hits) and for reading back.
struct ExchangeRow
{
    OpenRow open;
    CloseRow close;
};

} // namespace lbp
