// The same bytes, whole and split, make the same answer or the same failure, and as many bytes are taken.
#include "fuzz.h"
#include "wire/http.h"

using namespace lbp;

namespace {

QByteArray outcome(QByteArrayView bytes, qsizetype step, bool headRequest)
{
    ResponseParser parser;
    parser.start(headRequest);
    QByteArray body;
    qsizetype taken = 0;
    for (qsizetype at = 0; at < bytes.size() && taken == at; at += step)
        taken += parser.feed(bytes.sliced(at, qMin(step, bytes.size() - at)), body);
    const bool wasDone = parser.state() == ResponseParser::State::Done;
    parser.finish();
    if (parser.state() == ResponseParser::State::Failed)
        return "!" + parser.error().toUtf8();
    FUZZ_CHECK(parser.state() == ResponseParser::State::Done && parser.headDone());
    const ResponseHead &head = parser.head();
    FUZZ_CHECK(head.status >= 200 && !(head.chunked && head.contentLength));
    FUZZ_CHECK(wasDone || !head.keepAlive);
    FUZZ_CHECK(body.isEmpty() || !head.contentLength || *head.contentLength == body.size());
    QByteArray seen =
        QByteArray::number(head.status) + " " + QByteArray::number(wasDone ? taken : bytes.size()) + "\n";
    head.headers.writeTo(seen);
    parser.trailers().writeTo(seen);
    return seen + body;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size < 1)
        return 0;
    const QByteArrayView bytes = fuzzBytes(data + 1, size - 1);
    const bool headRequest = data[0] & 0x80;
    const QByteArray whole = outcome(bytes, qMax<qsizetype>(bytes.size(), 1), headRequest);
    FUZZ_CHECK(outcome(bytes, 1 + data[0] % 32, headRequest) == whole);
    return 0;
}
