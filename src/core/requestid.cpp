#include "core/requestid.h"

#include <array>
#include <QByteArrayView>

namespace lbp {

namespace {

constexpr QByteArrayView prefix("req_");
constexpr qsizetype digitCount = 13;
// Without i, l, o and u, which are misread; in ASCII order, so that texts sort like ids.
constexpr char alphabet[] = "0123456789abcdefghjkmnpqrstvwxyz";

constexpr auto digitValues = [] {
    std::array<qint8, 256> values{};
    values.fill(-1);
    for (qint8 i = 0; i < 32; ++i)
        values[static_cast<unsigned char>(alphabet[i])] = i;
    return values;
}();

} // namespace

QByteArray RequestId::toText() const
{
    QByteArray text(prefix.size() + digitCount, Qt::Uninitialized);
    char *out = text.data();
    std::copy(prefix.begin(), prefix.end(), out);
    auto rest = static_cast<quint64>(value);
    for (qsizetype i = text.size() - 1; i >= prefix.size(); --i, rest >>= 5)
        out[i] = alphabet[rest & 31];
    return text;
}

std::optional<RequestId> RequestId::fromText(QByteArrayView text)
{
    if (text.size() != prefix.size() + digitCount || !text.startsWith(prefix))
        return std::nullopt;
    const QByteArrayView digits = text.sliced(prefix.size());
    quint64 value = 0;
    for (char c : digits) {
        const qint8 digit = digitValues[static_cast<unsigned char>(c)];
        if (digit < 0)
            return std::nullopt;
        value = (value << 5) | static_cast<quint64>(digit);
    }
    // 13 digits hold 65 bits, an id is a non-negative 63: the first digit stays below 8.
    if (digitValues[static_cast<unsigned char>(digits.front())] > 7)
        return std::nullopt;
    return RequestId{static_cast<qint64>(value)};
}

RequestId RequestIds::next(Instant now)
{
    qint64 value = RequestId::firstAt(now).value | qint64(m_node);
    // Two in one microsecond, or a clock that stepped back: the next free microsecond.
    if (value <= m_last)
        value = (((m_last >> 10) + 1) << 10) | qint64(m_node);
    m_last = value;
    return {value};
}

} // namespace lbp
