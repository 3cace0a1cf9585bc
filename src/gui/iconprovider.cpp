#include "gui/iconprovider.h"

#include <QColor>
#include <QFile>
#include <QPainter>
#include <QSvgRenderer>

namespace lbp::gui {

using namespace Qt::StringLiterals;

IconProvider::IconProvider()
    : QQuickImageProvider(QQuickImageProvider::Image)
{
}

QImage IconProvider::requestImage(const QString &id, QSize *size, const QSize &requestedSize)
{
    constexpr int natural = 16;
    const QSize wanted(requestedSize.width() > 0 ? requestedSize.width() : natural,
                       requestedSize.height() > 0 ? requestedSize.height() : natural);
    if (size != nullptr)
        *size = wanted;
    QImage image(wanted, QImage::Format_ARGB32_Premultiplied);
    image.fill(Qt::transparent);
    const QString name = id.section(u'/', 0, 0);
    QFile file(u":/icons/%1.svg"_s.arg(name));
    if (!file.open(QIODevice::ReadOnly)) {
        qWarning("there is no icon %s: add it to resources/icons/icons.txt", qUtf8Printable(name));
        return image;
    }
    QSvgRenderer renderer(file.readAll());
    renderer.setAspectRatioMode(Qt::KeepAspectRatio);
    QPainter painter(&image);
    renderer.render(&painter);
    // The drawing gives the shape, the caller the colour.
    painter.setCompositionMode(QPainter::CompositionMode_SourceIn);
    painter.fillRect(image.rect(), QColor(u'#' + id.section(u'/', 1, 1)));
    return image;
}

} // namespace lbp::gui
