#include "config/pricekeys.h"
#include "config/publicprices.h"
#include "config/textedit.h"
#include "core/charge.h"

#include <algorithm>
#include <QDateTime>

namespace lbp {

namespace {

using namespace Qt::StringLiterals;
using Fields = ConfigValue::Fields;

void writeRates(const Rates &rates, Fields &fields)
{
    for (const PriceKey &key : priceKeys)
        if (const std::optional<qint64> rate = rates[key.billingClass])
            if (const std::optional<QString> price = priceOfRate(*rate, key.usual.units))
                fields.emplace_back(key.usual.key, ConfigValue(*price));
}

void writePrices(const ModelPrice &price, Fields &fields)
{
    writeRates(price.standard, fields);
    if (!price.images.isEmpty()) {
        Fields images;
        QStringList variants = price.images.keys();
        variants.sort();
        for (const QString &variant : std::as_const(variants))
            images.emplace_back(variant,
                                ConfigValue(priceOfRate(price.images.value(variant), 1).value_or(QString())));
        fields.emplace_back(u"images"_s, ConfigValue(std::move(images)));
    }
    if (price.longContextThreshold) {
        Fields above{{u"threshold"_s, ConfigValue(QString::number(*price.longContextThreshold))}};
        writeRates(price.longContext, above);
        fields.emplace_back(u"longContext"_s, ConfigValue(std::move(above)));
    }
    Fields tiers;
    constexpr std::pair<QLatin1String, ServiceTier> names[] = {{"flex"_L1, ServiceTier::Flex},
                                                               {"priority"_L1, ServiceTier::Priority},
                                                               {"batch"_L1, ServiceTier::Batch}};
    for (const auto &[name, tier] : names)
        if (const auto found = price.tiers.constFind(tier); found != price.tiers.cend()) {
            Fields rates;
            writeRates(*found, rates);
            tiers.emplace_back(name, ConfigValue(std::move(rates)));
        }
    if (!tiers.empty())
        fields.emplace_back(u"tiers"_s, ConfigValue(std::move(tiers)));
}

void writeDate(const ModelPrice &price, Fields &fields)
{
    if (price.from)
        fields.emplace_back(u"from"_s,
                            ConfigValue(QDateTime::fromMSecsSinceEpoch(toMicros(*price.from) / 1000, Qt::UTC)
                                            .date()
                                            .toString(Qt::ISODate)));
}

void writeWindows(const PriceStep &step, Fields &fields)
{
    if (step.windows.empty())
        return;
    ConfigValue::Items daily;
    for (const PriceStep::Window &window : step.windows) {
        // "01:00-04:00 UTC, mon-fri"
        const QString text = window.hours.toString();
        Fields entry{{u"utc"_s, ConfigValue(text.left(11))}};
        if (const qsizetype days = text.indexOf(", "_L1); days > 0)
            entry.emplace_back(u"days"_s, ConfigValue(text.mid(days + 2)));
        writePrices(window.price, entry);
        if (window.price.source != step.price.source)
            entry.emplace_back(u"source"_s, ConfigValue(window.price.source));
        daily.emplace_back(std::move(entry));
    }
    fields.emplace_back(u"daily"_s, ConfigValue(std::move(daily)));
}

} // namespace

ConfigValue priceValue(const std::vector<PriceStep> &steps, Instant now)
{
    Q_ASSERT(!steps.empty());
    const PriceStep *present = &steps.front();
    for (const PriceStep &step : steps)
        if (!step.price.from || *step.price.from <= now)
            present = &step;
    Fields fields;
    writeDate(present->price, fields);
    writePrices(present->price, fields);
    writeWindows(*present, fields);
    ConfigValue::Items others;
    for (const PriceStep &step : steps) {
        if (&step == present)
            continue;
        Fields other;
        writeDate(step.price, other);
        writePrices(step.price, other);
        writeWindows(step, other);
        if (step.price.source != present->price.source)
            other.emplace_back(u"source"_s, ConfigValue(step.price.source));
        others.emplace_back(std::move(other));
    }
    if (!others.empty())
        fields.emplace_back(u"steps"_s, ConfigValue(std::move(others)));
    const auto limit = [&fields](QLatin1String key, std::optional<qint64> tokens) {
        if (tokens)
            fields.emplace_back(key, ConfigValue(QString::number(*tokens)));
    };
    limit("maxInputTokens"_L1, present->price.maxInputTokens);
    limit("maxOutputTokens"_L1, present->price.maxOutputTokens);
    if (!present->price.source.isEmpty())
        fields.emplace_back(u"source"_s, ConfigValue(present->price.source));
    return fields;
}

QByteArray pricingText(const QList<std::vector<PriceStep>> &models, const QByteArray &head, Instant now)
{
    Fields all;
    for (const std::vector<PriceStep> &steps : models)
        all.emplace_back(steps.front().price.model, priceValue(steps, now));
    std::sort(all.begin(), all.end(), [](const auto &a, const auto &b) { return a.first < b.first; });
    QByteArray text = head;
    if (!text.isEmpty() && !text.endsWith('\n'))
        text += '\n';
    return text + yamlBlock(Fields{{u"models"_s, ConfigValue(std::move(all))}}, 0, "\n") + '\n';
}

} // namespace lbp
