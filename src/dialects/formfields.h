#pragma once

#include "core/result.h"

#include <optional>
#include <QByteArray>
#include <QByteArrayView>
#include <span>
#include <vector>

namespace lbp {

/// A text field of a form, as it stands in the body.
struct FormField
{
    int name = -1; ///< index in the list of names asked for
    QByteArray value;
    qsizetype begin = 0; ///< offset of its first byte
};

/// What a multipart/form-data body says, without its files.
struct FormFields
{
    std::vector<FormField> fields; ///< in order
    qint64 files = 0;
    qint64 fileBytes = 0; ///< of all files
    QByteArray firstFile; ///< its first 64 bytes, which tell what it is

    /// The only field of that name; nullopt: there is none. InvalidRequest where it is given twice with
    /// different values.
    [[nodiscard]] Result<std::optional<QByteArray>> value(int name) const;
};

/// Reads \a body once. Texts above 64 kB are refused where they are asked for; files are passed over.
/// \return InvalidRequest when \a contentType is no form or the body is none.
[[nodiscard]] Result<FormFields> readForm(const QByteArray &contentType, const QByteArray &body,
                                          std::span<const QByteArrayView> names);

} // namespace lbp
