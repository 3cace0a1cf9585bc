#pragma once

#include <QList>
#include <QString>
#include <QStringList>

namespace lbp::gui {

/// One thing to do to point a tool at the proxy: lines for a file or a terminal. {BASE} is the base URL with
/// /v1, {ROOT} the one without, {KEY} the virtual key.
struct ConnectStep
{
    QString place; ///< "~/.codex/config.toml", "Terminal", …: where the lines go
    QString language; ///< "toml", "sh", "json", "python", …
    QString lines;
};

/// A tool and how it is connected, with what its makers ask for. Facts recorded with the versions in
/// `tested`.
struct ConnectTool
{
    QString id; ///< "codex", …
    QString name;
    QString iconName;
    QString about; ///< one line
    QList<ConnectStep> steps;
    QString note; ///< what surprises; empty: nothing
    QByteArray method, path; ///< what it calls, to know whether this version meters it
    QString tested; ///< "0.169.0"; empty: not bound to a version
};

/// Those that are known, the most used first, in the language of the window.
[[nodiscard]] QList<ConnectTool> connectTools();
/// \a lines with its places filled in.
[[nodiscard]] QString filledIn(const QString &lines, const QString &baseUrl, const QString &key);

} // namespace lbp::gui
