#pragma once

#include "config/configfile.h"

#include <QFile>
#include <QStringList>
#include <QtTest>

namespace lbp::testing {

inline QStringList texts(const QList<ConfigProblem> &problems)
{
    QStringList lines;
    for (const ConfigProblem &problem : problems)
        lines.append(problem.toString());
    return lines;
}

template <typename T> QStringList problemsOf(const tl::expected<T, QList<ConfigProblem>> &result)
{
    return result ? QStringList() : texts(result.error());
}

inline QByteArray fileContent(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        qFatal("cannot read %s", qPrintable(path));
    return file.readAll();
}

inline void writeFile(const QString &path, const QByteArray &content)
{
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly | QIODevice::Truncate) || file.write(content) != content.size())
        qFatal("cannot write %s", qPrintable(path));
}

inline QString sourcePath(const QString &relative)
{
    return QStringLiteral(LBP_SOURCE_DIR "/") + relative;
}

} // namespace lbp::testing
