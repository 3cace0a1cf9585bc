#pragma once

#include <QByteArray>

namespace lbp {

/// A provider key, virtual key, admin key or webhook secret. It has no stream operator, no QString, no
/// comparison that leaks timing; whoever needs the bytes says reveal(), which is easy to search for.
class Secret
{
public:
    Secret() = default;
    explicit Secret(QByteArray value)
        : m_value(std::move(value))
    {
    }
    [[nodiscard]] const QByteArray &reveal() const { return m_value; }
    [[nodiscard]] bool isEmpty() const { return m_value.isEmpty(); }
    /// Constant time in the length of \a other; a different length is still a full pass.
    [[nodiscard]] bool matches(QByteArrayView other) const;
    /// What a person may see: the last four characters after dots, or dots alone when shorter than 12.
    [[nodiscard]] QString masked() const;

private:
    QByteArray m_value;
};

} // namespace lbp
