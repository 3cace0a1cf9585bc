// What a request may cost at most, and what it is charged in the end.
#include "proxy/quote.h"

#include <QtTest>

using namespace lbp;

namespace {

using enum BillingClass;

/// 3 USD a million in, 15 out; reads a tenth, writes 3.75 and 6, a search a cent.
ModelPrice price()
{
    ModelPrice price;
    price.model = QStringLiteral("claude-test");
    price.standard[UncachedInput] = 3'000'000;
    price.standard[CachedInput] = 300'000;
    price.standard[CacheWrite5m] = 3'750'000;
    price.standard[CacheWrite1h] = 6'000'000;
    price.standard[Output] = 15'000'000;
    price.standard[WebSearchCall] = 10'000'000'000;
    price.maxInputTokens = 200'000;
    price.maxOutputTokens = 64'000;
    return price;
}

RequestFacts asked(qint64 input, qint64 ceiling)
{
    RequestFacts facts;
    facts.inputUpperBound = input;
    facts.ceiling = ceiling;
    facts.mayWriteCache = facts.mayWriteCacheLong = false;
    return facts;
}

qint64 worst(const RequestFacts &facts)
{
    const Result<Quote> quote = quoteFor(facts, price(), true, ServiceTier::Standard);
    return quote ? quote->worst.total().value_or(Money::max()).picodollars() : -1;
}

} // namespace

class TestQuote : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void onlyRatesThatMayHoldAreInTheWorstCase()
    {
        RequestFacts facts = asked(1000, 100);
        QCOMPARE(worst(facts), qint64{1000} * 3'000'000 + 100 * 15'000'000);
        facts.mayWriteCache = true;
        QCOMPARE(worst(facts), qint64{1000} * 3'750'000 + 100 * 15'000'000);
        facts.mayWriteCacheLong = true;
        QCOMPARE(worst(facts), qint64{1000} * 6'000'000 + 100 * 15'000'000);
    }

    void whoeverSaysNothingAboutTheCacheIsTakenToWriteIt()
    {
        RequestFacts facts;
        facts.inputUpperBound = 1000;
        facts.ceiling = 0;
        QCOMPARE(worst(facts), qint64{1000} * 6'000'000);
    }

    void aRegionMakesEveryTokenATenthDearerAndNoSearch()
    {
        RequestFacts facts = asked(1000, 100);
        facts.ratePercent = 110;
        facts.webSearches = 3;
        QCOMPARE(worst(facts), qint64{1000} * 3'300'000 + 100 * 16'500'000 + qint64{3} * 10'000'000'000);
    }

    void aLoopOfHostedToolsReadsTheInputAgain()
    {
        RequestFacts facts = asked(1000, 0);
        facts.inputPasses = 3;
        facts.hostedInput = 5000;
        QCOMPARE(worst(facts), qint64{3 * 1000 + 5000} * 3'000'000);
        const Result<Quote> quote = quoteFor(facts, price(), true, ServiceTier::Standard);
        QCOMPARE(quote->likelyInput, likelyTokens(1000)); // what counts towards tokens per minute
        // No pass can read more than the context holds.
        facts.hostedInput = 100'000'000;
        QCOMPARE(worst(facts), qint64{3} * 200'000 * 3'000'000);
        facts.hostedInput = 0;
        facts.inputUnbounded = true;
        QCOMPARE(worst(facts), qint64{3} * 200'000 * 3'000'000);
    }

    void theThinkingBudgetIsTheLeastCeiling()
    {
        RequestFacts facts = asked(1000, 32'000);
        facts.leastCeiling = 10'001;
        const Result<Quote> quote = quoteFor(facts, price(), true, ServiceTier::Standard);
        QVERIFY(quote);
        QCOMPARE(quote->worst.leastCeiling, 10'001);
        const auto admitted = [&](qint64 tokens) {
            const Money left = Money::fromPicodollars(qint64{1000} * 3'000'000 + tokens * 15'000'000);
            return admit(quote->worst, left, AdmissionMode::Clamp, 1024);
        };
        QCOMPARE(admitted(10'001).verdict, Admission::Verdict::Clamp);
        QCOMPARE(admitted(10'001).ceiling, 10'001);
        QCOMPARE(admitted(10'000).verdict, Admission::Verdict::Refuse);
    }

    void anAdviserIsBoundedByItsCalls()
    {
        RequestFacts facts = asked(1000, 500);
        facts.inputPasses = 2;
        facts.hostedInput = 3000;
        const OtherModel adviser{QStringLiteral("claude-test"), 4, 700};
        const Result<Money> most = worstCaseOf(adviser, facts, price(), ServiceTier::Standard);
        QVERIFY(most);
        QCOMPARE(most->picodollars(), qint64{4 * (1000 + 1500)} * 3'000'000 + qint64{4 * 700} * 15'000'000);
        // A fallback may take over the whole loop.
        const OtherModel fallback{QStringLiteral("claude-test"), 1, 500};
        QCOMPARE(worstCaseOf(fallback, facts, price(), ServiceTier::Standard)->picodollars(),
                 qint64{2 * 1000 + 3000} * 3'000'000 + qint64{500} * 15'000'000);
    }

    void whatCannotBeCountedIsRefused()
    {
        RequestFacts facts = asked(1000, std::numeric_limits<qint64>::max());
        facts.inputPasses = std::numeric_limits<qint64>::max();
        ModelPrice endless = price();
        endless.maxInputTokens.reset();
        endless.maxOutputTokens.reset();
        QVERIFY(!quoteFor(facts, endless, true, ServiceTier::Standard));
    }

    void ratesAreMultipliedExactlyAndRoundedUp()
    {
        RatesMemory memory;
        ModelPrice odd = price();
        odd.standard[UncachedInput] = 3'000'001;
        Usage usage;
        usage[UncachedInput] = 1'000'000;
        usage[WebSearchCall] = 2;
        const Charge charge = chargeFor(usage, odd, ServiceTier::Standard, Provenance::Exact, memory, 110);
        QCOMPARE((*charge.rates)[UncachedInput], std::optional<qint64>(3'300'002)); // 3,300,001.1
        QCOMPARE((*charge.rates)[WebSearchCall], std::optional<qint64>(10'000'000'000));
        QCOMPARE(charge.cost->picodollars(), qint64{1'000'000} * 3'300'002 + qint64{2} * 10'000'000'000);
        QCOMPARE(charge.provenance, Provenance::Exact);
        // The plain rates are still there, and each is remembered once.
        const Charge plain = chargeFor(usage, odd, ServiceTier::Standard, Provenance::Exact, memory);
        QCOMPARE((*plain.rates)[UncachedInput], std::optional<qint64>(3'000'001));
        QCOMPARE(memory.ratesFor(odd, 1, ServiceTier::Standard, 110), charge.rates);
        QCOMPARE(memory.ratesFor(odd, 1, ServiceTier::Standard), plain.rates);
    }
};

QTEST_GUILESS_MAIN(TestQuote)
#include "tst_proxy_quote.moc"
