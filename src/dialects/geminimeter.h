#pragma once

#include "dialects/dialect.h"
#include "dialects/geminipayload.h"

#include <vector>

namespace lbp {

/// Meters the streams of generateContent, as events and as one array.
///
/// Every chunk may carry `usageMetadata` that counts from the start: the last value of each field holds.
/// There is no end marker but the end of the stream or of the array; `finishReason` says that an answer is
/// whole, but some models send it with every chunk. Until it came, what is reported is estimated: the counts
/// so far, and never less output than was seen.
class GeminiMeter : public StreamMeter
{
public:
    explicit GeminiMeter(const RequestFacts &facts);

    bool onEvent(QByteArrayView type, QByteArrayView data) override;
    std::optional<UsageReport> report() const override;
    qint64 outputTokensAtLeast() const override;
    qint64 outputTokensEstimate() const override;
    bool sawContent() const override { return m_sawContent; }
    bool sawEnd() const override { return false; }
    bool isWhole() const override;
    bool sawError() const override { return m_sawError; }
    QByteArray endAtCeiling(const Usage &soFar) const override;

private:
    struct Candidate
    {
        bool seen = false, finished = false;
        qint64 searches = 0;
    };

    void takeUsage(const GeminiUsage &usage);

    StreamForm m_form;
    bool m_sawError = false, m_sawContent = false, m_blocked = false;
    QByteArray m_modelVersion, m_responseId, m_serviceTier; ///< raw JSON
    QByteArray m_requestedModel; ///< raw JSON, until the stream names one
    std::vector<Candidate> m_candidates; ///< by index
    GeminiUsage m_usage;
    std::optional<Usage> m_counted; ///< m_usage in the normal form
    TextCount m_text;
    qint64 m_audioBytes = 0, m_images = 0;
};

/// The usage of a whole response.
[[nodiscard]] Result<UsageReport> readGeminiUsage(const QByteArray &body);
/// The likeliest output of a whole response without usage; of one that broke off in the middle, from its
/// bytes.
[[nodiscard]] qint64 estimateGeminiOutput(const QByteArray &body);

} // namespace lbp
