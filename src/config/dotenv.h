#pragma once

#include "config/yamlreader.h"

namespace lbp {

/// Adds the variables of a .env file to \a environment, where they are not set yet: lines of `NAME=value`,
/// `export NAME=value`, 'text as it stands', "text with \n, \t, \", \$ and \\", and comments after #.
/// Messages never show a line's content.
void readDotEnv(const QByteArray &text, QHash<QString, QString> &environment, ProblemList &problems);

} // namespace lbp
