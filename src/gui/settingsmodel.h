#pragma once

#include "gui/pagemodel.h"

namespace lbp::gui {

/// What a person would change of the configuration. Thread: main.
class SettingsModel : public PageModel
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("provided by the application")
public:
    using PageModel::PageModel;
};

} // namespace lbp::gui
