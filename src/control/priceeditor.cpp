#include "control/priceeditor.h"

#include "config/pricekeys.h"
#include "config/publicprices.h"
#include "config/yamlreader.h"
#include "control/pricefiles.h"
#include "control/priceimport.h"
#include "core/charge.h"

#include <algorithm>
#include <QDateTime>
#include <QFileInfo>
#include <QtConcurrent>

namespace lbp {

namespace {

using namespace Qt::StringLiterals;

QList<ConfigEdit> editsFor(const PriceDraft &draft, const ConfigPath &path, bool isNew, const QDate &today)
{
    QList<ConfigEdit> edits;
    if (isNew) {
        ConfigValue::Fields fields;
        for (const PriceText &rate : draft.rates)
            if (!rate.text.trimmed().isEmpty())
                fields.emplace_back(rate.key, ConfigValue(rate.text.trimmed()));
        if (draft.maxOutputTokens)
            fields.emplace_back(u"maxOutputTokens"_s, ConfigValue(QString::number(*draft.maxOutputTokens)));
        fields.emplace_back(u"source"_s,
                            ConfigValue(draft.source.isEmpty()
                                            ? u"entered by hand, "_s + today.toString(Qt::ISODate)
                                            : draft.source));
        return {ConfigEdit::set(path, std::move(fields))};
    }
    for (const PriceText &rate : draft.rates) {
        if (const PriceKey *key = priceKeyNamed(rate.key)) {
            // The same price in the other unit would stand beside it.
            const PriceSpelling &other = key->usual.key == rate.key ? key->other : key->usual;
            if (other.isThere())
                edits.append(ConfigEdit::remove(path.child(other.key)));
        }
        edits.append(rate.text.trimmed().isEmpty()
                         ? ConfigEdit::remove(path.child(rate.key))
                         : ConfigEdit::set(path.child(rate.key), rate.text.trimmed()));
    }
    if (draft.maxOutputTokens)
        edits.append(
            ConfigEdit::set(path.child(u"maxOutputTokens"_s), QString::number(*draft.maxOutputTokens)));
    if (!draft.source.isEmpty())
        edits.append(ConfigEdit::set(path.child(u"source"_s), draft.source));
    // Set first, then taken away: a model must not be without any price in between.
    std::stable_partition(edits.begin(), edits.end(),
                          [](const ConfigEdit &edit) { return edit.kind != ConfigEdit::Kind::Remove; });
    return edits;
}

/// Where the price of \a model in force at \a today stands; nullopt: the file does not have it.
std::optional<ConfigPath> presentPrice(const QByteArray &text, const ConfigPath &models, const QString &model,
                                       const QDate &today)
{
    ProblemList problems({});
    YamlNode root;
    if (!readYaml(text, root, problems))
        return std::nullopt;
    const YamlNode *all = models.isEmpty() ? &root : root.find(u"models");
    const YamlNode *node = all ? all->find(model) : nullptr;
    if (!node)
        return std::nullopt;
    const auto dateOf = [](const YamlNode &step) {
        const YamlNode *from = step.find(u"from");
        return from ? QDate::fromString(from->text.trimmed(), Qt::ISODate) : QDate();
    };
    const ConfigPath top = models.child(model);
    ConfigPath present = top;
    QDate newest = dateOf(*node);
    bool isKnown = !newest.isValid() || newest <= today;
    if (const YamlNode *steps = node->find(u"steps"))
        for (size_t i = 0; i < steps->items.size(); ++i) {
            const QDate from = dateOf(steps->items[i]);
            if ((from.isValid() && from > today) || (isKnown && newest.isValid() && from < newest)
                || (isKnown && !from.isValid()))
                continue;
            present = top.child(u"steps"_s).item(qsizetype(i));
            newest = from;
            isKnown = true;
        }
    return present;
}

/// A public price with what a person changed, as a price of one's own. The dated steps go with it.
Result<ConfigValue> ownPrice(const std::vector<PriceStep> &steps, const PriceDraft &draft, Instant now,
                             const QDate &today)
{
    std::vector<PriceStep> own = steps;
    PriceStep *present = &own.front();
    for (PriceStep &step : own)
        if (!step.price.from || *step.price.from <= now)
            present = &step;
    for (const PriceText &rate : draft.rates) {
        const PriceKey *key = priceKeyNamed(rate.key);
        if (!key)
            return fail(ErrorCode::InvalidValue, u"%1 is not a price"_s.arg(rate.key));
        const QString text = rate.text.trimmed();
        std::optional<qint64> &target = present->price.standard[key->billingClass];
        if (text.isEmpty()) {
            target.reset();
            continue;
        }
        const Result<qint64> read =
            rateOfPrice(text, key->usual.key == rate.key ? key->usual.units : key->other.units);
        if (!read)
            return tl::unexpected(read.error());
        target = *read;
    }
    if (draft.maxOutputTokens)
        for (PriceStep &step : own)
            step.price.maxOutputTokens = draft.maxOutputTokens;
    present->price.source = draft.source.isEmpty() || draft.source == present->price.source
        ? u"entered by hand, "_s + today.toString(Qt::ISODate)
        : draft.source;
    return priceValue(own, now);
}

} // namespace

PriceEditor::PriceEditor(std::function<QString()> file, const Clock &clock, QObject *parent)
    : QObject(parent)
    , m_file(std::move(file))
    , m_clock(clock)
{
    m_worker.setMaxThreadCount(1);
}

QString PriceEditor::check(const PriceDraft &draft)
{
    const auto isBad = [](QChar c) { return !c.isPrint() || c.isSpace() || c == u'*'; };
    if (draft.model.isEmpty() || draft.model.size() > 300
        || std::any_of(draft.model.cbegin(), draft.model.cend(), isBad))
        return u"the name of a model has no blanks and no *"_s;
    for (const PriceText &rate : draft.rates) {
        const PriceKey *key = priceKeyNamed(rate.key);
        if (!key)
            return u"%1 is not a price"_s.arg(rate.key);
        const QString text = rate.text.trimmed();
        if (!text.isEmpty()
            && !rateOfPrice(text, key->usual.key == rate.key ? key->usual.units : key->other.units))
            return u"%1: write US dollars as digits and one point, such as 2.50"_s.arg(rate.key);
    }
    if (draft.maxOutputTokens && (*draft.maxOutputTokens < 1 || *draft.maxOutputTokens > 1'000'000'000))
        return u"the longest answer must be a number of tokens above 0"_s;
    return {};
}

template <typename T, typename Work> QFuture<Result<T>> PriceEditor::run(Work work, bool writes)
{
    const auto promise = std::make_shared<QPromise<Result<T>>>();
    promise->start();
    m_mailbox.when(QtConcurrent::run(&m_worker, std::move(work)),
                   [this, promise, writes](const Result<T> &done) {
                       if (done && writes)
                           Q_EMIT saved();
                       promise->addResult(done);
                       promise->finish();
                   });
    return promise->future();
}

QFuture<Result<void>> PriceEditor::set(PriceDraft draft)
{
    const Instant now = m_clock.now();
    const QDate today = QDateTime::fromMSecsSinceEpoch(toMicros(now) / 1000).date();
    return run<void>(
        [draft = std::move(draft), file = m_file(), now, today]() -> Status {
            if (const QString problem = check(draft); !problem.isEmpty())
                return fail(ErrorCode::InvalidValue, problem);
            QByteArray content;
            const Result<FileText> base = pricefiles::read(file, content);
            if (!base)
                return tl::unexpected(base.error());
            const ConfigPath models = pricefiles::modelsIn(content);
            const ConfigPath path = models.child(draft.model);
            QList<ConfigEdit> edits;
            if (const auto present = presentPrice(content, models, draft.model, today)) {
                edits = editsFor(draft, *present, false, today);
            } else {
                QList<ConfigProblem> problems;
                const auto own = parsePricing(content, file);
                const std::shared_ptr<const PriceBook> known =
                    own && (*own)->isOnlyThese() ? *own : publicPrices(file, problems);
                if (const std::vector<PriceStep> *steps = known->steps(draft.model)) {
                    const Result<ConfigValue> value = ownPrice(*steps, draft, now, today);
                    if (!value)
                        return tl::unexpected(value.error());
                    edits = {ConfigEdit::set(path, *value)};
                } else {
                    edits = editsFor(draft, path, true, today);
                }
            }
            const Result<QByteArray> text = edited(content, edits);
            if (!text)
                return tl::unexpected(text.error());
            return pricefiles::save(*base, *text);
        },
        true);
}

QFuture<Result<void>> PriceEditor::remove(QString model)
{
    const QDate today = QDateTime::fromMSecsSinceEpoch(toMicros(m_clock.now()) / 1000).date();
    return run<void>(
        [model = std::move(model), file = m_file(), today]() -> Status {
            QByteArray content;
            const Result<FileText> base = pricefiles::read(file, content);
            if (!base)
                return tl::unexpected(base.error());
            const ConfigPath models = pricefiles::modelsIn(content);
            if (!presentPrice(content, models, model, today)) {
                QList<ConfigProblem> problems;
                if (publicPrices(file, problems)->steps(model))
                    return fail(
                        ErrorCode::NotFound,
                        u"%1 is in the public list, not in yours, and cannot be removed; give it another "
                        u"price, or write onlyThese: true into pricing.yml"_s.arg(model));
                return fail(ErrorCode::NotFound, u"the price list has no model %1"_s.arg(model));
            }
            const Result<QByteArray> text = edited(content, {ConfigEdit::remove(models.child(model))});
            if (!text)
                return tl::unexpected(text.error());
            return pricefiles::save(*base, *text);
        },
        true);
}

QFuture<Result<PriceImport>> PriceEditor::compare(QString file)
{
    return run<PriceImport>([file = std::move(file), ours = m_file(),
                             now = m_clock.now()] { return comparePriceFile(file, ours, {}, now); },
                            false);
}

QFuture<Result<void>> PriceEditor::apply(PriceImport import, QStringList models)
{
    return run<void>([import = std::move(import), models = std::move(models), ours = m_file(),
                      now = m_clock.now()] { return applyPrices(import, models, ours, now); },
                     true);
}

} // namespace lbp
