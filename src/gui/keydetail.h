#pragma once

#include "control/control.h"
#include "gui/guiservices.h"

#include <QObject>
#include <QQmlEngine>
#include <QVariantList>

namespace lbp::gui {

/// One key in full: every budget that binds it, its limits and what they hold now, its terms. Thread: main.
class KeyDetail : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("provided by the application")
    Q_PROPERTY(double keyId READ keyId NOTIFY changed) ///< 0: none is shown
    Q_PROPERTY(QString name READ name NOTIFY changed)
    Q_PROPERTY(QString subtitle READ subtitle NOTIFY changed)
    Q_PROPERTY(QString status READ status NOTIFY changed)
    Q_PROPERTY(QString statusTone READ statusTone NOTIFY changed)
    Q_PROPERTY(QString statusNote READ statusNote NOTIFY changed) ///< what follows from the status
    Q_PROPERTY(bool usable READ isUsable NOTIFY changed) ///< neither revoked nor expired nor about to be
    Q_PROPERTY(bool paused READ isPaused NOTIFY changed)
    Q_PROPERTY(bool undoable READ isUndoable NOTIFY changed) ///< its revocation can still be undone
    Q_PROPERTY(QVariantList budgets READ budgets NOTIFY changed) ///< tightest first
    Q_PROPERTY(QVariantList load READ load NOTIFY changed) ///< limits with what counts now
    Q_PROPERTY(QVariantList facts READ facts NOTIFY changed) ///< {label, text, tip}
    Q_PROPERTY(QStringList models READ models NOTIFY changed)
public:
    explicit KeyDetail(const GuiServices &services, QObject *parent = nullptr);

    void show(KeyId id); ///< 0: nothing
    void refresh();
    [[nodiscard]] double keyId() const { return double(m_view.key.id); } ///< exact to 2^53
    [[nodiscard]] const KeyRecord &record() const { return m_view.key; }
    [[nodiscard]] QString name() const { return m_view.key.name; }
    [[nodiscard]] QString subtitle() const;
    [[nodiscard]] QString status() const;
    [[nodiscard]] QString statusTone() const;
    [[nodiscard]] QString statusNote() const;
    [[nodiscard]] bool isUsable() const;
    [[nodiscard]] bool isPaused() const;
    [[nodiscard]] bool isUndoable() const;
    [[nodiscard]] QVariantList budgets() const;
    [[nodiscard]] QVariantList load() const;
    [[nodiscard]] QVariantList facts() const;
    [[nodiscard]] QStringList models() const { return m_view.key.allowedModels; }

Q_SIGNALS:
    void changed();

private:
    GuiServices m_services;
    KeyView m_view;
    Mailbox m_mailbox{this};
};

} // namespace lbp::gui
