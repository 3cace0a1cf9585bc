#include "config/configfile.h"
#include "config/plainyaml.h"
#include "config/pricekeys.h"
#include "config/yamlmap.h"
#include "core/charge.h"

#include <QDateTime>

namespace lbp {
namespace {

using namespace Qt::StringLiterals;

constexpr qint64 maxTokens = 1'000'000'000;

/// The rate as the text says it, never through a floating-point number.
std::optional<qint64> readRate(YamlMap &map, const PriceSpelling &spelling)
{
    const QLatin1String key = spelling.key;
    const YamlNode *node = map.scalar(key, u"a price in US dollars such as 0.0025"_s);
    if (!node)
        return std::nullopt;
    const Result<qint64> rate = rateOfPrice(QStringView(node->text).trimmed(), spelling.units);
    if (rate)
        return *rate;
    if (rate.error().code == ErrorCode::AmountOverflow)
        map.problemAt(*node, key, u"is too large: %1"_s.arg(quotedForMessage(node->written)));
    else
        map.problemAt(
            *node, key,
            u"must be a price in US dollars such as 0.0025, not %1: digits and one point, without sign or "
            u"exponent, "
            "and not finer than 0.000000000001 for one unit"_s.arg(quotedForMessage(node->written)));
    return std::nullopt;
}

/// \return true when at least one rate is stated.
bool readRates(YamlMap &map, Rates &rates)
{
    bool any = false;
    for (const PriceKey &keys : priceKeys) {
        const std::optional<qint64> usual = readRate(map, keys.usual);
        const std::optional<qint64> other = keys.other.isThere() ? readRate(map, keys.other) : std::nullopt;
        if (usual && other)
            map.problem(keys.usual.key, u"and %1 are the same price; remove one"_s.arg(keys.other.key));
        rates[keys.billingClass] = usual ? usual : other;
        any = any || rates[keys.billingClass];
    }
    return any;
}

void readTiers(YamlMap map, ModelPrice &price)
{
    constexpr std::pair<QLatin1String, ServiceTier> tiers[] = {{"flex"_L1, ServiceTier::Flex},
                                                               {"priority"_L1, ServiceTier::Priority},
                                                               {"batch"_L1, ServiceTier::Batch}};
    for (const auto &[name, tier] : tiers) {
        YamlMap entry = map.map(name);
        if (!entry.isGiven())
            continue;
        Rates rates;
        if (readRates(entry, rates))
            price.tiers.insert(tier, rates);
        entry.finish();
    }
    map.finish();
}

void readLongContext(YamlMap map, ModelPrice &price)
{
    if (!map.isGiven())
        return;
    if (!map.value("threshold"_L1))
        map.problem("threshold"_L1, u"is needed: the number of input tokens above which these prices hold"_s);
    map.number("threshold"_L1, price.longContextThreshold, 1, maxTokens);
    if (!readRates(map, price.longContext))
        map.problem({}, u"has no price"_s);
    map.finish();
}

/// Prices of images by quality and size.
void readImages(YamlMap &map, ModelPrice &price)
{
    const YamlNode *node = map.value("images"_L1);
    if (!node)
        return;
    if (node->kind != YamlNode::Kind::Map) {
        map.problemAt(*node, "images"_L1, u"must be a mapping such as {hd/1024x1792: 0.12}"_s);
        return;
    }
    for (const YamlNode::Entry &entry : node->entries) {
        const Result<qint64> rate = entry.value.kind == YamlNode::Kind::Scalar
            ? rateOfPrice(QStringView(entry.value.text).trimmed(), 1)
            : Result<qint64>(fail(ErrorCode::InvalidValue, {}));
        if (rate)
            price.images.insert(entry.key, *rate);
        else
            map.problemAt(
                entry.value, "images"_L1,
                u"has no price in US dollars such as 0.12 for %1"_s.arg(quotedForMessage(entry.key)));
    }
}

/// Everything that is a price. \return true when there is any.
bool readPrices(YamlMap &map, ModelPrice &price)
{
    const bool any = readRates(map, price.standard);
    readImages(map, price);
    readLongContext(map.map("longContext"_L1), price);
    readTiers(map.map("tiers"_L1), price);
    return any || !price.images.isEmpty();
}

void readDate(YamlMap &map, std::optional<Instant> &from)
{
    const YamlNode *node = map.scalar("from"_L1, u"a date such as 2026-08-17"_s);
    if (!node)
        return;
    const QDate day = QDate::fromString(node->text.trimmed(), Qt::ISODate);
    if (day.isValid() && node->text.trimmed().size() == 10)
        from = fromMicros(day.startOfDay(Qt::UTC).toMSecsSinceEpoch() * 1000);
    else
        map.problemAt(*node, "from"_L1,
                      u"must be a date such as 2026-08-17, not %1"_s.arg(quotedForMessage(node->written)));
}

/// "01:00-04:00" as minutes of the day.
bool readHours(QStringView text, DailyHours &hours)
{
    const auto minute = [](QStringView clock) -> int {
        if (clock.size() != 5 || clock[2] != u':')
            return -1;
        bool isHour = false, isMinute = false;
        const int h = clock.first(2).toInt(&isHour), m = clock.last(2).toInt(&isMinute);
        return isHour && isMinute && h >= 0 && m >= 0 && m < 60 && h * 60 + m <= 24 * 60 ? h * 60 + m : -1;
    };
    if (text.size() != 11 || text[5] != u'-')
        return false;
    hours.beginMinute = minute(text.first(5));
    hours.endMinute = minute(text.last(5));
    return hours.beginMinute >= 0 && hours.beginMinute < hours.endMinute;
}

/// "mon-fri" or "sat".
bool readDays(QStringView text, DailyHours &hours)
{
    const auto day = [](QStringView name) {
        constexpr std::array<QStringView, 7> names{u"mon", u"tue", u"wed", u"thu", u"fri", u"sat", u"sun"};
        const auto at = std::find(names.begin(), names.end(), name);
        return at == names.end() ? -1 : int(at - names.begin());
    };
    const qsizetype hyphen = text.indexOf(u'-');
    const int first = day(hyphen < 0 ? text : text.first(hyphen));
    const int last = hyphen < 0 ? first : day(text.sliced(hyphen + 1));
    if (first < 0 || last < first)
        return false;
    hours.days = 0;
    for (int i = first; i <= last; ++i)
        hours.days |= 1 << i;
    return true;
}

/// The hours of the day that have a price of their own.
void readDaily(YamlMap &map, PriceStep &step, ProblemList &problems)
{
    for (const auto &[node, path] : map.list("daily"_L1)) {
        YamlMap entry(node, path, problems);
        if (!entry.isGiven())
            continue;
        PriceStep::Window window;
        QString utc, days;
        entry.text("utc"_L1, utc);
        if (!readHours(utc, window.hours)) {
            entry.problem("utc"_L1,
                          u"must be hours of the day in UTC such as \"01:00-04:00\", in quotes; hours over "
                          "midnight are two entries"_s);
            window.hours = {0, 1}; // any that can be told
        }
        entry.text("days"_L1, days);
        if (!days.isEmpty() && !readDays(days, window.hours))
            entry.problem("days"_L1,
                          u"must be days such as mon-fri or sat, not %1"_s.arg(quotedForMessage(days)));
        window.price = step.price;
        window.price.standard = {};
        window.price.longContext = {};
        window.price.longContextThreshold.reset();
        window.price.tiers.clear();
        window.price.images.clear();
        window.price.hours = window.hours.toString();
        if (!readPrices(entry, window.price))
            entry.problem({}, u"has no price"_s);
        entry.text("source"_L1, window.price.source);
        entry.finish();
        step.windows.push_back(std::move(window));
    }
}

std::vector<PriceStep> readModel(const QString &name, YamlMap map, const QString &source,
                                 ProblemList &problems)
{
    std::vector<PriceStep> steps(1);
    ModelPrice &price = steps[0].price;
    price.model = name;
    price.source = source;
    map.number("maxOutputTokens"_L1, price.maxOutputTokens, 1, maxTokens);
    map.number("maxInputTokens"_L1, price.maxInputTokens, 1, maxTokens);
    map.text("source"_L1, price.source);
    ModelPrice limits = price; // what every step has in common
    readDate(map, price.from);
    if (!readPrices(map, price))
        map.problem({}, u"has no price: write inputPer1k and outputPer1k, or remove the model"_s);
    readDaily(map, steps[0], problems);
    for (const auto &[node, path] : map.list("steps"_L1)) {
        YamlMap entry(node, path, problems);
        if (!entry.isGiven())
            continue;
        PriceStep step;
        step.price = limits;
        readDate(entry, step.price.from);
        entry.text("source"_L1, step.price.source);
        if (!readPrices(entry, step.price))
            entry.problem({}, u"has no price"_s);
        readDaily(entry, step, problems);
        entry.finish();
        const bool isTaken = std::any_of(steps.begin(), steps.end(), [&](const PriceStep &other) {
            return other.price.from == step.price.from;
        });
        if (isTaken)
            entry.problem("from"_L1,
                          u"must be a day that no other price of the model begins on; one of them may be "
                          "without a day, and holds before all others"_s);
        else
            steps.push_back(std::move(step));
    }
    map.finish();
    return steps;
}

bool isModelName(const QString &name)
{
    return !name.isEmpty() && name.size() <= 300 && !name.contains(u'*')
        && std::all_of(name.cbegin(), name.cend(), [](QChar c) { return c.isPrint() && !c.isSpace(); });
}

void readModels(const YamlNode &models, const QString &path, const QString &source, PriceOrigin origin,
                PriceBook &book, ProblemList &problems)
{
    for (const YamlNode::Entry &entry : models.entries) {
        const QString modelPath = childPath(path, entry.key);
        if (!isModelName(entry.key)) {
            problems.add(entry.line, modelPath, u"is not a model name: it must have no blanks and no *"_s);
            continue;
        }
        if (entry.value.kind != YamlNode::Kind::Map) {
            problems.add(entry.line, modelPath, u"must have its prices on indented lines below it"_s);
            continue;
        }
        book.add(readModel(entry.key, YamlMap(&entry.value, modelPath, problems), source, problems), origin);
    }
}

} // namespace

tl::expected<std::shared_ptr<const PriceBook>, QList<ConfigProblem>>
parsePricing(const QByteArray &yaml, const QString &file, PriceOrigin origin)
{
    auto book = std::make_shared<PriceBook>();
    ProblemList problems(file);
    YamlNode root;
    // Lists that programs write are long and plain.
    const bool isPlain = origin != PriceOrigin::Own && readPlainYaml(yaml, root);
    if (isPlain || readYaml(yaml, root, problems)) {
        YamlMap map(&root, {}, problems);
        const YamlNode *models = root.find(u"models");
        if (models) {
            QString source;
            map.text("source"_L1, source);
            YamlMap checked = map.map("models"_L1); // says so when it is not a mapping
            if (checked.isGiven())
                readModels(*models, u"models"_s, source, origin, *book, problems);
            bool onlyThese = false;
            map.flag("onlyThese"_L1, onlyThese);
            book->setOnlyThese(onlyThese);
            map.finish();
        } else if (map.isGiven()) {
            // The short form: the models themselves at the top.
            readModels(root, {}, {}, origin, *book, problems);
        }
    }
    if (!problems.isEmpty())
        return tl::unexpected(problems.sorted());
    return book;
}

} // namespace lbp
