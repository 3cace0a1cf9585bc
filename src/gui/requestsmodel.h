#pragma once

#include "gui/navigator.h"
#include "gui/pagemodel.h"
#include "gui/requestcolumns.h"
#include "gui/requestdetail.h"
#include "gui/requestexport.h"
#include "gui/requestfilterinput.h"
#include "gui/requestlistmodel.h"

namespace lbp::gui {

/// The page of all requests: its list, its filter, its columns, the detail of one, the way into a file.
/// Thread: main.
class RequestsModel : public lbp::gui::PageModel // in full: tools of QML look it up by this name
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("provided by the application")
    Q_PROPERTY(lbp::gui::RequestListModel *list READ list CONSTANT)
    Q_PROPERTY(lbp::gui::RequestFilterInput *filter READ filter CONSTANT)
    Q_PROPERTY(lbp::gui::RequestColumns *columns READ columns CONSTANT)
    Q_PROPERTY(lbp::gui::RequestDetail *detail READ detail CONSTANT)
    Q_PROPERTY(lbp::gui::RequestExport *exporter READ exporter CONSTANT)
public:
    explicit RequestsModel(const GuiServices &services, QObject *parent = nullptr);

    [[nodiscard]] RequestListModel *list() { return &m_list; }
    [[nodiscard]] RequestFilterInput *filter() { return &m_filter; }
    [[nodiscard]] RequestColumns *columns() { return &m_columns; }
    [[nodiscard]] RequestDetail *detail() { return &m_detail; }
    [[nodiscard]] RequestExport *exporter() { return &m_export; }

    Q_INVOKABLE void openSettings(); ///< where the logging of bodies is switched on

Q_SIGNALS:
    void filterFocusAsked();
    void exportAsked(int format);

protected:
    void activated() override;
    void deactivated() override;

private:
    void opened(Navigator::Page page, const QVariantMap &arguments);
    void addCommands();
    RequestFilterInput m_filter;
    RequestColumns m_columns;
    RequestListModel m_list;
    RequestDetail m_detail;
    RequestExport m_export;
};

} // namespace lbp::gui
