#include "gui/settingsfile.h"

namespace lbp::gui {

SettingsFile::SettingsFile(QString file, QObject *parent)
    : QObject(parent)
    , m_file(std::move(file))
{
}

void SettingsFile::read()
{
    m_mailbox.when(readText(m_file), [this](const Result<FileText> &file) {
        if (m_saving)
            return; // what is being saved is newer
        if (!file) {
            Q_EMIT failed(file.error().detail);
            return;
        }
        m_base = *file;
        m_read = true;
        Q_EMIT loaded();
    });
}

void SettingsFile::apply(const QList<ConfigEdit> &edits, Done done)
{
    const Result<QByteArray> wanted = edited(m_base.text, edits);
    if (!wanted)
        return done(tl::unexpected(wanted.error()));
    QStringList before;
    for (const ConfigProblem &one : validate(m_base.text))
        before.append(one.key + one.message);
    for (const ConfigProblem &one : validate(*wanted))
        if (!before.contains(one.key + one.message))
            return done(fail(ErrorCode::ConfigInvalid, one.key + QStringLiteral(": ") + one.message));
    if (const Status bound = checkKeyHosts(m_base.text, *wanted, edits); !bound)
        return done(bound);
    m_saving = true;
    Q_EMIT savingChanged();
    m_mailbox.when(saveText(m_base, *wanted), [this, done = std::move(done)](const Result<FileText> &saved) {
        m_saving = false;
        if (saved)
            m_base = *saved;
        Q_EMIT savingChanged();
        if (saved)
            Q_EMIT loaded();
        done(saved ? Status() : Status(tl::unexpected(saved.error())));
    });
}

} // namespace lbp::gui
