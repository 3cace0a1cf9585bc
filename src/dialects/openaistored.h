#pragma once

#include "dialects/openaimodels.h"

namespace lbp {

/// What OpenAI keeps for a client, as far as it costs nothing: lists and objects are read and deleted, jobs
/// cancelled, files and conversations made. What begins work that is billed elsewhere than in its own answer
/// is not claimed; whyUnmetered() says why.
class OpenAiStored : public OpenAiFree
{
public:
    QString endpoint() const override { return QStringLiteral("stored"); }
    bool claims(QByteArrayView method, QByteArrayView path) const override;
};

/// Why a path that costs money cannot be metered, as a sentence for the refusal; empty where nothing is known
/// of it.
[[nodiscard]] QString whyUnmetered(QByteArrayView method, QByteArrayView path);

} // namespace lbp
