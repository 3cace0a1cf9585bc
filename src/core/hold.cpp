#include "core/hold.h"

namespace lbp {

QString holdEndName(HoldEnd end)
{
    switch (end) {
    case HoldEnd::AllowedOnce:
        return QStringLiteral("allowedOnce");
    case HoldEnd::Raised:
        return QStringLiteral("raised");
    case HoldEnd::RoomFreed:
        return QStringLiteral("roomFreed");
    case HoldEnd::Blocked:
        return QStringLiteral("blocked");
    case HoldEnd::TimedOut:
        return QStringLiteral("timedOut");
    case HoldEnd::ClientGone:
        return QStringLiteral("clientGone");
    case HoldEnd::Withdrawn:
        break;
    }
    return QStringLiteral("withdrawn");
}

} // namespace lbp
