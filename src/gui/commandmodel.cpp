#include "gui/commandmodel.h"

#include <algorithm>

namespace lbp::gui {

namespace {

/// How well \a word is found in \a text: at the start of a word 3, inside one 1, not at all 0.
int wordScore(const QString &word, const QString &text)
{
    for (qsizetype at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1))
        if (at == 0 || !text[at - 1].isLetterOrNumber())
            return 3;
    return text.contains(word) ? 1 : 0;
}

/// 0: some word of \a search is nowhere.
int score(const CommandModel::Command &command, const QStringList &search)
{
    const QString title = command.title.toCaseFolded();
    const QString rest = (command.section + u' ' + command.keywords).toCaseFolded();
    int sum = 1;
    for (const QString &word : search) {
        const int found = std::max(wordScore(word, title) * 2, wordScore(word, rest));
        if (found == 0)
            return 0;
        sum += found;
    }
    return sum;
}

} // namespace

CommandModel::CommandModel(QObject *parent)
    : QAbstractListModel(parent)
{
}

void CommandModel::add(Command command)
{
    remove(command.id);
    m_commands.append(std::move(command));
    refresh();
}

void CommandModel::remove(const QString &id)
{
    if (m_commands.removeIf([&](const Command &command) { return command.id == id; }) > 0)
        refresh();
}

void CommandModel::addProvider(Provider provider)
{
    m_providers.append(std::move(provider));
    refresh();
}

const CommandModel::Command &CommandModel::found(int row) const
{
    const int index = m_found[row];
    return index < m_commands.size() ? m_commands[index] : m_provided[index - m_commands.size()];
}

QString CommandModel::idAt(int row) const
{
    return row >= 0 && row < count() ? found(row).id : QString();
}

bool CommandModel::run(const QString &id)
{
    const auto named = [&](const Command &one) { return one.id == id; };
    auto command = std::find_if(m_commands.cbegin(), m_commands.cend(), named);
    if (command == m_commands.cend()) {
        command = std::find_if(m_provided.cbegin(), m_provided.cend(), named);
        if (command == m_provided.cend())
            return false;
    }
    if (!command->run || (command->isEnabled && !command->isEnabled()))
        return false;
    m_recent.removeAll(id);
    m_recent.prepend(id);
    const std::function<void()> function = command->run; // it may change the list
    function();
    return true;
}

void CommandModel::setSearch(const QString &search)
{
    if (m_search == search)
        return;
    m_search = search;
    Q_EMIT searchChanged();
    refresh();
}

void CommandModel::refresh()
{
    const QStringList words = m_search.toCaseFolded().split(u' ', Qt::SkipEmptyParts);
    struct Found
    {
        int index, score;
        qsizetype recent;
    };
    QList<Command> provided;
    for (const Provider &provider : std::as_const(m_providers))
        provided += provider(words);
    QList<Found> found;
    for (int i = 0; i < m_commands.size() + provided.size(); ++i) {
        const Command &command = i < m_commands.size() ? m_commands[i] : provided[i - m_commands.size()];
        const int points = score(command, words);
        if (points == 0 || (command.isEnabled && !command.isEnabled()))
            continue;
        const qsizetype recent = m_recent.indexOf(command.id);
        found.append({i, points, recent < 0 ? m_recent.size() : recent});
    }
    std::stable_sort(found.begin(), found.end(), [](const Found &a, const Found &b) {
        return a.score != b.score ? a.score > b.score : a.recent < b.recent;
    });
    beginResetModel();
    m_provided = provided;
    m_found.clear();
    for (const Found &one : found)
        m_found.append(one.index);
    endResetModel();
    Q_EMIT countChanged();
}

int CommandModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : count();
}

QVariant CommandModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const Command &command = found(index.row());
    switch (role) {
    case IdRole:
        return command.id;
    case TitleRole:
        return command.title;
    case SectionRole:
        return command.section;
    case ShortcutRole:
        return command.shortcut;
    case IconRole:
        return command.iconName;
    }
    return {};
}

QHash<int, QByteArray> CommandModel::roleNames() const
{
    return {{IdRole, "commandId"},
            {TitleRole, "title"},
            {SectionRole, "section"},
            {ShortcutRole, "shortcut"},
            {IconRole, "iconName"}};
}

} // namespace lbp::gui
