#pragma once

#include <functional>
#include <QAbstractListModel>
#include <QQmlEngine>

namespace lbp::gui {

/// Everything that can be done, for the command palette: typed letters find a command by the words of its
/// title, its section and its keywords; what was used lately comes first. Thread: main.
class CommandModel : public QAbstractListModel
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("provided by the application")
    Q_PROPERTY(QString search READ search WRITE setSearch NOTIFY searchChanged)
    Q_PROPERTY(int count READ count NOTIFY countChanged)
public:
    enum Role { IdRole = Qt::UserRole + 1, TitleRole, SectionRole, ShortcutRole, IconRole };
    struct Command
    {
        QString id; ///< "keys.create"; unique
        QString title; ///< "Create a key"
        QString section; ///< "Keys"
        QString iconName;
        QString shortcut; ///< "Ctrl+N"; empty: none
        QString keywords; ///< further words that find it
        std::function<void()> run;
        std::function<bool()> isEnabled = {}; ///< absent: always
    };

    explicit CommandModel(QObject *parent = nullptr);

    void add(Command command); ///< replaces the one with its id
    void remove(const QString &id);
    /// Commands that are made for what is being typed, such as those of single keys, of which there may be
    /// thousands. Asked with the lower-case words each time they change; its commands are scored like all
    /// others.
    using Provider = std::function<QList<Command>(const QStringList &words)>;
    void addProvider(Provider provider);
    /// Runs a command; false when there is none or it is not enabled now.
    Q_INVOKABLE bool run(const QString &id);
    Q_INVOKABLE QString idAt(int row) const; ///< empty: no such row
    [[nodiscard]] QString search() const { return m_search; }
    void setSearch(const QString &search);
    [[nodiscard]] int count() const { return int(m_found.size()); }
    [[nodiscard]] const QList<Command> &all() const { return m_commands; }
    /// Which of those that are enabled now are shown is decided here: call before the palette opens.
    Q_INVOKABLE void refresh();

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override;

Q_SIGNALS:
    void searchChanged();
    void countChanged();

private:
    [[nodiscard]] const Command &found(int row) const;
    QList<Command> m_commands;
    QList<Provider> m_providers;
    QList<Command> m_provided; ///< for what is typed now
    QList<int> m_found; ///< indexes into m_commands and, behind them, m_provided; best first
    QStringList m_recent; ///< ids, newest first
    QString m_search;
};

} // namespace lbp::gui
