#pragma once

#include "config/config.h"
#include "config/yamlmap.h"

namespace lbp {

/// Reads `provider` and `providers` of \a root. Where neither is given the one stands that the documented
/// config.yml has; \a environment gives its key.
void readProviders(YamlMap &root, const QHash<QString, QString> &environment, Config &config,
                   ProblemList &problems);
/// What is wrong with an address that is to be called over HTTP; empty when nothing is. It is never quoted:
/// it may hold a password.
[[nodiscard]] QString httpUrlProblem(const QUrl &url);

} // namespace lbp
