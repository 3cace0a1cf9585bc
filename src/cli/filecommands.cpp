#include "cli/commands.h"

#include "cli/lookup.h"
#include "cli/text.h"
#include "cli/toolenvironment.h"
#include "config/configfile.h"
#include "core/key.h"

#include <QFile>
#include <QFileInfo>
#include <QProcessEnvironment>

namespace lbp {

using namespace Qt::StringLiterals;

namespace {

QHash<QString, QString> environmentHash()
{
    QHash<QString, QString> hash;
    const QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    for (const QString &name : environment.keys())
        hash.insert(name, environment.value(name));
    return hash;
}

int report(Context &context, const QList<ConfigProblem> &problems)
{
    for (const ConfigProblem &problem : problems)
        context.output.note(problem.toString());
    return context.output.problem(problems.size() == 1 ? u"one thing is wrong"_s
                                                       : u"%1 things are wrong"_s.arg(problems.size()),
                                  ExitUsage);
}

} // namespace

int pricesShow(Context &context, const QStringList &models)
{
    const std::optional<ApiAnswer> answer = ask(context, "GET", u"/api/prices"_s);
    if (!answer)
        return ExitFailure;
    if (context.json)
        return printJson(context, *answer);
    using enum TextTable::Align;
    TextTable table({{u"MODEL"_s},
                     {u"INPUT/1M"_s, Right},
                     {u"CACHED/1M"_s, Right},
                     {u"OUTPUT/1M"_s, Right},
                     {u"MAX OUTPUT"_s, Right},
                     {u"SOURCE"_s}});
    const auto rate = [](const QJsonObject &perMillion, QLatin1String name) {
        const QString text = perMillion.value(name).toString();
        return text.isEmpty() ? u"-"_s : u'$' + text;
    };
    for (const QJsonValue value : answer->object().value("models"_L1).toArray()) {
        const QJsonObject price = value.toObject();
        const QString model = price.value("model"_L1).toString();
        const bool wanted = models.isEmpty()
            || std::any_of(models.begin(), models.end(),
                           [&](const QString &glob) { return globMatches(glob, model); });
        if (!wanted)
            continue;
        const QJsonObject rates = price.value("rates"_L1).toObject();
        const QJsonValue ceiling = price.value("maxOutputTokens"_L1);
        table.addRow({model, rate(rates, "input"_L1), rate(rates, "cachedInput"_L1), rate(rates, "output"_L1),
                      ceiling.isDouble() ? countText(ceiling.toInteger()) : u"-"_s,
                      price.value("source"_L1).toString()});
    }
    if (table.isEmpty())
        return context.output.problem(
            u"no price matches; add the model to pricing.yml beside %1"_s.arg(context.session.configFile()));
    context.output.out(table.toString().toUtf8());
    return ExitOk;
}

int pricesCheck(Context &context, const QString &file)
{
    QString path = file;
    if (path.isEmpty()) {
        // The configuration says which price file holds; checking it reads that one too.
        const auto config = loadConfig({context.session.configFile(), {}, environmentHash()});
        if (!config)
            return report(context, config.error());
        context.output.print(u"%1 prices, no mistakes."_s.arg((*config)->prices->size()));
        return ExitOk;
    }
    QFile in(path);
    if (!in.open(QIODevice::ReadOnly))
        return context.output.problem(u"cannot read %1: %2"_s.arg(path, in.errorString()));
    const auto prices = parsePricing(in.readAll(), path);
    if (!prices)
        return report(context, prices.error());
    context.output.print(u"%1: %2 prices, no mistakes."_s.arg(path).arg((*prices)->size()));
    return ExitOk;
}

int configCheck(Context &context, const QString &file)
{
    const QString path = file.isEmpty() ? context.session.configFile() : QFileInfo(file).absoluteFilePath();
    if (file.isEmpty() && !QFileInfo::exists(path)) {
        context.output.print(
            u"%1 does not exist; the defaults hold, and the file is made at the first start."_s.arg(path));
        return ExitOk;
    }
    const auto config = loadConfig({path, {}, environmentHash()});
    if (!config)
        return report(context, config.error());
    context.output.print(u"%1: no mistakes, %2 providers, %3 prices."_s.arg(path)
                             .arg((*config)->providers.size())
                             .arg((*config)->prices->size()));
    return ExitOk;
}

int configPath(Context &context)
{
    context.output.print(context.session.configFile());
    return ExitOk;
}

int printEnvironment(Context &context, const QString &key, const QString &shellName)
{
    Shell shell = shellFromPath(qEnvironmentVariable("SHELL"));
    if (!shellName.isEmpty()) {
        const Result<Shell> named = shellFromName(shellName);
        if (!named)
            return context.output.problem(named.error().detail, ExitUsage);
        shell = *named;
    }
    QString plaintext = key;
    if (!looksLikeVirtualKey(key.toUtf8())) {
        if (key.startsWith("lbp_"_L1))
            return context.output.problem(
                u"that is no whole virtual key: it is lbp_ and 43 letters and digits"_s, ExitUsage);
        const std::optional<QJsonObject> found = findKey(context, key);
        if (!found)
            return ExitFailure;
        plaintext = u"PUT-THE-PLAINTEXT-OF-%1-HERE"_s.arg(found->value("id"_L1).toString());
        context.output.note(
            u"The plaintext of \"%1\" is not stored, so put it in where the lines below say so. "
            u"`lbp key rotate %2` makes a new one."_s.arg(found->value("name"_L1).toString(),
                                                          found->value("id"_L1).toString()));
    }
    const Result<Session::Address> address = context.session.address();
    if (!address)
        return context.output.problem(address.error().detail);
    if (!address->running)
        context.output.note(u"No proxy is running; start it with: lbp serve"_s);
    context.output.out(exportLines(toolVariables(address->url, plaintext), shell).toUtf8());
    return ExitOk;
}

} // namespace lbp
