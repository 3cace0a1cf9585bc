#include "gui/keysuggestions.h"

namespace lbp::gui {

KeySuggestions::KeySuggestions(QObject *parent, Source source)
    : QAbstractListModel(parent)
    , m_source(std::move(source))
{
}

void KeySuggestions::search(const QString &text)
{
    const QString wanted = text.trimmed();
    QStringList first, rest;
    for (const QString &name : m_source()) {
        if (name == wanted)
            continue; // it is complete: nothing to suggest
        if (name.startsWith(wanted, Qt::CaseInsensitive))
            first.append(name);
        else if (name.contains(wanted, Qt::CaseInsensitive) && rest.size() < maxShown)
            rest.append(name);
        if (first.size() >= maxShown)
            break;
    }
    const QStringList found = (first + rest).mid(0, maxShown);
    if (found == m_found)
        return;
    beginResetModel();
    m_found = found;
    endResetModel();
    Q_EMIT countChanged();
}

QString KeySuggestions::at(int row) const
{
    return m_found.value(row);
}

int KeySuggestions::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : count();
}

QVariant KeySuggestions::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid)
        || role != Qt::DisplayRole)
        return {};
    return m_found[index.row()];
}

QHash<int, QByteArray> KeySuggestions::roleNames() const
{
    return {{Qt::DisplayRole, "text"}};
}

} // namespace lbp::gui
