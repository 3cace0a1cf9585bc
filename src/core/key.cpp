#include "core/key.h"

#include "core/result.h"

#include <algorithm>
#include <array>
#include <QCryptographicHash>
#include <QRandomGenerator>

namespace lbp {

namespace {

constexpr QByteArrayView virtualPrefix("lbp_");
constexpr QByteArrayView adminPrefix("lbpadmin_");
constexpr qsizetype base62Digits = 43; // the least that hold 256 bits
constexpr qsizetype longestName = 100;
constexpr char base62[] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

Secret generate(QByteArrayView prefix)
{
    std::array<quint32, 8> number{}; // most significant first
    QRandomGenerator::system()->generate(number.begin(), number.end());
    QByteArray text = prefix.toByteArray();
    text.resize(prefix.size() + base62Digits);
    for (qsizetype i = text.size() - 1; i >= prefix.size(); --i) {
        quint64 remainder = 0;
        for (quint32 &limb : number) {
            const quint64 value = (remainder << 32) | limb;
            limb = static_cast<quint32>(value / 62);
            remainder = value % 62;
        }
        text[i] = base62[remainder];
    }
    return Secret(std::move(text));
}

bool isBase62(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

/// Characters that break a line or change the order in which a name is shown, beside the control characters
/// proper.
bool isHostile(char32_t c)
{
    switch (QChar::category(c)) {
    case QChar::Other_Control:
    case QChar::Other_Surrogate: // half of a pair
    case QChar::Separator_Line:
    case QChar::Separator_Paragraph:
        return true;
    default:
        return (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069);
    }
}

/// Index after the character at \a i: a surrogate pair is one.
qsizetype after(QStringView text, qsizetype i)
{
    const bool pair = text[i].isHighSurrogate() && i + 1 < text.size() && text[i + 1].isLowSurrogate();
    return i + (pair ? 2 : 1);
}

} // namespace

Secret generateVirtualKey()
{
    return generate(virtualPrefix);
}

Secret generateAdminKey()
{
    return generate(adminPrefix);
}

QByteArray sha256(QByteArrayView bytes)
{
    return QCryptographicHash::hash(bytes, QCryptographicHash::Sha256);
}

bool looksLikeVirtualKey(QByteArrayView text)
{
    if (text.size() != virtualPrefix.size() + base62Digits || !text.startsWith(virtualPrefix))
        return false;
    const QByteArrayView digits = text.sliced(virtualPrefix.size());
    return std::all_of(digits.begin(), digits.end(), isBase62);
}

Status checkKeyName(QStringView name)
{
    if (name.trimmed().isEmpty())
        return fail(ErrorCode::InvalidValue, QStringLiteral("a key needs a name of 1 to 100 characters"));
    const QList<uint> characters = name.size() <= 2 * longestName ? name.toUcs4() : QList<uint>();
    if (characters.isEmpty() || characters.size() > longestName)
        return fail(ErrorCode::InvalidValue, QStringLiteral("the name of a key has at most 100 characters"));
    for (qsizetype i = 0; i < name.size(); i = after(name, i)) {
        const bool pair = after(name, i) - i == 2;
        const char32_t c = pair ? QChar::surrogateToUcs4(name[i], name[i + 1]) : char32_t(name[i].unicode());
        if (isHostile(c))
            return fail(
                ErrorCode::InvalidValue,
                QStringLiteral("the name of a key must not contain control characters; number %1 is U+%2")
                    .arg(i + 1)
                    .arg(quint32(c), 4, 16, QLatin1Char('0')));
    }
    return {};
}

bool globMatches(QStringView glob, QStringView text)
{
    // Only the last `*` is ever tried again: what an earlier one matched cannot help, so the work is at most
    // glob × text.
    qsizetype g = 0, t = 0;
    qsizetype starGlob = -1, starText = 0;
    while (t < text.size()) {
        if (g < glob.size() && glob[g] == u'*') {
            starGlob = g++;
            starText = t;
        } else if (g < glob.size() && glob[g] == u'?') {
            ++g;
            t = after(text, t);
        } else if (g < glob.size() && glob[g] == text[t]) {
            ++g;
            ++t;
        } else if (starGlob >= 0) {
            g = starGlob + 1;
            t = starText = after(text, starText);
        } else {
            return false;
        }
    }
    while (g < glob.size() && glob[g] == u'*')
        ++g;
    return g == glob.size();
}

int globSpecificity(QStringView glob)
{
    constexpr int exactBonus = 1 << 20;
    const auto wildcards =
        std::count_if(glob.begin(), glob.end(), [](QChar c) { return c == u'*' || c == u'?'; });
    const auto literals = static_cast<int>(glob.size() - wildcards);
    return wildcards == 0 ? literals + exactBonus : literals;
}

} // namespace lbp
