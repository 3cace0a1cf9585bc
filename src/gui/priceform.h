#pragma once

#include "control/priceeditor.h"
#include "core/mailbox.h"
#include "gui/formvalue.h"
#include "gui/guiservices.h"

#include <array>
#include <memory>
#include <QVariantList>

namespace lbp::gui {

class PriceTable;

/// The form behind one price: texts as typed, in the person's notation; they never pass through floating
/// point. Thread: main.
class PriceForm : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("provided by the application")
    Q_PROPERTY(bool open READ isOpen NOTIFY openChanged)
    Q_PROPERTY(bool busy READ isBusy NOTIFY openChanged)
    Q_PROPERTY(bool isNew READ isNew NOTIFY openChanged)
    Q_PROPERTY(QString title READ title NOTIFY openChanged)
    Q_PROPERTY(QString problem READ problem NOTIFY openChanged) ///< why it was not saved
    Q_PROPERTY(lbp::gui::FormValue *name READ name CONSTANT)
    Q_PROPERTY(lbp::gui::FormValue *longest READ longest CONSTANT) ///< tokens of an answer
    Q_PROPERTY(lbp::gui::FormValue *source READ source CONSTANT)
    /// [{value, label, key, unit, placeholder}] of those that nearly every model has, and the rest.
    Q_PROPERTY(QVariantList rates READ rates CONSTANT)
    Q_PROPERTY(QVariantList moreRates READ moreRates CONSTANT)
    Q_PROPERTY(bool hasMore READ hasMore NOTIFY openChanged) ///< one of the rest is stated
    Q_PROPERTY(
        QVariantList tiers READ tiers NOTIFY openChanged) ///< [{name, text}]; they are not changed here
    /// Where in the price file they are changed: "Line 12 of /home/you/pricing.yml"; empty: not known (yet).
    Q_PROPERTY(QString tierPlace READ tierPlace NOTIFY openChanged)
    Q_PROPERTY(QString suggestion READ suggestion NOTIFY edited) ///< a model with a like name; empty: none
    Q_PROPERTY(QString suggestionText READ suggestionText NOTIFY edited) ///< its prices
    Q_PROPERTY(QString note READ note NOTIFY edited) ///< what to think of before saving; empty: nothing
public:
    PriceForm(const GuiServices &services, const PriceTable &table, QObject *parent = nullptr);

    void startNew(const QString &model = {});
    void startEdit(const PriceListEntry &entry);
    Q_INVOKABLE void takeSuggestion();
    Q_INVOKABLE bool submit(); ///< false: something is wrong, and shown
    Q_INVOKABLE void cancel();

    [[nodiscard]] bool isOpen() const { return m_open; }
    [[nodiscard]] bool isBusy() const { return m_busy; }
    [[nodiscard]] bool isNew() const { return m_isNew; }
    [[nodiscard]] QString title() const;
    [[nodiscard]] QString problem() const { return m_problem; }
    [[nodiscard]] FormValue *name() { return &m_name; }
    [[nodiscard]] FormValue *longest() { return &m_longest; }
    [[nodiscard]] FormValue *source() { return &m_source; }
    [[nodiscard]] FormValue *rate(BillingClass one) { return m_rates[size_t(one)].get(); }
    [[nodiscard]] QVariantList rates();
    [[nodiscard]] QVariantList moreRates();
    [[nodiscard]] bool hasMore() const;
    [[nodiscard]] QVariantList tiers() const;
    [[nodiscard]] QString tierPlace() const { return m_tierPlace; }
    Q_INVOKABLE void openFile(); ///< the price file, in the editor of the desktop
    [[nodiscard]] QString suggestion() const;
    [[nodiscard]] QString suggestionText() const;
    [[nodiscard]] QString note() const;

Q_SIGNALS:
    void openChanged();
    void edited();
    void saved(const QString &model, bool isNew);

private:
    void start(const PriceListEntry &entry, bool isNew);
    void findTiers();
    [[nodiscard]] QString file() const;
    [[nodiscard]] QVariantMap field(BillingClass one);
    [[nodiscard]] QString nameProblem(const QString &text) const;
    [[nodiscard]] QString rateProblem(BillingClass one, const QString &text) const;
    [[nodiscard]] QString decimalIn(BillingClass one) const; ///< plain notation; empty: none
    [[nodiscard]] bool hasNoRate() const;
    GuiServices m_services;
    const PriceTable &m_table;
    bool m_open = false;
    bool m_busy = false;
    bool m_isNew = true;
    QString m_problem;
    QString m_tierPlace;
    PriceListEntry m_before;
    std::array<std::unique_ptr<FormValue>, billingClassCount> m_rates;
    FormValue m_name, m_longest, m_source;
    Mailbox m_mailbox{this};
};

} // namespace lbp::gui
