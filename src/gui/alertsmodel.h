#pragma once

#include "gui/pagemodel.h"

namespace lbp::gui {

/// What was alerted, and how it was delivered. Thread: main.
class AlertsModel : public PageModel
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("provided by the application")
public:
    using PageModel::PageModel;
};

} // namespace lbp::gui
