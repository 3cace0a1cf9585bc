#include "gui/settingslist.h"

namespace lbp::gui {

using namespace Qt::StringLiterals;

SettingsList::SettingsList(SettingsFile &file, const Format &format, const QString &path,
                           const QStringList &keys, const QStringList &required,
                           std::function<Words(const Entry &)> describe, QObject *parent)
    : QAbstractListModel(parent)
    , m_file(file)
    , m_path(path)
    , m_keys(keys)
    , m_required(required)
    , m_describe(std::move(describe))
{
    for (const QString &key : keys) {
        auto *field = new SettingField(format, path + u"[]."_s + key, this);
        connect(field, &SettingField::changed, this, &SettingsList::editorChanged);
        m_fields.append(field);
    }
}

bool SettingsList::isInFile() const
{
    return itemCount(m_file.text(), m_path) > 0;
}

void SettingsList::load()
{
    QList<Entry> entries;
    const QByteArray &text = m_file.text();
    for (qsizetype i = 0; i < itemCount(text, m_path); ++i) {
        Entry entry;
        for (const QString &key : m_keys)
            entry.insert(key, writtenValue(text, m_path.item(i).child(key)).value_or(QString()));
        entries.append(entry);
    }
    if (entries.isEmpty())
        entries = m_defaults;
    if (entries == m_entries)
        return;
    beginResetModel();
    m_entries = entries;
    endResetModel();
    Q_EMIT countChanged();
}

QVariantList SettingsList::fields() const
{
    QVariantList list;
    for (SettingField *field : m_fields)
        list.append(QVariant::fromValue(field));
    return list;
}

bool SettingsList::isValid() const
{
    for (qsizetype i = 0; i < m_keys.size(); ++i)
        if (!m_fields[i]->error().isEmpty()
            || (m_required.contains(m_keys[i]) && m_fields[i]->text().trimmed().isEmpty()))
            return false;
    return true;
}

void SettingsList::startAdd()
{
    m_row = -1;
    m_problem.clear();
    for (SettingField *field : m_fields)
        field->load({}, {});
    m_open = true;
    Q_EMIT editorChanged();
}

void SettingsList::startEdit(int row)
{
    if (row < 0 || row >= m_entries.size())
        return;
    m_row = row;
    m_problem.clear();
    for (qsizetype i = 0; i < m_keys.size(); ++i) {
        m_fields[i]->load({}, {});
        m_fields[i]->setText(m_entries[row].value(m_keys[i]));
    }
    m_open = true;
    Q_EMIT editorChanged();
}

QList<ConfigEdit> SettingsList::written() const
{
    if (isInFile() || m_defaults.isEmpty())
        return {};
    ConfigValue::Items items;
    for (const Entry &entry : m_defaults) {
        ConfigValue::Fields fields;
        for (const QString &key : m_keys)
            if (!entry.value(key).isEmpty())
                fields.emplace_back(key, entry.value(key));
        items.emplace_back(std::move(fields));
    }
    return {ConfigEdit::set(m_path, std::move(items))};
}

void SettingsList::commit()
{
    if (!m_open || m_busy || !isValid())
        return;
    QList<ConfigEdit> edits = written();
    if (isAdding()) {
        ConfigValue::Fields fields;
        for (qsizetype i = 0; i < m_keys.size(); ++i)
            if (!m_fields[i]->text().trimmed().isEmpty())
                fields.emplace_back(m_keys[i], m_fields[i]->value());
        edits.append(ConfigEdit::append(m_path, std::move(fields)));
    } else {
        for (qsizetype i = 0; i < m_keys.size(); ++i)
            if (m_fields[i]->text().trimmed() != m_entries[m_row].value(m_keys[i]))
                edits.append(m_fields[i]->edit(m_path.item(m_row).child(m_keys[i])));
    }
    if (edits.isEmpty())
        return cancel();
    m_busy = true;
    m_problem.clear();
    Q_EMIT editorChanged();
    m_file.apply(edits, [this](const Status &saved) {
        m_busy = false;
        m_open = !saved;
        m_problem = saved ? QString() : saved.error().detail;
        Q_EMIT editorChanged();
    });
}

void SettingsList::cancel()
{
    m_open = false;
    Q_EMIT editorChanged();
}

void SettingsList::remove(int row)
{
    if (row < 0 || row >= m_entries.size())
        return;
    QList<ConfigEdit> edits = written();
    edits.append(ConfigEdit::remove(m_path.item(row)));
    m_file.apply(edits, [this](const Status &saved) {
        if (!saved)
            Q_EMIT refused(saved.error());
    });
}

int SettingsList::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : count();
}

QVariant SettingsList::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const Words words = m_describe(m_entries[index.row()]);
    return role == TitleRole ? words.title : role == DetailRole ? words.detail : QVariant();
}

QHash<int, QByteArray> SettingsList::roleNames() const
{
    return {{TitleRole, "title"}, {DetailRole, "detail"}};
}

} // namespace lbp::gui
