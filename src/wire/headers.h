#pragma once

#include <optional>
#include <QByteArray>
#include <QByteArrayView>
#include <vector>

namespace lbp {

struct Header
{
    QByteArray name; ///< as it came
    QByteArray value; ///< without surrounding white space
    bool operator==(const Header &) const = default;
};

[[nodiscard]] bool equalsIgnoringCase(QByteArrayView a, QByteArrayView b); ///< ASCII

/// Header fields in their order, duplicates and spelling kept. Look-ups ignore case.
class HeaderList
{
public:
    void add(QByteArray name, QByteArray value) { m_items.push_back({std::move(name), std::move(value)}); }
    /// Replaces the first field of that name in its place and removes the others, or adds one.
    void set(QByteArrayView name, QByteArray value);
    void remove(QByteArrayView name);
    [[nodiscard]] bool contains(QByteArrayView name) const { return find(name) != nullptr; }
    [[nodiscard]] const QByteArray *
    find(QByteArrayView name) const; ///< the first, or nullptr; valid until the next change
    [[nodiscard]] QByteArray value(QByteArrayView name) const; ///< the first, or empty
    [[nodiscard]] QByteArray joined(QByteArrayView name) const; ///< all of that name, joined with ", "
    /// True if any field of that name has \a token as an element of its comma list, ignoring case.
    [[nodiscard]] bool hasToken(QByteArrayView name, QByteArrayView token) const;
    /// Removes connection, keep-alive, proxy-*, te, trailer, transfer-encoding, upgrade and every field that
    /// a Connection field names (RFC 9110 section 7.6.1).
    void removeHopByHop();
    /// Appends "Name: value\r\n" for each.
    void writeTo(QByteArray &out) const;

    [[nodiscard]] auto begin() const { return m_items.begin(); }
    [[nodiscard]] auto end() const { return m_items.end(); }
    [[nodiscard]] size_t size() const { return m_items.size(); }
    [[nodiscard]] bool isEmpty() const { return m_items.empty(); }
    void clear() { m_items.clear(); }
    void reserve(size_t fields) { m_items.reserve(fields); }
    bool operator==(const HeaderList &) const = default;

private:
    std::vector<Header> m_items;
};

} // namespace lbp
