#pragma once

#include "gui/pagemodel.h"

namespace lbp::gui {

/// How each tool is pointed at the proxy. Thread: main.
class ConnectModel : public PageModel
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("provided by the application")
public:
    using PageModel::PageModel;
};

} // namespace lbp::gui
