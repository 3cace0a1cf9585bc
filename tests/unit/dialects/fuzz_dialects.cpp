// Usage readers, the stream meter and the body editor on hostile bytes. What they promise is checked, not
// only that they survive.
#include "dialects/dialect.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>

using namespace lbp;

namespace {

void require(bool promise)
{
    if (!promise)
        std::abort();
}

void requirePlausible(const UsageReport &report)
{
    for (const qint64 count : report.usage.counts)
        require(count >= 0);
    for (const UsagePart &part : report.parts) {
        for (const qint64 count : part.usage.counts)
            require(count >= 0);
    }
}

void readers(const Dialect &dialect, const QByteArray &bytes)
{
    if (const auto report = dialect.readUsage(bytes))
        requirePlausible(*report);
    require(dialect.estimateOutput(bytes) >= 0);
    const auto meter = dialect.meter({}, true);
    qsizetype begin = 0;
    while (begin <= bytes.size()) {
        qsizetype end = bytes.indexOf('\n', begin);
        end = end < 0 ? bytes.size() : end;
        const qint64 before = meter->outputTokensEstimate();
        meter->onEvent({}, QByteArrayView(bytes).sliced(begin, end - begin));
        require(meter->report() || meter->outputTokensEstimate() >= before);
        begin = end + 1;
    }
    require(meter->outputTokensAtLeast() <= meter->outputTokensEstimate());
    if (const auto report = meter->report())
        requirePlausible(*report);
    [[maybe_unused]] const QByteArray end = meter->endAtCeiling({});
}

void editor(const Dialect &dialect, const QByteArray &bytes)
{
    const auto facts = dialect.readRequest(bytes);
    if (!facts || dialect.metering() == Metering::Free)
        return;
    require(facts->choices >= 1 && facts->inputUpperBound >= 0);
    require(facts->inputPasses >= 1 && facts->hostedInput >= 0 && facts->webSearches >= 0);
    BodyChanges changes;
    changes.model = QStringLiteral("gpt-4o-mini");
    if (dialect.hasOutput()) {
        if (facts->fixedCeilingReason.isEmpty())
            changes.ceiling = std::max<qint64>(17, facts->leastCeiling);
        changes.askForUsage = !facts->wantsUsage;
    }
    const auto edited = dialect.edited(bytes, changes);
    require(edited.has_value());
    const auto again = dialect.readRequest(*edited);
    require(again.has_value());
    require(again->model == *changes.model);
    require(again->inputUnbounded == facts->inputUnbounded || again->inputUnbounded);
    if (dialect.hasOutput())
        require((!changes.ceiling || again->ceiling == changes.ceiling) && again->wantsUsage);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const QByteArray bytes(reinterpret_cast<const char *>(data), qsizetype(size));
    for (const char *path : {"/chat/completions", "/completions", "/embeddings", "/messages", "/responses"}) {
        const Dialect *const dialect = DialectSet::all().find("POST", path);
        require(dialect);
        readers(*dialect, bytes);
        editor(*dialect, bytes);
    }
    return 0;
}
