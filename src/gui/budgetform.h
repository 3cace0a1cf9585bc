#pragma once

#include "core/budget.h"
#include "core/mailbox.h"
#include "gui/formvalue.h"
#include "gui/guiservices.h"
#include "gui/keysuggestions.h"

#include <QObject>
#include <QQmlEngine>
#include <QVariantList>

namespace lbp::gui {

class BudgetTree;

/// The form behind a new limit: for whom, how often it resets, how much. Thread: main.
class BudgetForm : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("provided by the application")
    Q_PROPERTY(bool open READ isOpen NOTIFY openChanged)
    Q_PROPERTY(bool busy READ isBusy NOTIFY openChanged)
    Q_PROPERTY(QString problem READ problem NOTIFY openChanged)
    Q_PROPERTY(QStringList scopeTexts READ scopeTexts CONSTANT)
    Q_PROPERTY(int scope READ scope WRITE setScope NOTIFY edited) ///< a ScopeKind
    Q_PROPERTY(QString nameLabel READ nameLabel NOTIFY edited) ///< empty: the scope needs no name
    Q_PROPERTY(lbp::gui::FormValue *name READ name CONSTANT)
    Q_PROPERTY(lbp::gui::FormValue *limit READ limit CONSTANT)
    Q_PROPERTY(lbp::gui::KeySuggestions *suggestions READ suggestions CONSTANT)
    Q_PROPERTY(QVariantList periods READ periods CONSTANT)
    Q_PROPERTY(int period READ period WRITE setPeriod NOTIFY edited)
    Q_PROPERTY(QString note READ note NOTIFY edited) ///< what it will mean, or which one it replaces
public:
    BudgetForm(const GuiServices &services, const BudgetTree &tree, QObject *parent = nullptr);

    void start(const Scope &scope); ///< with that scope chosen
    Q_INVOKABLE bool submit(); ///< false: something is wrong, and shown
    Q_INVOKABLE void cancel();

    [[nodiscard]] bool isOpen() const { return m_open; }
    [[nodiscard]] bool isBusy() const { return m_busy; }
    [[nodiscard]] QString problem() const { return m_problem; }
    [[nodiscard]] QStringList scopeTexts() const;
    [[nodiscard]] int scope() const { return int(m_kind); }
    void setScope(int kind);
    [[nodiscard]] QString nameLabel() const;
    [[nodiscard]] FormValue *name() { return &m_name; }
    [[nodiscard]] FormValue *limit() { return &m_limit; }
    [[nodiscard]] KeySuggestions *suggestions() { return &m_suggestions; }
    [[nodiscard]] QVariantList periods() const;
    [[nodiscard]] int period() const { return int(m_period); }
    void setPeriod(int period);
    [[nodiscard]] QString note() const;

Q_SIGNALS:
    void openChanged();
    void edited();
    void added(const lbp::Budget &budget);

private:
    [[nodiscard]] QString nameProblem(const QString &text) const;
    [[nodiscard]] QStringList names() const;
    [[nodiscard]] std::optional<Scope> typedScope() const;
    GuiServices m_services;
    const BudgetTree &m_tree;
    bool m_open = false;
    bool m_busy = false;
    QString m_problem;
    ScopeKind m_kind = ScopeKind::Global;
    Period m_period = Period::Daily;
    FormValue m_name, m_limit;
    KeySuggestions m_suggestions;
    Mailbox m_mailbox{this};
};

} // namespace lbp::gui
