#pragma once

#include "cli/commands.h"

#include <functional>

namespace lbp {

/// Options of `lbp serve`.
struct ServeOptions
{
    std::optional<QString> host;
    std::optional<quint16> port;
    bool printReady = false;
    bool demo = false;
};

/// What the command line asks for. Exactly one of serve and command is set, or neither when `exitCode` says
/// that all is done (help was printed, or a mistake reported).
struct CommandLine
{
    std::optional<int> exitCode;
    QString configFile; ///< --config; empty: the platform's
    QString dataDirectory; ///< --data-dir
    bool json = false;
    std::optional<ServeOptions> serve;
    std::function<int(Context &)> command;
};

/// \param arguments without the program's name.
[[nodiscard]] CommandLine parseCommandLine(const QStringList &arguments, const Output &output);

} // namespace lbp
