#pragma once

#include "config/yamlreader.h"

#include <optional>

namespace lbp {

/// Adds the variables of a .env file to \a environment, where they are not set yet: lines of `NAME=value`,
/// `export NAME=value`, 'text as it stands', "text with \n, \t, \", \$ and \\", and comments after #.
/// Messages never show a line's content.
void readDotEnv(const QByteArray &text, QHash<QString, QString> &environment, ProblemList &problems);

/// \a text with \a name set to \a value, or without it where \a value is nullopt; every other line stays as
/// it is. The value is quoted where it must be.
[[nodiscard]] QByteArray dotEnvWith(const QByteArray &text, const QString &name,
                                    const std::optional<QString> &value);

} // namespace lbp
