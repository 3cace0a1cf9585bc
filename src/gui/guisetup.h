#pragma once

class QQmlEngine;

namespace lbp::gui {

/// Once per process, before any engine: QML types, fonts. Needs a QGuiApplication.
void prepareGui();
/// For each engine: import path and icons.
void prepareEngine(QQmlEngine &engine);

} // namespace lbp::gui
