#pragma once

#include "config/configeditor.h"
#include "config/yamlplaces.h"

namespace lbp {

/// The bytes of one simple edit. Whether anything else has changed with it is for the caller to find out.
[[nodiscard]] Result<QByteArray> editedText(const QByteArray &text, const PlacedNode &root,
                                            const ConfigEdit &edit);

/// \a text as YAML reads it back: plain where that is safe and \a like is plain, else in quotes.
[[nodiscard]] QByteArray yamlScalar(const QString &text, PlacedNode::Style like, bool inFlow);
[[nodiscard]] QByteArray yamlKey(const QString &key, bool inFlow);
/// In brackets, on one line.
[[nodiscard]] QByteArray yamlFlow(const ConfigValue &value);
/// On lines of their own, without the indentation of the first one and without the last line end.
[[nodiscard]] QByteArray yamlBlock(const ConfigValue &value, qsizetype indent, QByteArrayView newline);

} // namespace lbp
