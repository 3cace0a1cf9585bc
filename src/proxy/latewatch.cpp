#include "proxy/latewatch.h"

namespace lbp {

LateWatch::LateWatch(const Dialect &dialect, const ResponseHead &head)
    : m_dialect(dialect)
{
    const std::optional<Coding> coding = codingFromName(head.headers.value("content-encoding"));
    m_reading = coding.has_value();
    if (coding && *coding != Coding::Identity)
        m_decoder = makeDecoder(*coding);
    if (head.headers.value("content-type").toLower().startsWith("text/event-stream")) {
        m_meter = dialect.meter({}, false);
        m_sse = std::make_unique<SseParser>([this](const SseParser::Event &event) {
            if (event.hasData)
                m_meter->onEvent(event.type, event.data);
        });
    }
}

void LateWatch::feed(const QByteArray &bytes)
{
    if (!m_reading)
        return;
    if (!m_decoder)
        return read(bytes);
    QByteArray decoded;
    if (m_decoder->decode(bytes, decoded, mostBytes))
        read(decoded);
    else
        giveUp();
}

void LateWatch::read(QByteArrayView bytes)
{
    if (m_sse) {
        m_sse->feed(bytes);
        if (m_meter->sawEnd()) {
            m_report = m_meter->report();
            giveUp();
        }
        return;
    }
    if (m_plain.size() + bytes.size() > mostBytes)
        return giveUp();
    m_plain += bytes;
}

void LateWatch::finish()
{
    if (!m_reading)
        return;
    if (m_sse) {
        m_sse->finish();
        m_report = m_meter->report();
    } else if (const Result<UsageReport> report = m_dialect.readUsage(m_plain)) {
        m_report = *report;
    }
    giveUp();
}

void LateWatch::giveUp()
{
    m_reading = false;
    m_plain = QByteArray();
}

std::optional<UsageReport> LateWatch::takeReport()
{
    return std::exchange(m_report, std::nullopt);
}

} // namespace lbp
