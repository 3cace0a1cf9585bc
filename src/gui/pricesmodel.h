#pragma once

#include "gui/pagemodel.h"

namespace lbp::gui {

/// Models and their prices. Thread: main.
class PricesModel : public PageModel
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("provided by the application")
public:
    using PageModel::PageModel;
};

} // namespace lbp::gui
