// A request is quoted by the bytes of its body, which cost nothing to count and are never too few. Where that
// does not fit its budgets, its tokens are counted, and the decision is made anew: what has to wait or to be
// refused should really not fit.
#include "proxy/exchange.h"

namespace lbp {

namespace {

/// A stream whose body is larger is not counted only in case that it breaks off.
constexpr qint64 mostBytesInAdvance = 1024 * 1024;

/// Beyond this part of what the budget has left, what is set aside for a request is counted.
constexpr qint64 nearShare = 8;

/// What the worker needs to find the text; the exchange may be gone by then.
struct Question
{
    const Dialect *dialect = nullptr;
    QByteArray method, path, query, body;
    HeaderList headers;
    std::optional<InputText> text; ///< found by the worker, read when the answer has come

    TokenCounter::Pieces find()
    {
        text = dialect->inputText(
            {.method = method, .path = path, .query = query, .headers = &headers, .body = body});
        body.clear();
        return text ? std::exchange(text->pieces, {}) : TokenCounter::Pieces{};
    }
};

} // namespace

bool Exchange::isTight(const Status &decided) const
{
    if (!decided)
        return m_over && !m_over->byThreshold;
    // What is set aside for bytes that are no tokens keeps others out that would fit.
    return m_clamped
        || (m_budget && m_reserved.picodollars() > m_budget->remaining().picodollars() / nearShare);
}

bool Exchange::countInput(bool inAdvance)
{
    TokenCounter *const counter = m_context.tokens.get();
    if (!counter || m_countAsked || !m_dialect || m_facts.inputUnbounded || m_facts.hostedInput > 0
        || m_facts.webSearches > 0 || (inAdvance && m_body.size() > mostBytesInAdvance))
        return false;
    m_countAsked = true;
    auto question = std::make_shared<Question>();
    question->dialect = m_dialect;
    question->method = m_head.method;
    question->path = m_path;
    question->query = call().query.toByteArray();
    question->body = m_body;
    question->headers = m_head.headers;
    if (!inAdvance) {
        m_reservation.release(); // of what was clamped: it is decided anew
        m_reserved = Money();
        m_clamped = false;
        m_over.reset();
    }
    m_countedWith = countRuleFor(m_model).encoding;
    m_counting =
        counter->countFrom([question] { return question->find(); }, m_body.size(), m_countedWith,
                           [&context = m_context, id = m_id, question, inAdvance](const TextCensus &census) {
                               const auto it = context.exchanges.find(id.value);
                               if (it == context.exchanges.end())
                                   return;
                               Exchange &exchange = *it->second;
                               if (question->text && census.exact)
                                   exchange.m_inputText = {census, question->text->overhead,
                                                           question->text->unreadable, question->text->exact};
                               if (inAdvance)
                                   exchange.useCount();
                               else
                                   exchange.spendCounted();
                           });
    return true;
}

void Exchange::spendCounted()
{
    if (m_isDone || m_concluded)
        return;
    if (!m_client)
        return giveUp();
    if (const Status may = mayStillRun(); !may)
        return refuse(may.error());
    Status decided = chooseProvider(m_facts.model);
    if (decided)
        decided = decide();
    goOnAfter(decided);
}

std::optional<RequestEstimate> Exchange::countedInput() const
{
    if (!m_inputText)
        return std::nullopt;
    const CountRule rule = countRuleFor(m_model);
    // After a downgrade another tokenizer or another rule for images may hold.
    const bool isSame = rule.encoding == m_countedWith || rule.kind == CountRule::Kind::Bytes;
    if (!isSame || (m_downgrade && m_inputText->unreadable > 0))
        return std::nullopt;
    const qint64 bound = estimateRequest(rule, *m_inputText).bound;
    return estimateRequest(rule, *m_inputText, m_context.estimates.scaleFor(m_model, bound));
}

RequestFacts Exchange::quotedFacts() const
{
    RequestFacts facts = m_facts;
    if (const std::optional<RequestEstimate> counted = countedInput())
        facts.inputUpperBound = std::min(facts.inputUpperBound, counted->atMost);
    return facts;
}

void Exchange::useCount()
{
    if (const std::optional<RequestEstimate> counted = countedInput())
        m_priced.quote.likelyInput = std::min(counted->likely, m_priced.quote.inputBound);
}

void Exchange::learnFromUsage()
{
    if (m_charge.provenance != Provenance::Exact || m_usageIsCached)
        return;
    if (const std::optional<RequestEstimate> counted = countedInput(); counted && !counted->exact)
        m_context.estimates.add(m_model, counted->bound, m_charge.usage.inputTokens());
}

void Exchange::countOutput()
{
    const Encoding encoding = countRuleFor(m_model).encoding;
    if (!m_context.tokens || !m_context.tokens->tokenizer(encoding) || m_facts.choices != 1)
        return; // the texts of several choices come mixed
    m_written = std::make_unique<RunningCount>(encoding);
    m_meter->listen([this](QByteArrayView text) {
        m_written->add(text, *m_context.tokens->tokenizer(m_written->encoding()));
    });
}

qint64 Exchange::outputSeen() const
{
    const qint64 estimate = m_meter->outputTokensEstimate();
    if (!m_written || countRuleFor(m_model).kind != CountRule::Kind::Exact)
        return estimate;
    const qint64 counted = m_written->total(*m_context.tokens->tokenizer(m_written->encoding())).tokens;
    // Sound, and what a dialect does not hand over, is known to the meter alone.
    return counted > 0 ? std::max(counted, m_meter->outputTokensAtLeast()) : estimate;
}

} // namespace lbp
