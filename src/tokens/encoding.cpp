#include "tokens/encoding.h"

#include <array>

namespace lbp {
namespace {

using namespace Qt::StringLiterals;

/// A number at the front of \a text, which is shortened by it; -1: none.
int takeNumber(QStringView &text)
{
    qsizetype digits = 0;
    while (digits < text.size() && digits < 4 && text[digits] >= u'0' && text[digits] <= u'9')
        ++digits;
    if (digits == 0)
        return -1;
    const int number = text.first(digits).toInt();
    text = text.sliced(digits);
    return number;
}

/// A name ends here, or goes on with a variant ("-mini", "-2024-08-06").
bool isWhole(QStringView rest)
{
    return rest.isEmpty() || rest.front() == u'-';
}

/// Behind "gpt-".
std::optional<Encoding> gptEncoding(QStringView rest)
{
    if (rest.startsWith(u"oss"))
        return Encoding::O200k;
    const int major = takeNumber(rest);
    int minor = 0;
    if (rest.startsWith(u'.')) {
        rest = rest.sliced(1);
        minor = takeNumber(rest);
    }
    if (major == 4 && rest.startsWith(u'o') && isWhole(rest.sliced(1)))
        return Encoding::O200k;
    if (!isWhole(rest) || minor < 0)
        return std::nullopt;
    if (major == 35 || (major == 3 && minor == 5)) // Azure writes no point
        return Encoding::Cl100k;
    if (major == 4)
        return minor > 0 ? Encoding::O200k : Encoding::Cl100k;
    return major >= 5 && major < 35 ? std::optional(Encoding::O200k) : std::nullopt;
}

/// "o1", "o3-mini", "o4-mini-2025-04-16".
bool isOSeries(QStringView name)
{
    if (!name.startsWith(u'o'))
        return false;
    name = name.sliced(1);
    return takeNumber(name) > 0 && isWhole(name);
}

} // namespace

QString encodingName(Encoding encoding)
{
    return encoding == Encoding::O200k ? u"o200k_base"_s : u"cl100k_base"_s;
}

QString bareModelName(QStringView model)
{
    QStringView name = model.sliced(model.lastIndexOf(u'/') + 1);
    const bool isTuned = name.startsWith(u"ft:", Qt::CaseInsensitive);
    if (isTuned)
        name = name.sliced(3);
    if (const qsizetype colon = name.indexOf(u':'); colon > 0)
        name = name.first(colon); // the owner of a fine-tuned one, a variant (":free"), a size
    return name.toString().toLower();
}

std::optional<Encoding> encodingFor(QStringView model)
{
    const QString bare = bareModelName(model);
    QStringView name = bare;
    if (name.startsWith(u"chatgpt-"))
        name = name.sliced(4);
    if (name.startsWith(u"gpt-"))
        return gptEncoding(name.sliced(4));
    if (isOSeries(name) || name.startsWith(u"codex-mini"))
        return Encoding::O200k;
    constexpr std::array<QStringView, 5> old{u"text-embedding-3-small", u"text-embedding-3-large",
                                             u"text-embedding-ada-002", u"davinci-002", u"babbage-002"};
    for (const QStringView one : old) {
        if (name == one)
            return Encoding::Cl100k;
    }
    return std::nullopt;
}

bool addsHiddenText(QStringView model)
{
    const QString bare = bareModelName(model);
    QStringView name = bare;
    if (isOSeries(name) || name.startsWith(u"codex-") || name.startsWith(u"gpt-oss"))
        return true;
    if (!name.startsWith(u"gpt-"))
        return false;
    name = name.sliced(4);
    const int major = takeNumber(name);
    return major >= 5 && major < 35;
}

} // namespace lbp
