#include "gui/useredit.h"

namespace lbp::gui {

void UserEdit::write(const QVariant &value)
{
    // QObject::setProperty leaves bindings alone; QQmlProperty and an assignment in QML remove them.
    if (m_target != nullptr)
        m_target->setProperty(qPrintable(m_property), value);
}

} // namespace lbp::gui
