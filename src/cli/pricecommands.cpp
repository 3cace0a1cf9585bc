#include "cli/commands.h"

#include "cli/text.h"
#include "config/configfile.h"
#include "config/configreader.h"
#include "config/pricekeys.h"
#include "config/publicprices.h"
#include "control/pricefetch.h"
#include "control/priceimport.h"
#include "core/charge.h"

#include <cstdio>
#include <QDateTime>
#include <QFileInfo>
#include <QJsonDocument>
#include <QProcessEnvironment>
#include <unistd.h>

namespace lbp {

using namespace Qt::StringLiterals;

namespace {

constexpr int newOnesNamed = 20;

ConfigSources sourcesOf(const Context &context)
{
    ConfigSources sources{context.session.configFile(), {}, {}};
    const QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    for (const QString &name : environment.keys())
        sources.environment.insert(name, environment.value(name));
    return sources;
}

std::optional<bool> confirmed(const Context &context, const QString &question)
{
    if (context.confirm)
        return context.confirm(question);
    if (::isatty(STDIN_FILENO) != 1)
        return std::nullopt;
    context.output.err(question.toUtf8() + " [y/N] ");
    const int first = std::getchar();
    return first == 'y' || first == 'Y';
}

QString rateSummary(const PriceListEntry &entry)
{
    QStringList parts;
    for (const PriceText &rate : entry.rates)
        parts.append(rate.key + u' ' + rate.text);
    return parts.join(u", "_s);
}

void printChanges(const Context &context, const PriceImport &import, const QStringList &taken, bool all)
{
    TextTable table({{u"CHANGE"_s}, {u"MODEL"_s}, {u"PRICES IN USD"_s}});
    int unnamed = 0, named = 0;
    for (const PriceChange &change : import.changes) {
        const QString &model = change.after.model;
        const bool isNew = change.before.model.isEmpty();
        const QString what = change.note.isEmpty() ? rateSummary(change.after) : change.note;
        if (change.kind == PriceChange::Kind::Suspicious) {
            table.addRow({taken.contains(model) ? u"accepted"_s : u"SUSPICIOUS"_s, model, what});
        } else if (isNew) {
            if (all || named++ < newOnesNamed)
                table.addRow({u"new"_s, model, what});
            else
                ++unnamed;
        } else {
            table.addRow({u"changed"_s, model, what});
        }
    }
    for (const QString &model : import.own)
        table.addRow({u"yours"_s, model, u"has a price in pricing.yml, which stays"_s});
    for (const PriceImport::Refused &refused : import.refused)
        table.addRow({u"refused"_s, refused.model, refused.reason});
    if (!table.isEmpty())
        context.output.out(table.toString().toUtf8());
    if (unnamed > 0)
        context.output.print(u"... and %1 more new ones (--all names them)"_s.arg(unnamed));
    QStringList parts{u"%1 new"_s.arg(import.count(PriceChange::Kind::New)),
                      u"%1 changed"_s.arg(import.count(PriceChange::Kind::Changed)),
                      u"%1 suspicious"_s.arg(import.count(PriceChange::Kind::Suspicious)),
                      u"%1 the same"_s.arg(import.unchanged)};
    if (!import.own.isEmpty())
        parts.append(u"%1 of your own"_s.arg(import.own.size()));
    if (!import.refused.isEmpty())
        parts.append(u"%1 refused"_s.arg(import.refused.size()));
    if (import.leftOut > 0)
        parts.append(u"%1 left out (other providers, or nothing that is billed here)"_s.arg(import.leftOut));
    context.output.print(parts.join(u", "_s) + u'.');
}

QString dayOf(Instant at)
{
    return QDateTime::fromMSecsSinceEpoch(toMicros(at) / 1000, Qt::UTC).date().toString(Qt::ISODate);
}

QString sinceText(const ModelPrice &price)
{
    return price.from ? dayOf(*price.from) : u"ever"_s;
}

QString rateText(const Rates &rates, const PriceKey &key)
{
    const std::optional<qint64> &rate = rates[key.billingClass];
    return rate ? priceOfRate(*rate, key.usual.units).value_or(u"over 9 million"_s) : QString();
}

/// Every rate that is stated, with a column for each condition.
TextTable ratesTable(const ModelPrice &price)
{
    using enum TextTable::Align;
    QList<TextTable::Column> columns{{u"PRICE IN USD"_s}, {u"STANDARD"_s, Right}};
    QList<Rates> rates{price.standard};
    if (price.longContextThreshold) {
        columns.append({u"ABOVE %1 TOKENS"_s.arg(countText(*price.longContextThreshold)), Right});
        rates.append(price.longContext);
    }
    constexpr std::pair<QLatin1String, ServiceTier> tiers[] = {{"FLEX"_L1, ServiceTier::Flex},
                                                               {"PRIORITY"_L1, ServiceTier::Priority},
                                                               {"BATCH"_L1, ServiceTier::Batch}};
    for (const auto &[name, tier] : tiers)
        if (const auto found = price.tiers.constFind(tier); found != price.tiers.cend()) {
            columns.append({name, Right});
            rates.append(*found);
        }
    TextTable table(columns);
    for (const PriceKey &key : priceKeys) {
        QStringList cells{key.usual.key};
        bool any = false;
        for (const Rates &one : std::as_const(rates)) {
            cells.append(rateText(one, key));
            any = any || !cells.last().isEmpty();
        }
        if (any)
            table.addRow(cells);
    }
    QStringList variants = price.images.keys();
    variants.sort();
    for (const QString &variant : std::as_const(variants))
        table.addRow(
            {u"images "_s + variant, priceOfRate(price.images.value(variant), 1).value_or(QString())});
    return table;
}

TextTable stepsTable(const std::vector<PriceStep> &steps, const ModelPrice *present)
{
    using enum TextTable::Align;
    TextTable table({{u"SINCE"_s},
                     {u"HOURS"_s},
                     {u"INPUT/1M"_s, Right},
                     {u"OUTPUT/1M"_s, Right},
                     {u"NOW"_s},
                     {u"SOURCE"_s}});
    const auto row = [&](const ModelPrice &price) {
        table.addRow({sinceText(price), price.hours.isEmpty() ? u"all others"_s : price.hours,
                      rateText(price.standard, priceKey(BillingClass::UncachedInput)),
                      rateText(price.standard, priceKey(BillingClass::Output)),
                      &price == present ? u"in force"_s : QString(), price.source});
    };
    for (const PriceStep &step : steps) {
        row(step.price);
        for (const PriceStep::Window &window : step.windows)
            row(window.price);
    }
    return table;
}

QJsonObject ratesJson(const Rates &rates)
{
    QJsonObject json;
    for (const PriceKey &key : priceKeys)
        if (const QString text = rateText(rates, key); !text.isEmpty())
            json.insert(key.usual.key, text);
    return json;
}

QJsonObject explanationJson(const PriceExplanation &explanation, const QString &model, const QString &space)
{
    QJsonArray looks;
    for (const PriceExplanation::Look &look : explanation.looks)
        looks.append(QJsonObject{{u"name"_s, look.name}, {u"rule"_s, look.rule}, {u"found"_s, look.found}});
    QJsonObject json{{u"model"_s, model}, {u"space"_s, space}, {u"looks"_s, looks}};
    if (const ModelPrice *price = explanation.price) {
        QJsonObject shown{{u"model"_s, price->model},
                          {u"list"_s, priceOriginName(explanation.origin)},
                          {u"since"_s, price->from ? QJsonValue(dayOf(*price->from)) : QJsonValue()},
                          {u"hours"_s, price->hours},
                          {u"source"_s, price->source},
                          {u"rates"_s, ratesJson(price->standard)}};
        if (price->longContextThreshold)
            shown.insert(u"longContext"_s,
                         QJsonObject{{u"threshold"_s, *price->longContextThreshold},
                                     {u"rates"_s, ratesJson(price->longContext)}});
        json.insert(u"price"_s, shown);
    } else {
        json.insert(u"price"_s, QJsonValue());
    }
    return json;
}

} // namespace

int pricesImport(Context &context, const PriceImportOptions &options)
{
    const QString ours = pricingPath(sourcesOf(context));
    const Instant now = SystemClock().now();
    Result<PriceImport> import;
    if (isWebAddress(options.list)) {
        const Result<QByteArray> text = fetchPriceList(QUrl(options.list, QUrl::StrictMode));
        if (!text)
            return context.output.problem(text.error().detail);
        import = comparePrices(options.list, *text, ours, options.providers, now);
    } else {
        import = comparePriceFile(QFileInfo(options.list).absoluteFilePath(), ours, options.providers, now);
    }
    if (!import)
        return context.output.problem(import.error().detail);

    QStringList wanted;
    for (const PriceChange &change : import->changes)
        if (change.kind != PriceChange::Kind::Suspicious || options.force
            || options.accept.contains(change.after.model))
            wanted.append(change.after.model);
    for (const QString &model : options.accept)
        if (!wanted.contains(model))
            return context.output.problem(
                u"--accept %1: the list does not change the price of this model"_s.arg(model), ExitUsage);
    printChanges(context, *import, wanted, options.all);
    const qsizetype left = import->changes.size() - wanted.size();
    if (left > 0)
        context.output.note(u"%1 suspicious price(s) are left out. Check them, then name them with --accept "
                            u"MODEL, or take all "
                            u"with --force."_s.arg(left));
    if (wanted.isEmpty()) {
        context.output.print(u"Nothing to take over."_s);
        return ExitOk;
    }
    if (options.dryRun)
        return ExitOk;
    if (!options.yes) {
        const std::optional<bool> answer =
            confirmed(context, u"Take over %1 price(s) into %2?"_s.arg(wanted.size()).arg(import->target));
        if (!answer)
            return context.output.problem(u"nothing was changed: there is nobody to ask; add --yes"_s);
        if (!*answer) {
            context.output.print(u"Nothing was changed."_s);
            return ExitFailure;
        }
    }
    if (const Status done = applyPrices(*import, wanted, ours, now); !done)
        return context.output.problem(done.error().detail);
    context.output.print(
        u"%1 price(s) are in %2 now. `lbp prices restore` goes back; what was billed stays as it is."_s
            .arg(wanted.size())
            .arg(import->target));
    return ExitOk;
}

int pricesRestore(Context &context)
{
    const Result<QString> file = restorePrices(pricingPath(sourcesOf(context)));
    if (!file)
        return context.output.problem(file.error().detail);
    context.output.print(
        u"%1 is as it was before the last import. Once more, and the import is back."_s.arg(*file));
    return ExitOk;
}

int pricesExplain(Context &context, const PriceExplainOptions &options)
{
    Instant at = SystemClock().now();
    if (!options.at.isEmpty()) {
        const QDate day = QDate::fromString(options.at, Qt::ISODate);
        if (!day.isValid())
            return context.output.problem(u"--at must be a day such as 2027-01-01"_s, ExitUsage);
        at = fromMicros(day.startOfDay(Qt::UTC).toMSecsSinceEpoch() * 1000);
    }
    const ConfigSources sources = sourcesOf(context);
    std::shared_ptr<const PriceBook> prices;
    QString space = options.provider.toLower();
    QList<ConfigProblem> problems;
    if (QFileInfo::exists(sources.configFile)) {
        const auto config = loadConfig(sources);
        if (!config) {
            for (const ConfigProblem &problem : config.error())
                context.output.note(problem.toString());
            return context.output.problem(u"the configuration cannot be read"_s, ExitUsage);
        }
        prices = (*config)->prices;
        for (const ProviderConfig &provider : (*config)->providers)
            if (provider.name == options.provider)
                space = provider.priceSpace;
    } else {
        const auto own = parsePricing(documentedDefault(u"pricing.yml"_s), u"pricing.yml"_s);
        prices = own ? withPublicPrices(*own, pricingPath(sources), problems) : shippedPrices();
    }
    const PriceExplanation explanation = prices->explain(options.model, space, at);
    if (context.json) {
        context.output.out(
            QJsonDocument(explanationJson(explanation, options.model, space)).toJson(QJsonDocument::Compact)
            + '\n');
        return explanation.price ? ExitOk : ExitFailure;
    }
    TextTable looks({{u"LOOKED FOR"_s}, {u"RULE"_s}, {u"FOUND"_s}});
    for (const PriceExplanation::Look &look : explanation.looks)
        looks.addRow(
            {look.name, look.rule, look.found ? u"in "_s + priceOriginName(explanation.origin) : u"no"_s});
    context.output.out(looks.toString().toUtf8());
    const ModelPrice *price = explanation.price;
    if (!price)
        return context.output.problem(u"%1 has no price%2; add it to %3, or set pricing.unknownModels"_s.arg(
            printable(options.model), space.isEmpty() ? QString() : u" at "_s + printable(space),
            pricingPath(sources)));
    context.output.print(QString());
    context.output.out(ratesTable(*price).toString().toUtf8());
    if (price->maxInputTokens || price->maxOutputTokens) {
        const auto limit = [](std::optional<qint64> tokens) { return tokens ? countText(*tokens) : u"?"_s; };
        context.output.print(u"At most %1 tokens in and %2 out."_s.arg(limit(price->maxInputTokens),
                                                                       limit(price->maxOutputTokens)));
    }
    context.output.print(QString());
    context.output.out(stepsTable(*explanation.steps, price).toString().toUtf8());
    return ExitOk;
}

} // namespace lbp
