#pragma once

#include "core/charge.h"
#include "core/mailbox.h"
#include "gui/formvalue.h"
#include "gui/guiservices.h"
#include "gui/keysuggestions.h"
#include "storage/usagequery.h"

#include <QVariantList>

namespace lbp::gui {

class PriceTable;

/// What the usage of a time would have cost at another model's prices. Exact; loads when asked.
/// Thread: main.
class PriceWhatIf : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("provided by the application")
    Q_PROPERTY(QVariantList ranges READ ranges CONSTANT) ///< [{text, value}]
    Q_PROPERTY(QString range READ range WRITE setRange NOTIFY changed)
    Q_PROPERTY(QVariantList usages READ usages NOTIFY changed) ///< everything, or of one model
    Q_PROPERTY(QString usageOf READ usageOf WRITE setUsageOf NOTIFY changed) ///< empty: of everything
    Q_PROPERTY(lbp::gui::FormValue *model READ model CONSTANT)
    Q_PROPERTY(lbp::gui::KeySuggestions *suggestions READ suggestions CONSTANT)
    Q_PROPERTY(bool busy READ isBusy NOTIFY changed)
    Q_PROPERTY(QString problem READ problem NOTIFY changed)
    Q_PROPERTY(bool hasUsage READ hasUsage NOTIFY changed) ///< there is something to compare
    Q_PROPERTY(bool hasResult READ hasResult NOTIFY changed) ///< and a model to compare it with
    Q_PROPERTY(QString usageText READ usageText NOTIFY changed) ///< "1,204 requests, 3.2 M tokens"
    Q_PROPERTY(QString realText READ realText NOTIFY changed)
    Q_PROPERTY(QString realExact READ realExact NOTIFY changed)
    Q_PROPERTY(QString otherText READ otherText NOTIFY changed)
    Q_PROPERTY(QString otherExact READ otherExact NOTIFY changed)
    Q_PROPERTY(QString differenceText READ differenceText NOTIFY changed)
    Q_PROPERTY(QString differenceNote READ differenceNote NOTIFY changed) ///< "62 % less"
    Q_PROPERTY(QString differenceTone READ differenceTone NOTIFY changed)
    Q_PROPERTY(
        QVariantList lines READ lines NOTIFY changed) ///< [{label, count, rate, amount, missing, note}]
    Q_PROPERTY(QString unpricedText READ unpricedText NOTIFY changed) ///< classes without a rate; empty: none
    Q_PROPERTY(QStringList notes READ notes NOTIFY changed)
public:
    PriceWhatIf(const GuiServices &services, const PriceTable &table, QObject *parent = nullptr);

    void load(); ///< what is shown, anew
    [[nodiscard]] QVariantList ranges() const;
    [[nodiscard]] QString range() const { return m_range; }
    void setRange(const QString &range);
    [[nodiscard]] QVariantList usages() const;
    [[nodiscard]] QString usageOf() const { return m_usageOf; }
    void setUsageOf(const QString &model);
    [[nodiscard]] FormValue *model() { return &m_model; }
    [[nodiscard]] KeySuggestions *suggestions() { return &m_suggestions; }
    [[nodiscard]] bool isBusy() const { return m_busy > 0; }
    [[nodiscard]] QString problem() const { return m_problem; }
    [[nodiscard]] bool hasUsage() const { return m_real && !m_real->usage.isZero(); }
    [[nodiscard]] bool hasResult() const { return hasUsage() && m_other; }
    [[nodiscard]] QString usageText() const;
    [[nodiscard]] QString realText() const;
    [[nodiscard]] QString realExact() const;
    [[nodiscard]] QString otherText() const;
    [[nodiscard]] QString otherExact() const;
    [[nodiscard]] QString differenceText() const;
    [[nodiscard]] QString differenceNote() const;
    [[nodiscard]] QString differenceTone() const;
    [[nodiscard]] QVariantList lines() const;
    [[nodiscard]] QString unpricedText() const;
    [[nodiscard]] QStringList notes() const;

Q_SIGNALS:
    void changed();

private:
    void compute();
    [[nodiscard]] TimeRange times() const;
    [[nodiscard]] UsageScope scope() const;
    [[nodiscard]] std::optional<Money> difference() const; ///< other less real
    GuiServices m_services;
    const PriceTable &m_table;
    QString m_range = QStringLiteral("lastmonth");
    QString m_usageOf;
    QStringList m_used; ///< models with usage in the range, dearest first
    FormValue m_model;
    KeySuggestions m_suggestions;
    int m_busy = 0;
    quint64 m_loadTurn = 0; ///< an answer to an older question is passed over
    quint64 m_turn = 0;
    QString m_problem;
    std::optional<UsageTotals> m_real;
    std::optional<WhatIf> m_other;
    Mailbox m_mailbox{this};
};

} // namespace lbp::gui
