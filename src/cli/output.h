#pragma once

#include <functional>
#include <QString>

namespace lbp {

/// Where a command writes: standard output for results, standard error for remarks and problems.
struct Output
{
    std::function<void(const QByteArray &)> out;
    std::function<void(const QByteArray &)> err;

    void print(const QString &text) const { out(text.toUtf8() + '\n'); }
    void note(const QString &text) const { err(text.toUtf8() + '\n'); }
    /// "lbp: …" on standard error; returns \a code, so that a command can end with `return out.problem(…)`.
    int problem(const QString &text, int code = 1) const
    {
        err("lbp: " + text.toUtf8() + '\n');
        return code;
    }
    [[nodiscard]] static Output standard(); ///< the process's own streams, unbuffered
};

/// Exit codes of `lbp`. Those of `lbp run` are the child's own where it was started.
enum ExitCode {
    ExitOk = 0,
    ExitFailure = 1,
    ExitUsage = 2, ///< the command line, or the configuration
    ExitDamaged = 3, ///< the ledger cannot be opened
    ExitBusy = 4, ///< another process uses the data directory
    ExitNotExecutable = 126, ///< `run`: found, and cannot be started
    ExitNotFound = 127, ///< `run`: there is no such program
};

} // namespace lbp
