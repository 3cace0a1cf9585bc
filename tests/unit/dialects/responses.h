#pragma once

#include "unit/dialects/support.h"

namespace lbp::test {

inline const Dialect &responses()
{
    return dialect("/responses");
}

/// Recorded bytes of the Responses API.
inline QByteArray responsesFile(const char *name)
{
    return recorded(QStringLiteral("responses/") + QString::fromLatin1(name));
}

} // namespace lbp::test
