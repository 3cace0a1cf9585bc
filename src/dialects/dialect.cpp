#include "dialects/dialect.h"

#include "dialects/openaichat.h"
#include "dialects/openaicompletions.h"
#include "dialects/openaiembeddings.h"
#include "dialects/openaierrors.h"
#include "dialects/openaimodels.h"

namespace lbp {

DialectSet::DialectSet()
    : m_errors(std::make_unique<OpenAiErrors>())
{
    m_dialects.push_back(std::make_unique<OpenAiChat>());
    m_dialects.push_back(std::make_unique<OpenAiEmbeddings>());
    m_dialects.push_back(std::make_unique<OpenAiCompletions>());
    m_dialects.push_back(std::make_unique<OpenAiModels>());
    m_dialects.push_back(std::make_unique<OpenAiModerations>());
}

const DialectSet &DialectSet::openAi()
{
    static const DialectSet set;
    return set;
}

const Dialect *DialectSet::find(QByteArrayView method, QByteArrayView path) const
{
    for (const auto &dialect : m_dialects) {
        if (dialect->claims(method, path))
            return dialect.get();
    }
    return nullptr;
}

const ErrorShape &DialectSet::errors() const
{
    return *m_errors;
}

QStringList DialectSet::meteredPaths() const
{
    // A path is metered if its dialect says so; the list is short and fixed, and a test holds it against
    // find().
    return {QStringLiteral("POST /chat/completions"), QStringLiteral("POST /completions"),
            QStringLiteral("POST /embeddings")};
}

} // namespace lbp
