#pragma once

#include "core/budget.h"
#include "core/error.h"
#include "core/limiter.h"

#include <optional>
#include <QList>
#include <QString>
#include <QStringList>

namespace lbp {

/// "Why would this be blocked?" A chat request that is only thought of.
struct SimulationRequest
{
    KeyId key = 0;
    QString model;
    qint64 inputTokens = 0; ///< as the provider counts them; the worst case is that of a text of this many
    std::optional<qint64> outputTokens; ///< the request's own ceiling; absent: it names none
    bool stream = false;
};

enum class SimulationStage { Key, Pause, Model, Provider, RateLimits, Downgrade, Price, Budget, Admission };
[[nodiscard]] QString simulationStageName(SimulationStage stage); ///< "key", "pause", …
enum class SimulationVerdict { Pass, Warn, Block };
[[nodiscard]] QString simulationVerdictName(SimulationVerdict verdict); ///< "pass", "warn", "block"

/// One stage of the decision, with what it was made from. Which fields are set depends on the stage.
struct SimulationStep
{
    SimulationStage stage = SimulationStage::Key;
    SimulationVerdict verdict = SimulationVerdict::Pass;
    QString text; ///< one English sentence; for a block the one that the client would read
    /// Key: its status ("active", "paused", "revoked", "expired"). Pause: "all" or "key". RateLimits: what is
    /// exceeded ("rpm", "tpm", "parallel"). Price: "priced", "free", "unknown", "assumed". Admission:
    /// "admit", "clamp", "refuse", "hold", "threshold", "unpriced".
    QString code;
    std::optional<Instant> until; ///< Pause: when it ends by itself. Key: when it expires
    QStringList allowedModels; ///< Model
    QString provider; ///< Provider
    QString fromModel, toModel; ///< Downgrade; toModel empty: none
    int percent = 0; ///< Downgrade: pressure. Budget: pressure. Admission: the threshold that refuses
    /// RateLimits: limits and what the last minute holds, without this request; and what it would add.
    RateLimits limits;
    qint64 usedRequests = 0, usedTokens = 0, running = 0, estimatedTokens = 0;
    std::optional<Money> inputPerMillion, outputPerMillion; ///< Price: the rates that the worst case takes
    QString priceSource; ///< Price
    std::optional<BudgetStatus> budget; ///< Budget: one step for each that binds the key
    Money needed; ///< Budget, Admission: the worst case
    qint64 ceilingAsked = 0, ceiling = 0; ///< Admission: of output tokens, before and after
    Money reserve; ///< Admission: what would be set aside
};

struct Simulation
{
    QList<SimulationStep> steps; ///< in the order of decisions; ends with the first that blocks
    std::optional<ErrorCode> refusal; ///< what the client would get; nullopt: it would run
    int status = 200; ///< HTTP
    QString model; ///< effective
    QString provider;
    qint64 ceiling = 0;
    bool clamped = false;
    bool wouldHold = false; ///< refused only when nobody allows it within budgets.holdSeconds
    Money reserve;
};

} // namespace lbp
