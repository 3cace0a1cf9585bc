#pragma once

#include "gui/settingfield.h"
#include "gui/settingsfile.h"

#include <QAbstractListModel>

namespace lbp::gui {

/// A list of mappings in config.yml, such as the overrides of rate limits, with one entry that is being added
/// or changed. Thread: main.
class SettingsList : public QAbstractListModel
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("provided by the application")
    Q_PROPERTY(int count READ count NOTIFY countChanged)
    Q_PROPERTY(bool open READ isOpen NOTIFY editorChanged) ///< an entry is being edited
    Q_PROPERTY(bool adding READ isAdding NOTIFY editorChanged)
    Q_PROPERTY(QVariantList fields READ fields CONSTANT) ///< SettingField of the entry that is edited
    Q_PROPERTY(bool valid READ isValid NOTIFY editorChanged)
    Q_PROPERTY(bool busy READ isBusy NOTIFY editorChanged)
    Q_PROPERTY(QString problem READ problem NOTIFY editorChanged)
public:
    enum Role { TitleRole = Qt::UserRole + 1, DetailRole };
    using Entry = QHash<QString, QString>; ///< by key, as written in the file
    struct Words
    {
        QString title, detail;
    };
    /// \param path of the list; \param keys of its mappings, in the order in which they are asked for; those
    /// in \a required may not be empty. \param describe puts an entry into words.
    SettingsList(SettingsFile &file, const Format &format, const QString &path, const QStringList &keys,
                 const QStringList &required, std::function<Words(const Entry &)> describe,
                 QObject *parent = nullptr);

    /// What holds while the file says nothing; written out at the first change.
    void setDefaults(QList<Entry> defaults) { m_defaults = std::move(defaults); }
    void load(); ///< from the file as it was read

    [[nodiscard]] int count() const { return int(m_entries.size()); }
    [[nodiscard]] bool isOpen() const { return m_open; }
    [[nodiscard]] bool isAdding() const { return m_row < 0; }
    [[nodiscard]] QVariantList fields() const;
    [[nodiscard]] bool isValid() const;
    [[nodiscard]] bool isBusy() const { return m_busy; }
    [[nodiscard]] QString problem() const { return m_problem; }

    Q_INVOKABLE void startAdd();
    Q_INVOKABLE void startEdit(int row);
    Q_INVOKABLE void commit();
    Q_INVOKABLE void cancel();
    Q_INVOKABLE void remove(int row);

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override;

Q_SIGNALS:
    void countChanged();
    void editorChanged();
    void refused(const lbp::Error &error); ///< a removal; those of the editor are in problem()

private:
    [[nodiscard]] QList<ConfigEdit> written() const; ///< what makes the defaults stand in the file
    [[nodiscard]] bool isInFile() const;
    SettingsFile &m_file;
    ConfigPath m_path;
    QStringList m_keys, m_required;
    std::function<Words(const Entry &)> m_describe;
    QList<Entry> m_entries, m_defaults;
    QList<SettingField *> m_fields;
    bool m_open = false;
    bool m_busy = false;
    int m_row = -1;
    QString m_problem;
};

} // namespace lbp::gui
