#pragma once

#include "gui/pagemodel.h"

namespace lbp::gui {

/// The list of requests, its filter and the detail of one. Thread: main.
class RequestsModel : public PageModel
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("provided by the application")
public:
    using PageModel::PageModel;
};

} // namespace lbp::gui
