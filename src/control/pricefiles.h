#pragma once

#include "config/configsaver.h"

namespace lbp {

/// What those who change price files share. Blocks on the disk.
namespace pricefiles {

[[nodiscard]] Error firstOf(const QList<ConfigProblem> &problems);
/// pricing.yml, or the documented one where there is none yet.
[[nodiscard]] Result<FileText> read(const QString &file, QByteArray &content);
/// Where the models stand: below "models", or at the top in the short form.
[[nodiscard]] ConfigPath modelsIn(const QByteArray &text);
/// Only what can be read again is written; what is the same is not.
[[nodiscard]] Status save(const FileText &base, const QByteArray &text);
/// Keeps \a content as "\a file.before-import", to go back to.
[[nodiscard]] Status keep(const QString &file, const QByteArray &content);

} // namespace pricefiles

} // namespace lbp
