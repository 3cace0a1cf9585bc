#pragma once

#include "core/result.h"

#include <QByteArray>
#include <QString>
#include <utility>
#include <vector>

namespace lbp {

/// A JSON value whose numbers stay as they are written, so that a price never passes through floating point.
struct JsonText
{
    enum class Type { Null, Boolean, Number, String, Array, Object };
    Type type = Type::Null;
    QByteArray number; ///< as written: "1.25e-06"
    QString string;
    bool boolean = false;
    std::vector<JsonText> items;
    std::vector<std::pair<QString, JsonText>> members; ///< in the order of the text

    /// The last member of this name, as JSON readers take it; nullptr: none, or not an object.
    [[nodiscard]] const JsonText *find(QStringView name) const;
    [[nodiscard]] bool isObject() const { return type == Type::Object; }
};

/// Reads one JSON text. InvalidValue says what is wrong and at which byte. Safe with hostile text: nesting is
/// bounded, and so is everything by the size of the text.
[[nodiscard]] Result<JsonText> readJsonText(QByteArrayView json);

/// A JSON number in plain digits: "1.25e-06" as "0.00000125". Exact. Empty when it is none, or has an
/// exponent beyond any price.
[[nodiscard]] QString plainDecimal(QByteArrayView number);

} // namespace lbp
