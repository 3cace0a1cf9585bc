#pragma once

#include <QByteArray>
#include <QByteArrayView>

namespace lbp {

/// \a text with each broken sequence replaced by U+FFFD, as tokenizers read it. A surrogate written on its
/// own (three bytes that UTF-8 does not allow) becomes one U+FFFD. A byte order mark stays.
[[nodiscard]] QByteArray repairedUtf8(QByteArrayView text);

} // namespace lbp
