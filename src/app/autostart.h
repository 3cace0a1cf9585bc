#pragma once

#include "core/result.h"

#include <QString>
#include <QStringList>

namespace lbp {

/// Whether the desktop starts the program with the session: the XDG autostart file
/// $XDG_CONFIG_HOME/autostart/llm-budget-proxy.desktop. Small files of the own home directory; thread: any.
class Autostart
{
public:
    /// \param command what is to be started: program and arguments, unquoted.
    explicit Autostart(QStringList command);
    [[nodiscard]] QString file() const;
    [[nodiscard]] bool isOn() const; ///< the file is there, not hidden, and starts this program
    [[nodiscard]] Status set(bool on);

private:
    QStringList m_command;
};

/// One argument of the Exec key of a desktop entry, quoted and escaped by the desktop entry specification.
[[nodiscard]] QString quotedForExec(const QString &argument);

} // namespace lbp
