#include "storage/requestlist.h"

#include <QByteArrayList>

namespace lbp {

QByteArray RequestCursor::toText() const
{
    return value == id.value ? id.toText() : QByteArray::number(value) + '.' + id.toText();
}

std::optional<RequestCursor> RequestCursor::fromText(QByteArrayView text)
{
    const qsizetype dot = text.indexOf('.');
    const std::optional<RequestId> id = RequestId::fromText(text.sliced(dot + 1));
    if (!id)
        return std::nullopt;
    if (dot < 0)
        return RequestCursor{id->value, *id};
    bool good = false;
    const qint64 value = text.first(dot).toByteArray().toLongLong(&good);
    return good ? std::optional(RequestCursor{value, *id}) : std::nullopt;
}

} // namespace lbp
