// The same bytes, whole and split, make the same requests or the same failure; what a head promises holds.
#include "fuzz.h"
#include "wire/http.h"

using namespace lbp;

namespace {

QByteArray outcome(QByteArrayView bytes, qsizetype step)
{
    RequestParser parser({4096, 100'000, 50});
    QByteArray seen, pending;
    for (qsizetype at = 0; at < bytes.size(); at += step) {
        pending.append(bytes.sliced(at, qMin(step, bytes.size() - at)));
        while (true) {
            const auto before = parser.state();
            pending.remove(0, parser.feed(pending));
            const auto now = parser.state();
            if (now == RequestParser::State::Failed)
                return seen + "!" + parser.error().detail.toUtf8();
            if (now == RequestParser::State::HeadDone && before != now) {
                const RequestHead &head = parser.head();
                FUZZ_CHECK(!(head.chunked && head.contentLength));
                FUZZ_CHECK(head.target.startsWith('/') || head.target == "*");
                FUZZ_CHECK(head.minorVersion == 0 || head.headers.contains("host"));
                for (const Header &header : head.headers)
                    FUZZ_CHECK(isFieldValue(header.value) && !header.name.isEmpty());
                seen += head.method + " " + head.target + "\n";
                head.headers.writeTo(seen);
            } else if (now == RequestParser::State::Done) {
                FUZZ_CHECK(!parser.head().contentLength
                           || *parser.head().contentLength == parser.body().size());
                FUZZ_CHECK(parser.body().isEmpty() || parser.body().capacity() - parser.body().size() >= 64);
                seen += parser.takeBody() + "\n.\n";
                parser.next();
            } else {
                break;
            }
        }
    }
    return seen;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size < 1)
        return 0;
    const QByteArrayView bytes = fuzzBytes(data + 1, size - 1);
    const QByteArray whole = outcome(bytes, qMax<qsizetype>(bytes.size(), 1));
    FUZZ_CHECK(outcome(bytes, 1 + data[0] % 32) == whole);
    return 0;
}
