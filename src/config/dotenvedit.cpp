#include "config/dotenv.h"

#include <algorithm>

namespace lbp {
namespace {

/// Whether the line sets \a name.
bool sets(QByteArrayView line, QByteArrayView name)
{
    line = line.trimmed();
    if (line.startsWith("export ") || line.startsWith("export\t"))
        line = line.sliced(7).trimmed();
    return line.startsWith(name) && line.size() > name.size() && line[name.size()] == '=';
}

QByteArray quoted(const QString &value)
{
    const bool isPlain = std::all_of(value.cbegin(), value.cend(), [](QChar c) {
        return c.unicode() < 0x80 && (c.isLetterOrNumber() || QStringView(u"_-./:@+=,%").contains(c));
    });
    if (isPlain)
        return value.toUtf8();
    QString out;
    for (const QChar c : value) {
        if (c == u'\n')
            out += QLatin1String("\\n");
        else if (c == u'\r')
            out += QLatin1String("\\r");
        else if (c == u'\t')
            out += QLatin1String("\\t");
        else if (c == u'"' || c == u'\\' || c == u'$')
            out += u'\\' + QString(c);
        else
            out += c;
    }
    return '"' + out.toUtf8() + '"';
}

} // namespace

QByteArray dotEnvWith(const QByteArray &text, const QString &name, const std::optional<QString> &value)
{
    const QByteArray key = name.toUtf8();
    QByteArrayList lines = text.split('\n');
    const bool usesCrLf = lines.size() > 1 && lines.front().endsWith('\r');
    qsizetype last = -1;
    for (qsizetype i = lines.size(); i-- > 0;) {
        if (!sets(lines[i], key))
            continue;
        if (!value) {
            lines.removeAt(i);
            continue;
        }
        last = i; // the last one counts
        break;
    }
    if (!value)
        return lines.join('\n');
    QByteArray line = key + '=' + quoted(*value);
    if (last >= 0) {
        const bool isExported = lines[last].trimmed().startsWith("export");
        lines[last] = (isExported ? "export " : "") + line + (lines[last].endsWith('\r') ? "\r" : "");
        return lines.join('\n');
    }
    if (usesCrLf)
        line += '\r';
    QByteArray result = text;
    if (!result.isEmpty() && !result.endsWith('\n'))
        result += usesCrLf ? "\r\n" : "\n";
    return result + line + '\n';
}

} // namespace lbp
