#pragma once

#include "gui/providerform.h"

#include <QAbstractListModel>

namespace lbp::gui {

/// The configured providers, and one that is being added or changed. Thread: main.
class SettingsProviders : public QAbstractListModel
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("provided by the application")
    Q_PROPERTY(int count READ count NOTIFY countChanged)
    Q_PROPERTY(bool open READ isOpen NOTIFY openChanged)
    Q_PROPERTY(bool adding READ isAdding NOTIFY openChanged)
    Q_PROPERTY(lbp::gui::ProviderForm *form READ form CONSTANT)
public:
    enum Role { NameRole = Qt::UserRole + 1, DetailRole, KeyTextRole, HasKeyRole, MeteredRole };
    explicit SettingsProviders(const GuiServices &services, QObject *parent = nullptr);

    /// Those that are in force, and where each stands in \a file.
    void load(const QByteArray &file);
    [[nodiscard]] int count() const { return int(m_providers.size()); }
    [[nodiscard]] bool isOpen() const { return m_open; }
    [[nodiscard]] bool isAdding() const { return m_adding; }
    [[nodiscard]] ProviderForm *form() { return &m_form; }

    Q_INVOKABLE void startAdd();
    Q_INVOKABLE void startEdit(int row);
    Q_INVOKABLE void cancel();
    Q_INVOKABLE void remove(int row); ///< its key too

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override;

Q_SIGNALS:
    void countChanged();
    void openChanged();
    void written(); ///< the file has changed

private:
    GuiServices m_services;
    ProviderForm m_form;
    QList<ProviderConfig> m_providers;
    QStringList m_places; ///< of each in the file; empty: it is a default
    bool m_open = false;
    bool m_adding = false;
    Mailbox m_mailbox{this};
};

} // namespace lbp::gui
