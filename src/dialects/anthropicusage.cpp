#include "dialects/anthropicusage.h"

#include <algorithm>
#include <array>

namespace lbp {
namespace {

using enum BillingClass;

/// No exchange has a million million tokens; below this no sum here can overflow.
constexpr qint64 absurd = 1'000'000'000'000;
/// Nor has it more passes of models than this; what follows is left to the counts of the whole.
constexpr size_t mostIterations = 10'000;

void keepLarger(std::optional<qint64> &own, const std::optional<qint64> &later)
{
    if (later)
        own = std::max(own.value_or(0), *later);
}

Status checked(const AnthropicCounts &counts)
{
    if (counts.unreadable)
        return fail(ErrorCode::InvalidUsage,
                    QStringLiteral("usage: a token count is not a whole number in range"));
    struct Named
    {
        const char *name;
        const std::optional<qint64> &count;
    };
    const std::array<Named, 8> all{{{"input_tokens", counts.input},
                                    {"cache_read_input_tokens", counts.cacheRead},
                                    {"cache_creation_input_tokens", counts.cacheWrite},
                                    {"ephemeral_5m_input_tokens", counts.write5m},
                                    {"ephemeral_1h_input_tokens", counts.write1h},
                                    {"output_tokens", counts.output},
                                    {"thinking_tokens", counts.thinking},
                                    {"web_search_requests", counts.webSearches}}};
    for (const Named &each : all) {
        if (each.count && (*each.count < 0 || *each.count > absurd)) {
            return fail(ErrorCode::InvalidUsage,
                        QStringLiteral("usage: %1 is %2, which is impossible")
                            .arg(QString::fromLatin1(each.name), QString::number(*each.count)));
        }
    }
    return {};
}

void add(Usage &sum, const Usage &more)
{
    for (size_t i = 0; i < sum.counts.size(); ++i)
        sum.counts[i] += more.counts[i];
}

/// What \a whole has beyond \a passes, group by group: passes may split a group otherwise than the whole
/// does.
Usage beyond(const Usage &whole, const Usage &passes)
{
    Usage rest;
    const auto surplus = [&](std::initializer_list<BillingClass> group) {
        qint64 n = 0;
        for (const BillingClass c : group)
            n += whole[c] - passes[c];
        return std::max<qint64>(0, n);
    };
    rest[UncachedInput] = surplus({UncachedInput});
    rest[CachedInput] = surplus({CachedInput});
    rest[CacheWrite5m] = surplus({CacheWrite5m, CacheWrite1h});
    rest[Output] = surplus({Output, Reasoning});
    rest[WebSearchCall] = surplus({WebSearchCall});
    return rest;
}

Usage &usageOf(UsageReport &report, const QString &model)
{
    if (model.isEmpty())
        return report.usage;
    const auto known = std::find_if(report.parts.begin(), report.parts.end(),
                                    [&](const UsagePart &part) { return part.model == model; });
    if (known != report.parts.end())
        return known->usage;
    report.parts.push_back({model, {}});
    return report.parts.back().usage;
}

/// Passes are not told which of their output was thinking; the whole is.
void nameReasoning(Usage &usage, qint64 reasoning)
{
    const qint64 moved = std::min(std::max<qint64>(0, reasoning - usage[Reasoning]), usage[Output]);
    usage[Output] -= moved;
    usage[Reasoning] += moved;
}

/// The tier that the price depends on: fast inference is one of its own.
QString tierOf(const AnthropicUsage &usage)
{
    return usage.speed == u"fast" ? usage.speed : usage.serviceTier;
}

} // namespace

void AnthropicCounts::update(const AnthropicCounts &later)
{
    keepLarger(input, later.input);
    keepLarger(cacheRead, later.cacheRead);
    keepLarger(cacheWrite, later.cacheWrite);
    keepLarger(write5m, later.write5m);
    keepLarger(write1h, later.write1h);
    keepLarger(output, later.output);
    keepLarger(thinking, later.thinking);
    keepLarger(webSearches, later.webSearches);
    unreadable |= later.unreadable;
}

void AnthropicUsage::update(AnthropicUsage &&later)
{
    counts.update(later.counts);
    if (!later.iterations.empty())
        iterations = std::move(later.iterations);
    const auto keep = [](QString &own, QString &seen) {
        if (!seen.isEmpty())
            own = std::move(seen);
    };
    keep(serviceTier, later.serviceTier);
    keep(speed, later.speed);
    keep(inferenceGeo, later.inferenceGeo);
}

Result<Usage> normalised(const AnthropicCounts &counts)
{
    if (!counts.saysAnything())
        return fail(ErrorCode::NotFound, QStringLiteral("the answer has no usage"));
    if (const Status ok = checked(counts); !ok)
        return tl::unexpected(ok.error());
    const qint64 write1h = counts.write1h.value_or(0);
    const qint64 output = counts.output.value_or(0);
    const qint64 thinking = counts.thinking.value_or(0);
    Usage usage;
    usage[UncachedInput] = counts.input.value_or(0);
    usage[CachedInput] = counts.cacheRead.value_or(0);
    usage[CacheWrite1h] = write1h;
    usage[CacheWrite5m] = std::max(counts.write5m.value_or(0), counts.cacheWrite.value_or(0) - write1h);
    usage[Reasoning] = thinking;
    usage[Output] = std::max<qint64>(0, output - thinking);
    usage[WebSearchCall] = counts.webSearches.value_or(0);
    return usage;
}

Result<UsageReport> anthropicReport(const AnthropicUsage &usage, const QString &model, const QString &id)
{
    const Result<Usage> whole = normalised(usage.counts);
    if (!whole)
        return tl::unexpected(whole.error());
    UsageReport report;
    report.serviceTier = tierOf(usage);
    report.model = model;
    report.responseId = id;
    report.ratePercent = usage.inferenceGeo.isEmpty() ? 0 : anthropicRatePercent(usage.inferenceGeo);
    report.countsCalls = true;
    if (usage.iterations.empty() || usage.iterations.size() > mostIterations) {
        report.usage = *whole;
        return report;
    }
    // Once a fallback has answered, the answer bears its name, and only the passes know who did what.
    const bool fellBack =
        std::any_of(usage.iterations.begin(), usage.iterations.end(),
                    [](const AnthropicIteration &pass) { return pass.type == "fallback_message"; });
    Usage inWhole; // what the counts of the whole cover
    for (const AnthropicIteration &pass : usage.iterations) {
        const Result<Usage> counted = normalised(pass.counts);
        if (!counted) {
            if (counted.error().code == ErrorCode::NotFound)
                continue;
            return tl::unexpected(counted.error());
        }
        if (pass.type != "compaction" && pass.type != "advisor_message")
            add(inWhole, *counted);
        const bool isOther = fellBack || pass.model != model;
        add(usageOf(report, isOther ? pass.model : QString()), *counted);
    }
    // Where nobody but a fallback could have made the surplus, its price is the one that was answered at.
    add(usageOf(report, fellBack ? model : QString()), beyond(*whole, inWhole));
    nameReasoning(report.usage, (*whole)[Reasoning]);
    return report;
}

int anthropicRatePercent(const QString &inferenceGeo)
{
    const bool anywhere =
        inferenceGeo.isEmpty() || inferenceGeo == u"global" || inferenceGeo == u"not_available";
    return anywhere ? 100 : 110;
}

} // namespace lbp
