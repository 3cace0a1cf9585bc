#include "app/autostart.h"

#include "config/configsaver.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QStandardPaths>

namespace lbp {

using namespace Qt::StringLiterals;

QString quotedForExec(const QString &argument)
{
    // Quoted always; inside quotes these four are escaped, and a percent sign is written twice. The string
    // type of the file format then doubles every backslash once more.
    QString quoted;
    for (const QChar c : argument) {
        if (c == u'"' || c == u'`' || c == u'$' || c == u'\\')
            quoted += u'\\';
        else if (c == u'%')
            quoted += u'%';
        quoted += c;
    }
    QString escaped;
    for (const QChar c : quoted) {
        if (c == u'\n')
            escaped += u"\\n"_s;
        else if (c == u'\t')
            escaped += u"\\t"_s;
        else if (c == u'\r')
            escaped += u"\\r"_s;
        else
            escaped += c == u'\\' ? u"\\\\"_s : QString(c);
    }
    return u'"' + escaped + u'"';
}

static QString execLine(const QStringList &command)
{
    QStringList parts;
    for (const QString &part : command)
        parts.append(quotedForExec(part));
    return u"Exec="_s + parts.join(u' ');
}

Autostart::Autostart(QStringList command)
    : m_command(std::move(command))
{
}

QString Autostart::file() const
{
    return QStandardPaths::writableLocation(QStandardPaths::GenericConfigLocation)
        + "/autostart/llm-budget-proxy.desktop"_L1;
}

bool Autostart::isOn() const
{
    const Result<FileText> text = blocking::readText(file());
    if (!text || !text->existed)
        return false;
    bool starts = false;
    for (const QByteArray &raw : text->text.split('\n')) {
        const QString line = QString::fromUtf8(raw).trimmed();
        if (line == "Hidden=true"_L1 || line == "X-GNOME-Autostart-enabled=false"_L1)
            return false;
        starts = starts || line == execLine(m_command);
    }
    return starts;
}

Status Autostart::set(bool on)
{
    const Result<FileText> base = blocking::readText(file());
    if (!base)
        return tl::unexpected(base.error());
    if (!on) {
        QFile old(file());
        if (!base->existed || old.remove())
            return {};
        return fail(ErrorCode::ConfigInvalid, u"%1 cannot be removed: %2"_s.arg(file(), old.errorString()));
    }
    if (isOn())
        return {};
    const QString directory = QFileInfo(file()).absolutePath();
    if (!QDir().mkpath(directory))
        return fail(ErrorCode::ConfigInvalid, u"the folder %1 cannot be created"_s.arg(directory));
    const QString text = u"[Desktop Entry]\n"
                         "Type=Application\n"
                         "Name=LLM Budget Proxy\n"
                         "Comment=Keeps what language models cost within your budgets\n"_s
        + execLine(m_command)
        + u"\nIcon=llm-budget-proxy\nTerminal=false\nX-GNOME-Autostart-enabled=true\n"_s;
    return blocking::saveText(*base, text.toUtf8()).map([](const FileText &) {});
}

} // namespace lbp
