#pragma once

#include <QObject>
#include <QQmlEngine>
#include <QString>

namespace lbp::gui {

/// One number of the overview, ready to be shown: amounts and counts as text of the locale.
struct OverviewFigure
{
    Q_GADGET
    QML_VALUE_TYPE(overviewFigure)
    Q_PROPERTY(QString value MEMBER value)
    Q_PROPERTY(QString caption MEMBER caption)
    Q_PROPERTY(QString tone MEMBER tone)
    Q_PROPERTY(QString tip MEMBER tip)
    Q_PROPERTY(bool known MEMBER known)
    Q_PROPERTY(bool measured MEMBER measured)
    Q_PROPERTY(double fraction MEMBER fraction)
    Q_PROPERTY(double reservedFraction MEMBER reservedFraction)
    Q_PROPERTY(QString meterText MEMBER meterText)
public:
    QString value;
    QString caption; ///< what puts it into proportion
    QString tone = QStringLiteral("neutral"); ///< of the caption
    QString tip; ///< how it comes about
    bool known = false; ///< false: not answered yet
    bool measured = false; ///< against a limit: the three below are set
    double fraction = 0, reservedFraction = 0;
    QString meterText; ///< "42 %"
    bool operator==(const OverviewFigure &) const = default;
};

} // namespace lbp::gui
