#include "cli/toolenvironment.h"

#include <QFileInfo>

namespace lbp {

std::vector<Variable> toolVariables(const QUrl &proxy, const QString &key)
{
    const QString root = proxy.toString(QUrl::StripTrailingSlash);
    const QString versioned = root + QLatin1String("/v1");
    return {{QStringLiteral("OPENAI_BASE_URL"), versioned},
            {QStringLiteral("OPENAI_API_BASE"), versioned}, // what older tools read
            {QStringLiteral("OPENAI_API_KEY"), key},
            {QStringLiteral("ANTHROPIC_BASE_URL"), root},
            {QStringLiteral("ANTHROPIC_API_KEY"), key},
            {QStringLiteral("GOOGLE_GEMINI_BASE_URL"), root},
            {QStringLiteral("GEMINI_API_KEY"), key},
            {QStringLiteral("LBP_KEY"), key}};
}

QStringList variablesToRemove()
{
    // Each of these wins over the key above in the tools that know it.
    return {QStringLiteral("ANTHROPIC_AUTH_TOKEN"), QStringLiteral("GOOGLE_API_KEY"),
            QStringLiteral("OPENAI_ORG_ID"),        QStringLiteral("OPENAI_ORGANIZATION"),
            QStringLiteral("OPENAI_PROJECT"),       QStringLiteral("OPENAI_PROJECT_ID")};
}

QList<QByteArray> childEnvironment(const QList<QByteArray> &inherited, const QUrl &proxy, const QString &key)
{
    const std::vector<Variable> variables = toolVariables(proxy, key);
    QList<QByteArray> drop;
    for (const Variable &variable : variables)
        drop.append(variable.name.toLocal8Bit());
    const QStringList removed = variablesToRemove();
    for (const QString &name : removed)
        drop.append(name.toLocal8Bit());

    QList<QByteArray> environment;
    bool goesThroughProxy = false;
    QByteArray exceptions;
    for (const QByteArray &entry : inherited) {
        const QByteArray name = entry.left(std::max<qsizetype>(entry.indexOf('='), 0));
        const QByteArray value = entry.mid(name.size() + 1);
        const QByteArray lower = name.toLower();
        if (drop.contains(name))
            continue;
        if (lower == "http_proxy" || lower == "https_proxy" || lower == "all_proxy")
            goesThroughProxy = goesThroughProxy || !value.isEmpty();
        if (lower == "no_proxy") {
            exceptions = value.isEmpty() ? exceptions : value;
            continue;
        }
        environment.append(entry);
    }
    if (goesThroughProxy && exceptions != "*") {
        const QByteArray host = proxy.host().toLatin1();
        exceptions += (exceptions.isEmpty() ? "" : ",") + host + ",localhost";
    }
    if (!exceptions.isEmpty()) {
        environment.append("no_proxy=" + exceptions);
        environment.append("NO_PROXY=" + exceptions);
    }
    for (const Variable &variable : variables)
        environment.append(variable.name.toLocal8Bit() + '=' + variable.value.toLocal8Bit());
    return environment;
}

Result<Shell> shellFromName(QStringView name)
{
    if (name == u"sh" || name == u"bash" || name == u"zsh" || name == u"dash" || name == u"ksh")
        return Shell::Posix;
    if (name == u"fish")
        return Shell::Fish;
    if (name == u"powershell" || name == u"pwsh")
        return Shell::PowerShell;
    return fail(ErrorCode::InvalidValue,
                QStringLiteral("--shell %1 is not known; use sh (also for bash and zsh), fish or powershell")
                    .arg(name));
}

Shell shellFromPath(const QString &path)
{
    return shellFromName(QFileInfo(path).fileName()).value_or(Shell::Posix);
}

QString exportLines(const std::vector<Variable> &variables, Shell shell)
{
    QString lines;
    for (const Variable &variable : variables) {
        QString value = variable.value;
        switch (shell) {
        case Shell::Posix:
            value.replace(u'\'', QLatin1String("'\\''"));
            lines += QStringLiteral("export %1='%2'\n").arg(variable.name, value);
            break;
        case Shell::Fish:
            value.replace(u'\\', QLatin1String("\\\\")).replace(u'\'', QLatin1String("\\'"));
            lines += QStringLiteral("set -gx %1 '%2'\n").arg(variable.name, value);
            break;
        case Shell::PowerShell:
            value.replace(u'\'', QLatin1String("''"));
            lines += QStringLiteral("$env:%1 = '%2'\n").arg(variable.name, value);
            break;
        }
    }
    return lines;
}

} // namespace lbp
