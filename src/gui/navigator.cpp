#include "gui/navigator.h"

#include <QMetaEnum>

namespace lbp::gui {

QString Navigator::pageName() const
{
    return QString::fromLatin1(QMetaEnum::fromType<Page>().valueToKey(m_page)).toLower();
}

void Navigator::open(Page page, const QVariantMap &arguments)
{
    const bool changed = page != m_page;
    m_page = page;
    if (changed)
        Q_EMIT pageChanged();
    Q_EMIT opened(page, arguments);
}

void Navigator::openByName(const QString &name)
{
    const QMetaEnum pages = QMetaEnum::fromType<Page>();
    for (int i = 0; i < pages.keyCount(); ++i)
        if (QString::fromLatin1(pages.key(i)).compare(name, Qt::CaseInsensitive) == 0)
            open(Page(pages.value(i)));
}

} // namespace lbp::gui
