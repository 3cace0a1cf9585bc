// Splits do not matter; elements lie in order without overlapping, inside the stream, and an array that is
// open can be ended at any place that says so.
#include "fuzz.h"
#include "wire/jsonarray.h"

using namespace lbp;

namespace {

constexpr qsizetype maxElement = 64;

QByteArray outcome(QByteArrayView bytes, qsizetype step)
{
    QByteArray seen;
    qint64 last = 0;
    bool added = false;
    JsonArraySplitter splitter(
        [&](const JsonArraySplitter::Element &element) {
            if (added) {
                FUZZ_CHECK(element.json == "{}");
                return;
            }
            FUZZ_CHECK(last <= element.begin && element.begin < element.end && element.end <= bytes.size());
            FUZZ_CHECK(element.overlong == (element.end - element.begin > maxElement));
            const QByteArrayView there = bytes.sliced(element.begin, element.end - element.begin);
            FUZZ_CHECK(element.overlong ? element.json.isEmpty() : element.json == there);
            last = element.end;
            seen += QByteArray::number(element.begin) + "-" + QByteArray::number(element.end) + ";";
        },
        maxElement);
    for (qsizetype at = 0; at < bytes.size(); at += step) {
        const QByteArray piece = bytes.sliced(at, qMin(step, bytes.size() - at)).toByteArray();
        splitter.feed(piece);
    }
    splitter.finish();
    FUZZ_CHECK(splitter.offset() == bytes.size());
    FUZZ_CHECK(!splitter.atEnd() || !splitter.betweenElements());
    if (splitter.betweenElements()) {
        added = true;
        splitter.feed(splitter.endingWith("{}"));
        FUZZ_CHECK(splitter.atEnd());
        return seen + "open";
    }
    return seen + (splitter.atEnd() ? "end" : "");
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
