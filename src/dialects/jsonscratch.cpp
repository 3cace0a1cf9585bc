#include "dialects/jsonscratch.h"

#include <cstring>
#include <memory>

namespace lbp {
namespace {

/// What a thread keeps between texts. A text above the limit is an exception whose memory is given back with
/// the next.
class Reused
{
public:
    ondemand::parser parser;

    /// A buffer for \a size bytes.
    char *buffer(qsizetype size)
    {
        if (size > m_capacity) {
            m_capacity = qMax(size, qsizetype(8 * 1024));
            m_buffer.reset(new char[size_t(m_capacity)]);
        }
        return m_buffer.get();
    }
    void prepareFor(qsizetype size)
    {
        if (m_largest > keptBytes && size <= keptBytes) {
            parser = ondemand::parser();
            m_buffer.reset();
            m_capacity = 0;
            m_largest = 0;
        }
        m_largest = qMax(m_largest, size);
    }

private:
    static constexpr qsizetype keptBytes = 256 * 1024;

    std::unique_ptr<char[]> m_buffer;
    qsizetype m_capacity = 0;
    qsizetype m_largest = 0;
};

Reused &reused()
{
    thread_local Reused own;
    return own;
}

} // namespace

JsonScratch::JsonScratch(QByteArrayView json)
{
    openCopy(json);
}

JsonScratch::JsonScratch(const QByteArray &body, qsizetype begin, qsizetype end)
{
    if (body.size() - end >= qsizetype(simdjson::SIMDJSON_PADDING)) {
        reused().prepareFor(end - begin);
        open(body.constData() + begin, end - begin);
    } else {
        openCopy(QByteArrayView(body).sliced(begin, end - begin));
    }
}

void JsonScratch::openCopy(QByteArrayView json)
{
    reused().prepareFor(json.size());
    char *const buffer = reused().buffer(json.size() + qsizetype(simdjson::SIMDJSON_PADDING));
    if (!json.isEmpty())
        std::memcpy(buffer, json.data(), size_t(json.size()));
    std::memset(buffer + json.size(), ' ', simdjson::SIMDJSON_PADDING);
    open(buffer, json.size());
}

void JsonScratch::open(const char *data, qsizetype size)
{
    const simdjson::padded_string_view view(data, size_t(size), size_t(size) + simdjson::SIMDJSON_PADDING);
    m_error = reused().parser.iterate(view).get(m_document);
}

std::string_view rawKey(ondemand::field &field)
{
    const char *const begin = field.key().raw();
    const char *end = begin;
    while (*end != '"') // the parser has seen the closing quote
        end += *end == '\\' ? 2 : 1;
    return {begin, size_t(end - begin)};
}

std::string_view rawScalar(ondemand::value &value)
{
    std::string_view token = value.raw_json_token();
    while (!token.empty() && uchar(token.back()) <= ' ')
        token.remove_suffix(1);
    return token;
}

std::string_view insideQuotes(std::string_view token)
{
    if (token.size() < 2 || token.front() != '"' || token.back() != '"')
        return {};
    return token.substr(1, token.size() - 2);
}

} // namespace lbp
