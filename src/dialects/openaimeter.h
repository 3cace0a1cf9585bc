#pragma once

#include "dialects/dialect.h"
#include "dialects/openaipayload.h"

namespace lbp {

enum class OpenAiStream { Chat, Completions };

/// Meters the streams of the chat and the completions API and of what is compatible with them.
///
/// Usage may come in a last chunk without choices, in the last content chunk, or in every chunk, growing: the
/// last one counts. When usage was added by us, only the chunk without choices is hidden; the `"usage":null`
/// of the other chunks stays, because bytes are not rewritten. Padding (`obfuscation`) is never text.
class OpenAiMeter : public StreamMeter
{
public:
    OpenAiMeter(OpenAiStream kind, const RequestFacts &facts, bool usageWasAdded);

    bool onEvent(QByteArrayView type, QByteArrayView data) override;
    std::optional<UsageReport> report() const override { return m_report; }
    qint64 outputTokensAtLeast() const override;
    qint64 outputTokensEstimate() const override;
    void listen(std::function<void(QByteArrayView)> listener) override { m_listener = std::move(listener); }
    bool sawContent() const override { return m_pieces > 0; }
    bool sawEnd() const override { return m_sawEnd; }
    bool sawError() const override { return m_sawError; }
    QByteArray endAtCeiling(const Usage &soFar) const override;

private:
    enum ChoiceState : quint8 { Unseen, Open, Finished };

    void remember(const OpenAiPayload &chunk);
    void takeUsage(const OpenAiPayload &chunk);
    void appendChunk(QByteArray &out, const QByteArray &members) const;

    OpenAiStream m_kind;
    bool m_usageWasAdded, m_wantsUsage, m_echoes;
    bool m_sawEnd = false, m_sawError = false;
    QByteArray m_id, m_model, m_created, m_serviceTier; ///< raw JSON
    QByteArray m_requestedModel; ///< raw JSON, until the stream names one
    std::vector<ChoiceState> m_choices;
    TextCount m_text;
    std::function<void(QByteArrayView)> m_listener;
    qint64 m_pieces = 0;
    qint64 m_audioBytes = 0;
    std::optional<UsageReport> m_report;
};

/// The usage of a whole response.
[[nodiscard]] Result<UsageReport> openAiReport(const OpenAiPayload &payload);
[[nodiscard]] Result<UsageReport> readOpenAiUsage(const QByteArray &body);
/// The likeliest output of a whole response without usage; of one that broke off in the middle, from its
/// bytes.
[[nodiscard]] qint64 estimateOpenAiOutput(const QByteArray &body);

} // namespace lbp
