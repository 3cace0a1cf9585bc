#pragma once

#include "core/requestfilter.h"
#include "gui/guiservices.h"

#include <QObject>
#include <QQmlEngine>
#include <QStringList>
#include <QTimer>
#include <QVariant>

namespace lbp::gui {

/// What is typed to narrow the list of requests: terms as chips, the one that is being typed, what is wrong
/// with it, what could follow, and filters that were given a name. Thread: main.
class RequestFilterInput : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("provided by the application")
    Q_PROPERTY(QStringList chips READ chips NOTIFY chipsChanged)
    Q_PROPERTY(QString draft READ draft WRITE setDraft NOTIFY draftChanged)
    Q_PROPERTY(bool empty READ isEmpty NOTIFY appliedChanged)
    Q_PROPERTY(QString applied READ applied NOTIFY appliedChanged) ///< what the list is filtered by
    Q_PROPERTY(QString problem READ problem NOTIFY draftChanged) ///< of the draft; empty: it can be read
    Q_PROPERTY(QString suggestion READ suggestion NOTIFY draftChanged) ///< what to write instead
    Q_PROPERTY(QVariantList completions READ completions NOTIFY completionsChanged) ///< {text, detail, value}
    Q_PROPERTY(QVariantList saved READ saved NOTIFY savedChanged) ///< {name, text}
public:
    explicit RequestFilterInput(const GuiServices &services, QObject *parent = nullptr);

    [[nodiscard]] const QStringList &chips() const { return m_chips; }
    [[nodiscard]] const QString &draft() const { return m_draft; }
    void setDraft(const QString &draft);
    [[nodiscard]] bool isEmpty() const { return m_applied.isEmpty(); }
    [[nodiscard]] const QString &applied() const { return m_applied; }
    [[nodiscard]] QString problem() const { return m_problem; }
    [[nodiscard]] QString suggestion() const { return m_suggestion; }
    [[nodiscard]] QVariantList completions() const { return m_completions; }
    [[nodiscard]] QVariantList saved() const;

    Q_INVOKABLE bool commit(); ///< the draft becomes chips; false: it cannot be read
    Q_INVOKABLE void removeChip(int index);
    Q_INVOKABLE void
    editChip(int index); ///< it becomes the draft, in front of which the draft becomes a chip
    Q_INVOKABLE bool takeBack(); ///< the last chip becomes the draft, where that is empty
    Q_INVOKABLE void clear();
    Q_INVOKABLE void setText(const QString &text); ///< in place of all
    Q_INVOKABLE void add(const QString &term); ///< one more chip
    Q_INVOKABLE void addValue(const QString &field, const QString &value); ///< a chip, quoted where needed
    Q_INVOKABLE void complete(int index); ///< the word at the end of the draft becomes that completion
    Q_INVOKABLE void useSuggestion();

    Q_INVOKABLE void save(const QString &name); ///< under a name; replaces one of that name
    Q_INVOKABLE void removeSaved(const QString &name);
    static constexpr int mostSaved = 50;

Q_SIGNALS:
    void chipsChanged();
    void draftChanged();
    void appliedChanged();
    void completionsChanged();
    void savedChanged();

private:
    [[nodiscard]] QString whole() const;
    void read();
    void apply();
    void findCompletions();
    [[nodiscard]] QStringList valuesOf(const FilterFieldInfo &field) const;
    GuiServices m_services;
    QStringList m_chips;
    QString m_draft, m_applied, m_problem, m_suggestion;
    qsizetype m_problemAt = 0, m_problemLength = 0;
    QVariantList m_completions;
    QTimer m_soon;
};

} // namespace lbp::gui
