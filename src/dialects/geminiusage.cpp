#include "dialects/geminiusage.h"

#include <array>
#include <QString>

namespace lbp {
namespace {

/// No exchange has a million million tokens; below this no sum here can overflow.
constexpr qint64 absurd = 1'000'000'000'000;

using Count = std::optional<qint64> GeminiUsage::*;

struct Named
{
    const char *name;
    Count count;
};

constexpr std::array<Named, 11> all{{{"promptTokenCount", &GeminiUsage::prompt},
                                     {"toolUsePromptTokenCount", &GeminiUsage::toolUse},
                                     {"cachedContentTokenCount", &GeminiUsage::cached},
                                     {"candidatesTokenCount", &GeminiUsage::candidates},
                                     {"thoughtsTokenCount", &GeminiUsage::thoughts},
                                     {"totalTokenCount", &GeminiUsage::total},
                                     {"AUDIO of promptTokensDetails", &GeminiUsage::promptAudio},
                                     {"AUDIO of toolUsePromptTokensDetails", &GeminiUsage::toolUseAudio},
                                     {"AUDIO of cacheTokensDetails", &GeminiUsage::cachedAudio},
                                     {"AUDIO of candidatesTokensDetails", &GeminiUsage::candidatesAudio},
                                     {"IMAGE of candidatesTokensDetails", &GeminiUsage::candidatesImage}}};

Status checked(const GeminiUsage &raw)
{
    if (raw.unreadable)
        return fail(ErrorCode::InvalidUsage,
                    QStringLiteral("usageMetadata: a token count is not a whole number in range"));
    for (const Named &each : all) {
        const std::optional<qint64> &count = raw.*each.count;
        if (count && (*count < 0 || *count > absurd)) {
            return fail(ErrorCode::InvalidUsage,
                        QStringLiteral("usageMetadata: %1 is %2, which is impossible")
                            .arg(QString::fromLatin1(each.name), QString::number(*count)));
        }
    }
    return {};
}

} // namespace

bool GeminiUsage::isZero() const
{
    for (const Named &each : all) {
        if ((this->*each.count).value_or(0) != 0)
            return false;
    }
    return !unreadable;
}

void GeminiUsage::update(const GeminiUsage &later)
{
    for (const Named &each : all) {
        if (later.*each.count)
            this->*each.count = later.*each.count;
    }
    unreadable |= later.unreadable;
}

Result<Usage> normalised(const GeminiUsage &raw)
{
    if (!raw.saysAnything())
        return fail(ErrorCode::NotFound, QStringLiteral("the answer has no usageMetadata"));
    if (const Status ok = checked(raw); !ok)
        return tl::unexpected(ok.error());

    const qint64 total = raw.total.value_or(0);
    const qint64 toolUse = raw.toolUse.value_or(0);
    const qint64 thoughts = raw.thoughts.value_or(0);
    const qint64 stated = raw.candidates.value_or(0);
    const qint64 prompt = raw.prompt.value_or(qMax<qint64>(0, total - toolUse - stated - thoughts));
    const qint64 cached = raw.cached.value_or(0);
    const qint64 audioIn = raw.promptAudio.value_or(0) + raw.toolUseAudio.value_or(0);
    const qint64 audioOut = raw.candidatesAudio.value_or(0);
    const qint64 imageOut = raw.candidatesImage.value_or(0);

    // What is both cached and audio is not counted twice.
    const qint64 promptAudio = raw.promptAudio.value_or(0);
    const qint64 overlap =
        qMin(promptAudio, raw.cachedAudio.value_or(qMax<qint64>(0, cached + promptAudio - prompt)));
    const qint64 cachedText = qMax<qint64>(0, cached - overlap);

    using enum BillingClass;
    Usage usage;
    usage[CachedInput] = cachedText;
    usage[AudioInput] = audioIn;
    usage[UncachedInput] = qMax<qint64>(0, prompt + toolUse - cachedText - audioIn);

    const bool thoughtsInside = thoughts <= stated && total > 0 && prompt + toolUse + stated == total;
    const qint64 parts = thoughtsInside ? stated : stated + thoughts;
    const qint64 output = qMax(parts, total - prompt - toolUse);
    usage[Reasoning] = thoughts;
    usage[AudioOutput] = audioOut;
    usage[ImageOutput] = imageOut;
    usage[Output] = qMax<qint64>(0, output - thoughts - audioOut - imageOut);
    return usage;
}

} // namespace lbp
