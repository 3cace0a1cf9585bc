#pragma once

#include "dialects/dialect.h"
#include "dialects/openaimodels.h"

namespace lbp {

/// Calls of hosted tools that are assumed where a request sets no `max_tool_calls`, for each tool that it
/// offers. A response that makes more is charged what it made.
inline constexpr qint64 assumedHostedCalls = 4;
/// Tokens that one hosted call may add to the input: a search gives about 8,000, a file search twenty pieces
/// of 800 at most.
inline constexpr qint64 hostedResultTokens = 16'384;
/// Tokens of one generated image: 7,040 for the dearest size and quality listed, and 100 for each of three
/// previews.
inline constexpr qint64 generatedImageTokens = 8'192;
/// Tokens that the image model may read for one image: what was said, and the images to be changed.
inline constexpr qint64 imageModelInputTokens = 16'384;

/// Errors of the Responses API: bodies as everywhere at OpenAI, in a stream an event `error`.
class OpenAiResponsesErrors : public ErrorShape
{
public:
    QByteArray body(const Error &error, QByteArrayView requestId) const override;
    QByteArray streamEvent(const Error &error) const override;
    Answer answer(const Error &error, QByteArrayView requestId, ClientTool tool) const override;
    QByteArray streamAnswer(const Error &error, ClientTool tool) const override;
};

/// POST /responses.
///
/// History that the provider keeps (previous_response_id, conversation, stored items, a prompt template) is
/// input that the body does not show, so it is bounded by the model's context alone. A template that also
/// brings its model is refused: nobody could say what it costs. The ceiling is max_output_tokens, which
/// limits reasoning as well; where it is missing, as from Codex, the model's own holds. Usage is in the
/// answer and at the end of each stream, asked or not.
class OpenAiResponses : public Dialect
{
public:
    QString endpoint() const override;
    Metering metering() const override { return Metering::Metered; }
    QString meteredPath() const override { return QStringLiteral("POST /responses"); }
    bool claims(QByteArrayView method, QByteArrayView path) const override;
    Result<RequestFacts> read(const Call &call) const override;
    Result<RewrittenCall> rewritten(const Call &call, const BodyChanges &changes) const override;
    Result<UsageReport> readUsage(const QByteArray &body) const override;
    qint64 estimateOutput(const QByteArray &body) const override;
    std::unique_ptr<StreamMeter> meter(const RequestFacts &facts, bool usageWasAdded) const override;
    const ErrorShape *errors() const override;
};

/// POST /responses/compact: the model rewrites a history in few words. It takes no ceiling.
class OpenAiCompact : public OpenAiResponses
{
public:
    QString endpoint() const override;
    QString meteredPath() const override { return QStringLiteral("POST /responses/compact"); }
    bool claims(QByteArrayView method, QByteArrayView path) const override;
    Result<RequestFacts> read(const Call &call) const override;
    Result<RewrittenCall> rewritten(const Call &call, const BodyChanges &changes) const override;
};

/// What costs nothing beside them: POST /responses/input_tokens, and responses that the provider keeps: read,
/// watched, cancelled, deleted, their input listed. Those that tell what a response in the background cost
/// are read for that.
class OpenAiKeptResponses : public OpenAiFree
{
public:
    QString endpoint() const override;
    bool claims(QByteArrayView method, QByteArrayView path) const override;
    Result<UsageReport> readUsage(const QByteArray &body) const override;
    std::unique_ptr<StreamMeter> meter(const RequestFacts &facts, bool usageWasAdded) const override;
    const ErrorShape *errors() const override;
    bool tellsEarlierUsage() const override { return true; }
};

} // namespace lbp
