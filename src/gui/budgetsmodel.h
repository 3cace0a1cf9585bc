#pragma once

#include "gui/budgetfeed.h"
#include "gui/budgetform.h"
#include "gui/budgettree.h"
#include "gui/pagemodel.h"

namespace lbp::gui {

/// Every budget: limit, spent, reserved, left, reset; changed in place, added, removed, raised for its
/// present span. Thread: main.
class BudgetsModel : public lbp::gui::PageModel // in full: tools of QML look it up by this name
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("provided by the application")
    Q_PROPERTY(lbp::gui::BudgetTree *tree READ tree CONSTANT)
    Q_PROPERTY(lbp::gui::BudgetForm *form READ form CONSTANT)
    Q_PROPERTY(QString editing READ editing NOTIFY editingChanged) ///< the line that is edited; empty: none
    Q_PROPERTY(lbp::gui::FormValue *edit READ edit CONSTANT)
    Q_PROPERTY(bool saving READ isSaving NOTIFY editingChanged)
    Q_PROPERTY(QVariantList marks READ marks NOTIFY marksChanged) ///< thresholds, as fractions of a limit
    Q_PROPERTY(QString marksText READ marksText NOTIFY marksChanged) ///< what happens at each
    Q_PROPERTY(
        QString raising READ raising NOTIFY raisingChanged) ///< the line that is to be raised; empty: none
    Q_PROPERTY(QString raisingTitle READ raisingTitle NOTIFY raisingChanged)
    Q_PROPERTY(QString raisingText READ raisingText NOTIFY raisingChanged)
    Q_PROPERTY(QStringList raiseSteps READ raiseSteps CONSTANT) ///< amounts to choose from, as typed
    Q_PROPERTY(QStringList raiseStepTexts READ raiseStepTexts CONSTANT)
    Q_PROPERTY(lbp::gui::FormValue *raiseAmount READ raiseAmount CONSTANT)
public:
    explicit BudgetsModel(const GuiServices &services, QObject *parent = nullptr);

    Q_INVOKABLE void startEdit(const QString &line);
    /// Writes what is typed; false, with the reason in edit.error, when it is no amount. Unchanged: just
    /// ends.
    Q_INVOKABLE bool commitEdit();
    Q_INVOKABLE void cancelEdit();
    Q_INVOKABLE void add(const QString &line); ///< for the scope of \a line; empty: for everything
    Q_INVOKABLE void remove(const QString &line); ///< with an undo
    Q_INVOKABLE void askRaise(const QString &line); ///< empty: not after all
    Q_INVOKABLE bool raise(); ///< by raiseAmount; false when it is no amount
    Q_INVOKABLE void openRequests(const QString &line);

    [[nodiscard]] BudgetTree *tree() { return &m_tree; }
    [[nodiscard]] BudgetForm *form() { return &m_form; }
    [[nodiscard]] QString editing() const { return m_editing; }
    [[nodiscard]] FormValue *edit() { return &m_edit; }
    [[nodiscard]] bool isSaving() const { return m_saving; }
    [[nodiscard]] QVariantList marks() const;
    [[nodiscard]] QString marksText() const;
    [[nodiscard]] QString raising() const { return m_raising; }
    [[nodiscard]] QString raisingTitle() const;
    [[nodiscard]] QString raisingText() const;
    [[nodiscard]] QStringList raiseSteps() const;
    [[nodiscard]] QStringList raiseStepTexts() const;
    [[nodiscard]] FormValue *raiseAmount() { return &m_raiseAmount; }

Q_SIGNALS:
    void editingChanged();
    void marksChanged();
    void raisingChanged();

protected:
    void activated() override;
    void deactivated() override;

private:
    void addCommands();
    void refused(const Error &error);
    void endEdit();
    [[nodiscard]] QString describe(const Budget &budget) const; ///< "Team web, per day"
    BudgetTree m_tree;
    BudgetForm m_form;
    BudgetFeed m_feed;
    FormValue m_edit, m_raiseAmount;
    QString m_editing;
    QString m_raising;
    bool m_saving = false;
};

} // namespace lbp::gui
