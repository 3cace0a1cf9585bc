#include "gui/settingslog.h"

#include "gui/format.h"

namespace lbp::gui {

using namespace Qt::StringLiterals;

SettingsLog::SettingsLog(LogRing &ring, const Format &format, QObject *parent)
    : QAbstractListModel(parent)
    , m_ring(ring)
    , m_format(format)
{
    connect(&ring, &LogRing::grew, this, [this] {
        if (m_following)
            read();
    });
}

bool SettingsLog::isGrave(const LogLine &line)
{
    return line.level == "warn"_L1 || line.level == "error"_L1 || line.level == "fatal"_L1;
}

void SettingsLog::follow(bool on)
{
    m_following = on;
    if (on)
        read();
}

void SettingsLog::setWarningsOnly(bool only)
{
    if (only == m_warningsOnly)
        return;
    m_warningsOnly = only;
    beginResetModel();
    m_lines.clear();
    m_last = 0;
    endResetModel();
    read();
    Q_EMIT countChanged();
}

void SettingsLog::read()
{
    QList<LogLine> fresh;
    for (const LogLine &line : m_ring.lines(m_last)) {
        m_last = line.number;
        if (!m_warningsOnly || isGrave(line))
            fresh.append(line);
    }
    if (fresh.isEmpty())
        return;
    beginInsertRows({}, 0, int(fresh.size()) - 1);
    m_lines.append(fresh);
    endInsertRows();
    const int surplus = count() - int(LogRing::maxLines);
    if (surplus > 0) {
        beginRemoveRows({}, count() - surplus, count() - 1);
        m_lines.remove(0, surplus);
        endRemoveRows();
    }
    Q_EMIT countChanged();
}

QString SettingsLog::plain() const
{
    QString text;
    for (const LogLine &line : m_lines)
        text += line.at.toString(Qt::ISODateWithMs) + u' ' + line.level.leftJustified(5) + u"  "_s + line.text
            + u'\n';
    return text;
}

int SettingsLog::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : count();
}

QVariant SettingsLog::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const LogLine &line = m_lines[count() - 1 - index.row()];
    switch (role) {
    case WhenRole:
        return m_format.locale().toString(line.at.toTimeZone(m_format.timeZone()).time(), u"HH:mm:ss"_s);
    case LevelRole:
        return line.level;
    case TextRole:
        return line.text;
    case ToneRole:
        return line.level == "warn"_L1 ? u"warning"_s : isGrave(line) ? u"danger"_s : u"neutral"_s;
    }
    return {};
}

QHash<int, QByteArray> SettingsLog::roleNames() const
{
    return {{WhenRole, "when"}, {LevelRole, "level"}, {TextRole, "text"}, {ToneRole, "tone"}};
}

} // namespace lbp::gui
