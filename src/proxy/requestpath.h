#pragma once

#include "core/result.h"
#include "wire/headers.h"

#include <QByteArray>

namespace lbp {

/// What a client's path says.
struct ClientPath
{
    /// As the API has it: without the `/v1` that belongs to the base URL (`/v1/x`, `/v1/v1/x` and `/x` are
    /// all
    /// `/x`: SDKs are given base URLs with and without it); Gemini's other versions stay
    /// (`/v1beta/models/…`).
    QByteArray path;
    QByteArray key; ///< of `/k/{key}/…`: a virtual key in the path, for clients whose fields hold their own
    bool isAzure = false; ///< `/openai/…`, but not `/openai/v1/…`, which is as any other
    QByteArray deployment; ///< Azure: of `/openai/deployments/{deployment}/…`, as written
    bool isGeminiCompatible = false; ///< `/v1beta/openai/…`: OpenAI's API as Google's models have it
};

/// InvalidRequest for paths that a server might read otherwise than we do: dot segments, empty segments,
/// encoded slashes or dots, backslashes. The error never quotes the path: it may hold a key.
[[nodiscard]] Result<ClientPath> clientPath(QByteArrayView path);

/// The key that a client presents, in whichever field its API has for it: Authorization: Bearer, x-api-key,
/// x-goog-api-key, api-key. A virtual key wins over anything else, which some tools send beside it. Empty
/// when there is none.
[[nodiscard]] QByteArray presentedKey(const HeaderList &headers);
/// The same for `?key=`, decoded.
[[nodiscard]] QByteArray keyInQuery(QByteArrayView target);
/// \a target without its `key` parameters; everything else as it was.
[[nodiscard]] QByteArray withoutKeyInQuery(QByteArrayView target);
/// True for the fields in which credentials travel.
[[nodiscard]] bool isCredentialField(QByteArrayView name);
/// True if \a header, a credential field, holds a virtual key.
[[nodiscard]] bool holdsVirtualKey(const Header &header);

} // namespace lbp
