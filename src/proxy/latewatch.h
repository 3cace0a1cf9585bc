#pragma once

#include "dialects/dialect.h"
#include "wire/contentcoding.h"
#include "wire/http.h"
#include "wire/sse.h"

namespace lbp {

/// Reads along with an answer that costs nothing, for what it tells about an earlier request
/// (Dialect::tellsEarlierUsage()). The answer itself passes untouched; one that is too long or in a coding not known
/// here is not read.
class LateWatch
{
public:
    LateWatch(const Dialect &dialect, const ResponseHead &head);
    void feed(const QByteArray &bytes);
    void finish(); ///< the answer has ended
    /// What was told, once; nullopt before and after.
    [[nodiscard]] std::optional<UsageReport> takeReport();

private:
    void read(QByteArrayView bytes);
    void giveUp();

    static constexpr qsizetype mostBytes = 16 * 1024 * 1024;
    const Dialect &m_dialect;
    std::unique_ptr<Decoder> m_decoder;
    std::unique_ptr<StreamMeter> m_meter; ///< of a stream
    std::unique_ptr<SseParser> m_sse;
    QByteArray m_plain;
    std::optional<UsageReport> m_report;
    bool m_reading = true;
};

} // namespace lbp
