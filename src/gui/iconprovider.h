#pragma once

#include <QQuickImageProvider>

namespace lbp::gui {

/// image://icon/NAME/RRGGBB or AARRGGBB: an embedded icon, drawn in that colour. Thread: any.
class IconProvider final : public QQuickImageProvider
{
public:
    IconProvider();
    QImage requestImage(const QString &id, QSize *size, const QSize &requestedSize) override;
};

} // namespace lbp::gui
