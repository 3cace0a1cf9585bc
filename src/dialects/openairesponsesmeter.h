#pragma once

#include "dialects/dialect.h"
#include "dialects/openairesponsespayload.h"

namespace lbp {

/// Meters the stream of a response. Usage comes in the terminal event alone (response.completed, .incomplete
/// or .failed). Every event whose name ends in ".delta" carries something the model made, also of families
/// that are not known yet; summaries of reasoning are not what is billed and count for the estimate alone.
///
/// A response that runs in the background has a report from the beginning, which says that it is pending.
class OpenAiResponsesMeter : public StreamMeter
{
public:
    explicit OpenAiResponsesMeter(const RequestFacts &facts);

    bool onEvent(QByteArrayView type, QByteArrayView data) override;
    std::optional<UsageReport> report() const override;
    qint64 outputTokensAtLeast() const override;
    qint64 outputTokensEstimate() const override;
    bool sawContent() const override { return m_pieces > 0 || m_summaries.bytes > 0; }
    bool sawEnd() const override { return m_sawEnd; }
    bool sawError() const override { return m_sawError; }
    QByteArray endAtCeiling(const Usage &soFar) const override;
    QByteArray errorEvent(const Error &error, ClientTool tool) const override;

private:
    void remember(const ResponsesPayload &response);
    void takeDelta(const ResponsesEvent &event, QByteArrayView type);
    void takeItem(const ResponsesEvent &event);
    void takeTerminal(const ResponsesEvent &event, QByteArrayView type);
    void dropKept();
    [[nodiscard]] qint64 reasoningEstimate() const;
    [[nodiscard]] QByteArray responseMembers() const; ///< id to model, as they came

    /// Of what was sent, kept for the event that ends the stream here. A stream that is longer ends without
    /// it.
    static constexpr qsizetype mostKept = 256 * 1024;

    const bool m_background;
    QString m_imageModel;
    QByteArray m_id, m_model, m_createdAt, m_serviceTier; ///< raw JSON
    qint64 m_lastSequence = -1;
    TextCount m_text, m_summaries;
    qint64 m_pieces = 0, m_audioBytes = 0, m_sealedBytes = 0;
    std::optional<qint64> m_deltaOutput; ///< the output item that the last delta belonged to
    std::optional<UsageReport> m_report;
    bool m_sawEnd = false, m_sawError = false, m_isFinal = false;

    QByteArray m_items; ///< those that are done, raw, with commas between them
    QByteArray m_openId, m_openText; ///< raw; the text that is being written, as it stands in the deltas
    qint64 m_openOutput = 0, m_openContent = 0;
    bool m_keptTooMuch = false;
};

/// The image model of a tool that names none.
inline constexpr QLatin1String defaultImageModel("gpt-image-1");

/// What \a payload reports. NotFound when there are no counts, and it is not pending either.
[[nodiscard]] Result<UsageReport> responsesReport(const ResponsesPayload &payload,
                                                  const QString &imageModel = {});

/// An in-stream error: the event `error`; for Codex, which knows no such event, `response.failed`.
/// \param response members of the response object so far, without braces; empty: nothing is known of it
[[nodiscard]] QByteArray responsesErrorEvent(const Error &error, ClientTool tool, qint64 sequence,
                                             const QByteArray &response = {});

} // namespace lbp
