#include "control/priceimport.h"

#include "config/pricekeys.h"
#include "config/publicprices.h"
#include "config/yamlreader.h"
#include "control/pricefeed.h"
#include "control/pricefiles.h"
#include "core/charge.h"
#include "core/int128.h"

#include <algorithm>
#include <QDateTime>
#include <QFile>
#include <QFileInfo>
#include <QSet>

namespace lbp {

namespace {

using namespace Qt::StringLiterals;
using pricefiles::firstOf;

constexpr qint64 maxListBytes = 64 * 1024 * 1024;
constexpr qint64 dearestPlausible = 1'000'000'000; ///< picodollars a token: 1,000 USD for a million

/// A rate that moves ten times or more, or to or from nothing to pay.
bool isSuspicious(std::optional<qint64> before, std::optional<qint64> after)
{
    if (!before || !after || *before == *after)
        return false;
    const qint64 low = std::min(*before, *after), high = std::max(*before, *after);
    return low == 0 || high / 10 >= low;
}

/// " (×0.8)": how many times \a before \a after is, to two places; nothing where that says nothing.
QString factorText(qint64 before, qint64 after)
{
    if (before <= 0 || after <= 0)
        return {};
    const UInt128 hundredths =
        (static_cast<UInt128>(after) * 100 + static_cast<UInt128>(before) / 2) / static_cast<UInt128>(before);
    if (hundredths == 0 || hundredths > 100'000'000)
        return {};
    QString text = QString::number(qint64(hundredths) / 100);
    if (const qint64 places = qint64(hundredths) % 100) {
        text += u'.' + QString::number(places).rightJustified(2, u'0');
        if (text.endsWith(u'0'))
            text.chop(1);
    }
    return u" (×%1)"_s.arg(text);
}

PriceChange changeOf(const ModelPrice *before, const ModelPrice &after)
{
    PriceChange change;
    change.after = priceEntry(after);
    if (!before)
        return change;
    change.before = priceEntry(*before);
    change.kind = PriceChange::Kind::Changed;
    QStringList notes;
    const auto compare = [&](const QString &where, const Rates &old, const Rates &fresh) {
        for (const PriceKey &key : priceKeys) {
            const std::optional<qint64> a = old[key.billingClass], b = fresh[key.billingClass];
            if (a == b)
                continue;
            if (isSuspicious(a, b))
                change.kind = PriceChange::Kind::Suspicious;
            const auto text = [&key](std::optional<qint64> rate) {
                return rate ? priceOfRate(*rate, key.usual.units).value_or(u"over 9 million"_s) : u"none"_s;
            };
            notes.append(where + key.usual.key + u": "_s + text(a) + u" → "_s + text(b)
                         + factorText(a.value_or(0), b.value_or(0)));
        }
    };
    const auto limit = [&notes](QLatin1String name, std::optional<qint64> a, std::optional<qint64> b) {
        const auto text = [](std::optional<qint64> n) { return n ? QString::number(*n) : u"none"_s; };
        if (a != b)
            notes.append(name + ": "_L1 + text(a) + u" → "_s + text(b));
    };
    compare({}, before->standard, after.standard);
    limit("longContext.threshold"_L1, before->longContextThreshold, after.longContextThreshold);
    compare(u"longContext."_s, before->longContext, after.longContext);
    constexpr std::pair<QLatin1String, ServiceTier> tiers[] = {{"tiers.flex."_L1, ServiceTier::Flex},
                                                               {"tiers.priority."_L1, ServiceTier::Priority},
                                                               {"tiers.batch."_L1, ServiceTier::Batch}};
    for (const auto &[name, tier] : tiers)
        compare(name, before->tiers.value(tier), after.tiers.value(tier));
    if (before->images != after.images)
        notes.append(u"images"_s);
    limit("maxInputTokens"_L1, before->maxInputTokens, after.maxInputTokens);
    limit("maxOutputTokens"_L1, before->maxOutputTokens, after.maxOutputTokens);
    change.note = notes.join(u", "_s);
    return change;
}

bool isSamePrice(const ModelPrice &a, const ModelPrice &b)
{
    return a.standard == b.standard && a.longContextThreshold == b.longContextThreshold
        && a.longContext == b.longContext && a.tiers == b.tiers && a.maxInputTokens == b.maxInputTokens
        && a.maxOutputTokens == b.maxOutputTokens && a.images == b.images;
}

bool isSameModel(const std::vector<PriceStep> &a, const std::vector<PriceStep> &b)
{
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](const PriceStep &x, const PriceStep &y) {
        return x.price.from == y.price.from && isSamePrice(x.price, y.price)
            && std::equal(x.windows.begin(), x.windows.end(), y.windows.begin(), y.windows.end(),
                          [](const PriceStep::Window &v, const PriceStep::Window &w) {
                              return v.hours == w.hours && isSamePrice(v.price, w.price);
                          });
    });
}

void sortChanges(QList<PriceChange> &changes)
{
    std::stable_sort(changes.begin(), changes.end(), [](const PriceChange &a, const PriceChange &b) {
        return (a.kind == PriceChange::Kind::Suspicious) > (b.kind == PriceChange::Kind::Suspicious);
    });
}

/// The step in force, whatever the hour.
const PriceStep &stepAt(const std::vector<PriceStep> &steps, Instant at)
{
    const PriceStep *step = &steps.front();
    for (const PriceStep &next : steps)
        if (!next.price.from || *next.price.from <= at)
            step = &next;
    return *step;
}

/// The prices that hold now: pricing.yml at \a ours, over the public ones.
Result<std::shared_ptr<const PriceBook>> pricesNow(const QString &ours)
{
    QByteArray content;
    const Result<FileText> base = pricefiles::read(ours, content);
    if (!base)
        return tl::unexpected(base.error());
    const auto own = parsePricing(content, ours);
    if (!own)
        return tl::unexpected(firstOf(own.error()));
    QList<ConfigProblem> problems;
    std::shared_ptr<const PriceBook> book = withPublicPrices(*own, ours, problems);
    if (!problems.isEmpty())
        return tl::unexpected(firstOf(problems));
    return book;
}

Result<PriceImport> compareOwnFormat(const QString &name, const QByteArray &text, const QString &ours,
                                     Instant now)
{
    const auto fresh = parsePricing(text, name);
    if (!fresh)
        return tl::unexpected(firstOf(fresh.error()));
    if ((*fresh)->size() == 0)
        return fail(ErrorCode::InvalidValue, u"%1 has no model in it"_s.arg(name));
    const auto old = pricesNow(ours);
    if (!old)
        return tl::unexpected(old.error());
    PriceImport import;
    import.file = name;
    import.text = text;
    import.target = ours;
    for (const QString &model : (*fresh)->models()) {
        // By its own name: find() would give gpt-4o for gpt-4o-2024-08-06.
        const std::vector<PriceStep> &after = *(*fresh)->steps(model);
        const std::vector<PriceStep> *before = (*old)->steps(model);
        if (before && isSameModel(*before, after))
            ++import.unchanged;
        else
            import.changes.append(
                changeOf(before ? &stepAt(*before, now).price : nullptr, stepAt(after, now).price));
    }
    sortChanges(import.changes);
    return import;
}

/// \a before with everything that \a stated has.
ModelPrice merged(const ModelPrice &before, const ModelPrice &stated)
{
    ModelPrice price = before;
    const auto take = [](Rates &into, const Rates &from) {
        for (size_t i = 0; i < into.perUnit.size(); ++i)
            if (from.perUnit[i])
                into.perUnit[i] = from.perUnit[i];
    };
    take(price.standard, stated.standard);
    for (auto tier = stated.tiers.cbegin(); tier != stated.tiers.cend(); ++tier)
        take(price.tiers[tier.key()], *tier);
    if (stated.longContextThreshold) {
        // Lists differ by one token: "above 272,000" and "from 272,000 on".
        const bool isSame = before.longContextThreshold
            && std::abs(*before.longContextThreshold - *stated.longContextThreshold) <= 1;
        if (!isSame) {
            price.longContextThreshold = stated.longContextThreshold;
            price.longContext = {};
        }
        take(price.longContext, stated.longContext);
    }
    // Limits say how much a request may need at most. One that is known stays: lists disagree about them more
    // often than about prices.
    if (!price.maxInputTokens)
        price.maxInputTokens = stated.maxInputTokens;
    if (!price.maxOutputTokens)
        price.maxOutputTokens = stated.maxOutputTokens;
    return price;
}

bool isImplausible(const ModelPrice &price)
{
    bool anyPaid = false;
    for (int i = 0; i < billingClassCount; ++i) {
        const auto c = BillingClass(i);
        const qint64 rate = price.standard[c].value_or(0);
        anyPaid = anyPaid || rate > 0;
        if (billingUnit(c) == BillingUnit::Token && rate > dearestPlausible)
            return true;
    }
    return !anyPaid;
}

Instant startOfDay(Instant at)
{
    return std::chrono::floor<std::chrono::days>(at);
}

/// What a public list says about one model, beside what is known.
void compareModel(const ModelPrice &stated, const PriceBook &old, const QString &source, Instant now,
                  PriceImport &import)
{
    const QString &model = stated.model;
    const std::optional<PriceOrigin> origin = old.origin(model);
    if (origin == PriceOrigin::Own) {
        import.own.append(model);
        return;
    }
    const std::vector<PriceStep> *known = old.steps(model);
    if (!known && model.contains(u'/')) {
        // A host that sells a model at its maker's price needs no price of its own.
        if (const std::vector<PriceStep> *makers = old.steps(model.section(u'/', 1)))
            if (const ModelPrice &price = stepAt(*makers, now).price;
                isSamePrice(merged(price, stated), price)) {
                ++import.unchanged;
                return;
            }
    }
    PriceStep step;
    if (!known) {
        step.price = stated;
        step.price.source = source;
        PriceChange change = changeOf(nullptr, step.price);
        if (isImplausible(step.price))
            change.kind = PriceChange::Kind::Suspicious;
        change.steps = {step};
        import.changes.append(std::move(change));
        return;
    }
    const PriceStep &present = stepAt(*known, now);
    step.price = merged(present.price, stated);
    if (isSamePrice(step.price, present.price)) {
        ++import.unchanged;
        return;
    }
    step.price.source = source;
    step.price.from = startOfDay(now);
    PriceChange change = changeOf(&present.price, step.price);
    if (isImplausible(step.price))
        change.kind = PriceChange::Kind::Suspicious;
    if (!present.windows.empty()) {
        change.kind = PriceChange::Kind::Suspicious;
        change.note += u", and its prices by the hour of the day would be lost"_s;
    }
    for (const PriceStep &other : *known)
        if (other.price.from != step.price.from)
            change.steps.push_back(other);
    change.steps.push_back(std::move(step));
    std::stable_sort(change.steps.begin(), change.steps.end(),
                     [](const PriceStep &a, const PriceStep &b) { return a.price.from < b.price.from; });
    import.changes.append(std::move(change));
}

Result<PriceImport> comparePublicList(const QString &name, const QByteArray &text, const QString &ours,
                                      const QStringList &providers, Instant now)
{
    const Result<PriceFeed> feed = readPriceFeed(text, providers);
    if (!feed)
        return fail(feed.error().code, u"%1 %2"_s.arg(name, feed.error().detail));
    const auto old = pricesNow(ours);
    if (!old)
        return tl::unexpected(old.error());
    PriceImport import;
    import.file = name;
    import.format = feed->format;
    import.target = importedPricesPath(ours);
    import.leftOut = feed->leftOut;
    for (const PriceFeed::Refused &refused : feed->refused)
        import.refused.append({refused.model, refused.reason});
    const QString source = u"%1, imported %2"_s.arg(
        feed->format,
        QDateTime::fromMSecsSinceEpoch(toMicros(now) / 1000, Qt::UTC).date().toString(Qt::ISODate));
    for (const ModelPrice &stated : feed->models)
        compareModel(stated, **old, source, now, import);
    sortChanges(import.changes);
    return import;
}

bool isJson(const QByteArray &text)
{
    for (const char c : text) {
        if (c == ' ' || c == '\t' || c == '\n' || c == '\r')
            continue;
        return c == '{';
    }
    return false;
}

ConfigValue toValue(const YamlNode &node)
{
    if (node.kind == YamlNode::Kind::Sequence) {
        ConfigValue::Items items;
        for (const YamlNode &item : node.items)
            items.push_back(toValue(item));
        return items;
    }
    if (node.kind == YamlNode::Kind::Map) {
        ConfigValue::Fields fields;
        for (const YamlNode::Entry &entry : node.entries)
            fields.emplace_back(entry.key, toValue(entry.value));
        return fields;
    }
    return node.written;
}

Status applyOwnFormat(const PriceImport &import, const QStringList &models, const QString &ours)
{
    ProblemList problems(import.file);
    YamlNode root;
    if (!readYaml(import.text, root, problems))
        return fail(ErrorCode::ConfigInvalid, u"%1 is not valid YAML"_s.arg(import.file));
    const YamlNode *nested = root.find(u"models");
    const YamlNode &source = nested ? *nested : root;
    QByteArray content;
    const Result<FileText> base = pricefiles::read(ours, content);
    if (!base)
        return tl::unexpected(base.error());
    const ConfigPath path = pricefiles::modelsIn(content);
    QList<ConfigEdit> edits;
    for (const QString &model : models) {
        const YamlNode *node = source.find(model);
        if (!node)
            return fail(ErrorCode::NotFound, u"%1 has no model %2"_s.arg(import.file, model));
        edits.append(ConfigEdit::set(path.child(model), toValue(*node)));
    }
    const Result<QByteArray> text = edited(content, edits);
    if (!text)
        return tl::unexpected(text.error());
    if (const auto read = parsePricing(*text, ours); !read)
        return tl::unexpected(firstOf(read.error()));
    if (Status kept = pricefiles::keep(ours, content); !kept)
        return kept;
    return pricefiles::save(*base, *text);
}

QByteArray importedHead()
{
    return "# Prices that were imported with `lbp prices import`. The program writes this file; `lbp prices "
           "restore` brings\n"
           "# back what the last import has replaced. These prices win over the list that comes with the "
           "program, and\n"
           "# your own in pricing.yml win over these.\n";
}

Status applyPublicList(const PriceImport &import, const QStringList &models, Instant now)
{
    const Result<FileText> base = blocking::readText(import.target);
    if (!base)
        return tl::unexpected(base.error());
    const QByteArray before = base->existed ? base->text : importedHead() + "models: {}\n";
    const auto old = parsePricing(before, import.target, PriceOrigin::Imported);
    if (!old)
        return tl::unexpected(firstOf(old.error()));
    QList<std::vector<PriceStep>> all;
    const QSet<QString> wanted(models.begin(), models.end());
    for (const QString &model : (*old)->models())
        if (!wanted.contains(model))
            all.append(*(*old)->steps(model));
    qsizetype taken = 0;
    for (const PriceChange &change : import.changes) {
        if (!wanted.contains(change.after.model))
            continue;
        all.append(change.steps);
        ++taken;
    }
    if (taken != wanted.size())
        return fail(ErrorCode::NotFound, u"%1 does not change all of these models"_s.arg(import.file));
    const QByteArray text = pricingText(all, importedHead(), now);
    const auto read = parsePricing(text, import.target);
    if (!read)
        return tl::unexpected(firstOf(read.error()));
    if (Status kept = pricefiles::keep(import.target, before); !kept)
        return kept;
    return pricefiles::save(*base, text);
}

} // namespace

Result<PriceImport> comparePrices(const QString &name, const QByteArray &text, const QString &ours,
                                  const QStringList &providers, Instant now)
{
    return isJson(text) ? comparePublicList(name, text, ours, providers, now)
                        : compareOwnFormat(name, text, ours, now);
}

Result<PriceImport> comparePriceFile(const QString &name, const QString &ours, const QStringList &providers,
                                     Instant now)
{
    QFile file(name);
    if (!file.exists())
        return fail(ErrorCode::NotFound, u"%1 does not exist"_s.arg(name));
    if (!file.open(QIODevice::ReadOnly))
        return fail(ErrorCode::NotFound, u"%1 cannot be read: %2"_s.arg(name, file.errorString()));
    if (file.size() > maxListBytes)
        return fail(ErrorCode::InvalidValue, u"%1 is larger than 64 MB; is it a price list?"_s.arg(name));
    return comparePrices(name, file.readAll(), ours, providers, now);
}

Status applyPrices(const PriceImport &import, const QStringList &models, const QString &ours, Instant now)
{
    return import.format.isEmpty() ? applyOwnFormat(import, models, ours)
                                   : applyPublicList(import, models, now);
}

Result<QString> restorePrices(const QString &ours)
{
    // The younger copy is that of the last import.
    QString file;
    QDateTime newest;
    for (const QString &candidate : {importedPricesPath(ours), ours}) {
        const QFileInfo kept(candidate + u".before-import"_s);
        if (kept.exists() && (file.isEmpty() || kept.lastModified() > newest)) {
            file = candidate;
            newest = kept.lastModified();
        }
    }
    if (file.isEmpty())
        return fail(ErrorCode::NotFound, u"there is nothing to go back to: no prices were imported"_s);
    const Result<FileText> kept = blocking::readText(file + u".before-import"_s);
    const Result<FileText> present = blocking::readText(file);
    if (!kept || !present)
        return tl::unexpected((kept ? present : kept).error());
    if (const Status saved = pricefiles::save(*present, kept->text); !saved)
        return tl::unexpected(saved.error());
    if (const Status swapped = pricefiles::keep(file, present->text); !swapped)
        return tl::unexpected(swapped.error());
    return file;
}

} // namespace lbp
