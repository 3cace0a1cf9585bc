#include "core/pricenames.h"

#include <algorithm>
#include <array>

namespace lbp {

namespace {

bool isNumber(QStringView text, int least, int most)
{
    int value = 0;
    for (QChar c : text) {
        if (c < u'0' || c > u'9')
            return false;
        value = value * 10 + (c.unicode() - u'0');
    }
    return value >= least && value <= most;
}

bool isMonthAndDay(QStringView month, QStringView day)
{
    return isNumber(month, 1, 12) && isNumber(day, 1, 31);
}

bool isYear(QStringView year)
{
    return isNumber(year, 2000, 2999);
}

/// How many characters a date at the end takes, with its hyphen; 0: there is none.
qsizetype dateLength(QStringView model)
{
    const auto ending = [model](qsizetype size) {
        const QStringView end = model.size() > size ? model.last(size) : QStringView();
        return end.startsWith(u'-') ? end.mid(1) : QStringView();
    };
    if (const QStringView d = ending(11); !d.isEmpty() && isYear(d.left(4)) && d[4] == u'-' && d[7] == u'-'
        && isMonthAndDay(d.mid(5, 2), d.mid(8, 2)))
        return 11;
    if (const QStringView d = ending(9);
        !d.isEmpty() && isYear(d.left(4)) && isMonthAndDay(d.mid(4, 2), d.mid(6, 2)))
        return 9;
    if (const QStringView d = ending(5); !d.isEmpty() && isMonthAndDay(d.left(2), d.mid(2, 2)))
        return 5;
    return 0;
}

/// "claude-opus-4.5" as "claude-opus-4-5".
QString withHyphens(QString name)
{
    for (qsizetype i = 1; i + 1 < name.size(); ++i)
        if (name[i] == u'.' && name[i - 1].isDigit() && name[i + 1].isDigit())
            name[i] = u'-';
    return name;
}

} // namespace

void forEachPriceName(QStringView model, QStringView space,
                      const std::function<bool(const QString &, QLatin1String)> &look)
{
    // The characters where they are: the first name is nearly always the right one, and needs no copy.
    QString name = QString::fromRawData(model.data(), model.size());
    if (look(name, QLatin1String("as it was asked for")))
        return;
    name = model.toString();

    constexpr QLatin1String geminiPrefix("models/");
    if (name.startsWith(geminiPrefix) && name.size() > geminiPrefix.size()) {
        name = name.mid(geminiPrefix.size());
        if (look(name, QLatin1String("without \"models/\"")))
            return;
    }

    const qsizetype slash = name.indexOf(u'/');
    if (slash > 0) {
        for (const QLatin1String route :
             {QLatin1String(":free"), QLatin1String(":floor"), QLatin1String(":thinking")}) {
            if (!name.endsWith(route))
                continue;
            name.chop(route.size());
            if (look(name, QLatin1String("without the route behind the colon")))
                return;
            break;
        }
        constexpr std::array<QLatin1String, 4> samePriceEverywhere{
            QLatin1String("openai"), QLatin1String("anthropic"), QLatin1String("google"),
            QLatin1String("x-ai")};
        const QString maker = name.left(slash);
        const bool isOwnSpace = !space.isEmpty() && maker == space;
        if ((isOwnSpace
             || std::find(samePriceEverywhere.begin(), samePriceEverywhere.end(), maker)
                 != samePriceEverywhere.end())
            && slash + 1 < name.size()) {
            name = name.mid(slash + 1);
            if (look(name, QLatin1String("without the maker before the slash")))
                return;
            if (maker == QLatin1String("anthropic"))
                if (const QString hyphens = withHyphens(name); hyphens != name) {
                    name = hyphens;
                    if (look(name, QLatin1String("with hyphens for points, as Anthropic writes it")))
                        return;
                }
        }
    }

    constexpr QLatin1String tunedPrefix("ft:");
    if (name.startsWith(tunedPrefix)) {
        const qsizetype end = name.indexOf(u':', tunedPrefix.size());
        if (end > tunedPrefix.size()) {
            name.truncate(end);
            if (look(name, QLatin1String("a fine-tuned model has the price of its base")))
                return;
        }
    }

    if (const qsizetype date = dateLength(name); date > 0) {
        name.chop(date);
        if (look(name, QLatin1String("without the date")))
            return;
    }

    constexpr QLatin1String latest("-latest");
    if (name.endsWith(latest) && name.size() > latest.size()) {
        name.chop(latest.size());
        look(name, QLatin1String("without \"-latest\""));
    } else if (!name.isEmpty()) {
        look(name + latest, QLatin1String("with \"-latest\""));
    }
}

} // namespace lbp
