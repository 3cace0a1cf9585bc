#pragma once

#include "core/downgrade.h"
#include "core/ledger.h"
#include "core/pausestate.h"
#include "core/story.h"
#include "dialects/dialect.h"
#include "proxy/keyring.h"
#include "proxy/quote.h"

namespace lbp {

// The decisions about a request, one function a stage, in the order in which an exchange asks them. They
// change nothing and ask only what they are given, so that a simulation, which asks the same functions,
// cannot disagree with a real request.

/// Paused: everything, or this key.
[[nodiscard]] Status checkPause(const PauseState &pause, const KeyRecord &key, Instant now);
[[nodiscard]] Status checkModel(const KeyEntry &key, const QString &model);
/// The same for the models that a request names beside the one that it asks.
[[nodiscard]] Status checkOtherModels(const KeyEntry &key, const RequestFacts &facts);
[[nodiscard]] constexpr ProviderKind kindOf(Api api)
{
    return ProviderKind(int(api)); // the same list, in a module that knows no dialects
}
/// What decides who answers.
struct RouteQuestion
{
    Api api = Api::OpenAi; ///< that the client speaks
    QString model; ///< as the client names it, or the deployment in an Azure path; empty: it names none
    bool unmetered = false; ///< for a path that nobody meters, so that key or provider must allow it
    bool isDeployment = false; ///< only who has deployments can answer
    bool prefersGemini = false; ///< the client wants Google's models in OpenAI's API
};
/// Who answers, and the model as he and the price list know it.
struct Route
{
    const ProviderConfig *provider = nullptr; ///< within the config
    QString model;
};
/// Among the providers that speak the API: who names the model, else whose pattern fits, else who is named
/// before its first slash (which is then cut off), else the first without a list.
[[nodiscard]] Result<Route> routeFor(const Config &config, const KeyRecord &key,
                                     const RouteQuestion &question);
/// Tokens that a request counts towards tokens per minute until the real number is known.
[[nodiscard]] qint64 estimatedTokens(const RequestFacts &facts, bool hasOutput);
[[nodiscard]] Error rateLimited(const KeyEntry &key, const RateLimiter::Decision &decision);

/// A cheaper model under pressure; nullopt: the one that was asked for.
[[nodiscard]] std::optional<Downgrade> downgradeOf(const Config &config, BudgetLedger &ledger,
                                                   const Spender &spender, const QString &model,
                                                   const std::optional<BudgetLedger::Pressure> &pressure,
                                                   Instant now);

struct Priced
{
    const ModelPrice *price = nullptr; ///< within the config; null: free, or allowed although unknown
    ServiceTier tier = ServiceTier::Standard;
    Quote quote;
    bool isFree = false;
    bool isUnknown = false; ///< the model has no price of its own
};
/// The price of \a model itself at \a provider, in force at \a at; null where it has none.
[[nodiscard]] const ModelPrice *ownPrice(const Config &config, const ProviderConfig &provider,
                                         const QString &model, Instant at);
[[nodiscard]] Result<Priced> priceOf(const Config &config, const ProviderConfig &provider,
                                     const QString &model, const RequestFacts &facts, bool hasOutput,
                                     Instant at);

/// Why a request may not spend.
struct OverBudget
{
    BudgetStatus status; ///< the budget that refuses: under a blocking threshold, or with the least room
    Money needed; ///< the worst case
    bool byThreshold = false;
    std::optional<int> percent{}; ///< of the threshold
};
struct MoneyDecision
{
    Admission admission; ///< when nothing refuses; of an unpriced or free request nothing is set aside
    std::optional<OverBudget> over;
    std::optional<Error> error; ///< refused for another reason
};
[[nodiscard]] MoneyDecision decideMoney(const Config &config, BudgetLedger &ledger, const Spender &spender,
                                        const Priced &priced, const QString &model,
                                        const std::optional<BudgetLedger::Pressure> &pressure, Instant now);
/// The least that has to be set aside for the request to run at all.
[[nodiscard]] Money leastReserve(const Config &config, const Priced &priced);
/// The budgets that stand against a request that was refused, the one that it was told first.
[[nodiscard]] QList<BudgetStatus> refusingBudgets(const Config &config, BudgetLedger &ledger,
                                                  const Spender &spender, const Priced &priced,
                                                  const OverBudget &over, Instant now);
/// What the client is told.
[[nodiscard]] Error overBudgetError(const Config &config, const KeyRecord &key, const Priced &priced,
                                    const OverBudget &over);
/// "the daily budget of the key 'ci'".
[[nodiscard]] QString budgetPhrase(const Budget &budget, const KeyRecord &key);

} // namespace lbp
