// Any bytes decode or fail within the bound, whole and split alike; what we encode decodes to the same.
#include "fuzz.h"
#include "wire/contentcoding.h"

using namespace lbp;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size < 2)
        return 0;
    constexpr qsizetype maxOut = 200'000;
    const auto coding = static_cast<Coding>(data[0] % 5);
    const qsizetype step = 1 + data[1] % 64;
    const QByteArrayView in = fuzzBytes(data + 2, size - 2);
    const auto whole = makeDecoder(coding);
    QByteArray out;
    const bool good = whole->decode(in, out, maxOut).has_value();
    FUZZ_CHECK(out.size() <= maxOut);
    if (good) {
        const auto split = makeDecoder(coding);
        QByteArray pieces;
        for (qsizetype at = 0; at < in.size(); at += step) {
            FUZZ_CHECK(split->decode(in.sliced(at, qMin(step, in.size() - at)), pieces, maxOut));
        }
        FUZZ_CHECK(pieces == out && split->atEnd() == whole->atEnd());
    }
    const auto back = decodeAll(coding, encodeAll(coding, in), in.size());
    FUZZ_CHECK(back && *back == in);
    const QByteArray text = in.toByteArray();
    (void)acceptEncodingFor(&text);
    return 0;
}
