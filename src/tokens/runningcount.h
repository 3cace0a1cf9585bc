#pragma once

#include "tokens/tokenizer.h"

#include <QByteArray>

namespace lbp {

/// Counts a text that comes in parts, as if it were counted whole at the end, without keeping it: only what a
/// later part may still change is kept, a few hundred bytes. Thread: one at a time.
class RunningCount
{
public:
    explicit RunningCount(Encoding encoding)
        : m_encoding(encoding)
    {
    }
    [[nodiscard]] Encoding encoding() const { return m_encoding; }
    /// \param text UTF-8 that ends with a whole character. \param tokenizer of the same encoding.
    void add(QByteArrayView text, Tokenizer &tokenizer);
    /// Of all so far.
    [[nodiscard]] TokenCount total(Tokenizer &tokenizer) const;

private:
    Encoding m_encoding;
    TokenCount m_done;
    QByteArray m_pending;
};

} // namespace lbp
