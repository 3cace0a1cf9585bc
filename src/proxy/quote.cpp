#include "proxy/quote.h"

#include "core/charge.h"

#include <algorithm>

namespace lbp {

namespace {

std::optional<Money> product(std::optional<qint64> rate, qint64 count)
{
    return Money::fromPicodollars(rate.value_or(0)).times(count);
}

/// The dearest rate that one token of output may be charged at.
qint64 dearestOutput(const Rates &rates, bool audio)
{
    using enum BillingClass;
    qint64 rate = std::max(rates.charged(Output).value_or(0), rates.charged(Reasoning).value_or(0));
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

} // namespace

Result<Quote> quoteFor(const RequestFacts &facts, const ModelPrice &price, bool hasOutput, ServiceTier tier)
{
    using enum BillingClass;
    Quote quote;
    quote.inputBound = facts.inputUpperBound;
    if (facts.inputUnbounded)
        quote.inputBound = std::max(quote.inputBound, price.maxInputTokens.value_or(assumedMaxInput));
    if (price.maxInputTokens)
        quote.inputBound = std::min(quote.inputBound, *price.maxInputTokens); // the provider refuses more
    quote.likelyInput = std::min(quote.inputBound, likelyTokens(facts.inputUpperBound));

    // Whether the long-context rates will hold is not known yet, so the dearer of both is taken.
    const Rates low = price.ratesFor(0, tier);
    const Rates high = price.ratesFor(quote.inputBound, tier);
    const qint64 inputRate =
        std::max(dearestInputRate(low, facts.asksAudio), dearestInputRate(high, facts.asksAudio));
    quote.worst.ratePerOutput =
        hasOutput ? std::max(dearestOutput(low, facts.asksAudio), dearestOutput(high, facts.asksAudio)) : 0;

    if (facts.asksAudio && !low[AudioOutput] && !low[AudioInput])
        return fail(ErrorCode::ModelNotPriced,
                    QStringLiteral("audio of model '%1' has no price; add audioInputPer1M and "
                                   "audioOutputPer1M to it in pricing.yml")
                        .arg(price.model));
    if (facts.webSearches > 0 && !low[WebSearchCall])
        return fail(ErrorCode::ModelNotPriced,
                    QStringLiteral(
                        "web search of model '%1' has no price; add webSearchPer1kCalls to it in pricing.yml")
                        .arg(price.model));

    const std::optional<Money> input = Money::fromPicodollars(inputRate).times(quote.inputBound);
    const std::optional<Money> searches = product(low[WebSearchCall], facts.webSearches);
    const std::optional<Money> predicted =
        Money::fromPicodollars(quote.worst.ratePerOutput).times(facts.extraOutputUpperBound);
    if (!input || !searches || !predicted)
        return fail(ErrorCode::InvalidRequest,
                    QStringLiteral("the request may cost more than can be counted"));
    quote.extra = searches->plusSaturated(*predicted);
    quote.worst.input = input->plusSaturated(quote.extra);

    quote.worst.choices = std::max<qint64>(1, facts.choices);
    if (hasOutput) {
        quote.ceilingKnown = facts.ceiling.has_value() || price.maxOutputTokens.has_value();
        quote.worst.ceiling = facts.ceiling.value_or(price.maxOutputTokens.value_or(assumedMaxOutput));
        // A provider refuses or lowers a ceiling above the model's own, so no more than that can come back.
        if (price.maxOutputTokens)
            quote.worst.ceiling = std::min(quote.worst.ceiling, *price.maxOutputTokens);
    }
    quote.worst.ceilingMayChange =
        hasOutput && facts.fixedCeilingReason.isEmpty() && quote.worst.ratePerOutput > 0;
    if (!quote.worst.total())
        return fail(ErrorCode::InvalidRequest,
                    QStringLiteral("the request may cost more than can be counted"));
    return quote;
}

std::shared_ptr<const Rates> RatesMemory::ratesFor(const ModelPrice &price, qint64 inputTokens,
                                                   ServiceTier tier)
{
    const bool isLong = price.longContextThreshold && inputTokens > *price.longContextThreshold;
    const std::tuple<const ModelPrice *, bool, int> variant(&price, isLong, int(tier));
    std::shared_ptr<const Rates> &known = m_known[variant];
    if (!known)
        known = std::make_shared<const Rates>(price.ratesFor(inputTokens, tier));
    return known;
}

Charge chargeFor(const Usage &usage, const ModelPrice &price, ServiceTier tier, Provenance provenance,
                 RatesMemory &memory)
{
    Charge charge;
    charge.provenance = provenance;
    charge.usage = usage;
    charge.rates = memory.ratesFor(price, usage.inputTokens(), tier);
    if (const Result<Money> exact = cost(usage, *charge.rates)) {
        charge.cost = *exact;
        return charge;
    }
    // Hosted tools cost about 10 USD per 1,000 calls where they are listed at all, containers 30.
    constexpr qint64 assumedCallRate = 10'000'000'000;
    constexpr qint64 assumedSessionRate = 30'000'000'000;
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
