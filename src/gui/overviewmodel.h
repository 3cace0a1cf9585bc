#pragma once

#include "gui/pagemodel.h"

namespace lbp::gui {

/// Where the money goes: sums, charts and the latest requests. Thread: main.
class OverviewModel : public PageModel
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("provided by the application")
public:
    using PageModel::PageModel;
};

} // namespace lbp::gui
