#pragma once

#include "core/result.h"

#include <functional>
#include <optional>
#include <QByteArray>
#include <QByteArrayView>
#include <QString>
#include <span>
#include <vector>

namespace lbp {

/// A member of the top-level object of a JSON text, as it stands in the bytes.
struct JsonMember
{
    enum class Type { Object, Array, String, Number, Boolean, Null };
    int field = -1; ///< index in the list of names asked for
    Type type = Type::Null;
    qsizetype keyBegin = 0; ///< offset of the opening quote of the key
    qsizetype begin = 0; ///< offset of the first byte of the value
    qsizetype end = 0; ///< behind its last byte
};

/// Finds \a names (unescaped spelling) among the members of the top-level object, every occurrence in order,
/// and checks that the whole text is one valid UTF-8 JSON object. Nothing is copied or re-serialised. Depth
/// above 1024 is refused. InvalidRequest says what and at which byte. Fast on megabytes: one pass of
/// simdjson's on-demand parser, no tree. \param objectEnd when given, receives the offset of the closing
/// brace.
[[nodiscard]] Result<std::vector<JsonMember>>
findMembers(const QByteArray &json, std::span<const QByteArrayView> names, qsizetype *objectEnd = nullptr);

/// The value of a string member, unescaped. nullopt when the bytes are no JSON string.
[[nodiscard]] std::optional<QString> jsonString(QByteArrayView value);
/// A number that is a whole one in the range of qint64 ("12", "12.0", "1e3"); nullopt otherwise.
[[nodiscard]] std::optional<qint64> jsonInteger(QByteArrayView value);
/// \a text as a JSON string with its quotes, ASCII-safe escapes for control characters.
[[nodiscard]] QByteArray jsonQuoted(QStringView text);

/// Replacements of byte ranges, applied in one pass; everything else stays byte-identical.
class ByteEdits
{
public:
    void replace(qsizetype begin, qsizetype end,
                 QByteArray with); ///< ranges must not overlap; begin == end inserts
    [[nodiscard]] bool isEmpty() const { return m_edits.empty(); }
    [[nodiscard]] QByteArray applied(const QByteArray &bytes) const;

private:
    struct Edit
    {
        qsizetype begin, end;
        QByteArray with;
    };
    std::vector<Edit> m_edits;
};

} // namespace lbp
