#pragma once

#include "config/config.h"
#include "core/exchangedetails.h"
#include "wire/http.h"

namespace lbp {

/// Takes secrets out of what people may see: credentials by the name of their field or parameter, keys of
/// ours and of providers by their form, and every secret of the configuration wherever it stands. Immutable,
/// so it may be shared between threads.
class Redactor
{
public:
    explicit Redactor(const Config &config);

    [[nodiscard]] QByteArray text(QByteArray bytes) const; ///< a body, or a value
    [[nodiscard]] QByteArray field(QByteArrayView name, const QByteArray &value) const;
    [[nodiscard]] QByteArray target(const QByteArray &target) const; ///< path and query
    /// No secret that is looked for is longer.
    [[nodiscard]] qsizetype longest() const { return m_longest; }

    [[nodiscard]] MessageDetails request(const RequestHead &head) const;
    /// \a head: status line and fields, as written.
    [[nodiscard]] MessageDetails response(QByteArrayView head) const;

private:
    QList<QByteArray> m_secrets; ///< longest first
    qsizetype m_longest = 0;
};

} // namespace lbp
