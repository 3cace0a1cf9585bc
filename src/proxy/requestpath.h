#pragma once

#include "core/result.h"
#include "wire/headers.h"

#include <QByteArray>

namespace lbp {

/// The path as the API has it: without the `/v1` that belongs to the base URL (`/v1/x`, `/v1/v1/x` and `/x`
/// are all `/x`: SDKs are given base URLs with and without it). InvalidRequest for paths that a server might
/// read otherwise than we do: dot segments, empty segments, encoded slashes or dots, backslashes.
[[nodiscard]] Result<QByteArray> apiPath(QByteArrayView path);

/// The key that a client presents, in whichever field its API has for it: Authorization: Bearer, x-api-key,
/// x-goog-api-key, api-key. A virtual key wins over anything else, which some tools send beside it. Empty
/// when there is none.
[[nodiscard]] QByteArray presentedKey(const HeaderList &headers);
/// True for the fields in which credentials travel.
[[nodiscard]] bool isCredentialField(QByteArrayView name);
/// The value for credential field \a name that carries \a key, in the form of that field.
[[nodiscard]] QByteArray credentialValue(QByteArrayView name, QByteArrayView key);

} // namespace lbp
