#include "gui/requestfilterinput.h"

#include "config/config.h"
#include "control/control.h"
#include "gui/uistate.h"

#include <algorithm>

namespace lbp::gui {

using namespace Qt::StringLiterals;

namespace {

constexpr auto savedKey = "requests.savedFilters"_L1;
constexpr int typingMs = 250;
constexpr int mostCompletions = 8;

/// Where the word begins that is being typed at the end of \a draft; quotes keep spaces inside.
qsizetype lastWord(QStringView draft)
{
    qsizetype start = 0;
    bool quoted = false;
    for (qsizetype i = 0; i < draft.size(); ++i) {
        if (quoted && draft[i] == u'\\') {
            ++i;
        } else if (draft[i] == u'"') {
            quoted = !quoted;
        } else if (!quoted && draft[i].isSpace()) {
            start = i + 1;
        }
    }
    return start;
}

} // namespace

RequestFilterInput::RequestFilterInput(const GuiServices &services, QObject *parent)
    : QObject(parent)
    , m_services(services)
{
    m_soon.setSingleShot(true);
    m_soon.setInterval(typingMs);
    connect(&m_soon, &QTimer::timeout, this, &RequestFilterInput::apply);
}

QString RequestFilterInput::whole() const
{
    QStringList parts = m_chips;
    if (!m_draft.trimmed().isEmpty() && m_problem.isEmpty())
        parts.append(m_draft.trimmed());
    return parts.join(u' ');
}

void RequestFilterInput::apply()
{
    m_soon.stop();
    const QString text = whole();
    if (text == m_applied)
        return;
    m_applied = text;
    Q_EMIT appliedChanged();
}

void RequestFilterInput::read()
{
    m_problem.clear();
    m_suggestion.clear();
    const RequestTerms terms = m_services.control.readFilter(m_draft);
    if (!terms.problems.isEmpty()) {
        const FilterProblem &first = terms.problems.first();
        m_problem = first.message;
        m_suggestion = first.suggestion;
        m_problemAt = first.at;
        m_problemLength = first.length;
    }
}

void RequestFilterInput::setDraft(const QString &draft)
{
    if (m_draft == draft)
        return;
    m_draft = draft;
    read();
    findCompletions();
    Q_EMIT draftChanged();
    m_soon.start();
}

bool RequestFilterInput::commit()
{
    if (!m_problem.isEmpty())
        return false;
    const RequestTerms terms = m_services.control.readFilter(m_draft);
    if (!terms.terms.isEmpty()) {
        for (const FilterTerm &term : terms.terms)
            m_chips.append(term.text);
        Q_EMIT chipsChanged();
    }
    m_draft.clear();
    m_completions.clear();
    Q_EMIT draftChanged();
    Q_EMIT completionsChanged();
    apply();
    return true;
}

void RequestFilterInput::removeChip(int index)
{
    if (index < 0 || index >= m_chips.size())
        return;
    m_chips.removeAt(index);
    Q_EMIT chipsChanged();
    apply();
}

void RequestFilterInput::editChip(int index)
{
    if (index < 0 || index >= m_chips.size() || !commit())
        return;
    const QString text = m_chips.takeAt(index);
    Q_EMIT chipsChanged();
    setDraft(text);
    apply();
}

bool RequestFilterInput::takeBack()
{
    if (!m_draft.isEmpty() || m_chips.isEmpty())
        return false;
    editChip(int(m_chips.size()) - 1);
    return true;
}

void RequestFilterInput::clear()
{
    setText({});
}

void RequestFilterInput::setText(const QString &text)
{
    const RequestTerms terms = m_services.control.readFilter(text);
    m_chips.clear();
    for (const FilterTerm &term : terms.terms)
        m_chips.append(term.text);
    QStringList rest;
    for (const FilterProblem &problem : terms.problems)
        rest.append(text.mid(problem.at, problem.length).trimmed());
    m_draft = rest.join(u' ').trimmed();
    read();
    m_completions.clear();
    Q_EMIT chipsChanged();
    Q_EMIT draftChanged();
    Q_EMIT completionsChanged();
    apply();
}

void RequestFilterInput::add(const QString &term)
{
    const RequestTerms terms = m_services.control.readFilter(term);
    bool isNew = false;
    for (const FilterTerm &one : terms.terms) {
        if (m_chips.contains(one.text))
            continue;
        m_chips.append(one.text);
        isNew = true;
    }
    if (!isNew)
        return;
    Q_EMIT chipsChanged();
    apply();
}

void RequestFilterInput::addValue(const QString &field, const QString &value)
{
    add(filterTermText(field, u":", value));
}

// ---- completion

QStringList RequestFilterInput::valuesOf(const FilterFieldInfo &field) const
{
    QStringList values = field.values;
    const Config &config = *m_services.control.config();
    const QList<KeyRecord> keys = m_services.control.keys();
    switch (field.field) {
    case FilterField::Key:
        for (const KeyRecord &key : keys)
            values.append(key.name);
        break;
    case FilterField::Team:
        for (const KeyRecord &key : keys)
            values.append(key.team);
        break;
    case FilterField::Project:
        for (const KeyRecord &key : keys)
            values.append(key.project);
        break;
    case FilterField::Model:
    case FilterField::Requested:
        if (config.prices)
            values += config.prices->models();
        break;
    case FilterField::Provider:
        for (const ProviderConfig &provider : config.providers)
            values.append(provider.name);
        break;
    case FilterField::HttpStatus:
        values += {u"2xx"_s, u"4xx"_s, u"5xx"_s, u"402"_s, u"429"_s, u"none"_s};
        break;
    case FilterField::Time:
        values += {u"today"_s, u"yesterday"_s, u"1h"_s, u"24h"_s, u"7d"_s, u"week"_s, u"month"_s};
        break;
    case FilterField::Cost:
        values += {u"0.01"_s, u"0.10"_s, u"1"_s};
        break;
    case FilterField::Tokens:
    case FilterField::Input:
    case FilterField::Output:
        values += {u"1k"_s, u"10k"_s, u"100k"_s};
        break;
    case FilterField::Elapsed:
    case FilterField::Ttft:
        values += {u"500ms"_s, u"2s"_s, u"30s"_s};
        break;
    default:
        break;
    }
    values.removeAll(QString());
    values.removeDuplicates();
    return values;
}

void RequestFilterInput::findCompletions()
{
    m_completions.clear();
    const qsizetype at = lastWord(m_draft);
    QStringView word = QStringView(m_draft).mid(at);
    const bool negated = word.startsWith(u'-');
    if (negated)
        word = word.sliced(1);
    const QString sign = negated ? u"-"_s : QString();
    const auto offer = [&](const QString &value, const QString &text, const QString &detail) {
        if (m_completions.size() < mostCompletions)
            m_completions.append(QVariantMap{{u"value"_s, value}, {u"text"_s, text}, {u"detail"_s, detail}});
    };
    qsizetype op = 0;
    while (op < word.size() && word[op].isLetter())
        ++op;
    const FilterFieldInfo *named = nullptr;
    for (const FilterFieldInfo &field : filterFields())
        if (!field.name.isEmpty() && word.left(op).compare(field.name, Qt::CaseInsensitive) == 0)
            named = &field;
    if (named && op < word.size() && QStringView(u":<>=").contains(word[op])) {
        qsizetype from = op;
        while (from < word.size() && QStringView(u":<>=").contains(word[from]))
            ++from;
        const QString prefix = sign + word.left(from).toString();
        QString typed = word.mid(from).toString();
        typed.remove(u'"');
        const qsizetype bar = typed.lastIndexOf(u'|');
        const QString before = bar < 0 ? QString() : typed.left(bar + 1);
        const QString part = typed.mid(bar + 1);
        QStringList starts, contains;
        for (const QString &value : valuesOf(*named)) {
            if (value.startsWith(part, Qt::CaseInsensitive))
                starts.append(value);
            else if (part.size() > 1 && value.contains(part, Qt::CaseInsensitive))
                contains.append(value);
        }
        for (const QString &value : starts + contains) {
            // A quoted value keeps its quotes; the name and the operator are those that were typed.
            const QString quoted = filterTermText(named->name, u":", value).mid(named->name.size() + 1);
            if (value != part)
                offer(prefix + before + quoted, value, {});
        }
    } else if (op == word.size()) {
        for (const FilterFieldInfo &field : filterFields()) {
            if (field.name.isEmpty() || !field.name.startsWith(word, Qt::CaseInsensitive))
                continue;
            const bool isNumber = field.kind == FilterKind::Usd || field.kind == FilterKind::Count
                || field.kind == FilterKind::Elapsed;
            offer(sign + field.name + (isNumber ? u">"_s : u":"_s), field.name, field.example);
        }
        if (!word.isEmpty()) {
            for (const KeyRecord &key : m_services.control.keys())
                if (key.name.startsWith(word, Qt::CaseInsensitive))
                    offer(sign + filterTermText(u"key", u":", key.name), key.name, tr("key"));
            if (const auto prices = m_services.control.config()->prices) {
                for (const QString &model : prices->models())
                    if (model.startsWith(word, Qt::CaseInsensitive))
                        offer(sign + filterTermText(u"model", u":", model), model, tr("model"));
            }
        }
    }
    Q_EMIT completionsChanged();
}

void RequestFilterInput::complete(int index)
{
    if (index < 0 || index >= m_completions.size())
        return;
    const QString value = m_completions[index].toMap().value(u"value"_s).toString();
    setDraft(m_draft.left(lastWord(m_draft)) + value);
    const bool open = value.endsWith(u':') || value.endsWith(u'>');
    if (!open)
        commit();
}

void RequestFilterInput::useSuggestion()
{
    if (m_suggestion.isEmpty())
        return;
    QString fixed = m_draft;
    fixed.replace(m_problemAt, m_problemLength, m_suggestion);
    setDraft(fixed);
    if (m_problem.isEmpty())
        apply();
}

// ---- saved

QVariantList RequestFilterInput::saved() const
{
    return m_services.state.value(savedKey).toList();
}

void RequestFilterInput::save(const QString &name)
{
    const QString title = name.simplified().left(60);
    if (title.isEmpty() || whole().isEmpty())
        return;
    QVariantList list = saved();
    list.removeIf([&](const QVariant &one) { return one.toMap().value(u"name"_s).toString() == title; });
    list.append(QVariantMap{{u"name"_s, title}, {u"text"_s, whole()}});
    while (list.size() > mostSaved)
        list.removeFirst();
    m_services.state.setValue(savedKey, list);
    Q_EMIT savedChanged();
}

void RequestFilterInput::removeSaved(const QString &name)
{
    QVariantList list = saved();
    list.removeIf([&](const QVariant &one) { return one.toMap().value(u"name"_s).toString() == name; });
    m_services.state.setValue(savedKey, list);
    Q_EMIT savedChanged();
}

} // namespace lbp::gui
