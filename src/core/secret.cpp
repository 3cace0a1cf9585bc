#include "core/secret.h"

#include <QString>

namespace lbp {

namespace {
constexpr qsizetype shownCharacters = 4;
constexpr qsizetype shortestShown = 12; // below this, four characters would give away too much
} // namespace

bool Secret::matches(QByteArrayView other) const
{
    // A different length compares `other` with itself, so that the pass takes as long. A secret that was
    // never set matches nothing, not even an empty attempt.
    const bool sameSize = m_value.size() == other.size();
    const char *mine = sameSize ? m_value.constData() : other.data();
    volatile unsigned char difference = sameSize && !m_value.isEmpty() ? 0 : 1;
    for (qsizetype i = 0; i < other.size(); ++i)
        difference = static_cast<unsigned char>(difference | (mine[i] ^ other[i]));
    return difference == 0;
}

QString Secret::masked() const
{
    QString text = QStringLiteral("\u2022\u2022\u2022\u2022");
    if (m_value.size() < shortestShown)
        return text;
    for (char c : QByteArrayView(m_value).last(shownCharacters))
        text += c > ' ' && c < '\x7f' ? QLatin1Char(c) : QLatin1Char('?');
    return text;
}

} // namespace lbp
