#include "tokens/tokencounter.h"

#include <algorithm>
#include <QTimer>

namespace lbp {

/// Of one count. The callback is touched on the counter's thread only, `stop` from both.
struct TokenCounter::Job::State
{
    Callback callback; ///< empty once it was called or is not wanted any more
    std::atomic<bool> stop = false;
    qint64 bytes = 0;
};

void TokenCounter::Job::cancel()
{
    if (!m_state)
        return;
    m_state->stop.store(true, std::memory_order_relaxed);
    m_state->callback = nullptr;
    m_state.reset();
}

bool TokenCounter::Job::isWaiting() const
{
    return m_state && m_state->callback;
}

namespace {

qint64 sizeOf(const TokenCounter::Pieces &pieces)
{
    qint64 bytes = 0;
    for (const QByteArray &piece : pieces)
        bytes += piece.size();
    return bytes;
}

TextCensus censusOf(const TokenCounter::Pieces &pieces, Tokenizer &tokenizer, const std::atomic<bool> *stop)
{
    TextCensus census;
    for (const QByteArray &piece : pieces) {
        const TokenCount counted = tokenizer.count(piece, stop);
        census.tokens += counted.tokens;
        census.exact = census.exact && counted.exact;
        census.addBytes(piece);
    }
    return census;
}

} // namespace

/// What workers share: the vocabularies, and tokenizers that are not in use.
struct TokenCounter::Shared
{
    Vocabularies vocabularies;
    std::mutex mutex;
    std::array<std::vector<std::unique_ptr<Tokenizer>>, encodingCount> idle;

    std::unique_ptr<Tokenizer> take(const Vocabulary &vocabulary)
    {
        const std::lock_guard lock(mutex);
        auto &list = idle[size_t(vocabulary.encoding())];
        if (list.empty())
            return std::make_unique<Tokenizer>(vocabulary);
        std::unique_ptr<Tokenizer> tokenizer = std::move(list.back());
        list.pop_back();
        return tokenizer;
    }
    void giveBack(std::unique_ptr<Tokenizer> tokenizer)
    {
        const std::lock_guard lock(mutex);
        idle[size_t(tokenizer->encoding())].push_back(std::move(tokenizer));
    }
    TextCensus count(const Pieces &pieces, const Vocabulary &vocabulary, const std::atomic<bool> *stop)
    {
        std::unique_ptr<Tokenizer> tokenizer = take(vocabulary);
        const TextCensus census = censusOf(pieces, *tokenizer, stop);
        giveBack(std::move(tokenizer));
        return census;
    }
};

struct TokenCounter::Work
{
    Source source;
    qint64 bytes = 0;
    Encoding encoding = Encoding::O200k;
    Callback callback;
};

TokenCounter::TokenCounter(const Limits &limits, QObject *parent)
    : QObject(parent)
    , m_limits(limits)
    , m_shared(std::make_shared<Shared>())
{
    m_pool.setMaxThreadCount(std::max(1, limits.workers));
}

TokenCounter::~TokenCounter()
{
    for (const auto &[address, running] : m_running) {
        if (const std::shared_ptr<Job::State> state = running.lock()) {
            state->stop.store(true, std::memory_order_relaxed);
            state->callback = nullptr;
        }
    }
    m_pool.clear();
    m_pool.waitForDone();
}

bool TokenCounter::isReady(Encoding encoding) const
{
    return m_shared->vocabularies.loaded(encoding) != nullptr;
}

void TokenCounter::prepare(Encoding encoding)
{
    if (isReady(encoding))
        return;
    m_pool.start([shared = m_shared, encoding] {
        (void)shared->vocabularies.load(encoding); // who counts is told of a damaged one
    });
}

Tokenizer *TokenCounter::tokenizer(Encoding encoding)
{
    std::unique_ptr<Tokenizer> &own = m_own[size_t(encoding)];
    const Vocabulary *const vocabulary = m_shared->vocabularies.loaded(encoding);
    if (!own && vocabulary)
        own = std::make_unique<Tokenizer>(*vocabulary);
    return own.get();
}

std::optional<TextCensus> TokenCounter::countNow(const Pieces &pieces, Encoding encoding)
{
    if (sizeOf(pieces) > m_limits.inlineBytes)
        return std::nullopt;
    Tokenizer *const own = tokenizer(encoding);
    return own ? std::optional(censusOf(pieces, *own, nullptr)) : std::nullopt;
}

TokenCounter::Job TokenCounter::count(Pieces pieces, Encoding encoding, Callback callback)
{
    if (const std::optional<TextCensus> census = countNow(pieces, encoding)) {
        callback(*census);
        return {};
    }
    const qint64 bytes = sizeOf(pieces);
    return start({.source = [pieces = std::move(pieces)] { return pieces; },
                  .bytes = bytes,
                  .encoding = encoding,
                  .callback = std::move(callback)});
}

TokenCounter::Job TokenCounter::countFrom(Source source, qint64 bytes, Encoding encoding, Callback callback)
{
    if (bytes <= m_limits.inlineBytes && isReady(encoding))
        return count(source(), encoding, std::move(callback));
    return start(
        {.source = std::move(source), .bytes = bytes, .encoding = encoding, .callback = std::move(callback)});
}

TokenCounter::Job TokenCounter::start(Work work)
{
    if (work.bytes > m_limits.mostTextBytes || m_waiting >= m_limits.mostWaiting
        || m_waitingBytes + work.bytes > m_limits.mostWaitingBytes) {
        work.callback(TextCensus::uncounted(work.bytes));
        return {};
    }
    Job job;
    job.m_state = std::make_shared<Job::State>();
    job.m_state->callback = std::move(work.callback);
    job.m_state->bytes = work.bytes;
    m_running.emplace(job.m_state.get(), job.m_state);
    m_waitingBytes += work.bytes;
    ++m_waiting;
    m_pool.start([this, state = job.m_state, shared = m_shared, mailbox = m_mailbox.address(),
                  source = std::move(work.source), encoding = work.encoding]() mutable {
        TextCensus census = TextCensus::uncounted(state->bytes);
        const auto vocabulary = shared->vocabularies.load(encoding);
        if (vocabulary && !state->stop.load(std::memory_order_relaxed))
            census = shared->count(source(), **vocabulary, &state->stop);
        source = nullptr;
        mailbox.post([this, state, census] { finish(state, census); });
    });
    QTimer::singleShot(m_limits.patience, this, [weak = std::weak_ptr(job.m_state)] {
        const std::shared_ptr<Job::State> state = weak.lock();
        if (!state || !state->callback)
            return;
        state->stop.store(true, std::memory_order_relaxed);
        std::exchange(state->callback, nullptr)(TextCensus::uncounted(state->bytes));
    });
    return job;
}

void TokenCounter::finish(const std::shared_ptr<Job::State> &state, const TextCensus &census)
{
    m_running.erase(state.get());
    m_waitingBytes -= state->bytes;
    --m_waiting;
    if (state->callback)
        std::exchange(state->callback, nullptr)(census);
}

} // namespace lbp
