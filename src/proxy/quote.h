#pragma once

#include "core/budget.h"
#include "core/exchangerow.h"
#include "core/price.h"
#include "dialects/dialect.h"

#include <map>
#include <memory>

namespace lbp {

/// What a request may cost at most, worked out before it runs.
struct Quote
{
    WorstCase worst;
    Money extra; ///< fees that do not depend on tokens; already part of worst.input
    qint64 inputBound = 0; ///< tokens, never fewer than the provider will count
    qint64 likelyInput = 0; ///< tokens, for limits and estimates
    bool ceilingKnown = true; ///< false: neither the request nor the price says how much may come back
};

/// Output tokens assumed where neither the request nor the price names a ceiling: more than any model of 2026
/// gives. It is not written into the request, since a model that gives less refuses a ceiling above its own;
/// a stream is cut there.
inline constexpr qint64 assumedMaxOutput = 128'000;
/// Input tokens assumed for content that is not in the body, where the price names no maximum.
inline constexpr qint64 assumedMaxInput = 1'000'000;

/// \return ModelNotPriced when a class that the request will surely use has no rate (audio asked for, hosted
/// searches).
[[nodiscard]] Result<Quote> quoteFor(const RequestFacts &facts, const ModelPrice &price, bool hasOutput,
                                     ServiceTier tier);

/// What \a other may cost at most beside the model that was asked, at its own \a price. It reads what the
/// asked one reads, as often as that or as it is called.
[[nodiscard]] Result<Money> worstCaseOf(const OtherModel &other, const RequestFacts &facts,
                                        const ModelPrice &price, ServiceTier tier);

/// Tokens that \a bytes of JSON likely hold: English and code lie between 3 and 4.5 bytes a token, so a third
/// is on the safe side of the middle (measured on public vectors of o200k: chars/4 is too low by a median
/// factor of 1.4 for code).
[[nodiscard]] constexpr qint64 likelyTokens(qint64 bytes)
{
    return (bytes + 2) / 3;
}

/// What an exchange is charged.
struct Charge
{
    Provenance provenance = Provenance::Free;
    std::optional<Money> cost = Money();
    Usage usage;
    std::shared_ptr<const Rates> rates;
    QString note; ///< why it is not exact, for the row
    QString laterId{}; ///< of the response that goes on, by which the true amount will be told
    bool byProvider = false; ///< the provider said what it charged; no rates explain it
};

/// Rates by price and variant, the same object each time, so that the store can know it by address. Cleared
/// when the price book changes. Thread: one.
class RatesMemory
{
public:
    [[nodiscard]] std::shared_ptr<const Rates> ratesFor(const ModelPrice &price, qint64 inputTokens,
                                                        ServiceTier tier, int ratePercent = 100,
                                                        const QString &imageVariant = {});
    void clear() { m_known.clear(); }

private:
    using Variant = std::tuple<const ModelPrice *, bool, int, int, QString>;
    std::map<Variant, std::shared_ptr<const Rates>> m_known;
};

/// The charge for usage that the provider reported. Classes without a rate are charged at the dearest known
/// rate of their side and marked estimated, so that nothing used is ever 0. \a ratePercent multiplies the
/// rates of tokens, as in UsageReport.
[[nodiscard]] Charge chargeFor(const Usage &usage, const ModelPrice &price, ServiceTier tier,
                               Provenance provenance, RatesMemory &memory, int ratePercent = 100,
                               const QString &imageVariant = {});

/// What is billed by the piece where the price has such a rate: characters to be spoken, seconds of sound,
/// images; nullopt: tokens are billed.
[[nodiscard]] std::optional<Usage> billedByPiece(const RequestFacts &facts, const ModelPrice &price);

} // namespace lbp
