#pragma once

#include "gui/guiservices.h"
#include "storage/usagequery.h"

#include <QObject>
#include <QQmlEngine>
#include <QVariantList>

namespace lbp::gui {

/// Cost over time for a line chart, with the period before behind it. What is drawn are fractions of the top
/// of the scale, 0 to 1; every amount is text. Thread: main.
class OverviewTrend : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("provided by the application")
    Q_PROPERTY(int count READ count NOTIFY changed) ///< buckets in the range
    Q_PROPERTY(bool empty READ isEmpty NOTIFY changed) ///< nothing was spent, now or before
    Q_PROPERTY(QList<double> values READ values NOTIFY changed) ///< up to the present one
    Q_PROPERTY(QList<double> previous READ previous NOTIFY changed)
    Q_PROPERTY(QVariantList amountTicks READ amountTicks NOTIFY amountTicksChanged) ///< {at: fraction, text}
    Q_PROPERTY(QVariantList timeTicks READ timeTicks NOTIFY timeTicksChanged) ///< {at: index, text}
    Q_PROPERTY(QString summary READ summary NOTIFY changed) ///< in words
public:
    explicit OverviewTrend(const GuiServices &services, QObject *parent = nullptr);

    /// \a previous may have fewer or more buckets: they are laid over each other from the start.
    void setSeries(const UsageSeries &series, const UsageSeries &previous, TimeBucket bucket);

    [[nodiscard]] int count() const { return int(m_starts.size()); }
    [[nodiscard]] bool isEmpty() const { return m_isEmpty; }
    [[nodiscard]] const QList<double> &values() const { return m_values; }
    [[nodiscard]] const QList<double> &previous() const { return m_previous; }
    [[nodiscard]] const QVariantList &amountTicks() const { return m_amountTicks; }
    [[nodiscard]] const QVariantList &timeTicks() const { return m_timeTicks; }
    [[nodiscard]] QString summary() const { return m_summary; }

    Q_INVOKABLE QString title(int index) const; ///< "Mon 23 Nov, 14:00"
    Q_INVOKABLE QString amount(int index) const; ///< empty: lies ahead
    Q_INVOKABLE QString detail(int index) const; ///< "12 requests"; empty: none
    Q_INVOKABLE QString previousTitle(int index) const; ///< empty: there was no such bucket
    Q_INVOKABLE QString previousAmount(int index) const;
    /// The times of one bucket; nullopt: there is none.
    [[nodiscard]] std::optional<TimeRange> times(int index) const;

Q_SIGNALS:
    void changed();
    void amountTicksChanged(); ///< apart: new labels are dearer than a new point
    void timeTicksChanged();

private:
    [[nodiscard]] QString bucketText(Instant start) const;
    [[nodiscard]] QVariantList makeTimeTicks() const;
    GuiServices m_services;
    TimeBucket m_bucket = TimeBucket::Day;
    QList<Instant> m_starts, m_previousStarts;
    Instant m_end;
    QList<UsageTotals> m_points, m_previousPoints;
    QList<double> m_values, m_previous;
    QVariantList m_amountTicks, m_timeTicks;
    QString m_summary;
    bool m_isEmpty = true;
};

} // namespace lbp::gui
