// Google's API on hostile bytes: paths, requests and their changes, usage readers, the meter fed with what a
// stream or an array of it holds. What they promise is checked, not only that they survive.
#include "../../fuzz/fuzz.h"
#include "dialects/dialect.h"
#include "dialects/geminipath.h"
#include "wire/jsonarray.h"

using namespace lbp;

namespace {

void requirePlausible(const Usage &usage)
{
    for (const qint64 count : usage.counts)
        FUZZ_CHECK(count >= 0);
}

void readers(const Dialect &dialect, const QByteArray &bytes)
{
    if (const auto report = dialect.readUsage(bytes))
        requirePlausible(report->usage);
    FUZZ_CHECK(dialect.estimateOutput(bytes) >= 0);
    RequestFacts facts;
    facts.streamForm = StreamForm::JsonArray;
    const auto meter = dialect.meter(facts, false);
    JsonArraySplitter splitter([&](const JsonArraySplitter::Element &element) {
        FUZZ_CHECK(!meter->onEvent({}, element.json)); // nothing is ever hidden
        if (const auto report = meter->report()) {
            requirePlausible(report->usage);
            FUZZ_CHECK(report->isEstimated != meter->isWhole());
        }
        FUZZ_CHECK(meter->outputTokensAtLeast() <= meter->outputTokensEstimate());
    });
    splitter.feed(bytes);
    splitter.finish();
    const auto last = dialect.readUsage(meter->endAtCeiling({}));
    FUZZ_CHECK(last.has_value() && last->usage.isZero());
}

void editor(const Dialect &dialect, const QByteArray &path, const QByteArray &body)
{
    Call call;
    call.path = path;
    call.body = body;
    const auto facts = dialect.read(call);
    if (!facts)
        return;
    FUZZ_CHECK(facts->choices >= 1 && facts->inputUpperBound >= 0);
    BodyChanges changes;
    changes.model = QStringLiteral("gemini-small");
    if (dialect.hasOutput())
        changes.ceiling = 17;
    const auto edited = dialect.rewritten(call, changes);
    FUZZ_CHECK(edited.has_value() && edited->path.has_value());
    Call next;
    next.path = *edited->path;
    next.body = edited->body;
    const auto again = dialect.read(next);
    FUZZ_CHECK(again.has_value());
    FUZZ_CHECK(again->model == *changes.model);
    FUZZ_CHECK(again->inputUnbounded == facts->inputUnbounded && again->asksAudio == facts->asksAudio);
    if (dialect.hasOutput())
        FUZZ_CHECK(again->ceiling == changes.ceiling && again->webSearches == facts->webSearches);
}

void path(const QByteArray &bytes)
{
    const auto read = GeminiPath::read(bytes);
    if (!read)
        return;
    const auto other = read->withModel(QStringLiteral("small"));
    FUZZ_CHECK(other.has_value());
    if (read->verb.isEmpty())
        return;
    const auto again = GeminiPath::read(*other);
    FUZZ_CHECK(again && again->version == read->version && again->verb == read->verb && again->id == "small");
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const QByteArray bytes = fuzzBytes(data, size).toByteArray();
    path(bytes);
    for (const char *each :
         {"/v1beta/models/gemini-large:generateContent", "/v1beta/models/gemini-large:batchEmbedContents"}) {
        const Dialect *const dialect = DialectSet::all().find("POST", each, Api::Gemini);
        FUZZ_CHECK(dialect && dialect->api() == Api::Gemini);
        readers(*dialect, bytes);
        editor(*dialect, each, bytes);
    }
    return 0;
}
