#include "proxy/quote.h"

#include "core/charge.h"
#include "core/int128.h"

#include <algorithm>
#include <limits>

namespace lbp {

namespace {

// Hosted tools cost about 10 USD per 1,000 calls where they are listed at all, containers 30.
constexpr qint64 assumedCallRate = 10'000'000'000;
constexpr qint64 assumedSessionRate = 30'000'000'000;

std::optional<Money> product(std::optional<qint64> rate, qint64 count)
{
    return Money::fromPicodollars(rate.value_or(0)).times(count);
}

/// The dearest rate that one token of output may be charged at.
qint64 dearestOutput(const Rates &rates, bool audio)
{
    using enum BillingClass;
    qint64 rate = std::max(rates.charged(Output).value_or(0), rates.charged(Reasoning).value_or(0));
    rate = std::max(rate, rates[ImageOutput].value_or(0)); // a model that can draw may do so unasked
    if (audio)
        rate = std::max(rate, rates.charged(AudioOutput).value_or(0));
    return rate;
}

qint64 dearestInputRate(const Rates &rates, bool audio)
{
    using enum BillingClass;
    qint64 rate = rates.dearestInput().value_or(0);
    rate = std::max(rate, rates[ImageInput].value_or(0));
    if (audio)
        rate = std::max(rate, rates.charged(AudioInput).value_or(0));
    return rate;
}

/// Every rate of a token multiplied, a fraction of a picodollar counting as a whole one. Calls, sessions,
/// seconds and images cost the same everywhere.
Rates multiplied(Rates rates, int percent)
{
    if (percent == 100)
        return rates;
    for (int i = 0; i < billingClassCount; ++i) {
        std::optional<qint64> &rate = rates[BillingClass(i)];
        if (rate && billingUnit(BillingClass(i)) == BillingUnit::Token) {
            const Int128 scaled = (Int128(*rate) * percent + 99) / 100;
            rate = qint64(std::min<Int128>(scaled, std::numeric_limits<qint64>::max()));
        }
    }
    return rates;
}

/// The rates that a request may be charged at, without those of what it cannot cause.
Rates ratesThatMayHold(const RequestFacts &facts, const ModelPrice &price, qint64 inputTokens,
                       ServiceTier tier)
{
    Rates rates = multiplied(price.ratesFor(inputTokens, tier, facts.imageVariant), facts.ratePercent);
    if (!facts.mayWriteCache)
        rates[BillingClass::CacheWrite5m].reset();
    if (!facts.mayWriteCache || !facts.mayWriteCacheLong)
        rates[BillingClass::CacheWrite1h].reset();
    return rates;
}

/// Input tokens over all passes; each may fill the context of the model, and no more.
qint64 inputBoundOf(const RequestFacts &facts, const ModelPrice &price)
{
    qint64 once = facts.inputUpperBound;
    if (facts.inputUnbounded)
        once = std::max(once, price.maxInputTokens.value_or(assumedMaxInput));
    const qint64 passes = std::max<qint64>(1, facts.inputPasses);
    const Int128 most =
        price.maxInputTokens ? Int128(*price.maxInputTokens) * passes : std::numeric_limits<qint64>::max();
    const Int128 bound = Int128(once) * passes + facts.hostedInput;
    return qint64(std::min({bound, most, Int128(std::numeric_limits<qint64>::max())}));
}

} // namespace

Result<Quote> quoteFor(const RequestFacts &facts, const ModelPrice &price, bool hasOutput, ServiceTier tier)
{
    using enum BillingClass;
    Quote quote;
    quote.inputBound = inputBoundOf(facts, price);
    quote.likelyInput = std::min(quote.inputBound, likelyTokens(facts.inputUpperBound));

    // Whether the long-context rates will hold is not known yet, so the dearer of both is taken.
    const Rates low = ratesThatMayHold(facts, price, 0, tier);
    const Rates high = ratesThatMayHold(facts, price, quote.inputBound, tier);
    const qint64 inputRate =
        std::max(dearestInputRate(low, facts.asksAudio), dearestInputRate(high, facts.asksAudio));
    quote.worst.ratePerOutput =
        hasOutput ? std::max(dearestOutput(low, facts.asksAudio), dearestOutput(high, facts.asksAudio)) : 0;

    const bool hasPieces = facts.speechCharacters > 0 || facts.audioSeconds > 0 || facts.images > 0;
    if (hasPieces && !billedByPiece(facts, price) && !low.charged(UncachedInput) && !low.charged(Output))
        return fail(
            ErrorCode::ModelNotPriced,
            QStringLiteral("what the model '%1' is asked for is billed by the character, the second or the "
                           "image, and has no price; add it in pricing.yml")
                .arg(price.model));
    if (facts.asksAudio && !hasPieces && !low[AudioOutput] && !low[AudioInput])
        return fail(ErrorCode::ModelNotPriced,
                    QStringLiteral("audio of model '%1' has no price; add audioInputPer1M and "
                                   "audioOutputPer1M to it in pricing.yml")
                        .arg(price.model));
    // A search that is ordered must have a price; of tools that are merely offered the usual one is taken.
    if (facts.webSearches > 0 && facts.inputPasses == 1 && !low[WebSearchCall])
        return fail(ErrorCode::ModelNotPriced,
                    QStringLiteral(
                        "web search of model '%1' has no price; add webSearchPer1kCalls to it in pricing.yml")
                        .arg(price.model));

    const std::optional<Money> input = Money::fromPicodollars(inputRate).times(quote.inputBound);
    const std::optional<Money> searches =
        product(low[WebSearchCall].value_or(assumedCallRate), facts.webSearches);
    const std::optional<Money> files =
        product(low[FileSearchCall].value_or(assumedCallRate), facts.fileSearches);
    const std::optional<Money> sessions =
        product(low[CodeSessionCall].value_or(assumedSessionRate), facts.codeSessions);
    const std::optional<Money> speech = product(low[SpeechCharacter], facts.speechCharacters);
    const std::optional<Money> sound = product(low[AudioSecond], facts.audioSeconds);
    const std::optional<Money> images = product(low[GeneratedImage], facts.images);
    const std::optional<Money> predicted =
        Money::fromPicodollars(quote.worst.ratePerOutput).times(facts.extraOutputUpperBound);
    if (!input || !searches || !files || !sessions || !speech || !sound || !images || !predicted)
        return fail(ErrorCode::InvalidRequest,
                    QStringLiteral("the request may cost more than can be counted"));
    quote.extra = *searches;
    for (const Money &more : {*files, *sessions, *speech, *sound, *images, *predicted})
        quote.extra = quote.extra.plusSaturated(more);
    quote.worst.input = input->plusSaturated(quote.extra);

    quote.worst.choices = std::max<qint64>(1, facts.choices);
    if (hasOutput) {
        quote.ceilingKnown = facts.ceiling.has_value() || price.maxOutputTokens.has_value();
        quote.worst.ceiling = facts.ceiling.value_or(price.maxOutputTokens.value_or(assumedMaxOutput));
        // A provider refuses or lowers a ceiling above the model's own, so no more than that can come back.
        if (price.maxOutputTokens)
            quote.worst.ceiling = std::min(quote.worst.ceiling, *price.maxOutputTokens);
    }
    quote.worst.leastCeiling = facts.leastCeiling;
    quote.worst.ceilingMayChange =
        hasOutput && facts.fixedCeilingReason.isEmpty() && quote.worst.ratePerOutput > 0;
    if (!quote.worst.total())
        return fail(ErrorCode::InvalidRequest,
                    QStringLiteral("the request may cost more than can be counted"));
    return quote;
}

Result<Money> worstCaseOf(const OtherModel &other, const RequestFacts &facts, const ModelPrice &price,
                          ServiceTier tier)
{
    const qint64 passes = std::max<qint64>(1, facts.inputPasses);
    RequestFacts own;
    own.inputUpperBound = facts.inputUpperBound + (facts.hostedInput + passes - 1) / passes;
    own.inputUnbounded = facts.inputUnbounded;
    own.inputPasses = std::max(passes, other.calls);
    own.mayWriteCache = facts.mayWriteCache;
    own.mayWriteCacheLong = facts.mayWriteCacheLong;
    own.ratePercent = facts.ratePercent;
    own.ceiling = other.ceiling;
    own.choices = other.calls;
    const Result<Quote> quote = quoteFor(own, price, true, tier);
    if (!quote)
        return tl::unexpected(quote.error());
    return quote->worst.total().value_or(Money::max());
}

std::optional<Usage> billedByPiece(const RequestFacts &facts, const ModelPrice &price)
{
    using enum BillingClass;
    const Rates rates = price.ratesFor(0, ServiceTier::Standard, facts.imageVariant);
    Usage usage;
    usage[SpeechCharacter] = rates[SpeechCharacter] ? facts.speechCharacters : 0;
    usage[AudioSecond] = rates[AudioSecond] ? facts.audioSeconds : 0;
    usage[GeneratedImage] = rates[GeneratedImage] ? facts.images : 0;
    return usage.isZero() ? std::nullopt : std::optional(usage);
}

std::shared_ptr<const Rates> RatesMemory::ratesFor(const ModelPrice &price, qint64 inputTokens,
                                                   ServiceTier tier, int ratePercent,
                                                   const QString &imageVariant)
{
    const bool isLong = price.longContextThreshold && inputTokens > *price.longContextThreshold;
    const Variant variant(&price, isLong, int(tier), ratePercent, imageVariant);
    std::shared_ptr<const Rates> &known = m_known[variant];
    if (!known)
        known = std::make_shared<const Rates>(
            multiplied(price.ratesFor(inputTokens, tier, imageVariant), ratePercent));
    return known;
}

Charge chargeFor(const Usage &usage, const ModelPrice &price, ServiceTier tier, Provenance provenance,
                 RatesMemory &memory, int ratePercent, const QString &imageVariant)
{
    Charge charge;
    charge.provenance = provenance;
    charge.usage = usage;
    charge.rates = memory.ratesFor(price, usage.inputTokens(), tier, ratePercent, imageVariant);
    if (const Result<Money> exact = cost(usage, *charge.rates)) {
        charge.cost = *exact;
        return charge;
    }
    // A class was used that the price does not know. It is charged like the dearest class it could stand for.
    Rates filled = *charge.rates;
    const qint64 input = dearestInputRate(filled, true);
    const qint64 output = std::max(dearestOutput(filled, true), input);
    for (int i = 0; i < billingClassCount; ++i) {
        const auto c = BillingClass(i);
        if (filled.charged(c))
            continue;
        const BillingUnit unit = billingUnit(c);
        if (unit != BillingUnit::Token && unit != BillingUnit::Call)
            continue; // no price of tokens says anything about a second or an image: its cost stays unknown
        const bool isOutput = c == BillingClass::Output || c == BillingClass::Reasoning
            || c == BillingClass::AudioOutput || c == BillingClass::ImageOutput;
        filled[c] = c == BillingClass::CodeSessionCall ? assumedSessionRate
            : unit == BillingUnit::Call                ? assumedCallRate
            : isOutput                                 ? output
                                                       : input;
    }
    const Result<Money> assumed = cost(usage, filled);
    if (assumed && !assumed->isZero()) {
        charge.rates = std::make_shared<const Rates>(filled);
        charge.cost = *assumed;
        charge.provenance = Provenance::Estimated;
        charge.note = QStringLiteral("a class of usage has no price of its own");
    } else {
        charge.cost.reset();
        charge.provenance = Provenance::Unpriced;
        charge.note = assumed ? QStringLiteral("usage without a price") : assumed.error().detail;
    }
    return charge;
}

} // namespace lbp
