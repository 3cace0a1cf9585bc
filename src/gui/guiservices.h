#pragma once

#include "core/clock.h"

namespace lbp {

class AlertCenter;
class Control;
class EventHub;
class PriceEditor;
class ProviderTester;
class SecretVault;

namespace gui {

class CommandModel;
class DesktopServices;
class Format;
class Navigator;
class SpendWatch;
class ToastModel;
class UiState;

/// What every model of a window stands on. Borrowed: all of it outlives the models. Thread: main.
struct GuiServices
{
    Control &control;
    EventHub &events;
    const Clock &clock;
    DesktopServices &desktop;
    Format &format;
    ToastModel &toasts;
    CommandModel &commands;
    Navigator &navigator;
    UiState &state;
    AlertCenter &alerts;
    PriceEditor &prices;
    ProviderTester &tester;
    SecretVault &vault;
};

} // namespace gui
} // namespace lbp
