// Splits do not matter, and what is handed over is what stands at its place in the bytes.
#include "fuzz.h"
#include "wire/multipart.h"

using namespace lbp;

namespace {

QByteArray outcome(QByteArrayView bytes, qsizetype step)
{
    QByteArray seen;
    qint64 last = 0;
    bool open = false;
    MultipartParser parser("B",
                           {[&](const MultipartParser::Part &part) {
                                FUZZ_CHECK(!open && !part.name.isEmpty());
                                open = true;
                                seen += part.name + (part.isFile ? '!' : '=') + part.contentType + ':';
                            },
                            [&](QByteArrayView data, qint64 offset) {
                                FUZZ_CHECK(open && offset >= last && !data.isEmpty());
                                FUZZ_CHECK(offset + data.size() <= bytes.size());
                                FUZZ_CHECK(bytes.sliced(offset, data.size()) == data);
                                last = offset + data.size();
                                seen += data;
                            },
                            [&] {
                                FUZZ_CHECK(open);
                                open = false;
                                seen += ';';
                            }});
    for (qsizetype at = 0; at < bytes.size(); at += step) {
        const QByteArray piece = bytes.sliced(at, qMin(step, bytes.size() - at)).toByteArray();
        if (!parser.feed(piece))
            return "refused";
    }
    return parser.finish() ? seen : QByteArray("refused");
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size < 1)
        return 0;
    const QByteArrayView bytes = fuzzBytes(data + 1, size - 1);
    const QByteArray whole = outcome(bytes, qMax<qsizetype>(bytes.size(), 1));
    FUZZ_CHECK(outcome(bytes, 1 + data[0] % 16) == whole);
    (void)MultipartParser::boundaryOf(bytes);
    return 0;
}
