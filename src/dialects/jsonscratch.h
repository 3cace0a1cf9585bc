#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <simdjson.h>
#include <string_view>

namespace lbp {

namespace ondemand = simdjson::ondemand;

/// A JSON text opened with this thread's reused on-demand parser, so that reading an event allocates nothing.
/// Only one may be open per thread at a time. What was read stays until the next one is opened on the thread.
/// Include only from .cpp files: simdjson is large and an implementation detail.
class JsonScratch
{
public:
    /// Copies \a json behind which nothing may be readable. Check error() before use.
    explicit JsonScratch(QByteArrayView json);
    /// Reads the value at [begin, end) of \a body where it stands if enough bytes follow it, else from a
    /// copy.
    JsonScratch(const QByteArray &body, qsizetype begin, qsizetype end);
    Q_DISABLE_COPY_MOVE(JsonScratch)

    [[nodiscard]] simdjson::error_code error() const { return m_error; }
    [[nodiscard]] ondemand::document &document() { return m_document; }

private:
    void open(const char *data, qsizetype size);
    void openCopy(QByteArrayView json);

    ondemand::document m_document;
    simdjson::error_code m_error = simdjson::SUCCESS;
};

/// The key of a member as it stands in the bytes: escapes are not resolved.
[[nodiscard]] std::string_view rawKey(ondemand::field &field);
/// A number, literal or string with its quotes, as it stands in the bytes. Valid while the scratch is.
[[nodiscard]] std::string_view rawScalar(ondemand::value &value);
/// The inside of a string token that rawScalar() gave; empty for anything else.
[[nodiscard]] std::string_view insideQuotes(std::string_view token);

} // namespace lbp
