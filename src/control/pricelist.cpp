#include "config/pricekeys.h"
#include "control/priceeditor.h"
#include "core/charge.h"
#include "core/key.h"

#include <algorithm>
#include <QRegularExpression>

namespace lbp {

namespace {

/// The rates that are stated, as texts.
QList<PriceText> textsOf(const Rates &rates)
{
    QList<PriceText> texts;
    for (const PriceKey &key : priceKeys) {
        const std::optional<qint64> rate = rates[key.billingClass];
        if (!rate)
            continue;
        texts.append({key.billingClass, key.usual.key,
                      priceOfRate(*rate, key.usual.units).value_or(QStringLiteral("over 9 million"))});
    }
    return texts;
}

QString tierName(ServiceTier tier)
{
    switch (tier) {
    case ServiceTier::Flex:
        return QStringLiteral("flex");
    case ServiceTier::Priority:
        return QStringLiteral("priority");
    case ServiceTier::Batch:
        return QStringLiteral("batch");
    case ServiceTier::Standard:
        break;
    }
    return QStringLiteral("standard");
}

ProviderKind kindOf(const QString &model)
{
    if (model.startsWith(QLatin1String("claude")))
        return ProviderKind::Anthropic;
    return model.startsWith(QLatin1String("gemini")) ? ProviderKind::Gemini : ProviderKind::OpenAi;
}

/// Who would serve the model when a client asks for it.
QString providerOf(const Config &config, const QString &model)
{
    for (const ProviderConfig &provider : config.providers) // "groq/…" is a price of groq's alone
        if (!provider.priceSpace.isEmpty() && model.startsWith(provider.priceSpace + u'/'))
            return provider.name;
    for (const ProviderConfig &provider : config.providers)
        for (const QString &glob : provider.models)
            if (globMatches(glob, model))
                return provider.name;
    for (const ProviderConfig &provider : config.providers)
        if (provider.models.isEmpty() && provider.kind == kindOf(model))
            return provider.name;
    return {};
}

} // namespace

QString PriceListEntry::rate(BillingClass billingClass) const
{
    for (const PriceText &text : rates)
        if (text.billingClass == billingClass)
            return text.text;
    return {};
}

PriceListEntry priceEntry(const ModelPrice &price)
{
    PriceListEntry entry;
    entry.model = price.model;
    entry.rates = textsOf(price.standard);
    if (price.longContextThreshold)
        entry.tiers.append(
            {QStringLiteral("above %1 tokens").arg(*price.longContextThreshold), textsOf(price.longContext)});
    for (const ServiceTier tier : {ServiceTier::Flex, ServiceTier::Priority, ServiceTier::Batch})
        if (const auto found = price.tiers.constFind(tier); found != price.tiers.cend())
            entry.tiers.append({tierName(tier), textsOf(*found)});
    entry.maxInputTokens = price.maxInputTokens;
    entry.maxOutputTokens = price.maxOutputTokens;
    entry.source = price.source;
    static const QRegularExpression date(QStringLiteral("\\b(\\d{4}-\\d{2}-\\d{2})\\b"));
    if (const QRegularExpressionMatch match = date.match(price.source); match.hasMatch())
        if (const QDate day = QDate::fromString(match.captured(1), Qt::ISODate); day.isValid())
            entry.date = day;
    return entry;
}

QList<PriceListEntry> priceList(const Config &config, Instant at)
{
    QList<PriceListEntry> list;
    if (!config.prices)
        return list;
    const QStringList models = config.prices->models();
    list.reserve(models.size());
    for (const QString &model : models) {
        PriceListEntry entry = priceEntry(*config.prices->find(model, {}, at));
        entry.provider = providerOf(config, model);
        list.append(std::move(entry));
    }
    return list;
}

int PriceImport::count(PriceChange::Kind kind) const
{
    return int(std::count_if(changes.cbegin(), changes.cend(),
                             [kind](const PriceChange &change) { return change.kind == kind; }));
}

} // namespace lbp
