#pragma once

#include "core/error.h"
#include "gui/budgetfeed.h"
#include "gui/commandmodel.h"
#include "gui/keydetail.h"
#include "gui/keyeditor.h"
#include "gui/keyreveal.h"
#include "gui/keytable.h"
#include "gui/pagemodel.h"
#include "gui/simulatormodel.h"

#include <QHash>

namespace lbp::gui {

/// The virtual keys and what can be done with them: create, reveal once, rotate, pause, revoke with an undo,
/// ask why one would be blocked. Thread: main.
class KeysModel : public lbp::gui::PageModel // in full: tools of QML look it up by this name
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("provided by the application")
    Q_PROPERTY(lbp::gui::KeyTable *table READ table CONSTANT)
    Q_PROPERTY(lbp::gui::KeyDetail *detail READ detail CONSTANT)
    Q_PROPERTY(lbp::gui::KeyEditor *editor READ editor CONSTANT)
    Q_PROPERTY(lbp::gui::KeyReveal *reveal READ reveal CONSTANT)
    Q_PROPERTY(lbp::gui::SimulatorModel *simulator READ simulator CONSTANT)
    Q_PROPERTY(bool hasKeys READ hasKeys NOTIFY keysChanged) ///< any at all, at its end or not
    Q_PROPERTY(QVariantList marks READ marks NOTIFY marksChanged) ///< thresholds, as fractions of a limit
    Q_PROPERTY(
        double rotating READ rotating NOTIFY rotatingChanged) ///< the key that a grace is asked for; 0: none
    Q_PROPERTY(QString rotatingName READ rotatingName NOTIFY rotatingChanged)
    Q_PROPERTY(QVariantList graceChoices READ graceChoices CONSTANT)
public:
    static constexpr int undoSeconds = 10;

    explicit KeysModel(const GuiServices &services, QObject *parent = nullptr);

    Q_INVOKABLE void create();
    Q_INVOKABLE void edit(qint64 key);
    Q_INVOKABLE void open(qint64 key); ///< its details; 0 closes them
    Q_INVOKABLE void simulate(qint64 key); ///< 0: the key is still to be chosen
    Q_INVOKABLE void pause(qint64 key);
    Q_INVOKABLE void resume(qint64 key);
    Q_INVOKABLE void askRotate(qint64 key); ///< 0: not after all
    Q_INVOKABLE void rotate(int graceHours);
    /// At once, with ten seconds in which it can be undone from its toast.
    Q_INVOKABLE void revoke(qint64 key);
    Q_INVOKABLE void undoRevoke(qint64 key);
    Q_INVOKABLE void openRequests(qint64 key);

    [[nodiscard]] KeyTable *table() { return &m_table; }
    [[nodiscard]] KeyDetail *detail() { return &m_detail; }
    [[nodiscard]] KeyEditor *editor() { return &m_editor; }
    [[nodiscard]] KeyReveal *reveal() { return &m_reveal; }
    [[nodiscard]] SimulatorModel *simulator() { return &m_simulator; }
    [[nodiscard]] bool hasKeys() const { return m_hasKeys; }
    [[nodiscard]] QVariantList marks() const;
    [[nodiscard]] double rotating() const { return double(m_rotating); } ///< exact to 2^53
    [[nodiscard]] QString rotatingName() const;
    [[nodiscard]] QVariantList graceChoices() const;

Q_SIGNALS:
    void keysChanged();
    void marksChanged();
    void rotatingChanged();

protected:
    void activated() override;
    void deactivated() override;

private:
    void addCommands();
    [[nodiscard]] QList<CommandModel::Command> commandsFor(const QStringList &words);
    void handle(const QList<Event> &events);
    void showKeys();
    void settleToasts();
    void refused(const Error &error);
    [[nodiscard]] QString nameOf(KeyId key) const;
    KeyTable m_table;
    KeyDetail m_detail;
    KeyEditor m_editor;
    KeyReveal m_reveal;
    SimulatorModel m_simulator;
    BudgetFeed m_feed;
    QHash<KeyId, int> m_undoToasts; ///< the toast of each key that is about to be revoked
    KeyId m_rotating = 0;
    bool m_hasKeys = false;
};

/// Where the thresholds of the configuration are, as fractions of a limit, smallest first.
[[nodiscard]] QVariantList thresholdMarks(const Config &config);

} // namespace lbp::gui
