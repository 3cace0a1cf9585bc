#pragma once

#include "dialects/anthropicpayload.h"

#include <set>

namespace lbp {

/// Meters the streams of the Messages API.
///
/// The usage of `message_start` is the input; that of every `message_delta` is the whole so far and takes its
/// place where it says something. Until a `message_delta` names the reason of the end, what is reported is
/// estimated: the provider's input and the output that was seen. An `error` event ends a stream without
/// `message_stop`. Signatures and citations are nothing that was generated.
class AnthropicMeter : public StreamMeter
{
public:
    explicit AnthropicMeter(const RequestFacts &facts);

    bool onEvent(QByteArrayView type, QByteArrayView data) override;
    std::optional<UsageReport> report() const override;
    qint64 outputTokensAtLeast() const override;
    qint64 outputTokensEstimate() const override;
    bool sawContent() const override { return m_contentPieces > 0; }
    bool sawEnd() const override { return m_sawEnd; }
    bool sawError() const override { return m_sawError; }
    QByteArray endAtCeiling(const Usage &soFar) const override;

private:
    void takeUsage(AnthropicUsage &&usage);
    void takeText(const AnthropicPayload &event);
    void takeBlock(const AnthropicPayload &event);

    AnthropicUsage m_usage;
    bool m_hasUsage = false;
    bool m_started = false, m_stopped = false, m_sawEnd = false, m_sawError = false;
    QByteArray m_id, m_model; ///< raw JSON
    QByteArray m_requestedModel; ///< raw JSON, until the stream names one
    std::set<qint64> m_open; ///< content blocks that have begun and not ended
    TextCount m_text, m_thinking;
    qint64 m_textPieces = 0, m_contentPieces = 0, m_sealedBytes = 0, m_hiddenThinking = 0;
    qint64 m_webSearches = 0;
};

} // namespace lbp
