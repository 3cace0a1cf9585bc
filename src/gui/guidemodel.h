#pragma once

#include "gui/pagemodel.h"

namespace lbp::gui {

/// The first start: provider, budget, key, tool. Thread: main.
class GuideModel : public PageModel
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("provided by the application")
public:
    using PageModel::PageModel;
};

} // namespace lbp::gui
