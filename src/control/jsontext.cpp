#include "control/jsontext.h"

#include "wire/json.h"
#include "wire/jsonscan.h"

#include <QStringDecoder>

namespace lbp {

namespace {

constexpr int maxDepth = 64;
constexpr int maxExponent = 40;

class Reader
{
public:
    explicit Reader(QByteArrayView text)
        : m_text(text)
    {
    }

    Result<JsonText> whole()
    {
        JsonText value;
        if (Status read = this->value(value, 0); !read)
            return tl::unexpected(read.error());
        skipBlanks();
        if (m_at != m_text.size())
            return tl::unexpected(wrong("has something behind its end").error());
        return value;
    }

private:
    Status wrong(const char *what) const
    {
        return fail(ErrorCode::InvalidValue,
                    QStringLiteral("is no JSON: %1 at byte %2").arg(QLatin1String(what)).arg(m_at));
    }
    void skipBlanks()
    {
        while (
            m_at < m_text.size()
            && (m_text[m_at] == ' ' || m_text[m_at] == '\t' || m_text[m_at] == '\n' || m_text[m_at] == '\r'))
            ++m_at;
    }
    bool takes(char c)
    {
        skipBlanks();
        if (m_at >= m_text.size() || m_text[m_at] != c)
            return false;
        ++m_at;
        return true;
    }
    bool takesWord(QByteArrayView word)
    {
        if (m_text.sliced(m_at).first(std::min(word.size(), m_text.size() - m_at)) != word)
            return false;
        m_at += word.size();
        return true;
    }

    Status value(JsonText &into, int depth)
    {
        if (depth > maxDepth)
            return wrong("it is nested too deep");
        skipBlanks();
        if (m_at >= m_text.size())
            return wrong("it ends too early");
        switch (m_text[m_at]) {
        case '{':
            return object(into, depth);
        case '[':
            return array(into, depth);
        case '"':
            into.type = JsonText::Type::String;
            return string(into.string);
        case 't':
        case 'f':
            into.type = JsonText::Type::Boolean;
            into.boolean = m_text[m_at] == 't';
            return takesWord(into.boolean ? "true" : "false") ? Status() : wrong("a word is unknown");
        case 'n':
            return takesWord("null") ? Status() : wrong("a word is unknown");
        default:
            return number(into);
        }
    }
    Status number(JsonText &into)
    {
        const qsizetype begin = m_at;
        while (m_at < m_text.size() && QByteArrayView("+-.eE0123456789").contains(m_text[m_at]))
            ++m_at;
        const QByteArrayView text = m_text.sliced(begin, m_at - begin);
        if (!isJsonNumber(text)) {
            m_at = begin;
            return wrong("a value is expected");
        }
        into.type = JsonText::Type::Number;
        into.number = text.toByteArray();
        return {};
    }
    Status string(QString &into)
    {
        const qsizetype begin = m_at++;
        while (m_at < m_text.size() && m_text[m_at] != '"') {
            if (m_text[m_at] == '\\')
                ++m_at;
            ++m_at;
        }
        if (m_at >= m_text.size()) {
            m_at = begin;
            return wrong("a text does not end");
        }
        ++m_at;
        const std::optional<QString> text = jsonString(m_text.sliced(begin, m_at - begin));
        if (!text) {
            m_at = begin;
            return wrong("a text is wrong");
        }
        into = *text;
        return {};
    }
    Status array(JsonText &into, int depth)
    {
        into.type = JsonText::Type::Array;
        ++m_at;
        if (takes(']'))
            return {};
        do {
            if (Status read = value(into.items.emplace_back(), depth + 1); !read)
                return read;
        } while (takes(','));
        return takes(']') ? Status() : wrong("a list does not end");
    }
    Status object(JsonText &into, int depth)
    {
        into.type = JsonText::Type::Object;
        ++m_at;
        if (takes('}'))
            return {};
        do {
            skipBlanks();
            if (m_at >= m_text.size() || m_text[m_at] != '"')
                return wrong("a name in quotes is expected");
            auto &[name, member] = into.members.emplace_back();
            if (Status read = string(name); !read)
                return read;
            if (!takes(':'))
                return wrong("a colon is expected");
            if (Status read = value(member, depth + 1); !read)
                return read;
        } while (takes(','));
        return takes('}') ? Status() : wrong("an object does not end");
    }

    QByteArrayView m_text;
    qsizetype m_at = 0;
};

} // namespace

const JsonText *JsonText::find(QStringView name) const
{
    for (auto member = members.crbegin(); member != members.crend(); ++member)
        if (member->first == name)
            return &member->second;
    return nullptr;
}

Result<JsonText> readJsonText(QByteArrayView json)
{
    QStringDecoder decoder(QStringDecoder::Utf8, QStringDecoder::Flag::Stateless);
    const QString decoded = decoder(json);
    if (decoder.hasError())
        return fail(ErrorCode::InvalidValue, QStringLiteral("is not valid UTF-8"));
    return Reader(json).whole();
}

QString plainDecimal(QByteArrayView number)
{
    if (!isJsonNumber(number))
        return {};
    QByteArray mantissa = number.toByteArray().toLower();
    int exponent = 0;
    if (const qsizetype e = mantissa.indexOf('e'); e >= 0) {
        bool isNumber = false;
        exponent = mantissa.mid(e + 1).toInt(&isNumber);
        if (!isNumber || exponent < -maxExponent || exponent > maxExponent)
            return {};
        mantissa.truncate(e);
    }
    const bool isNegative = mantissa.startsWith('-');
    if (isNegative)
        mantissa.remove(0, 1);
    qsizetype point = mantissa.indexOf('.');
    if (point < 0)
        point = mantissa.size();
    else
        mantissa.remove(point, 1);
    point += exponent;
    if (point <= 0) {
        mantissa.prepend(QByteArray(1 - point, '0'));
        point = 1;
    }
    if (point > mantissa.size())
        mantissa.append(QByteArray(point - mantissa.size(), '0'));
    QByteArray whole = mantissa.left(point), places = mantissa.mid(point);
    while (places.endsWith('0'))
        places.chop(1);
    while (whole.size() > 1 && whole.startsWith('0'))
        whole.remove(0, 1);
    return QString::fromLatin1((isNegative ? "-" : "") + whole + (places.isEmpty() ? "" : "." + places));
}

} // namespace lbp
