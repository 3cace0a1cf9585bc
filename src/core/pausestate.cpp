#include "core/pausestate.h"

namespace lbp {

namespace {
constexpr QStringView untilMark = u"1 until ";
} // namespace

QString PauseState::toText() const
{
    if (!paused)
        return QStringLiteral("0");
    return until ? untilMark.toString() + QString::number(toMicros(*until)) : QStringLiteral("1");
}

PauseState PauseState::fromText(const QString &text)
{
    if (text.isEmpty() || text == u"0")
        return {};
    bool good = false;
    const qint64 micros =
        text.startsWith(untilMark) ? QStringView(text).sliced(untilMark.size()).toLongLong(&good) : 0;
    return {true, good ? std::optional(fromMicros(micros)) : std::nullopt};
}

} // namespace lbp
