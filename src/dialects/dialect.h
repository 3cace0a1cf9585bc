#pragma once

#include "core/budget.h"
#include "core/result.h"
#include "core/usage.h"

#include <memory>
#include <optional>
#include <QByteArray>
#include <QByteArrayView>
#include <QList>
#include <QString>
#include <QStringList>
#include <vector>

namespace lbp {

/// What a request says about money, read once from its bytes.
struct RequestFacts
{
    QString model;
    bool stream = false;
    bool wantsUsage = false; ///< the client asked for usage in the stream
    qint64 inputUpperBound = 0; ///< tokens; never less than what the provider will count
    std::optional<qint64> ceiling; ///< the request's own output ceiling per choice
    qint64 choices = 1; ///< n, or best_of where that is billed
    /// Refers to content not in the body (file ids, URLs): bounded by the model's context alone.
    bool inputUnbounded = false;
    /// Audio may be billed, in or out: the dearer of the text and audio rates bounds both.
    bool asksAudio = false;
    /// Hosted tool calls that the request may cause at most. The usage of the chat API never reports them.
    qint64 webSearches = 0;
    QString serviceTier; ///< as requested; empty: none
    /// Why the ceiling may not be changed by us; empty: it may.
    QString fixedCeilingReason;
    /// Tokens of all choices billed as output beyond the ceiling (predicted output that is rejected).
    qint64 extraOutputUpperBound = 0;
    /// `ceiling` is the API's own default and not in the body; compatible servers may have another.
    bool ceilingIsDefault = false;
    /// What is sent back repeats the prompt, so the text of a stream does not measure its output.
    bool echoesInput = false;
};

/// What has to change in a body. Everything else stays byte-identical.
struct BodyChanges
{
    std::optional<QString> model;
    std::optional<qint64> ceiling;
    bool askForUsage = false;
    /// The upstream is the API's own maker, which knows the newest field names; false for compatible ones.
    bool originalProvider = true;
};

/// Usage as a provider reported it, with what else decides the price.
struct UsageReport
{
    Usage usage;
    QString serviceTier; ///< really used; empty: not said
    QString model; ///< really used; empty: not said
    QString responseId;
};

/// Reads a stream as it passes, event by event, and never the socket. One per exchange.
class StreamMeter
{
public:
    virtual ~StreamMeter() = default;
    /// \return true if the event exists only because we asked for usage and must be hidden from the client.
    virtual bool onEvent(QByteArrayView type, QByteArrayView data) = 0;
    [[nodiscard]] virtual std::optional<UsageReport> report() const = 0; ///< the provider's, once it came
    /// Output tokens so far. lower: surely generated, for cutting; estimate: the likeliest, for settling.
    [[nodiscard]] virtual qint64 outputTokensAtLeast() const = 0;
    [[nodiscard]] virtual qint64 outputTokensEstimate() const = 0;
    [[nodiscard]] virtual bool sawContent() const = 0; ///< for time to first token
    [[nodiscard]] virtual bool sawEnd() const = 0; ///< the stream's own end marker came
    [[nodiscard]] virtual bool sawError() const = 0; ///< an in-stream error came
    /// The events that end the stream here in the API's own way: finish reason for length, then usage (if the
    /// client asked for it), then the end marker.
    [[nodiscard]] virtual QByteArray endAtCeiling(const Usage &soFar) const = 0;
};

/// Whether a request costs money and can be metered.
enum class Metering { Metered, Free };

/// How one provider API spells a request, its usage and its errors. Stateless and const; may be shared
/// between threads.
class Dialect
{
public:
    virtual ~Dialect() = default;
    [[nodiscard]] virtual QString endpoint() const = 0; ///< for rows: "chat.completions"
    [[nodiscard]] virtual Metering metering() const = 0;
    /// \a path without query and without the provider's base path, such as "/chat/completions".
    [[nodiscard]] virtual bool claims(QByteArrayView method, QByteArrayView path) const = 0;
    [[nodiscard]] virtual Result<RequestFacts> readRequest(const QByteArray &body) const = 0;
    /// \a body with \a changes made. InvalidRequest when a change cannot be made.
    [[nodiscard]] virtual Result<QByteArray> edited(const QByteArray &body,
                                                    const BodyChanges &changes) const = 0;
    /// Usage from a whole response. NotFound when it has none; InvalidUsage when it is impossible (negative,
    /// parts above the whole).
    [[nodiscard]] virtual Result<UsageReport> readUsage(const QByteArray &body) const = 0;
    /// The likeliest output tokens of a whole response without usage.
    [[nodiscard]] virtual qint64 estimateOutput(const QByteArray &body) const = 0;
    [[nodiscard]] virtual std::unique_ptr<StreamMeter> meter(const RequestFacts &facts,
                                                             bool usageWasAdded) const = 0;
    /// True if a body has no output at all (embeddings): the worst case is its input.
    [[nodiscard]] virtual bool hasOutput() const { return true; }
};

/// What a client is told when we refuse: body in the shape of its API.
class ErrorShape
{
public:
    virtual ~ErrorShape() = default;
    [[nodiscard]] virtual QByteArray body(const Error &error, QByteArrayView requestId) const = 0;
    /// An in-stream error event and the end.
    [[nodiscard]] virtual QByteArray streamEvent(const Error &error) const = 0;
};

/// The dialects of one provider kind, in the order in which they are asked.
class DialectSet
{
public:
    [[nodiscard]] static const DialectSet &openAi();
    [[nodiscard]] const Dialect *find(QByteArrayView method,
                                      QByteArrayView path) const; ///< nullptr: not known here
    [[nodiscard]] const ErrorShape &errors() const;
    [[nodiscard]] QStringList meteredPaths() const; ///< for the text of a refusal

private:
    DialectSet();
    std::vector<std::unique_ptr<const Dialect>> m_dialects;
    std::unique_ptr<const ErrorShape> m_errors;
};

} // namespace lbp
