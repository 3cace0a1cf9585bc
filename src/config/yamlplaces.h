#pragma once

#include "core/result.h"

#include <QByteArray>
#include <QString>
#include <vector>

namespace lbp {

/// A YAML document with the bytes at which everything stands, for editing it in place.
struct PlacedNode
{
    enum class Kind { Null, Scalar, Sequence, Map, Alias };
    enum class Style { Plain, SingleQuoted, DoubleQuoted, Literal /**< | or > */ };
    struct Entry;
    static constexpr qsizetype unknown = -1;

    Kind kind = Kind::Null;
    bool flow = false; ///< of a collection: in brackets
    bool inFlow = false; ///< stands inside brackets
    Style style = Style::Plain; ///< of a scalar
    qsizetype begin = unknown, end = unknown; ///< bytes, without anchor and tag; unknown: cannot be edited
    QString text; ///< of a scalar, unquoted
    std::vector<PlacedNode> items;
    std::vector<Entry> entries;

    [[nodiscard]] bool isPlaced() const { return begin != unknown && end != unknown; }
    [[nodiscard]] const Entry *find(QStringView key) const;
    [[nodiscard]] bool isCollection() const { return kind == Kind::Sequence || kind == Kind::Map; }
};
struct PlacedNode::Entry
{
    QString key;
    qsizetype keyBegin = unknown;
    qsizetype colonEnd = unknown; ///< behind the key's colon
    PlacedNode value;
};

/// \a text must have been read by readYaml(), which bounds what aliases and nesting may cost.
/// ConfigInvalid or Conflict: not YAML, or more than one document.
[[nodiscard]] Result<PlacedNode> placesOf(const QByteArray &text);

/// The beginning of the line of \a at, and the place of its line end (before \r\n or \n).
[[nodiscard]] qsizetype lineBegin(QByteArrayView text, qsizetype at);
[[nodiscard]] qsizetype lineEnd(QByteArrayView text, qsizetype at);
/// Behind the line end of the line of \a at.
[[nodiscard]] qsizetype nextLine(QByteArrayView text, qsizetype at);

} // namespace lbp
