#include "gui/toastmodel.h"

#include <algorithm>

namespace lbp::gui {

ToastModel::ToastModel(QObject *parent)
    : QAbstractListModel(parent)
{
}

int ToastModel::show(const QString &tone, const QString &title, const QString &text, QList<Action> actions,
                     int timeoutMs)
{
    if (m_toasts.size() >= maxShown)
        close(m_toasts.first().id);
    const int row = int(m_toasts.size());
    beginInsertRows({}, row, row);
    m_toasts.append({++m_lastId, tone, title, text, std::move(actions), timeoutMs});
    endInsertRows();
    return m_lastId;
}

qsizetype ToastModel::indexOf(int id) const
{
    const auto found =
        std::find_if(m_toasts.begin(), m_toasts.end(), [id](const Toast &toast) { return toast.id == id; });
    return found == m_toasts.end() ? -1 : found - m_toasts.begin();
}

void ToastModel::close(int id)
{
    const qsizetype row = indexOf(id);
    if (row < 0)
        return;
    beginRemoveRows({}, int(row), int(row));
    m_toasts.removeAt(row);
    endRemoveRows();
}

void ToastModel::trigger(int id, int action)
{
    const qsizetype row = indexOf(id);
    if (row < 0 || action < 0 || action >= m_toasts[row].actions.size())
        return;
    const std::function<void()> run = m_toasts[row].actions[action].run;
    close(id);
    if (run)
        run();
}

int ToastModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_toasts.size());
}

QVariant ToastModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const Toast &toast = m_toasts[index.row()];
    switch (role) {
    case IdRole:
        return toast.id;
    case ToneRole:
        return toast.tone;
    case TitleRole:
        return toast.title;
    case TextRole:
        return toast.text;
    case ActionsRole: {
        QStringList texts;
        for (const Action &action : toast.actions)
            texts.append(action.text);
        return texts;
    }
    case TimeoutRole:
        return toast.timeoutMs;
    }
    return {};
}

QHash<int, QByteArray> ToastModel::roleNames() const
{
    return {{IdRole, "toastId"}, {ToneRole, "tone"},       {TitleRole, "title"},
            {TextRole, "text"},  {ActionsRole, "actions"}, {TimeoutRole, "timeoutMs"}};
}

} // namespace lbp::gui
