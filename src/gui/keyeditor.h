#pragma once

#include "control/control.h"
#include "gui/formvalue.h"
#include "gui/guiservices.h"
#include "gui/keysuggestions.h"

#include <array>
#include <QObject>
#include <QQmlEngine>
#include <QVariantList>

namespace lbp::gui {

/// The form behind creating a key and changing one. Says what is wrong as it is typed; nothing is written
/// before submit(). Thread: main.
class KeyEditor : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("provided by the application")
    Q_PROPERTY(bool open READ isOpen NOTIFY openChanged)
    Q_PROPERTY(bool isNew READ isNew NOTIFY openChanged)
    Q_PROPERTY(QString title READ title NOTIFY openChanged)
    Q_PROPERTY(bool busy READ isBusy NOTIFY busyChanged)
    Q_PROPERTY(QString problem READ problem NOTIFY problemChanged) ///< why it was refused at the end
    Q_PROPERTY(bool valid READ isValid NOTIFY edited)
    Q_PROPERTY(QString summary READ summary NOTIFY edited) ///< what it may spend, in a sentence
    Q_PROPERTY(lbp::gui::FormValue *name READ name CONSTANT)
    Q_PROPERTY(lbp::gui::FormValue *team READ team CONSTANT)
    Q_PROPERTY(lbp::gui::FormValue *project READ project CONSTANT)
    Q_PROPERTY(lbp::gui::FormValue *rpm READ rpm CONSTANT)
    Q_PROPERTY(lbp::gui::FormValue *tpm READ tpm CONSTANT)
    Q_PROPERTY(lbp::gui::FormValue *parallel READ parallel CONSTANT)
    Q_PROPERTY(lbp::gui::FormValue *guard READ guard CONSTANT)
    Q_PROPERTY(lbp::gui::FormValue *expiryDate READ expiryDate CONSTANT)
    Q_PROPERTY(lbp::gui::FormValue *modelEntry READ modelEntry CONSTANT)
    Q_PROPERTY(QVariantList amounts READ amounts CONSTANT) ///< {value, label, placeholder} for each period
    Q_PROPERTY(QVariantList expiryChoices READ expiryChoices CONSTANT)
    Q_PROPERTY(int expiryChoice READ expiryChoice WRITE setExpiryChoice NOTIFY edited)
    Q_PROPERTY(QString expiryHint READ expiryHint NOTIFY edited)
    Q_PROPERTY(QStringList models READ models NOTIFY edited)
    Q_PROPERTY(bool allowUnmetered READ allowUnmetered WRITE setAllowUnmetered NOTIFY edited)
    Q_PROPERTY(QString rpmDefault READ rpmDefault NOTIFY openChanged) ///< what applies when it is left empty
    Q_PROPERTY(QString tpmDefault READ tpmDefault NOTIFY openChanged)
    Q_PROPERTY(QString parallelDefault READ parallelDefault NOTIFY openChanged)
    Q_PROPERTY(lbp::gui::KeySuggestions *teamSuggestions READ teamSuggestions CONSTANT)
    Q_PROPERTY(lbp::gui::KeySuggestions *projectSuggestions READ projectSuggestions CONSTANT)
    Q_PROPERTY(lbp::gui::KeySuggestions *modelSuggestions READ modelSuggestions CONSTANT)
public:
    enum Expiry { Never, InOneDay, InSevenDays, InThirtyDays, InNinetyDays, InOneYear, OnDate };
    Q_ENUM(Expiry)

    explicit KeyEditor(const GuiServices &services, QObject *parent = nullptr);

    void startCreate();
    void startEdit(const KeyRecord &key, const QList<Budget> &budgets); ///< its own explicit budgets
    /// Writes it; false and every error shown when something is wrong. The form closes when it is done.
    Q_INVOKABLE bool submit();
    Q_INVOKABLE void cancel();
    Q_INVOKABLE void addModel(); ///< what stands in modelEntry; several, separated by commas or spaces
    Q_INVOKABLE void removeModel(int index);

    [[nodiscard]] bool isOpen() const { return m_open; }
    [[nodiscard]] bool isNew() const { return m_before.id == 0; }
    [[nodiscard]] QString title() const;
    [[nodiscard]] bool isBusy() const { return m_busy; }
    [[nodiscard]] QString problem() const { return m_problem; }
    [[nodiscard]] bool isValid() const;
    [[nodiscard]] QString summary() const;
    [[nodiscard]] FormValue *name() { return &m_name; }
    [[nodiscard]] FormValue *team() { return &m_team; }
    [[nodiscard]] FormValue *project() { return &m_project; }
    [[nodiscard]] FormValue *rpm() { return &m_rpm; }
    [[nodiscard]] FormValue *tpm() { return &m_tpm; }
    [[nodiscard]] FormValue *parallel() { return &m_parallel; }
    [[nodiscard]] FormValue *guard() { return &m_guard; }
    [[nodiscard]] FormValue *expiryDate() { return &m_expiryDate; }
    [[nodiscard]] FormValue *modelEntry() { return &m_modelEntry; }
    [[nodiscard]] QVariantList amounts();
    [[nodiscard]] QVariantList expiryChoices() const;
    [[nodiscard]] int expiryChoice() const { return m_expiry; }
    void setExpiryChoice(int choice);
    [[nodiscard]] QString expiryHint() const;
    [[nodiscard]] QStringList models() const { return m_models; }
    [[nodiscard]] bool allowUnmetered() const { return m_allowUnmetered; }
    void setAllowUnmetered(bool allow);
    [[nodiscard]] QString rpmDefault() const;
    [[nodiscard]] QString tpmDefault() const;
    [[nodiscard]] QString parallelDefault() const;
    [[nodiscard]] KeySuggestions *teamSuggestions() { return &m_teamSuggestions; }
    [[nodiscard]] KeySuggestions *projectSuggestions() { return &m_projectSuggestions; }
    [[nodiscard]] KeySuggestions *modelSuggestions() { return &m_modelSuggestions; }

Q_SIGNALS:
    void openChanged();
    void busyChanged();
    void problemChanged();
    void edited();
    void created(const lbp::CreatedKey &key);
    void changed(const QString &name); ///< a key was edited

private:
    void begin();
    void finish(const QString &problem);
    void create();
    void change();
    void writeBudgets();
    [[nodiscard]] KeyRecord record() const; ///< as it stands in the form
    [[nodiscard]] std::optional<Instant> expiresAt() const;
    [[nodiscard]] std::optional<Instant> typedDate() const; ///< the end of that day
    [[nodiscard]] QString nameProblem(const QString &text) const;
    [[nodiscard]] QString labelProblem(const QString &text) const;
    [[nodiscard]] QString dateProblem(const QString &text) const;
    [[nodiscard]] QString modelProblem(const QString &text) const;
    [[nodiscard]] QList<FormValue *> values();
    [[nodiscard]] RateLimits limitsWithout() const; ///< what applies without limits of its own
    GuiServices m_services;
    bool m_open = false;
    bool m_busy = false;
    QString m_problem;
    KeyRecord m_before; ///< id 0: a new key
    QList<Budget> m_budgetsBefore;
    int m_expiry = Never;
    QStringList m_models;
    bool m_allowUnmetered = false;
    FormValue m_name, m_team, m_project, m_rpm, m_tpm, m_parallel, m_guard, m_expiryDate, m_modelEntry;
    std::array<std::unique_ptr<FormValue>, std::size(allPeriods)> m_amounts;
    KeySuggestions m_teamSuggestions, m_projectSuggestions, m_modelSuggestions;
    Mailbox m_mailbox{this};
};

} // namespace lbp::gui
