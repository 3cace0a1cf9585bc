#pragma once

#include "gui/pagemodel.h"

namespace lbp::gui {

/// The virtual keys and what can be done with them. Thread: main.
class KeysModel : public PageModel
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("provided by the application")
public:
    using PageModel::PageModel;
};

} // namespace lbp::gui
