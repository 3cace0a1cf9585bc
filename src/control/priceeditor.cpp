#include "control/priceeditor.h"

#include "config/configsaver.h"
#include "config/pricekeys.h"
#include "config/yamlreader.h"
#include "core/charge.h"

#include <algorithm>
#include <QDateTime>
#include <QFileInfo>
#include <QtConcurrent>

namespace lbp {

namespace {

using namespace Qt::StringLiterals;

Error firstOf(const QList<ConfigProblem> &problems)
{
    return {ErrorCode::ConfigInvalid, problems.isEmpty() ? QString() : problems.front().toString()};
}

/// The price file, or the documented list where there is none yet: what is saved must not lose the prices
/// that hold.
Result<FileText> readPrices(const QString &file, QByteArray &content)
{
    Result<FileText> base = blocking::readText(file);
    if (base)
        content = base->existed ? base->text : documentedDefault(u"pricing.yml"_s);
    return base;
}

/// Where the models stand: below "models", or at the top in the short form.
ConfigPath modelsIn(const QByteArray &text)
{
    ProblemList problems({});
    YamlNode root;
    if (readYaml(text, root, problems) && !root.entries.empty() && !root.find(u"models"))
        return {};
    return ConfigPath(u"models");
}

Status checkedSave(const FileText &base, const QByteArray &text)
{
    if (base.existed && base.text == text)
        return {};
    const auto read = parsePricing(text, base.file);
    if (!read)
        return tl::unexpected(firstOf(read.error()));
    return blocking::saveText(base, text).map([](const FileText &) {});
}

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

bool hasModel(const QByteArray &text, const ConfigPath &models, const QString &model)
{
    ProblemList problems({});
    YamlNode root;
    if (!readYaml(text, root, problems))
        return false;
    const YamlNode *node = models.isEmpty() ? &root : root.find(u"models");
    return node && node->find(model);
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

/// A rate that moves ten times or more, or to or from nothing to pay.
bool isSuspicious(std::optional<qint64> before, std::optional<qint64> after)
{
    if (!before || !after || *before == *after)
        return false;
    const qint64 low = std::min(*before, *after), high = std::max(*before, *after);
    return low == 0 || high / 10 >= low;
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
            notes.append(where + key.usual.key + u": "_s + text(a) + u" → "_s + text(b));
        }
    };
    compare({}, before->standard, after.standard);
    compare(u"long context "_s, before->longContext, after.longContext);
    for (const ServiceTier tier : {ServiceTier::Flex, ServiceTier::Priority, ServiceTier::Batch})
        compare(u"tier "_s, before->tiers.value(tier), after.tiers.value(tier));
    change.note = notes.join(u", "_s);
    return change;
}

bool isSameModel(const ModelPrice &a, const ModelPrice &b)
{
    return a.standard == b.standard && a.longContextThreshold == b.longContextThreshold
        && a.longContext == b.longContext && a.tiers == b.tiers && a.maxInputTokens == b.maxInputTokens
        && a.maxOutputTokens == b.maxOutputTokens;
}

Result<PriceImport> comparePrices(const QString &file, const QString &ours)
{
    const Result<FileText> theirs = blocking::readText(file);
    if (!theirs)
        return tl::unexpected(theirs.error());
    if (!theirs->existed)
        return fail(ErrorCode::NotFound, u"%1 does not exist"_s.arg(file));
    const auto fresh = parsePricing(theirs->text, file);
    if (!fresh)
        return tl::unexpected(firstOf(fresh.error()));
    if ((*fresh)->size() == 0)
        return fail(ErrorCode::InvalidValue, u"%1 has no model in it"_s.arg(file));
    QByteArray content;
    const Result<FileText> base = readPrices(ours, content);
    if (!base)
        return tl::unexpected(base.error());
    const auto old = parsePricing(content, ours);
    if (!old)
        return tl::unexpected(firstOf(old.error()));
    PriceImport import{file, {}, 0, theirs->text};
    QSet<QString> known;
    for (const QString &model : (*old)->models())
        known.insert(model);
    for (const QString &model : (*fresh)->models()) {
        const ModelPrice &after = *(*fresh)->find(model);
        // By its own name: find() would give gpt-4o for gpt-4o-2024-08-06.
        const ModelPrice *before = known.contains(model) ? (*old)->find(model) : nullptr;
        if (before && isSameModel(*before, after))
            ++import.unchanged;
        else
            import.changes.append(changeOf(before, after));
    }
    std::stable_sort(import.changes.begin(), import.changes.end(), [](const auto &a, const auto &b) {
        const auto rank = [](const PriceChange &change) {
            return change.kind == PriceChange::Kind::Suspicious ? 0 : 1;
        };
        return rank(a) < rank(b);
    });
    return import;
}

Status applyImport(const PriceImport &import, const QStringList &models, const QString &ours)
{
    ProblemList problems(import.file);
    YamlNode root;
    if (!readYaml(import.text, root, problems))
        return fail(ErrorCode::ConfigInvalid, u"%1 is not valid YAML"_s.arg(import.file));
    const YamlNode *nested = root.find(u"models");
    const YamlNode &source = nested ? *nested : root;
    QByteArray content;
    const Result<FileText> base = readPrices(ours, content);
    if (!base)
        return tl::unexpected(base.error());
    const ConfigPath path = modelsIn(content);
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
    // The last list that was good, to go back to.
    const Result<FileText> kept = blocking::readText(ours + u".before-import"_s);
    if (!kept)
        return tl::unexpected(kept.error());
    if (const Result<FileText> saved = blocking::saveText(*kept, content); !saved)
        return tl::unexpected(saved.error());
    return checkedSave(*base, *text);
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
    const QDate today = QDateTime::fromMSecsSinceEpoch(toMicros(m_clock.now()) / 1000).date();
    return run<void>(
        [draft = std::move(draft), file = m_file(), today]() -> Status {
            if (const QString problem = check(draft); !problem.isEmpty())
                return fail(ErrorCode::InvalidValue, problem);
            QByteArray content;
            const Result<FileText> base = readPrices(file, content);
            if (!base)
                return tl::unexpected(base.error());
            const ConfigPath models = modelsIn(content);
            const bool isNew = !hasModel(content, models, draft.model);
            const Result<QByteArray> text =
                edited(content, editsFor(draft, models.child(draft.model), isNew, today));
            if (!text)
                return tl::unexpected(text.error());
            return checkedSave(*base, *text);
        },
        true);
}

QFuture<Result<void>> PriceEditor::remove(QString model)
{
    return run<void>(
        [model = std::move(model), file = m_file()]() -> Status {
            QByteArray content;
            const Result<FileText> base = readPrices(file, content);
            if (!base)
                return tl::unexpected(base.error());
            const ConfigPath models = modelsIn(content);
            if (!hasModel(content, models, model))
                return fail(ErrorCode::NotFound, u"the price list has no model %1"_s.arg(model));
            const Result<QByteArray> text = edited(content, {ConfigEdit::remove(models.child(model))});
            if (!text)
                return tl::unexpected(text.error());
            return checkedSave(*base, *text);
        },
        true);
}

QFuture<Result<PriceImport>> PriceEditor::compare(QString file)
{
    return run<PriceImport>([file = std::move(file), ours = m_file()] { return comparePrices(file, ours); },
                            false);
}

QFuture<Result<void>> PriceEditor::apply(PriceImport import, QStringList models)
{
    return run<void>([import = std::move(import), models = std::move(models),
                      ours = m_file()] { return applyImport(import, models, ours); },
                     true);
}

} // namespace lbp
