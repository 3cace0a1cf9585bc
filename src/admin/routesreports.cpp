#include "admin/routes.h"
#include "admin/views.h"

namespace lbp {

namespace {

using namespace std::chrono_literals;

QString s(const char16_t *text)
{
    return QString::fromUtf16(text);
}

/// What the reports have in common: a range, and labels to restrict it by.
const QStringList &rangeNames()
{
    static const QStringList names{s(u"from"), s(u"to")};
    return names;
}
const QStringList &scopeNames()
{
    static const QStringList names{s(u"key"), s(u"team"), s(u"project"), s(u"model"), s(u"provider")};
    return names;
}

TimeRange readRange(QueryReader &query, const Services &services)
{
    const QTimeZone zone = services.control.timeZone();
    const Instant now = services.control.now();
    TimeRange range;
    range.from = query.moment(s(u"from"), zone).value_or(periodSpan(Period::Monthly, now, zone).start);
    range.to = query.moment(s(u"to"), zone).value_or(now + 1us);
    if (range.from >= range.to)
        query.fault(s(u"to"), s(u"must be later than from"));
    return range;
}

UsageScope readScope(QueryReader &query)
{
    UsageScope scope;
    if (const auto text = query.string(s(u"key"))) {
        scope.key = view::keyIdFromText(*text);
        if (!scope.key)
            query.fault(s(u"key"), s(u"must be an id such as key_3"));
    }
    scope.team = query.string(s(u"team"));
    scope.project = query.string(s(u"project"));
    scope.model = query.string(s(u"model"));
    scope.provider = query.string(s(u"provider"));
    return scope;
}

/// One of a closed list by its name; \a fallback when it is not given.
template <typename Value, size_t count>
Value readChoice(QueryReader &query, const QString &name,
                 const std::pair<const char16_t *, Value> (&choices)[count], Value fallback)
{
    const std::optional<QString> text = query.string(name);
    if (!text)
        return fallback;
    QStringList known;
    for (const auto &[spelling, value] : choices) {
        known.append(s(spelling));
        if (*text == known.last())
            return value;
    }
    query.fault(name, s(u"must be one of ") + known.join(u", "));
    return fallback;
}

constexpr std::pair<const char16_t *, TimeBucket> buckets[] = {{u"hour", TimeBucket::Hour},
                                                               {u"day", TimeBucket::Day},
                                                               {u"week", TimeBucket::Week},
                                                               {u"month", TimeBucket::Month}};
constexpr std::pair<const char16_t *, SplitBy> splits[] = {
    {u"nothing", SplitBy::Nothing}, {u"key", SplitBy::Key},         {u"team", SplitBy::Team},
    {u"model", SplitBy::Model},     {u"project", SplitBy::Project}, {u"provider", SplitBy::Provider}};

QJsonObject totalsView(const UsageTotals &totals)
{
    return {
        {s(u"requests"), totals.requests},     {s(u"usage"), view::usage(totals.usage)},
        {s(u"cost"), totals.cost.toDecimal()}, {s(u"saved"), totals.saved.toDecimal()},
        {s(u"unpriced"), totals.unpriced},     {s(u"estimated"), totals.estimated},
        {s(u"errors"), totals.errors},         {s(u"cacheHits"), totals.cacheHits},
    };
}

/// A list for each sum: thousands of points are a few lists, not thousands of objects.
QJsonObject pointsView(const QList<UsageTotals> &points)
{
    QJsonArray requests, input, output, cost, saved, unpriced, estimated, errors, hits;
    for (const UsageTotals &point : points) {
        requests.append(point.requests);
        input.append(point.usage.inputTokens());
        output.append(point.usage.outputTokens());
        cost.append(point.cost.toDecimal());
        saved.append(point.saved.toDecimal());
        unpriced.append(point.unpriced);
        estimated.append(point.estimated);
        errors.append(point.errors);
        hits.append(point.cacheHits);
    }
    return {{s(u"requests"), requests},   {s(u"inputTokens"), input}, {s(u"outputTokens"), output},
            {s(u"cost"), cost},           {s(u"saved"), saved},       {s(u"unpriced"), unpriced},
            {s(u"estimated"), estimated}, {s(u"errors"), errors},     {s(u"cacheHits"), hits}};
}

void showSeries(const CallPtr &call, Services &services)
{
    const QString bucketName = s(u"bucket"), splitName = s(u"splitBy"), linesName = s(u"lines");
    QueryReader query(call->request.head.query(),
                      rangeNames() + scopeNames() + QStringList{bucketName, splitName, linesName});
    UsageSeriesQuery wanted;
    wanted.range = readRange(query, services);
    wanted.scope = readScope(query);
    wanted.bucket = readChoice(query, bucketName, buckets, TimeBucket::Day);
    wanted.splitBy = readChoice(query, splitName, splits, SplitBy::Nothing);
    wanted.mostLines = query.integer(linesName, 1, 50).value_or(wanted.mostLines);
    if (!query.status())
        return call->refuse(query.status().error());
    const bool isKeys = wanted.splitBy == SplitBy::Key;
    services.mailbox.when(
        services.control.usageSeries(std::move(wanted)), [call, isKeys](const Result<UsageSeries> &series) {
            if (!series)
                return call->refuse(series.error());
            QJsonArray starts, lines;
            for (const Instant start : series->starts)
                starts.append(instantText(start));
            for (const UsageLine &line : series->lines) {
                const bool isKey = isKeys && !line.isRest;
                lines.append(
                    QJsonObject{{s(u"group"), isKey ? view::keyId(line.group.toLongLong()) : line.group},
                                {s(u"label"), line.label},
                                {s(u"isRest"), line.isRest},
                                {s(u"total"), totalsView(line.total)},
                                {s(u"points"), pointsView(line.points)}});
            }
            call->ok({{s(u"starts"), starts},
                      {s(u"end"), instantText(series->end)},
                      {s(u"lines"), lines},
                      {s(u"total"), totalsView(series->total)}});
        });
}

void showLatency(const CallPtr &call, Services &services)
{
    QueryReader query(call->request.head.query(), rangeNames() + scopeNames());
    const TimeRange range = readRange(query, services);
    UsageScope scope = readScope(query);
    if (!query.status())
        return call->refuse(query.status().error());
    services.mailbox.when(
        services.control.latency(range, std::move(scope)), [call](const Result<LatencySummary> &summary) {
            if (!summary)
                return call->refuse(summary.error());
            const auto quantiles = [](const LatencySummary::Quantiles &q) {
                const bool known = q.rows > 0;
                return QJsonObject{{s(u"rows"), q.rows},
                                   {s(u"medianUs"), known ? QJsonValue(q.medianUs) : QJsonValue()},
                                   {s(u"p95Us"), known ? QJsonValue(q.p95Us) : QJsonValue()}};
            };
            call->ok({{s(u"duration"), quantiles(summary->duration)},
                      {s(u"ttft"), quantiles(summary->ttft)},
                      {s(u"exact"), summary->isExact}});
        });
}

void showForecast(const CallPtr &call, Services &services)
{
    const QString periodMember = s(u"period");
    QueryReader query(call->request.head.query(), scopeNames() + QStringList{periodMember});
    const Result<Period> period =
        periodFromName(query.string(periodMember).value_or(periodName(Period::Monthly)));
    if (!period || *period == Period::Total)
        query.fault(periodMember, s(u"must be one of hourly, daily, weekly, monthly"));
    UsageScope scope = readScope(query);
    if (!query.status())
        return call->refuse(query.status().error());
    const PeriodSpan span = periodSpan(*period, services.control.now(), services.control.timeZone());
    services.mailbox.when(
        services.control.forecast(*period, std::move(scope)), [call, span](const Result<Forecast> &forecast) {
            if (!forecast)
                return call->refuse(forecast.error());
            const auto known = [&](Money amount) {
                return forecast->isKnown() ? QJsonValue(amount.toDecimal()) : QJsonValue();
            };
            constexpr const char16_t *bases[] = {u"notEnoughData", u"similarDays", u"allDays", u"hours"};
            call->ok({{s(u"periodStart"), instantText(span.start)},
                      {s(u"periodEnd"), instantText(span.end)},
                      {s(u"basis"), s(bases[size_t(forecast->basis)])},
                      {s(u"samples"), forecast->samples},
                      {s(u"spent"), forecast->spent.toDecimal()},
                      {s(u"low"), known(forecast->low)},
                      {s(u"likely"), known(forecast->likely)},
                      {s(u"high"), known(forecast->high)}});
        });
}

void showUnpriced(const CallPtr &call, Services &services)
{
    QueryReader query(call->request.head.query(), rangeNames());
    const TimeRange range = readRange(query, services);
    if (!query.status())
        return call->refuse(query.status().error());
    services.mailbox.when(
        services.control.unpricedModels(range), [call](const Result<UnpricedModels> &found) {
            if (!found)
                return call->refuse(found.error());
            QJsonArray models;
            for (const UnpricedModel &model : found->models)
                models.append(QJsonObject{{s(u"provider"), model.provider},
                                          {s(u"model"), model.model},
                                          {s(u"requests"), model.requests},
                                          {s(u"refused"), model.refused},
                                          {s(u"tokens"), model.tokens},
                                          {s(u"lastSeen"), instantText(model.lastSeen)}});
            call->ok(
                {{s(u"models"), models},
                 {s(u"searchedTo"), found->exhausted ? QJsonValue() : QJsonValue(instantText(found->next))}});
        });
}

void showWhatIf(const CallPtr &call, Services &services)
{
    // The scope's model is what was used, `under` is whose prices are tried on it.
    const QString underName = s(u"under");
    QueryReader query(call->request.head.query(), rangeNames() + scopeNames() + QStringList{underName});
    const TimeRange range = readRange(query, services);
    UsageScope scope = readScope(query);
    const QString under = query.string(underName).value_or(QString());
    if (under.isEmpty())
        query.fault(underName, s(u"is needed: the model whose prices are tried"));
    if (!query.status())
        return call->refuse(query.status().error());
    services.mailbox.when(
        services.control.whatIf(range, under, std::move(scope)), [call](const Result<WhatIf> &result) {
            if (!result && result.error().code == ErrorCode::NotPriced)
                return call->refuse(ErrorCode::NotFound, result.error().detail);
            if (!result)
                return call->refuse(result.error());
            QJsonArray lines;
            for (const ChargeLine &line : result->lines)
                lines.append(QJsonObject{
                    {s(u"class"), billingClassName(line.billingClass)},
                    {s(u"count"), line.count},
                    {s(u"rate"), line.rate ? QJsonValue(line.rateText) : QJsonValue()},
                    {s(u"fallback"), line.isFallback},
                    {s(u"amount"), line.amount ? QJsonValue(line.amount->toDecimal()) : QJsonValue()}});
            call->ok({{s(u"cost"), result->cost.toDecimal()},
                      {s(u"complete"), result->unpriced.isEmpty()},
                      {s(u"ignoresLongContext"), result->ignoresLongContext},
                      {s(u"lines"), lines}});
        });
}

// ---- the list
// ------------------------------------------------------------------------------------------------

constexpr std::pair<const char16_t *, RequestSort> sorts[] = {{u"time", RequestSort::Time},
                                                              {u"cost", RequestSort::Cost},
                                                              {u"tokens", RequestSort::Tokens},
                                                              {u"duration", RequestSort::Elapsed}};
constexpr std::pair<const char16_t *, bool> orders[] = {{u"desc", false}, {u"asc", true}};

/// Calls of the store for one answer of ours; each is bounded and lets others in between.
constexpr int mostCalls = 40;
constexpr int mostRankingCalls = 2'000;

QString cursorText(const RequestPage &page)
{
    const QString text = QString::fromLatin1(page.next->toText());
    return page.ranking == 0 ? text : QString::number(page.ranking) + u'~' + text;
}

bool readCursor(const QString &text, RequestQuery &query)
{
    const qsizetype tilde = text.indexOf(u'~');
    bool good = true;
    if (tilde >= 0)
        query.ranking = text.left(tilde).toULongLong(&good);
    query.after = RequestCursor::fromText(text.mid(tilde + 1).toLatin1());
    return good && query.after;
}

/// The parameters that existed before the filter language, as terms of it.
QStringList termTexts(QueryReader &query)
{
    QStringList texts;
    for (const QString &name : {s(u"team"), s(u"model"), s(u"outcome")})
        if (const auto value = query.string(name))
            texts.append(filterTermText(name, u":", *value));
    if (const auto text = query.string(s(u"key"))) {
        const std::optional<KeyId> id = view::keyIdFromText(*text);
        if (!id)
            query.fault(s(u"key"), s(u"must be an id such as key_3"));
        else
            texts.append(s(u"key:") + view::keyId(*id));
    }
    if (const auto text = query.string(s(u"status"))) {
        const bool isClass = text->size() == 1;
        texts.append(filterTermText(u"status", u":", isClass ? *text + s(u"xx") : *text));
    }
    if (const auto text = query.string(s(u"minCost")))
        texts.append(filterTermText(u"cost", u">=", *text));
    return texts;
}

struct Listing
{
    RequestQuery query;
    int limit = 0;
    int calls = 0;
    QList<ExchangeRow> rows;
};

void continueList(const CallPtr &call, Services &services, const std::shared_ptr<Listing> &list)
{
    list->query.limit = list->limit - int(list->rows.size());
    services.mailbox.when(
        services.control.requestPage(list->query), [call, &services, list](const Result<RequestPage> &page) {
            if (!page)
                return call->refuse(page.error());
            list->rows += page->rows;
            ++list->calls;
            list->query.ranking = page->ranking;
            const bool isRanking = page->ranking != 0 && !page->total;
            if (isRanking ? list->calls < mostRankingCalls
                          : !page->exhausted && list->rows.size() < list->limit && list->calls < mostCalls) {
                if (!isRanking)
                    list->query.after = page->next;
                return continueList(call, services, list);
            }
            if (isRanking)
                return call->refuse(ErrorCode::Unavailable,
                                    s(u"sorting takes too long; narrow the filter, or sort by time"));
            QJsonArray rows;
            for (const ExchangeRow &row : list->rows)
                rows.append(view::request(
                    row, row.open.series ? services.control.keyName(row.open.series->key) : QString()));
            call->ok({{s(u"requests"), rows},
                      {s(u"nextCursor"), page->next ? QJsonValue(cursorText(*page)) : QJsonValue()}});
        });
}

void listRequests(const CallPtr &call, Services &services)
{
    const QString filterName = s(u"filter"), sortName = s(u"sort"), orderName = s(u"order"),
                  cursorName = s(u"cursor"), limitName = s(u"limit");
    QueryReader query(call->request.head.query(),
                      rangeNames()
                          + QStringList{s(u"key"), s(u"team"), s(u"model"), s(u"status"), s(u"outcome"),
                                        s(u"minCost"), filterName, sortName, orderName, cursorName,
                                        limitName});
    auto list = std::make_shared<Listing>();
    const QTimeZone zone = services.control.timeZone();
    const auto addTerms = [&](const QString &name, const QString &text) {
        const auto terms = readRequestTerms(text, services.control.now(), zone);
        if (terms)
            list->query.terms += *terms;
        else
            query.fault(name, terms.error().detail);
    };
    if (const auto text = query.string(filterName))
        addTerms(filterName, *text);
    for (const QString &text : termTexts(query))
        addTerms(text.left(text.indexOf(u':')), text);
    const std::optional<Instant> from = query.moment(s(u"from"), zone), to = query.moment(s(u"to"), zone);
    if (from || to) {
        FilterTerm time;
        time.field = FilterField::Time;
        time.spans = {
            {from ? toMicros(*from) : 0, to ? toMicros(*to) - 1 : std::numeric_limits<qint64>::max()}};
        list->query.terms += time;
    }
    list->query.sort = readChoice(query, sortName, sorts, RequestSort::Time);
    list->query.ascending = readChoice(query, orderName, orders, false);
    if (const auto text = query.string(cursorName))
        if (!readCursor(*text, list->query))
            query.fault(cursorName, s(u"must be the nextCursor of the page before"));
    list->limit = query.integer(limitName, 1, 500).value_or(50);
    if (!query.status())
        return call->refuse(query.status().error());
    continueList(call, services, list);
}

} // namespace

void addReportRoutes(Router &router, Services &services)
{
    using Handler = void (*)(const CallPtr &, Services &);
    const auto add = [&](const char16_t *path, Handler handler) {
        router.add("GET", s(path), Access::Admin,
                   [&services, handler](const CallPtr &call) { handler(call, services); });
    };
    add(u"/api/requests", listRequests);
    add(u"/api/usage/series", showSeries);
    add(u"/api/usage/latency", showLatency);
    add(u"/api/usage/forecast", showForecast);
    add(u"/api/usage/unpriced", showUnpriced);
    add(u"/api/usage/whatif", showWhatIf);
}

} // namespace lbp
