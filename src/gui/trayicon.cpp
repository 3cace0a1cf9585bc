#include "gui/trayicon.h"

#include <algorithm>
#include <QPainter>
#include <QPixmap>

namespace lbp::gui {

namespace {

QColor colourOf(TrayFace::Tone tone)
{
    switch (tone) {
    case TrayFace::Tone::Calm:
        return {0x6f, 0x74, 0xee};
    case TrayFace::Tone::Warning:
        return {0xe0, 0x9a, 0x1c};
    case TrayFace::Tone::Full:
    case TrayFace::Tone::Trouble:
        return {0xe0, 0x4f, 0x49};
    }
    return {};
}

QPixmap pixmap(const TrayFace &face, int size)
{
    QPixmap picture(size, size);
    picture.fill(Qt::transparent);
    QPainter painter(&picture);
    painter.setRenderHint(QPainter::Antialiasing);
    const qreal width = size * 0.16;
    const QRectF ring =
        QRectF(0, 0, size, size).adjusted(width * 0.8, width * 0.8, -width * 0.8, -width * 0.8);
    const QColor colour = colourOf(face.tone);
    // A middle grey holds on light and on dark panels.
    painter.setPen(QPen(QColor(0x8a, 0x91, 0x9e), width, Qt::SolidLine, Qt::FlatCap));
    painter.drawEllipse(ring);
    if (face.hasBudget) {
        constexpr int degree = 16; // QPainter counts sixteenths
        const int span = std::clamp(face.percent, 0, 100) * 360 * degree / 100;
        painter.setPen(QPen(colour, width, Qt::SolidLine, Qt::FlatCap));
        painter.drawArc(ring, 90 * degree, -span);
    }
    painter.setPen(Qt::NoPen);
    const QPointF centre(size / 2.0, size / 2.0);
    if (face.paused) {
        painter.setBrush(QColor(0x8a, 0x91, 0x9e));
        const QSizeF bar(size * 0.11, size * 0.34);
        painter.drawRect(
            QRectF(centre.x() - bar.width() * 1.5, centre.y() - bar.height() / 2, bar.width(), bar.height()));
        painter.drawRect(
            QRectF(centre.x() + bar.width() * 0.5, centre.y() - bar.height() / 2, bar.width(), bar.height()));
    } else if (face.tone == TrayFace::Tone::Trouble) {
        painter.setBrush(colour);
        const QSizeF stroke(size * 0.12, size * 0.26);
        painter.drawRect(QRectF(centre.x() - stroke.width() / 2, centre.y() - size * 0.2, stroke.width(),
                                stroke.height()));
        painter.drawEllipse(centre + QPointF(0, size * 0.16), stroke.width() * 0.6, stroke.width() * 0.6);
    } else {
        painter.setBrush(colour);
        painter.drawEllipse(centre, size * 0.13, size * 0.13);
    }
    return picture;
}

} // namespace

QIcon trayIcon(const TrayFace &face)
{
    QIcon icon;
    for (const int size : {16, 22, 24, 32, 48, 64})
        icon.addPixmap(pixmap(face, size));
    return icon;
}

} // namespace lbp::gui
