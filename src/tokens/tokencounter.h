#pragma once

#include "core/mailbox.h"
#include "tokens/estimate.h"
#include "tokens/tokenizer.h"

#include <array>
#include <chrono>
#include <functional>
#include <QObject>
#include <QThreadPool>
#include <unordered_map>

namespace lbp {

/// Counts tokens without making the thread that asks wait: small texts at once, large ones on worker threads.
/// Who gets no exact answer in time gets the safe upper bound, a token a byte.
///
/// Nothing is loaded and no thread runs before somebody asks. Vocabularies are loaded by a worker.
/// Ownership: jobs may outlive the counter, which ends what still runs. Thread: the one it lives on; answers
/// come there.
class TokenCounter : public QObject
{
    Q_OBJECT

public:
    struct Limits
    {
        qint64 inlineBytes = 4 * 1024; ///< counted at once: well under a millisecond, whatever the text
        qint64 mostTextBytes = 32 * 1024 * 1024; ///< of one request; more is not counted
        qint64 mostWaitingBytes =
            64 * 1024 * 1024; ///< of all that wait or run; what comes then is not counted
        int mostWaiting = 256;
        int workers = 2;
        std::chrono::milliseconds patience{1000}; ///< then the bound is given instead
    };
    using Pieces = std::vector<QByteArray>;
    /// Each piece is counted by itself; sums of all.
    using Callback = std::function<void(const TextCensus &)>;
    /// Finds the pieces, on a worker thread: must hold all that it reads.
    using Source = std::function<Pieces()>;

    /// A count on its way. Ending it, or letting go of it, means that its callback is not called any more.
    class Job
    {
    public:
        Job() = default;
        Job(Job &&other) noexcept { swap(other); }
        Job &operator=(Job &&other) noexcept
        {
            swap(other);
            return *this;
        }
        ~Job() { cancel(); }
        void cancel();
        [[nodiscard]] bool isWaiting() const; ///< its callback is still to come

    private:
        friend class TokenCounter;
        struct State;
        void swap(Job &other) noexcept { m_state.swap(other.m_state); }
        std::shared_ptr<State> m_state;
    };

    explicit TokenCounter(const Limits &limits, QObject *parent = nullptr);
    ~TokenCounter() override; ///< waits for the piece that is being counted

    /// The callback comes at most once: before this returns when the text is small (or is not to be counted
    /// at all), else later from the event loop.
    [[nodiscard]] Job count(Pieces pieces, Encoding encoding, Callback callback);
    /// The same for text that has to be found first. \a bytes bounds its size, and is the bound where it is
    /// not counted.
    [[nodiscard]] Job countFrom(Source source, qint64 bytes, Encoding encoding, Callback callback);
    /// Counts here and now if that is quick and the vocabulary is loaded; nullopt otherwise.
    [[nodiscard]] std::optional<TextCensus> countNow(const Pieces &pieces, Encoding encoding);
    /// For counting on this thread bit by bit; null until the vocabulary is loaded.
    [[nodiscard]] Tokenizer *tokenizer(Encoding encoding);
    /// Has the vocabulary loaded by a worker, so that small texts are counted at once from then on.
    void prepare(Encoding encoding);
    [[nodiscard]] bool isReady(Encoding encoding) const;
    [[nodiscard]] qint64 waitingBytes() const { return m_waitingBytes; }

private:
    struct Shared;
    struct Work;
    Job start(Work work);
    void finish(const std::shared_ptr<Job::State> &state, const TextCensus &census);

    const Limits m_limits;
    std::shared_ptr<Shared> m_shared; ///< with the workers
    std::array<std::unique_ptr<Tokenizer>, encodingCount> m_own;
    std::unordered_map<Job::State *, std::weak_ptr<Job::State>> m_running;
    qint64 m_waitingBytes = 0;
    int m_waiting = 0;
    Mailbox m_mailbox{this};
    QThreadPool m_pool;
};

} // namespace lbp
