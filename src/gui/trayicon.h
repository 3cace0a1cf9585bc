#pragma once

#include <QIcon>

namespace lbp::gui {

/// What the icon in the tray says at a glance.
struct TrayFace
{
    enum class Tone { Calm, Warning, Full, Trouble };
    int percent = 0; ///< of today's budget, 0 to 100: how far the ring is filled
    bool hasBudget = false; ///< false: the ring stays empty
    Tone tone = Tone::Calm;
    bool paused = false;
    bool operator==(const TrayFace &) const = default;
};

/// The icon for \a face, in the sizes that panels ask for. Readable on light and dark panels.
[[nodiscard]] QIcon trayIcon(const TrayFace &face);

} // namespace lbp::gui
