#pragma once

#include "dialects/openaimodels.h"

namespace lbp {

/// What costs nothing at Google. Bodies pass unread.
class GeminiFree : public OpenAiFree
{
public:
    Api api() const override { return Api::Gemini; }
};

/// POST of models/{id}:countTokens. Tools count before they ask, often many times at once. The model is read,
/// so that its provider is asked.
class GeminiCountTokens : public GeminiFree
{
public:
    QString endpoint() const override;
    bool claims(QByteArrayView method, QByteArrayView path) const override;
    Result<RequestFacts> read(const Call &call) const override;
    Result<RewrittenCall> rewritten(const Call &call, const BodyChanges &changes) const override;
};

/// GET and HEAD of models and tunedModels, all or one.
class GeminiModels : public GeminiFree
{
public:
    QString endpoint() const override;
    bool claims(QByteArrayView method, QByteArrayView path) const override;
};

/// Files, which are kept free of charge, and what exists of cachedContents. To make a cache, or to prolong
/// it, costs storage by the hour and is not claimed.
class GeminiStored : public GeminiFree
{
public:
    QString endpoint() const override;
    bool claims(QByteArrayView method, QByteArrayView path) const override;
};

} // namespace lbp
