#pragma once

#include "core/result.h"

#include <QString>
#include <QStringList>
#include <QUrl>
#include <vector>

namespace lbp {

struct Variable
{
    QString name;
    QString value;
};

/// What SDKs and tools read to find their provider: base URLs in the form that each expects, and the virtual
/// key in the place of the provider's.
[[nodiscard]] std::vector<Variable> toolVariables(const QUrl &proxy, const QString &key);

/// Variables that would make a tool send a real credential, or none that we know, although the ones above are
/// set.
[[nodiscard]] QStringList variablesToRemove();

/// The environment of a child of `lbp run`, as "NAME=value": \a inherited with the tool variables set, those
/// that get in the way removed, and, where the environment names an HTTP proxy, the loopback address excepted
/// from it.
[[nodiscard]] QList<QByteArray> childEnvironment(const QList<QByteArray> &inherited, const QUrl &proxy,
                                                 const QString &key);

enum class Shell { Posix, Fish, PowerShell };
[[nodiscard]] Result<Shell>
shellFromName(QStringView name); ///< "sh", "bash", "zsh", "fish", "powershell", "pwsh"
[[nodiscard]] Shell shellFromPath(const QString &path); ///< from $SHELL; Posix when unknown

/// One line for each variable that sets it in \a shell; values are quoted so that nothing in them is
/// expanded.
[[nodiscard]] QString exportLines(const std::vector<Variable> &variables, Shell shell);

} // namespace lbp
