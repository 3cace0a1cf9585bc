// The words of a request's detail.
#include "control/control.h"
#include "core/charge.h"
#include "gui/names.h"
#include "gui/pricetext.h"
#include "gui/requestdetail.h"

#include <algorithm>

namespace lbp::gui {

using namespace Qt::StringLiterals;

namespace {

QString headOf(const std::optional<MessageDetails> &message)
{
    if (!message)
        return {};
    QStringList lines{QString::fromUtf8(message->startLine)};
    for (const auto &[name, value] : message->fields)
        lines.append(QString::fromUtf8(name) + u": "_s + QString::fromUtf8(value));
    return lines.join(u'\n');
}

QString bodyOf(const std::optional<MessageDetails> &message)
{
    if (!message || !message->body)
        return {};
    return QString::fromUtf8(message->body->left(RequestDetail::shownBodyChars));
}

} // namespace

QString RequestDetail::title() const
{
    if (!m_item)
        return {};
    const QString &model = series().model;
    if (!model.isEmpty())
        return model;
    return m_item->row.open.requestedModel.isEmpty() ? tr("Request") : m_item->row.open.requestedModel;
}

QString RequestDetail::subtitle() const
{
    if (!m_item)
        return {};
    const QString moment = momentText(m_item->row.open.id.time(), m_services.format, m_services.clock.now());
    const QString key = m_services.control.keyName(series().key);
    return key.isEmpty() ? moment : tr("%1 · %2", "key and time").arg(key, moment);
}

QString RequestDetail::stateText() const
{
    return m_item ? gui::outcomeText(m_item->row.close.outcome) : QString();
}

QString RequestDetail::tone() const
{
    return m_item ? stateTone(*m_item) : u"neutral"_s;
}

QString RequestDetail::stateDetail() const
{
    return m_item ? gui::stateDetail(*m_item) : QString();
}

QString RequestDetail::error() const
{
    return m_item ? m_item->row.close.error : QString();
}

QString RequestDetail::story() const
{
    if (!m_item)
        return {};
    const Format &format = m_services.format;
    const OpenRow &open = m_item->row.open;
    const StoryPtr told = m_details ? m_details->story : nullptr;
    QStringList said;
    if (told && told->downgrade) {
        const Downgrade &downgrade = *told->downgrade;
        said.append(tr("%1 was asked for. %2 was used, because the budget “%3” (%4) was at %5.")
                        .arg(downgrade.from, downgrade.to,
                             scopeText(downgrade.because.budget.scope, m_services.control),
                             format.periodName(downgrade.because.budget.period),
                             format.percent(downgrade.percent * 100)));
    } else if (!open.requestedModel.isEmpty() && !series().model.isEmpty()
               && open.requestedModel != series().model) {
        said.append(tr("%1 was asked for. %2 was used, because a budget was under pressure.")
                        .arg(open.requestedModel, series().model));
    }
    if (told && told->ceilingBeforeClamp)
        said.append(tr("Its output limit was lowered from %1 to %2 tokens, so that it fits the budget.")
                        .arg(format.count(*told->ceilingBeforeClamp), format.count(open.ceiling)));
    else if (open.clamped)
        said.append(tr("Its output limit was lowered to %1 tokens, so that it fits the budget.")
                        .arg(format.count(open.ceiling)));
    if (told && told->held.count() > 0)
        said.append(tr("It waited %1 for an answer.").arg(format.duration(told->held)));
    if (told && !told->allowedOver.isZero())
        said.append(tr("It was allowed to go over its budget by %1.").arg(format.money(told->allowedOver)));
    return said.join(u'\n');
}

// ---- money

QString RequestDetail::costText() const
{
    if (!m_item)
        return {};
    if (!m_item->isRunning() && m_item->row.close.cost)
        return m_services.format.moneyExact(*m_item->row.close.cost);
    return gui::costText(*m_item, m_services.format);
}

QString RequestDetail::exactCost() const
{
    if (!m_item || !m_item->row.close.cost)
        return {};
    QString text = m_services.format.moneyExact(*m_item->row.close.cost);
    return text.remove(u'$').remove(QChar::Nbsp).trimmed();
}

QString RequestDetail::costNote() const
{
    if (!m_item)
        return {};
    if (m_item->isRunning())
        return tr("So far; tokens are counted here until the provider reports.");
    switch (m_item->row.close.provenance) {
    case Provenance::Reserved:
        return {};
    case Provenance::Exact:
        return tr("Exact: from the usage that the provider reported.");
    case Provenance::Estimated:
        return tr("Estimated: the provider reported no usage, so tokens were counted here.");
    case Provenance::Recovered:
        return tr("Recovered after a crash: booked with all that was set aside. The true cost may be less.");
    case Provenance::Unpriced:
        return tr("Unknown: the model has no price.");
    case Provenance::Free:
        return tr("Nothing was charged.");
    }
    return {};
}

bool RequestDetail::isEstimatedNow() const
{
    return m_item && (m_item->isRunning() || isEstimated(m_item->row.close));
}

bool RequestDetail::isCorrectable() const
{
    return m_item && !m_item->isRunning()
        && (isEstimated(m_item->row.close) || m_item->row.close.provenance == Provenance::Unpriced);
}

QVariantList RequestDetail::charge() const
{
    QVariantList list;
    if (!m_item || m_item->isRunning())
        return list;
    const CloseRow &close = m_item->row.close;
    const Format &format = m_services.format;
    const Result<QList<ChargeLine>> lines = chargeLines(close.usage, close.rates ? *close.rates : Rates{});
    if (!lines)
        return list;
    for (const ChargeLine &line : *lines) {
        list.append(QVariantMap{
            {u"label"_s, billingClassText(line.billingClass)},
            {u"count"_s, countPhrase(format, line.billingClass, line.count)},
            {u"rate"_s, line.rate ? ratePhrase(format, line.billingClass, line.rateText) : QString()},
            {u"amount"_s, line.amount ? format.moneyExact(*line.amount) : QString()},
            {u"note"_s,
             line.isFallback ? tr("The price of a related class: none of its own is known.") : QString()},
        });
    }
    return list;
}

QString RequestDetail::chargeNote() const
{
    if (!m_item || m_item->isRunning())
        return {};
    const CloseRow &close = m_item->row.close;
    if (close.outcome == Outcome::CacheHit)
        return tr("Replayed from the cache: the tokens are those of the first answer and cost nothing now.");
    if (!close.cost || close.usage.isZero())
        return {};
    const Result<Money> sum = lbp::cost(close.usage, close.rates ? *close.rates : Rates{});
    if (sum && *sum == *close.cost)
        return {};
    if (close.provenance == Provenance::Free || close.cost->isZero())
        return tr("Nothing was charged for these tokens.");
    if (close.provenance == Provenance::Recovered)
        return tr("The amount is what was set aside, not the sum of the lines.");
    if (close.provenance == Provenance::Exact)
        return tr("The amount was written by hand over the sum of the lines.");
    return {};
}

QString RequestDetail::priceText() const
{
    if (!m_item || m_item->isRunning() || !m_item->row.close.rates)
        return {};
    const QString day = m_services.format.date(m_item->row.open.id.time());
    const QString &source = m_item->row.close.priceSource;
    return source.isEmpty() ? tr("Prices as of %1.").arg(day)
                            : tr("Prices as of %1, from: %2.").arg(day, source);
}

QString RequestDetail::savedText() const
{
    if (!m_item || m_item->row.close.saved.isZero())
        return {};
    return tr("%1 saved").arg(m_services.format.money(m_item->row.close.saved));
}

QString RequestDetail::reservedText() const
{
    if (!isRunning())
        return {};
    return tr("%1 set aside for it").arg(m_services.format.money(m_item->row.open.reserved));
}

QVariantList RequestDetail::budgets() const
{
    const bool told = m_details && m_details->story && !m_details->story->budgets.isEmpty();
    const QList<BudgetStatus> &statuses = told ? m_details->story->budgets : m_budgetsNow;
    const Format &format = m_services.format;
    const double warnAt = warnFraction(*m_services.control.config());
    QVariantList list;
    for (const BudgetStatus &status : statuses) {
        const Money limit = status.effectiveLimit();
        list.append(QVariantMap{
            {u"name"_s,
             tr("%1, %2", "budget and period")
                 .arg(scopeText(status.budget.scope, m_services.control),
                      format.periodName(status.budget.period))},
            {u"text"_s, tr("%1 of %2").arg(format.moneyShort(status.spent), format.moneyShort(limit))},
            {u"fraction"_s, fraction(status.spent, limit)},
            {u"reserved"_s, fraction(status.reserved, limit)},
            {u"warnAt"_s, warnAt}});
    }
    return list;
}

QString RequestDetail::budgetsNote() const
{
    if (m_details && m_details->story && !m_details->story->budgets.isEmpty())
        return tr("Right after this request was admitted.");
    return m_budgetsNow.isEmpty() ? tr("No budget binds this key.") : tr("As they stand now.");
}

// ---- time

QVariantList RequestDetail::timings() const
{
    QVariantList list;
    if (!m_item)
        return list;
    const CloseRow &close = m_item->row.close;
    const Format &format = m_services.format;
    const qint64 total = m_item->isRunning()
        ? std::max<qint64>(1, (m_services.clock.now() - m_item->row.open.id.time()).count())
        : close.durationUs;
    if (total <= 0)
        return list;
    const qint64 queue = std::clamp<qint64>(close.queueUs, 0, total);
    const qint64 ttft = std::clamp<qint64>(close.ttftUs, 0, total - queue);
    const qint64 rest = total - queue - ttft;
    const auto add = [&](const QString &label, qint64 from, qint64 length, const QString &tone) {
        list.append(QVariantMap{{u"label"_s, label},
                                {u"text"_s, spanText(Duration(length), format)},
                                {u"from"_s, double(from) / double(total)},
                                {u"length"_s, double(length) / double(total)},
                                {u"tone"_s, tone}});
    };
    add(tr("Here, before it was sent"), 0, queue, u"warning"_s);
    if (ttft > 0) {
        add(tr("Until the first token"), queue, ttft, u"accent"_s);
        add(tr("Answer"), queue + ttft, rest, u"ok"_s);
    } else {
        add(m_item->isRunning() ? tr("Waiting for the provider") : tr("Provider"), queue, rest, u"accent"_s);
    }
    add(tr("In all"), 0, total, u"neutral"_s);
    return list;
}

QString RequestDetail::speedText() const
{
    if (!m_item || m_item->isRunning())
        return {};
    const CloseRow &close = m_item->row.close;
    const qint64 output = close.usage.outputTokens();
    const qint64 us = close.durationUs - close.queueUs - close.ttftUs;
    if (output < 2 || close.ttftUs <= 0 || us < 1000)
        return {};
    const qint64 tenths = output * 10'000'000 / us;
    const QLocale &locale = m_services.format.locale();
    return tr("%1 tokens per second").arg(locale.toString(double(tenths) / 10, 'f', tenths < 1000 ? 1 : 0));
}

// ---- what was said

QVariantList RequestDetail::facts() const
{
    QVariantList list;
    if (!m_item)
        return list;
    const OpenRow &open = m_item->row.open;
    const CloseRow &close = m_item->row.close;
    const auto add = [&](const QString &label, const QString &value, const QString &field = {},
                         bool mono = false) {
        if (!value.isEmpty())
            list.append(QVariantMap{
                {u"label"_s, label}, {u"value"_s, value}, {u"field"_s, field}, {u"mono"_s, mono}});
    };
    add(tr("Began"), m_services.format.exact(open.id.time()));
    add(tr("Key"), m_services.control.keyName(series().key), u"key"_s);
    add(tr("Team"), series().team, u"team"_s);
    add(tr("Project"), series().project, u"project"_s);
    add(tr("Model"), series().model, u"model"_s);
    if (open.requestedModel != series().model)
        add(tr("Asked for"), open.requestedModel, u"requested"_s);
    add(tr("Provider"), series().provider, u"provider"_s);
    add(tr("Endpoint"), open.stream ? tr("%1, streamed").arg(open.endpoint) : open.endpoint);
    if (close.status > 0)
        add(tr("HTTP status"), QString::number(close.status), u"status"_s);
    if (open.ceiling > 0)
        add(tr("Output limit"),
            tr("%1 tokens", "", int(std::min<qint64>(open.ceiling, INT_MAX)))
                .arg(m_services.format.count(open.ceiling)));
    add(tr("Provider's id"), close.upstreamRequestId, {}, true);
    add(tr("Id"), requestId(), {}, true);
    return list;
}

QString RequestDetail::requestHead() const
{
    return m_details ? headOf(m_details->request) : QString();
}

QString RequestDetail::responseHead() const
{
    return m_details ? headOf(m_details->response) : QString();
}

QString RequestDetail::requestBody() const
{
    return m_details ? bodyOf(m_details->request) : QString();
}

QString RequestDetail::responseBody() const
{
    return m_details ? bodyOf(m_details->response) : QString();
}

static QString bodyNote(const std::optional<MessageDetails> &message, const Format &format)
{
    if (!message || !message->body)
        return {};
    const qint64 whole = std::max<qint64>(message->bodyBytes, message->body->size());
    const bool cut = message->bodyTruncated || message->body->size() > RequestDetail::shownBodyChars;
    return cut ? RequestDetail::tr("The beginning of %1.").arg(format.bytes(whole)) : format.bytes(whole);
}

QString RequestDetail::requestBodyNote() const
{
    return m_details ? bodyNote(m_details->request, m_services.format) : QString();
}

QString RequestDetail::responseBodyNote() const
{
    return m_details ? bodyNote(m_details->response, m_services.format) : QString();
}

bool RequestDetail::areHeadersKept() const
{
    return m_details && (m_details->request || m_details->response);
}

bool RequestDetail::areBodiesOn() const
{
    return m_services.control.config()->logging.bodies;
}

} // namespace lbp::gui
