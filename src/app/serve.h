#pragma once

#include "app/datadirectory.h"
#include "cli/commandline.h"

namespace lbp {

/// `lbp serve`: runs the proxy until a signal ends it. Needs a QCoreApplication.
/// \param names what the command line named: empty where it did not.
[[nodiscard]] int serve(const ServeOptions &options, const QString &configFile, const QString &dataDirectory,
                        const Output &output);

} // namespace lbp
