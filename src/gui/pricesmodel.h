#pragma once

#include "gui/pagemodel.h"
#include "gui/priceform.h"
#include "gui/priceimporter.h"
#include "gui/pricetable.h"
#include "gui/priceunpriced.h"
#include "gui/pricewhatif.h"

#include <QTimer>

namespace lbp::gui {

/// Models and their prices: what each costs, which are used without one, and what another would have cost.
/// Changes are written into pricing.yml, which keeps its comments, and hold for the next request.
/// Thread: main.
class PricesModel : public lbp::gui::PageModel // in full: tools of QML look it up by this name
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("provided by the application")
    Q_PROPERTY(lbp::gui::PriceTable *table READ table CONSTANT)
    Q_PROPERTY(lbp::gui::PriceUnpriced *unpriced READ unpriced CONSTANT)
    Q_PROPERTY(lbp::gui::PriceForm *form READ form CONSTANT)
    Q_PROPERTY(lbp::gui::PriceImporter *importer READ importer CONSTANT)
    Q_PROPERTY(lbp::gui::PriceWhatIf *whatIf READ whatIf CONSTANT)
    Q_PROPERTY(QString removing READ removing NOTIFY removingChanged) ///< asked about; empty: none
    Q_PROPERTY(bool comparing READ isComparing WRITE setComparing NOTIFY comparingChanged) ///< shows what-if
public:
    explicit PricesModel(const GuiServices &services, QObject *parent = nullptr);

    [[nodiscard]] PriceTable *table() { return &m_table; }
    [[nodiscard]] PriceUnpriced *unpriced() { return &m_unpriced; }
    [[nodiscard]] PriceForm *form() { return &m_form; }
    [[nodiscard]] PriceImporter *importer() { return &m_importer; }
    [[nodiscard]] PriceWhatIf *whatIf() { return &m_whatIf; }
    [[nodiscard]] QString removing() const { return m_removing; }
    [[nodiscard]] bool isComparing() const { return m_comparing; }
    void setComparing(bool comparing);

    Q_INVOKABLE void add(const QString &model = {}); ///< opens the form
    Q_INVOKABLE void edit(const QString &model);
    Q_INVOKABLE void importFile();
    Q_INVOKABLE void askRemove(const QString &model);
    Q_INVOKABLE void remove(); ///< what was asked about
    Q_INVOKABLE void openRequests(const QString &model);
    Q_INVOKABLE void compareWith(const QString &model); ///< what-if at its prices

Q_SIGNALS:
    void removingChanged();
    void comparingChanged();

protected:
    void activated() override;
    void deactivated() override;

private:
    void showPrices();
    void lookForUnpriced();
    void searchOn(TimeRange range, int turn, quint64 search);
    void addCommands();
    PriceTable m_table;
    PriceUnpriced m_unpriced;
    PriceForm m_form;
    PriceImporter m_importer;
    PriceWhatIf m_whatIf;
    QString m_removing;
    bool m_comparing = false;
    QTimer m_lookAgain;
    UnpricedModels m_found;
    quint64 m_search = 0; ///< an older one that is still under way is passed over
};

} // namespace lbp::gui
