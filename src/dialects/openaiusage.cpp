#include "dialects/openaiusage.h"

#include <array>
#include <QString>

namespace lbp {
namespace {

/// No exchange has a million million tokens; below this no sum here can overflow.
constexpr qint64 absurd = 1'000'000'000'000;

Status checked(const OpenAiUsage &raw)
{
    if (raw.unreadable)
        return fail(ErrorCode::InvalidUsage,
                    QStringLiteral("usage: a token count is not a whole number in range"));
    struct Named
    {
        const char *name;
        const std::optional<qint64> &count;
    };
    const std::array<Named, 8> all{{{"prompt_tokens", raw.input},
                                    {"completion_tokens", raw.output},
                                    {"total_tokens", raw.total},
                                    {"cached_tokens", raw.cached},
                                    {"cache_write_tokens", raw.cacheWrite},
                                    {"prompt audio_tokens", raw.audioInput},
                                    {"completion audio_tokens", raw.audioOutput},
                                    {"reasoning_tokens", raw.reasoning}}};
    for (const Named &each : all) {
        if (each.count && (*each.count < 0 || *each.count > absurd)) {
            return fail(ErrorCode::InvalidUsage,
                        QStringLiteral("usage: %1 is %2, which is impossible")
                            .arg(QString::fromLatin1(each.name), QString::number(*each.count)));
        }
    }
    return {};
}

} // namespace

Result<Usage> normalised(const OpenAiUsage &raw)
{
    if (!raw.saysAnything())
        return fail(ErrorCode::NotFound, QStringLiteral("the answer has no usage"));
    if (const Status ok = checked(raw); !ok)
        return tl::unexpected(ok.error());

    const qint64 total = raw.total.value_or(0);
    const qint64 input = raw.input.value_or(qMax<qint64>(0, total - raw.output.value_or(0)));
    const qint64 stated = raw.output.value_or(qMax<qint64>(0, total - input));
    const qint64 write = raw.cacheWrite.value_or(0);
    const qint64 audioIn = raw.audioInput.value_or(0);
    const qint64 reasoning = raw.reasoning.value_or(0);
    const qint64 audioOut = raw.audioOutput.value_or(0);
    const bool cachedOnTop = raw.cached.value_or(0) > input;

    using enum BillingClass;
    Usage usage;
    qint64 cached = raw.cached.value_or(0);
    if (cachedOnTop) {
        usage[UncachedInput] = qMax<qint64>(0, input - write - audioIn);
    } else {
        const qint64 overlap = qMax<qint64>(0, cached + write + audioIn - input);
        cached -= qMin(overlap, qMin(cached, audioIn));
        usage[UncachedInput] = qMax<qint64>(0, input - cached - write - audioIn);
    }
    usage[CachedInput] = cached;
    usage[CacheWrite5m] = write;
    usage[AudioInput] = audioIn;

    qint64 output = stated + qMax<qint64>(0, total - usage.inputTokens() - stated);
    if (reasoning > stated)
        output = qMax(output, stated + reasoning);
    usage[Reasoning] = reasoning;
    usage[AudioOutput] = audioOut;
    usage[Output] = qMax<qint64>(0, output - reasoning - audioOut);
    return usage;
}

} // namespace lbp
