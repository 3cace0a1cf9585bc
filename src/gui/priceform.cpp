#include "gui/priceform.h"

#include "config/configsaver.h"
#include "config/pricekeys.h"
#include "config/yamlreader.h"
#include "control/control.h"
#include "core/charge.h"
#include "gui/desktopservices.h"
#include "gui/format.h"
#include "gui/pricetable.h"
#include "gui/pricetext.h"

#include <algorithm>
#include <QFileInfo>

namespace lbp::gui {

using namespace Qt::StringLiterals;

namespace {

constexpr BillingClass usual[] = {BillingClass::UncachedInput, BillingClass::Output,
                                  BillingClass::CachedInput, BillingClass::CacheWrite5m};

bool isUsual(BillingClass one)
{
    return std::find(std::begin(usual), std::end(usual), one) != std::end(usual);
}

QString keyOf(BillingClass one)
{
    return priceKey(one).usual.key;
}

/// The line of the first tier of a model, for people; empty when the file has none.
QString placeOfTiers(const FileText &file, const QString &model)
{
    ProblemList problems(file.file);
    YamlNode root;
    if (!readYaml(file.text, root, problems))
        return {};
    const YamlNode *models = root.find(u"models");
    const YamlNode *entry = (models ? models : &root)->find(model);
    if (entry == nullptr)
        return {};
    int line = 0;
    for (const YamlNode::Entry &one : entry->entries)
        if (line == 0 && (one.key == "tiers"_L1 || one.key == "longContext"_L1))
            line = one.line;
    return line == 0 ? QString() : PriceForm::tr("Line %1 of %2", "of a file").arg(line).arg(file.file);
}

constexpr qint64 longestAnswer = 1'000'000'000;

} // namespace

PriceForm::PriceForm(const GuiServices &services, const PriceTable &table, QObject *parent)
    : QObject(parent)
    , m_services(services)
    , m_table(table)
    , m_name(this, [this](const QString &text) { return nameProblem(text); })
    , m_longest(this,
                [this](const QString &text) {
                    if (text.trimmed().isEmpty() && m_before.maxOutputTokens)
                        return tr("It cannot be taken away here, only changed.");
                    return countProblem(m_services.format, text, 1, longestAnswer, true);
                })
    , m_source(this)
{
    for (int i = 0; i < billingClassCount; ++i) {
        const BillingClass one = BillingClass(i);
        m_rates[size_t(i)] = std::make_unique<FormValue>(
            nullptr, [this, one](const QString &text) { return rateProblem(one, text); });
    }
    for (int i = 0; i < billingClassCount; ++i) {
        connect(m_rates[size_t(i)].get(), &FormValue::changed, this, &PriceForm::edited);
        // Whether one must be typed depends on the others.
        if (BillingClass(i) != BillingClass::UncachedInput)
            connect(m_rates[size_t(i)].get(), &FormValue::changed, rate(BillingClass::UncachedInput),
                    &FormValue::recheck);
    }
    connect(&m_name, &FormValue::changed, this, &PriceForm::edited);
}

bool PriceForm::hasNoRate() const
{
    return std::all_of(m_rates.begin(), m_rates.end(),
                       [](const auto &one) { return !one || one->isEmpty(); });
}

QString PriceForm::nameProblem(const QString &text) const
{
    const QString model = text.trimmed();
    if (model.isEmpty())
        return tr("Type the name as your tools send it, such as gpt-4o.");
    if (!PriceEditor::check({model, {}, {}, {}}).isEmpty())
        return tr("The name of a model has no blanks and no *.");
    if (m_isNew && m_table.find(model) != nullptr)
        return tr("This model has a price already; edit that one.");
    return {};
}

QString PriceForm::rateProblem(BillingClass one, const QString &text) const
{
    if (text.trimmed().isEmpty())
        return one == BillingClass::UncachedInput && hasNoRate()
            ? tr("Type at least one price; 0 means free.")
            : QString();
    if (const QString problem = amountProblem(m_services.format, text, AmountRule::AtLeastZero, true);
        !problem.isEmpty())
        return problem;
    const QString decimal = m_services.format.readMoney(text)->toDecimal();
    if (PriceEditor::check({u"model"_s, {{one, keyOf(one), decimal}}, {}, {}}).isEmpty())
        return {};
    switch (billingUnit(one)) { // a picodollar for one of what is counted is the least there is
    case BillingUnit::Token:
    case BillingUnit::Character:
        break;
    case BillingUnit::Call:
        return tr("At most nine digits after the point, and below 9 million.");
    case BillingUnit::Second:
    case BillingUnit::Image:
        return tr("At most twelve digits after the point, and below 9 million.");
    }
    return tr("At most six digits after the point, and below 9 million.");
}

QString PriceForm::decimalIn(BillingClass one) const
{
    const FormValue &value = *m_rates[size_t(one)];
    if (value.isEmpty())
        return {};
    const Result<Money> amount = m_services.format.readMoney(value.text());
    return amount ? amount->toDecimal() : value.text();
}

void PriceForm::startNew(const QString &model)
{
    PriceListEntry entry;
    entry.model = model;
    start(entry, true);
}

void PriceForm::startEdit(const PriceListEntry &entry)
{
    start(entry, false);
}

void PriceForm::start(const PriceListEntry &entry, bool isNew)
{
    if (m_busy)
        return;
    m_before = entry;
    m_isNew = isNew;
    m_problem.clear();
    m_name.reset(entry.model);
    for (int i = 0; i < billingClassCount; ++i)
        m_rates[size_t(i)]->reset(typedPrice(m_services.format, entry.rate(BillingClass(i))));
    m_longest.reset(entry.maxOutputTokens ? m_services.format.count(*entry.maxOutputTokens) : QString());
    m_source.reset(entry.source);
    m_tierPlace.clear();
    if (!entry.tiers.isEmpty())
        findTiers();
    m_open = true;
    Q_EMIT openChanged();
    Q_EMIT edited();
}

QString PriceForm::file() const
{
    const QString configured = m_services.control.config()->pricing.file;
    return configured.isEmpty()
        ? QFileInfo(m_services.desktop.configFile()).absolutePath() + u"/pricing.yml"_s
        : configured;
}

void PriceForm::openFile()
{
    m_services.desktop.openUrl(QUrl::fromLocalFile(file()));
}

void PriceForm::findTiers()
{
    m_mailbox.when(readText(file()), [this, model = m_before.model](const Result<FileText> &read) {
        if (!read || model != m_before.model)
            return;
        m_tierPlace = placeOfTiers(*read, model);
        Q_EMIT openChanged();
    });
}

void PriceForm::cancel()
{
    if (!m_open)
        return;
    m_open = false;
    Q_EMIT openChanged();
}

QString PriceForm::title() const
{
    if (!m_isNew)
        return tr("Edit %1", "the price of a model").arg(m_before.model);
    return m_before.model.isEmpty() ? tr("Add a model") : tr("Price %1", "a model").arg(m_before.model);
}

QVariantMap PriceForm::field(BillingClass one)
{
    QString placeholder = tr("unknown", "price");
    if (one == BillingClass::CachedInput || one == BillingClass::CacheWrite5m)
        placeholder = tr("as input", "price");
    else if (one == BillingClass::CacheWrite1h)
        placeholder = tr("as cache write", "price");
    else if (one == BillingClass::Reasoning)
        placeholder = tr("as output", "price");
    return {{u"value"_s, QVariant::fromValue(rate(one))},
            {u"label"_s, rateLabel(one)},
            {u"key"_s, billingClassName(one)},
            {u"placeholder"_s, placeholder}};
}

QVariantList PriceForm::rates()
{
    QVariantList list;
    for (const BillingClass one : usual)
        list.append(field(one));
    return list;
}

QVariantList PriceForm::moreRates()
{
    QVariantList list;
    for (int i = 0; i < billingClassCount; ++i)
        if (!isUsual(BillingClass(i)))
            list.append(field(BillingClass(i)));
    return list;
}

bool PriceForm::hasMore() const
{
    return std::any_of(m_before.rates.cbegin(), m_before.rates.cend(),
                       [](const PriceText &rate) { return !isUsual(rate.billingClass); });
}

QVariantList PriceForm::tiers() const
{
    QVariantList list;
    for (const PriceListEntry::Tier &tier : m_before.tiers)
        list.append(QVariantMap{{u"name"_s, tierText(m_services.format, tier.name)},
                                {u"text"_s, rateSummary(m_services.format, tier.rates)}});
    return list;
}

QString PriceForm::suggestion() const
{
    return m_isNew ? nearestModel(m_name.text().trimmed(), m_table.models()) : QString();
}

QString PriceForm::suggestionText() const
{
    const PriceListEntry *entry = m_table.find(suggestion());
    return entry ? rateSummary(m_services.format, entry->rates) : QString();
}

void PriceForm::takeSuggestion()
{
    const PriceListEntry *entry = m_table.find(suggestion());
    if (!entry)
        return;
    for (int i = 0; i < billingClassCount; ++i)
        m_rates[size_t(i)]->setText(typedPrice(m_services.format, entry->rate(BillingClass(i))));
    if (m_longest.isEmpty() && entry->maxOutputTokens)
        m_longest.setText(m_services.format.count(*entry->maxOutputTokens));
    if (m_source.isEmpty())
        m_source.setText(tr("same as %1", "another model").arg(entry->model));
}

QString PriceForm::note() const
{
    if (!hasNoRate() && m_rates[size_t(BillingClass::Output)]->isEmpty())
        return tr("Without a price for output, requests that answer with text are not covered.");
    return {};
}

bool PriceForm::submit()
{
    if (m_busy || !m_open)
        return false;
    bool valid = true;
    m_name.touch();
    m_longest.touch();
    valid = m_name.isValid() && m_longest.isValid();
    for (const auto &one : m_rates) {
        one->touch();
        valid = valid && one->isValid();
    }
    if (!valid)
        return false;
    PriceDraft draft;
    draft.model = m_name.text().trimmed();
    for (int i = 0; i < billingClassCount; ++i) {
        const BillingClass one = BillingClass(i);
        const QString text = decimalIn(one);
        const QString before = m_isNew ? QString() : m_before.rate(one);
        const Result<Money> old = Money::fromDecimal(before), fresh = Money::fromDecimal(text);
        const bool same = text.isEmpty() ? before.isEmpty() : old && fresh && *old == *fresh;
        if (!same)
            draft.rates.append({one, keyOf(one), text});
    }
    const std::optional<qint64> longest = countIn(m_services.format, m_longest);
    if (m_isNew || longest != m_before.maxOutputTokens)
        draft.maxOutputTokens = longest;
    if (const QString source = m_source.text().trimmed(); m_isNew || source != m_before.source)
        draft.source = source;
    m_busy = true;
    m_problem.clear();
    Q_EMIT openChanged();
    m_mailbox.when(m_services.prices.set(draft), [this, model = draft.model](const Result<void> &done) {
        m_busy = false;
        m_open = !done;
        m_problem = done ? QString() : done.error().detail;
        Q_EMIT openChanged();
        if (done)
            Q_EMIT saved(model, m_isNew);
    });
    return true;
}

} // namespace lbp::gui
