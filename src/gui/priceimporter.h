#pragma once

#include "control/priceeditor.h"
#include "core/mailbox.h"
#include "gui/formvalue.h"
#include "gui/guiservices.h"

#include <QAbstractListModel>

namespace lbp::gui {

/// A price file, compared with the list as it is: its changes are the rows, suspicious ones first, which a
/// person must tick. Nothing is written before apply(). Thread: main.
class PriceImporter : public QAbstractListModel
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("provided by the application")
    Q_PROPERTY(bool open READ isOpen NOTIFY changed)
    Q_PROPERTY(bool busy READ isBusy NOTIFY changed)
    Q_PROPERTY(bool compared READ isCompared NOTIFY changed) ///< there is something to look at
    Q_PROPERTY(QString problem READ problem NOTIFY changed)
    Q_PROPERTY(lbp::gui::FormValue *file READ file CONSTANT)
    Q_PROPERTY(QString summary READ summary NOTIFY changed)
    Q_PROPERTY(QString suspicion READ suspicion NOTIFY changed) ///< empty: none
    Q_PROPERTY(int ticked READ ticked NOTIFY changed)
    Q_PROPERTY(int count READ count NOTIFY changed)
    Q_PROPERTY(QString keptText READ keptText NOTIFY changed) ///< where the list as it was is kept
    Q_PROPERTY(QString applyText READ applyText NOTIFY changed)
public:
    enum Role { ModelRole = Qt::UserRole + 1, KindRole, ToneRole, ChangesRole, SuspiciousRole, TickedRole };
    explicit PriceImporter(const GuiServices &services, QObject *parent = nullptr);

    void start();
    Q_INVOKABLE void browse(); ///< the file chooser of the desktop
    Q_INVOKABLE void compare();
    Q_INVOKABLE void setTicked(int row, bool ticked);
    Q_INVOKABLE void tickHarmless(bool ticked); ///< all but the suspicious ones
    Q_INVOKABLE void back(); ///< to another file
    Q_INVOKABLE void apply();
    Q_INVOKABLE void cancel();

    [[nodiscard]] bool isOpen() const { return m_open; }
    [[nodiscard]] bool isBusy() const { return m_busy; }
    [[nodiscard]] bool isCompared() const { return m_compared; }
    [[nodiscard]] QString problem() const { return m_problem; }
    [[nodiscard]] FormValue *file() { return &m_file; }
    [[nodiscard]] QString summary() const;
    [[nodiscard]] QString suspicion() const;
    [[nodiscard]] int ticked() const { return int(m_ticked.size()); }
    [[nodiscard]] int count() const { return int(m_import.changes.size()); }
    [[nodiscard]] QString keptFile() const;
    [[nodiscard]] QString keptText() const;
    [[nodiscard]] QString applyText() const;

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override;

Q_SIGNALS:
    void changed();
    void applied(int models);

private:
    void show(PriceImport import, bool compared);
    void finish(const QString &problem);
    GuiServices m_services;
    bool m_open = false;
    bool m_busy = false;
    bool m_compared = false;
    QString m_problem;
    FormValue m_file;
    PriceImport m_import;
    QSet<QString> m_ticked; ///< models
    Mailbox m_mailbox{this};
};

} // namespace lbp::gui
