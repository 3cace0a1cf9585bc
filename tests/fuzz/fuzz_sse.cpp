// Splits do not matter; events lie in order without overlapping, inside the stream, and each reads the same
// alone.
#include "fuzz.h"
#include "wire/sse.h"

using namespace lbp;

namespace {

constexpr qsizetype maxEvent = 64;

QByteArray outcome(QByteArrayView bytes, qsizetype step)
{
    QByteArray seen;
    qint64 last = 0;
    SseParser parser(
        [&](const SseParser::Event &event) {
            FUZZ_CHECK(last <= event.begin && event.begin < event.end && event.end <= bytes.size());
            FUZZ_CHECK(!event.overlong || (!event.hasData && event.end - event.begin > maxEvent));
            FUZZ_CHECK(event.hasData || event.data.isEmpty());
            last = event.end;
            seen += QByteArray::number(event.begin) + "-" + QByteArray::number(event.end)
                + (event.hasData ? "=" : "-") + (event.overlong ? "!" : "") + event.type.toByteArray() + ":"
                + event.data.toByteArray() + ";";
        },
        maxEvent);
    for (qsizetype at = 0; at < bytes.size(); at += step) {
        const QByteArray piece = bytes.sliced(at, qMin(step, bytes.size() - at)).toByteArray();
        parser.feed(piece);
    }
    parser.finish();
    FUZZ_CHECK(parser.offset() == bytes.size() && parser.betweenEvents());
    return seen;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size < 1)
        return 0;
    const QByteArrayView bytes = fuzzBytes(data + 1, size - 1);
    const QByteArray whole = outcome(bytes, qMax<qsizetype>(bytes.size(), 1));
    FUZZ_CHECK(outcome(bytes, 1 + data[0] % 16) == whole);
    return 0;
}
