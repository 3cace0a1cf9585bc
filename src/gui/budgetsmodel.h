#pragma once

#include "gui/pagemodel.h"

namespace lbp::gui {

/// Every budget: limit, spent, reserved, reset. Thread: main.
class BudgetsModel : public PageModel
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("provided by the application")
public:
    using PageModel::PageModel;
};

} // namespace lbp::gui
