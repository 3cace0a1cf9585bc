#pragma once

#include "core/event.h"
#include "core/secret.h"
#include "gui/connecttools.h"
#include "gui/pagemodel.h"

#include <optional>
#include <QAbstractListModel>

namespace lbp::gui {

/// The tools, as cards. Thread: main.
class ConnectToolList : public QAbstractListModel
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("provided by the application")
public:
    enum Role { IdRole = Qt::UserRole + 1, NameRole, IconRole, AboutRole, TestedRole, MeteredRole };
    explicit ConnectToolList(QObject *parent = nullptr);
    [[nodiscard]] const QList<ConnectTool> &tools() const { return m_tools; }
    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override;

private:
    QList<ConnectTool> m_tools;
};

/// How each tool is pointed at the proxy: the exact lines, filled in with its address and, when one was just
/// made here, with a key. Says when the first request of a chosen key arrives. A plaintext key lives here
/// until the page is left. Thread: main.
class ConnectModel : public PageModel
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("provided by the application")
    Q_PROPERTY(lbp::gui::ConnectToolList *tools READ tools CONSTANT)
    Q_PROPERTY(int current READ current WRITE setCurrent NOTIFY currentChanged) ///< row of tools; -1: none
    Q_PROPERTY(QString currentId READ currentId NOTIFY currentChanged) ///< empty: none
    Q_PROPERTY(QString name READ name NOTIFY currentChanged)
    Q_PROPERTY(QString note READ note NOTIFY currentChanged)
    Q_PROPERTY(bool metered READ isMetered NOTIFY currentChanged)
    /// [{place, language, lines, masked}]: what is shown has the key masked, what is copied has it whole.
    Q_PROPERTY(QVariantList steps READ steps NOTIFY stepsChanged)
    Q_PROPERTY(bool hasKey READ hasKey NOTIFY stepsChanged) ///< the lines hold a real key
    Q_PROPERTY(QString keyName READ keyName NOTIFY stepsChanged)
    Q_PROPERTY(bool creating READ isCreating NOTIFY stepsChanged)
    Q_PROPERTY(bool connected READ isConnected NOTIFY connectedChanged)
    Q_PROPERTY(QString connectedText READ connectedText NOTIFY connectedChanged)
public:
    explicit ConnectModel(const GuiServices &services, QObject *parent = nullptr);

    [[nodiscard]] ConnectToolList *tools() { return &m_tools; }
    [[nodiscard]] int current() const { return m_current; }
    void setCurrent(int row);
    [[nodiscard]] QString currentId() const;
    Q_INVOKABLE int rowOf(const QString &toolId) const; ///< -1: none
    [[nodiscard]] QString name() const;
    [[nodiscard]] QString note() const;
    [[nodiscard]] bool isMetered() const;
    [[nodiscard]] QVariantList steps() const;
    [[nodiscard]] bool hasKey() const { return !m_key.isEmpty(); }
    [[nodiscard]] QString keyName() const { return m_keyName; }
    [[nodiscard]] bool isCreating() const { return m_creating; }
    [[nodiscard]] bool isConnected() const { return !m_connectedText.isEmpty(); }
    [[nodiscard]] QString connectedText() const { return m_connectedText; }

    /// A key for the chosen tool, named after it; its plaintext is filled into the lines.
    Q_INVOKABLE void createKey();
    /// Fills in a key that was made elsewhere, such as in the guide. \a id: whose first request is waited
    /// for.
    void useKey(KeyId id, const QString &name, const Secret &plaintext);
    Q_INVOKABLE void copyStep(int index);
    Q_INVOKABLE void forgetKey();

Q_SIGNALS:
    void currentChanged();
    void stepsChanged();
    void connectedChanged();

protected:
    void activated() override;

private:
    void handle(const QList<Event> &events);
    void createNamed(int attempt);
    [[nodiscard]] const ConnectTool *tool() const;
    [[nodiscard]] QString baseUrl() const;
    ConnectToolList m_tools;
    int m_current = -1;
    Secret m_key;
    KeyId m_keyId = 0;
    QString m_keyName;
    bool m_creating = false;
    QString m_connectedText;
};

} // namespace lbp::gui
