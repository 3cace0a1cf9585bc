#pragma once

#include "core/result.h"

#include <optional>
#include <QByteArray>
#include <QByteArrayView>
#include <QString>

namespace lbp {

/// A path of Google's API, taken apart: `/v1beta/models/gemini-2.5-pro:generateContent`. The version may be
/// missing, as it is where it belongs to the base URL.
struct GeminiPath
{
    QByteArray version; ///< "/v1", "/v1alpha", "/v1beta", or empty
    QByteArray collection; ///< "models", "tunedModels", "cachedContents", "files", …
    QByteArray id; ///< decoded; empty: the collection itself
    QByteArray verb; ///< behind the last colon, such as "generateContent"; empty: none

    /// nullopt for paths of another form, so also for any that could be read in two ways: percent signs that
    /// are no encoding or encode one, more segments than a name has, two colons.
    [[nodiscard]] static std::optional<GeminiPath> read(QByteArrayView path);
    /// True for `models` and `tunedModels` with an id and \a wanted.
    [[nodiscard]] bool callsModel(QByteArrayView wanted) const;
    /// As price lists and keys name it: "gemini-2.5-pro", "tunedModels/mine". InvalidRequest when it is no
    /// name.
    [[nodiscard]] Result<QString> model() const;
    /// The same call of another model. InvalidRequest when \a model cannot stand in a path.
    [[nodiscard]] Result<QByteArray> withModel(const QString &model) const;
};

/// "models/x" for "x", as bodies name a model; a name with its collection stays.
[[nodiscard]] QString geminiResource(const QString &model);

} // namespace lbp
