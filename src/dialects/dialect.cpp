#include "dialects/dialect.h"

#include "dialects/anthropicerrors.h"
#include "dialects/anthropicfree.h"
#include "dialects/anthropicmessages.h"
#include "dialects/geminierrors.h"
#include "dialects/geminifree.h"
#include "dialects/geminigenerate.h"
#include "dialects/openaiaudio.h"
#include "dialects/openaichat.h"
#include "dialects/openaicompletions.h"
#include "dialects/openaiembeddings.h"
#include "dialects/openaierrors.h"
#include "dialects/openaiimages.h"
#include "dialects/openaimodels.h"
#include "dialects/openairesponses.h"
#include "dialects/openaistored.h"

#include <algorithm>

namespace lbp {

Result<RequestFacts> Dialect::readRequest(const QByteArray &body) const
{
    Call call;
    call.body = body;
    return read(call);
}

Result<QByteArray> Dialect::edited(const QByteArray &body, const BodyChanges &changes) const
{
    Call call;
    call.body = body;
    return rewritten(call, changes).map([](RewrittenCall &&changed) { return std::move(changed.body); });
}

Api apiOf(QByteArrayView path, const HeaderList &headers)
{
    if (path.startsWith("/messages") || headers.contains("anthropic-version"))
        return Api::Anthropic;
    if (path.startsWith("/v1beta/") || headers.contains("x-goog-api-key")
        || (path.startsWith("/models/") && path.contains(':')))
        return Api::Gemini;
    return Api::OpenAi;
}

DialectSet::DialectSet()
{
    for (auto &errors : m_errors)
        errors = std::make_unique<OpenAiErrors>();
    m_errors[size_t(Api::Anthropic)] = std::make_unique<AnthropicErrors>();
    m_errors[size_t(Api::Gemini)] = std::make_unique<GeminiErrors>();
    m_dialects.push_back(std::make_unique<OpenAiChat>());
    m_dialects.push_back(std::make_unique<OpenAiEmbeddings>());
    m_dialects.push_back(std::make_unique<OpenAiCompletions>());
    m_dialects.push_back(std::make_unique<OpenAiModels>());
    m_dialects.push_back(std::make_unique<OpenAiModerations>());
    m_dialects.push_back(std::make_unique<OpenAiResponses>());
    m_dialects.push_back(std::make_unique<OpenAiCompact>());
    m_dialects.push_back(std::make_unique<OpenAiKeptResponses>());
    m_dialects.push_back(std::make_unique<OpenAiImages>());
    m_dialects.push_back(std::make_unique<OpenAiSpeech>());
    m_dialects.push_back(std::make_unique<OpenAiTranscriptions>());
    m_dialects.push_back(std::make_unique<OpenAiStored>());
    m_dialects.push_back(std::make_unique<AnthropicMessages>());
    m_dialects.push_back(std::make_unique<AnthropicCountTokens>());
    m_dialects.push_back(std::make_unique<AnthropicModels>());
    m_dialects.push_back(std::make_unique<GeminiGenerate>());
    m_dialects.push_back(std::make_unique<GeminiEmbed>());
    m_dialects.push_back(std::make_unique<GeminiCountTokens>());
    m_dialects.push_back(std::make_unique<GeminiModels>());
    m_dialects.push_back(std::make_unique<GeminiStored>());
}

const DialectSet &DialectSet::all()
{
    static const DialectSet set;
    return set;
}

const Dialect *DialectSet::find(QByteArrayView method, QByteArrayView path, Api api) const
{
    const Dialect *other = nullptr;
    for (const auto &dialect : m_dialects) {
        if (!dialect->claims(method, path))
            continue;
        if (dialect->api() == api)
            return dialect.get();
        if (!other)
            other = dialect.get();
    }
    return other;
}

const ErrorShape &DialectSet::errors(Api api) const
{
    return *m_errors[size_t(api)];
}

QStringList DialectSet::meteredPaths() const
{
    QStringList paths;
    for (const auto &dialect : m_dialects) {
        if (const QString path = dialect->meteredPath(); !path.isEmpty())
            paths += path;
    }
    return paths;
}

bool DialectSet::isMetered(Api api) const
{
    return std::any_of(m_dialects.begin(), m_dialects.end(), [api](const auto &dialect) {
        return dialect->api() == api && dialect->metering() == Metering::Metered;
    });
}

} // namespace lbp
