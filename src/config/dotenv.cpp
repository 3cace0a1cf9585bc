#include "config/dotenv.h"

#include <optional>
#include <QStringDecoder>

namespace lbp {
namespace {

bool isName(QStringView name)
{
    if (name.isEmpty() || (name[0] >= u'0' && name[0] <= u'9'))
        return false;
    for (QChar c : name) {
        const bool letter = (c >= u'A' && c <= u'Z') || (c >= u'a' && c <= u'z') || c == u'_';
        if (!letter && !(c >= u'0' && c <= u'9'))
            return false;
    }
    return true;
}

bool isBlankOrComment(QStringView rest)
{
    const QStringView trimmed = rest.trimmed();
    return trimmed.isEmpty() || trimmed.startsWith(u'#');
}

QChar unescaped(QChar c)
{
    switch (c.unicode()) {
    case u'n':
        return u'\n';
    case u'r':
        return u'\r';
    case u't':
        return u'\t';
    default:
        return c;
    }
}

/// The value that begins at \a in; nullopt when a quote is not closed or something follows it.
std::optional<QString> readValue(QStringView in)
{
    in = in.trimmed();
    if (in.isEmpty() || (in[0] != u'"' && in[0] != u'\'')) {
        // A comment needs a blank before it, because # is common in passwords.
        for (qsizetype i = 0; i < in.size(); ++i)
            if (in[i] == u'#' && (i == 0 || in[i - 1].isSpace()))
                return in.first(i).trimmed().toString();
        return in.toString();
    }
    const QChar quote = in[0];
    QString value;
    for (qsizetype i = 1; i < in.size(); ++i) {
        if (in[i] == quote)
            return isBlankOrComment(in.sliced(i + 1)) ? std::optional(value) : std::nullopt;
        if (quote == u'"' && in[i] == u'\\' && i + 1 < in.size())
            value += unescaped(in[++i]);
        else
            value += in[i];
    }
    return std::nullopt;
}

} // namespace

void readDotEnv(const QByteArray &text, QHash<QString, QString> &environment, ProblemList &problems)
{
    QStringDecoder decoder(QStringDecoder::Utf8, QStringDecoder::Flag::Stateless);
    const QString decoded = decoder(text);
    if (decoder.hasError() || decoded.contains(QChar(0))) {
        problems.add(0, {}, QStringLiteral("is not valid UTF-8 text; save it as UTF-8"));
        return;
    }
    QHash<QString, QString> read;
    int lineNumber = 0;
    for (QStringView line : QStringView(decoded).split(u'\n')) {
        ++lineNumber;
        if (isBlankOrComment(line))
            continue;
        line = line.trimmed();
        if (line.startsWith(QLatin1String("export ")) || line.startsWith(QLatin1String("export\t")))
            line = line.sliced(7).trimmed();
        const qsizetype equals = line.indexOf(u'=');
        if (equals < 0 || !isName(line.first(equals))) {
            problems.add(lineNumber, {},
                         QStringLiteral("must be NAME=value, a comment that begins with #, or empty"));
            continue;
        }
        const QString name = line.first(equals).toString();
        if (const std::optional<QString> value = readValue(line.sliced(equals + 1)))
            read.insert(name, *value);
        else
            problems.add(lineNumber, name,
                         QStringLiteral("has a quote that is not closed, or text after its end"));
    }
    for (auto it = read.cbegin(); it != read.cend(); ++it)
        if (!environment.contains(it.key()))
            environment.insert(it.key(), it.value());
}

} // namespace lbp
