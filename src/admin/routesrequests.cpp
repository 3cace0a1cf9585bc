#include "admin/routes.h"
#include "admin/views.h"

namespace lbp {

namespace {

Error noSuchRequest()
{
    return {
        ErrorCode::NotFound,
        QStringLiteral("there is no such request; ids look like \"req_…\" and stand in X-LBP-Request-Id")};
}

constexpr std::pair<const char16_t *, GroupBy> groupings[] = {
    {u"key", GroupBy::Key},         {u"team", GroupBy::Team}, {u"model", GroupBy::Model},
    {u"project", GroupBy::Project}, {u"day", GroupBy::Day},   {u"hour", GroupBy::Hour},
    {u"total", GroupBy::Total},
};

void showUsage(const CallPtr &call, Services &services)
{
    const QString fromName = QStringLiteral("from"), toName = QStringLiteral("to"),
                  byName = QStringLiteral("groupBy"), limitName = QStringLiteral("limit");
    QueryReader query(call->request.head.query(), {fromName, toName, byName, limitName});
    const QTimeZone zone = services.control.timeZone();
    const Instant now = services.control.now();
    const Instant from = query.moment(fromName, zone).value_or(periodSpan(Period::Monthly, now, zone).start);
    const Instant to = query.moment(toName, zone).value_or(now + std::chrono::microseconds(1));
    const QString by = query.string(byName).value_or(QStringLiteral("key"));
    std::optional<GroupBy> groupBy;
    QStringList known;
    for (const auto &[name, value] : groupings) {
        known.append(QString::fromUtf16(name));
        if (by == known.last())
            groupBy = value;
    }
    const int limit = query.integer(limitName, 1, 100'000).value_or(100'000);
    if (!groupBy)
        query.fault(byName, QStringLiteral("must be one of ") + known.join(u", "));
    if (from >= to)
        query.fault(toName, QStringLiteral("must be later than from"));
    if (!query.status())
        return call->refuse(query.status().error());

    services.mailbox.when(services.control.usage(from, to, *groupBy),
                          [call, from, to, by, groupBy, limit](const Result<QList<UsageSum>> &sums) {
                              if (!sums)
                                  return call->refuse(sums.error());
                              QJsonArray groups;
                              UsageSum total;
                              total.group = total.label = QStringLiteral("total");
                              for (const UsageSum &sum : *sums) {
                                  if (groups.size() < limit)
                                      groups.append(view::usageSum(sum, *groupBy));
                                  total.requests += sum.requests;
                                  for (size_t i = 0; i < total.usage.counts.size(); ++i)
                                      total.usage.counts[i] += sum.usage.counts[i];
                                  total.cost = total.cost.plusSaturated(sum.cost);
                                  total.saved = total.saved.plusSaturated(sum.saved);
                                  total.unpriced += sum.unpriced;
                                  total.estimated += sum.estimated;
                                  total.errors += sum.errors;
                                  total.cacheHits += sum.cacheHits;
                              }
                              call->ok({{QStringLiteral("from"), instantText(from)},
                                        {QStringLiteral("to"), instantText(to)},
                                        {QStringLiteral("groupBy"), by},
                                        {QStringLiteral("groups"), groups},
                                        {QStringLiteral("total"), view::usageSum(total, GroupBy::Total)}});
                          });
}

void showRequest(const CallPtr &call, Services &services, RequestId id)
{
    services.mailbox.when(services.control.request(id), [call, &services](const Result<ExchangeRow> &row) {
        if (!row)
            return call->refuse(row.error().code == ErrorCode::NotFound ? noSuchRequest() : row.error());
        const KeyId owner = row->open.series ? row->open.series->key : 0;
        // A key learns nothing about the requests of others, not even that they exist.
        if (!call->isAdmin && (!call->key || call->key->id != owner))
            return call->refuse(noSuchRequest());
        const QString name = services.control.keyName(owner);
        services.mailbox.when(
            services.control.attemptsOf(row->open.id),
            [call, name, shown = view::request(*row, name)](const Result<QList<ExchangeRow>> &rows) {
                if (!rows)
                    return call->refuse(rows.error());
                QJsonArray attempts;
                for (const ExchangeRow &attempt : *rows)
                    attempts.append(view::request(attempt, name));
                QJsonObject json = shown;
                json.insert(QStringLiteral("attempts"), attempts);
                call->ok(json);
            });
    });
}

void showDetails(const CallPtr &call, Services &services, RequestId id)
{
    services.mailbox.when(services.control.details(id), [call](const Result<ExchangeDetails> &details) {
        if (!details)
            return call->refuse(details.error().code == ErrorCode::NotFound ? noSuchRequest()
                                                                            : details.error());
        call->ok(view::details(*details));
    });
}

void correctRequest(const CallPtr &call, Services &services, RequestId id)
{
    const QString member = QStringLiteral("cost");
    JsonBody body(call->request.body, {member});
    const std::optional<Money> cost = body.money(member);
    if (!cost)
        body.fault(member, QStringLiteral("is needed: the true amount in USD such as \"0.25\""));
    if (!body.status())
        return call->refuse(body.status().error());
    services.mailbox.when(
        services.control.correctCost(id, *cost), [call, &services](const Result<ExchangeRow> &row) {
            if (!row)
                return call->refuse(row.error().code == ErrorCode::NotFound ? noSuchRequest() : row.error());
            call->ok(view::request(
                *row, row->open.series ? services.control.keyName(row->open.series->key) : QString()));
        });
}

void stopRequest(const CallPtr &call, Services &services, RequestId id)
{
    services.mailbox.when(services.control.stopRequest(id), [call, id](const Status &stopped) {
        if (!stopped)
            return call->refuse(stopped.error().code == ErrorCode::NotFound ? noSuchRequest()
                                                                            : stopped.error());
        call->ok(
            {{QStringLiteral("id"), QString::fromLatin1(id.toText())}, {QStringLiteral("stopping"), true}},
            202);
    });
}

} // namespace

void addRequestRoutes(Router &router, Services &services)
{
    using Handler = void (*)(const CallPtr &, Services &, RequestId);
    const auto withRequest = [&services](Handler handler) {
        return [&services, handler](const CallPtr &call) {
            const std::optional<RequestId> id = RequestId::fromText(call->args.value(0).toUtf8());
            id ? handler(call, services, *id) : call->refuse(noSuchRequest());
        };
    };
    const QString one = QStringLiteral("/api/requests/{id}");
    router.add("GET", QStringLiteral("/api/usage"), Access::Admin,
               [&services](const CallPtr &call) { showUsage(call, services); });
    router.add("GET", one, Access::KeyOrAdmin, withRequest(showRequest));
    router.add("GET", one + QStringLiteral("/details"), Access::Admin, withRequest(showDetails));
    router.add("PATCH", one, Access::Admin, withRequest(correctRequest));
    router.add("DELETE", one, Access::Admin, withRequest(stopRequest));
}

} // namespace lbp
