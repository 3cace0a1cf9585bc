#pragma once

#include "core/budget.h"
#include "core/result.h"
#include "core/usage.h"
#include "dialects/clienttool.h"
#include "wire/headers.h"

#include <array>
#include <functional>
#include <memory>
#include <optional>
#include <QByteArray>
#include <QByteArrayView>
#include <QList>
#include <QString>
#include <QStringList>
#include <vector>

namespace lbp {

/// Whose API a call is spelt in. Decides how errors look, how keys travel and which providers can answer.
enum class Api { OpenAi, Anthropic, Gemini };

/// A call as a dialect reads it. Refers to what the exchange holds; keep none of it.
struct Call
{
    QByteArrayView method = "POST";
    QByteArrayView path; ///< without query and without the provider's base path, such as "/chat/completions"
    QByteArrayView query; ///< without '?'; may hold a key, so it is never logged
    const HeaderList *headers = nullptr; ///< null: none
    QByteArray body; ///< decoded
};

/// How a streamed answer is cut into pieces.
enum class StreamForm {
    Events, ///< text/event-stream
    JsonArray, ///< one JSON array whose elements come one by one (Gemini without alt=sse)
};

/// A model that the provider may run for a request beside the one that was asked (an adviser, a fallback).
struct OtherModel
{
    QString model;
    qint64 calls = 1; ///< at most; each may read the whole input
    std::optional<qint64> ceiling; ///< output tokens per call; absent: the model's own
    bool operator==(const OtherModel &) const = default;
};

/// Usage of a model that took part beside the one that was asked (a fallback, an adviser, image generation).
struct UsagePart
{
    QString model;
    Usage usage;
};

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
    StreamForm streamForm = StreamForm::Events;
    /// False: nothing in the request can write to the provider's cache for an hour (or at all), so those
    /// rates are left out of the worst case.
    bool mayWriteCache = true, mayWriteCacheLong = true;
    qint64 fileSearches = 0; ///< at most, as webSearches
    qint64 codeSessions = 0; ///< hosted code containers that may be started at most
    qint64 speechCharacters = 0; ///< text to be spoken, billed by the character where the model is
    qint64 audioSeconds = 0; ///< of recorded sound, at most, where it is billed by its length
    qint64 images = 0; ///< to be made, where each has a price
    QString imageVariant; ///< "quality/size" as price lists have it; empty: the default
    /// What every rate is multiplied by, in percent (data residency, say): 110 is a tenth dearer.
    int ratePercent = 100;
    /// Runs on after the answer; what it cost is told later, by its response id.
    bool background = false;
    /// How often the input may be read, and billed, at most: hosted tools make the model go on from its start.
    qint64 inputPasses = 1;
    qint64 hostedInput = 0; ///< tokens that hosted tools may add to the input over all passes, at most
    /// The API refuses a lower output ceiling than this (thinking must fit below it).
    qint64 leastCeiling = 0;
    std::vector<OtherModel> otherModels;
    /// What hosted tools may use of models of their own at most (image generation), each at its own price.
    std::vector<UsagePart> partsUpperBound;
    /// Changes something that lasts (a conversation, a server of others), so that it is never answered from here.
    bool hasEffects = false;
};

/// The text of a request that a tokenizer counts, and what the API's own frame adds to it.
struct InputText
{
    std::vector<QByteArray> pieces; ///< plain UTF-8, each counted by itself
    qint64 overhead = 0; ///< tokens of roles, separators and the start of the reply, by the documented rules
    qint64 unreadable = 0; ///< upper bound, in tokens, of what is no text: images, sound
    bool exact = false; ///< the rules are known to give the provider's own number
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

/// What a call changed into when a rule changed it.
struct RewrittenCall
{
    QByteArray body;
    std::optional<QByteArray> path; ///< another path, where the model stands in it
};

[[nodiscard]] inline Result<RewrittenCall> rewrittenBody(Result<QByteArray> body)
{
    return std::move(body).map([](QByteArray &&bytes) { return RewrittenCall{std::move(bytes), {}}; });
}

/// Usage as a provider reported it, with what else decides the price.
struct UsageReport
{
    Usage usage; ///< without `parts`
    QString serviceTier; ///< really used; empty: not said
    QString model; ///< really used; empty: not said
    QString responseId;
    std::vector<UsagePart> parts{}; ///< billed apart, each at its own model's price
    std::optional<Money> cost{}; ///< what the provider says it charged; holds against every price list
    int ratePercent = 100; ///< as in RequestFacts, as it really was; 0: not said
    bool isPending = false; ///< it works on in the background: counts so far are not the whole
    bool isBackground = false; ///< of a response that ran, or runs, in the background
    qint64 createdAtSeconds = 0; ///< Unix time at which the response was begun; 0: not said
    bool isEstimated = false; ///< broken off: the input is the provider's count, the output what was seen of it
    bool countsCalls = false; ///< hosted calls are in the usage, so none there is none made
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
    /// Has each piece of text that the model wrote handed over as well, as UTF-8, so that it can be counted. A
    /// dialect that does not know how leaves it at its estimate.
    virtual void listen(std::function<void(QByteArrayView)>) {}
    [[nodiscard]] virtual bool sawContent() const = 0; ///< for time to first token
    [[nodiscard]] virtual bool sawEnd() const = 0; ///< the stream's own end marker came
    /// The answer is whole, although its API may mark the end of a stream by nothing but its end. Only such a
    /// stream is kept in the cache.
    [[nodiscard]] virtual bool isWhole() const { return sawEnd(); }
    [[nodiscard]] virtual bool sawError() const = 0; ///< an in-stream error came
    /// The events that end the stream here in the API's own way: finish reason for length, then usage (if the
    /// client asked for it), then the end marker.
    [[nodiscard]] virtual QByteArray endAtCeiling(const Usage &soFar) const = 0;
    /// An in-stream error event that fits what was sent so far; empty: that of the ErrorShape does.
    [[nodiscard]] virtual QByteArray errorEvent(const Error &, ClientTool) const { return {}; }
};

/// What a client is told when we refuse: body in the shape of its API.
class ErrorShape
{
public:
    virtual ~ErrorShape() = default;
    [[nodiscard]] virtual QByteArray body(const Error &error, QByteArrayView requestId) const = 0;
    /// An in-stream error event and the end.
    [[nodiscard]] virtual QByteArray streamEvent(const Error &error) const = 0;

    struct Answer
    {
        int status = 500;
        QByteArray body;
    };
    /// The form of body() that makes \a tool stop where it would repeat the request for nothing.
    [[nodiscard]] virtual Answer answer(const Error &error, QByteArrayView requestId, ClientTool) const
    {
        return {httpStatus(error.code), body(error, requestId)};
    }
    /// The same of streamEvent().
    [[nodiscard]] virtual QByteArray streamAnswer(const Error &error, ClientTool) const
    {
        return streamEvent(error);
    }
};

/// Whether a request costs money and can be metered.
enum class Metering { Metered, Free };

/// How one provider API spells a request, its usage and its errors. Stateless and const; may be shared
/// between threads.
class Dialect
{
public:
    virtual ~Dialect() = default;
    [[nodiscard]] virtual Api api() const { return Api::OpenAi; }
    [[nodiscard]] virtual QString endpoint() const = 0; ///< for rows: "chat.completions"
    [[nodiscard]] virtual Metering metering() const = 0;
    /// "POST /chat/completions", for the text of a refusal; empty for what costs nothing.
    [[nodiscard]] virtual QString meteredPath() const { return {}; }
    /// \a path as in Call.
    [[nodiscard]] virtual bool claims(QByteArrayView method, QByteArrayView path) const = 0;
    [[nodiscard]] virtual Result<RequestFacts> read(const Call &call) const = 0;
    /// \a call with \a changes made. InvalidRequest when a change cannot be made.
    [[nodiscard]] virtual Result<RewrittenCall> rewritten(const Call &call,
                                                          const BodyChanges &changes) const = 0;
    /// The same for a call whose body says all.
    [[nodiscard]] Result<RequestFacts> readRequest(const QByteArray &body) const;
    [[nodiscard]] Result<QByteArray> edited(const QByteArray &body, const BodyChanges &changes) const;
    /// The text to be counted; nullopt where no rule is known and bytes are the bound.
    [[nodiscard]] virtual std::optional<InputText> inputText(const Call &) const { return std::nullopt; }
    /// Usage from a whole response. NotFound when it has none; InvalidUsage when it is impossible (negative,
    /// parts above the whole).
    [[nodiscard]] virtual Result<UsageReport> readUsage(const QByteArray &body) const = 0;
    /// The likeliest output tokens of a whole response without usage.
    [[nodiscard]] virtual qint64 estimateOutput(const QByteArray &body) const = 0;
    [[nodiscard]] virtual std::unique_ptr<StreamMeter> meter(const RequestFacts &facts,
                                                             bool usageWasAdded) const = 0;
    /// True if a body has no output at all (embeddings): the worst case is its input.
    [[nodiscard]] virtual bool hasOutput() const { return true; }
    /// Its answers may be sound, which is passed on as it comes: nothing in it tells what it cost.
    [[nodiscard]] virtual bool answersInBytes() const { return false; }
    /// Where its errors look unlike those of its API elsewhere; null: they do not.
    [[nodiscard]] virtual const ErrorShape *errors() const { return nullptr; }
    /// A free call whose answer tells, as readUsage() and meter() do, what an earlier one that ran in the
    /// background cost in the end.
    [[nodiscard]] virtual bool tellsEarlierUsage() const { return false; }
};

/// Whose API a call is in, as far as its path and fields tell: what names a version of Anthropic's or carries
/// a key in Google's field is theirs, all else is OpenAI's.
[[nodiscard]] Api apiOf(QByteArrayView path, const HeaderList &headers);

/// Every dialect, in the order in which they are asked.
class DialectSet
{
public:
    [[nodiscard]] static const DialectSet &all();
    /// nullptr: not known here. Where several APIs have the path (/models), that of \a api wins.
    [[nodiscard]] const Dialect *find(QByteArrayView method, QByteArrayView path,
                                      Api api = Api::OpenAi) const;
    [[nodiscard]] const ErrorShape &errors(Api api) const;
    [[nodiscard]] QStringList meteredPaths() const; ///< for the text of a refusal
    [[nodiscard]] bool isMetered(Api api) const; ///< at least one call of it is

private:
    DialectSet();
    std::vector<std::unique_ptr<const Dialect>> m_dialects;
    std::array<std::unique_ptr<const ErrorShape>, 3> m_errors; ///< by Api
};

} // namespace lbp
