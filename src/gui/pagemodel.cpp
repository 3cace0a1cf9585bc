#include "gui/pagemodel.h"

namespace lbp::gui {

PageModel::PageModel(const GuiServices &services, QObject *parent)
    : QObject(parent)
    , m_services(services)
{
}

void PageModel::setActive(bool active)
{
    if (m_active == active)
        return;
    m_active = active;
    if (active)
        activated();
    else
        deactivated();
    Q_EMIT activeChanged();
}

void PageModel::setReady(bool ready)
{
    if (m_ready == ready)
        return;
    m_ready = ready;
    Q_EMIT readyChanged();
}

void PageModel::setProblem(const QString &problem)
{
    if (m_problem == problem)
        return;
    m_problem = problem;
    Q_EMIT problemChanged();
}

} // namespace lbp::gui
