#include "wire/headers.h"

#include <algorithm>

namespace lbp {

namespace {

constexpr char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c;
}

/// Calls \a use for each element of a comma list, without white space around it; stops when it returns true.
template <typename Use> bool anyElement(QByteArrayView list, Use &&use)
{
    while (!list.isEmpty()) {
        const qsizetype comma = list.indexOf(',');
        const QByteArrayView element = (comma < 0 ? list : list.first(comma)).trimmed();
        if (!element.isEmpty() && use(element))
            return true;
        list = comma < 0 ? QByteArrayView() : list.sliced(comma + 1);
    }
    return false;
}

bool isHopByHop(QByteArrayView name)
{
    if (name.size() > 6 && equalsIgnoringCase(name.first(6), "proxy-"))
        return true;
    switch (name.size()) {
    case 2:
        return equalsIgnoringCase(name, "te");
    case 7:
        return equalsIgnoringCase(name, "trailer") || equalsIgnoringCase(name, "upgrade");
    case 10:
        return equalsIgnoringCase(name, "connection") || equalsIgnoringCase(name, "keep-alive");
    case 17:
        return equalsIgnoringCase(name, "transfer-encoding");
    default:
        return false;
    }
}

} // namespace

bool equalsIgnoringCase(QByteArrayView a, QByteArrayView b)
{
    if (a.size() != b.size())
        return false;
    for (qsizetype i = 0; i < a.size(); ++i) {
        if (a[i] != b[i] && lower(a[i]) != lower(b[i]))
            return false;
    }
    return true;
}

void HeaderList::set(QByteArrayView name, QByteArray value)
{
    const auto named = [name](const Header &header) { return equalsIgnoringCase(header.name, name); };
    const auto first = std::find_if(m_items.begin(), m_items.end(), named);
    if (first == m_items.end()) {
        add(name.toByteArray(), std::move(value));
        return;
    }
    first->value = std::move(value);
    m_items.erase(std::remove_if(first + 1, m_items.end(), named), m_items.end());
}

void HeaderList::remove(QByteArrayView name)
{
    std::erase_if(m_items, [name](const Header &header) { return equalsIgnoringCase(header.name, name); });
}

const QByteArray *HeaderList::find(QByteArrayView name) const
{
    for (const Header &header : m_items) {
        if (equalsIgnoringCase(header.name, name))
            return &header.value;
    }
    return nullptr;
}

QByteArray HeaderList::value(QByteArrayView name) const
{
    const QByteArray *found = find(name);
    return found ? *found : QByteArray();
}

QByteArray HeaderList::joined(QByteArrayView name) const
{
    QByteArray all;
    bool first = true;
    for (const Header &header : m_items) {
        if (!equalsIgnoringCase(header.name, name))
            continue;
        if (first)
            all = header.value;
        else
            all.append(", ").append(header.value);
        first = false;
    }
    return all;
}

bool HeaderList::hasToken(QByteArrayView name, QByteArrayView token) const
{
    return std::any_of(m_items.begin(), m_items.end(), [&](const Header &header) {
        return equalsIgnoringCase(header.name, name) && anyElement(header.value, [&](QByteArrayView element) {
                   return equalsIgnoringCase(element, token);
               });
    });
}

void HeaderList::removeHopByHop()
{
    // The names a Connection field gives are collected first: the field itself goes in the same pass.
    std::vector<QByteArray> named;
    for (const Header &header : m_items) {
        if (!equalsIgnoringCase(header.name, "connection"))
            continue;
        anyElement(header.value, [&](QByteArrayView element) {
            if (!isHopByHop(element) && !equalsIgnoringCase(element, "close"))
                named.push_back(element.toByteArray());
            return false;
        });
    }
    std::erase_if(m_items, [&](const Header &header) {
        return isHopByHop(header.name)
            || std::any_of(named.begin(), named.end(),
                           [&](const QByteArray &name) { return equalsIgnoringCase(header.name, name); });
    });
}

void HeaderList::writeTo(QByteArray &out) const
{
    for (const Header &header : m_items)
        out.append(header.name).append(": ").append(header.value).append("\r\n");
}

} // namespace lbp
