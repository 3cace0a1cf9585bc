// Held requests, simulations and the details of an exchange, as the API shows them.
#include "admin/jsonbody.h"
#include "admin/views.h"

namespace lbp::view {

namespace {

QJsonValue moneyOrNull(const std::optional<Money> &value)
{
    return value ? QJsonValue(value->toDecimal()) : QJsonValue();
}

QJsonValue text(const QString &value)
{
    return value.isEmpty() ? QJsonValue() : QJsonValue(value);
}

QJsonValue message(const std::optional<MessageDetails> &details)
{
    if (!details)
        return {};
    QJsonArray fields;
    for (const auto &[name, value] : details->fields)
        fields.append(QJsonObject{{QStringLiteral("name"), QString::fromUtf8(name)},
                                  {QStringLiteral("value"), QString::fromUtf8(value)}});
    return QJsonObject{
        {QStringLiteral("startLine"), QString::fromUtf8(details->startLine)},
        {QStringLiteral("fields"), fields},
        {QStringLiteral("body"),
         details->body ? QJsonValue(QString::fromUtf8(*details->body)) : QJsonValue()},
        {QStringLiteral("bodyBytes"), details->bodyBytes},
        {QStringLiteral("bodyTruncated"), details->bodyTruncated},
    };
}

} // namespace

QJsonObject held(const HeldRequest &held)
{
    return {
        {QStringLiteral("id"), QString::fromLatin1(held.id.toText())},
        {QStringLiteral("key"), keyId(held.key)},
        {QStringLiteral("keyName"), held.keyName},
        {QStringLiteral("model"), held.model},
        {QStringLiteral("stream"), held.stream},
        {QStringLiteral("needed"), held.needed.toDecimal()},
        {QStringLiteral("shortfall"), held.shortfall.toDecimal()},
        {QStringLiteral("budget"), budget(held.refusing)},
        {QStringLiteral("since"), instantText(held.since)},
        {QStringLiteral("deadline"), instantText(held.deadline)},
    };
}

QJsonValue story(const StoryPtr &story)
{
    if (!story)
        return {};
    QJsonObject json{
        {QStringLiteral("budgets"), budgets(story->budgets)},
        {QStringLiteral("downgrade"), QJsonValue()},
        {QStringLiteral("ceilingBeforeClamp"),
         story->ceilingBeforeClamp ? QJsonValue(*story->ceilingBeforeClamp) : QJsonValue()},
        {QStringLiteral("allowedOver"), story->allowedOver.toDecimal()},
        {QStringLiteral("heldUs"), qint64(story->held.count())},
    };
    if (story->downgrade)
        json[QStringLiteral("downgrade")] =
            QJsonObject{{QStringLiteral("requestedModel"), story->downgrade->from},
                        {QStringLiteral("model"), story->downgrade->to},
                        {QStringLiteral("percent"), story->downgrade->percent},
                        {QStringLiteral("budget"), budget(story->downgrade->because)}};
    return json;
}

QJsonObject details(const ExchangeDetails &details)
{
    return {
        {QStringLiteral("id"), QString::fromLatin1(details.id.toText())},
        {QStringLiteral("request"), message(details.request)},
        {QStringLiteral("response"), message(details.response)},
        {QStringLiteral("story"), story(details.story)},
    };
}

QJsonObject simulation(const Simulation &simulation)
{
    QJsonArray steps;
    for (const SimulationStep &step : simulation.steps) {
        QJsonObject json{
            {QStringLiteral("stage"), simulationStageName(step.stage)},
            {QStringLiteral("verdict"), simulationVerdictName(step.verdict)},
            {QStringLiteral("text"), step.text},
            {QStringLiteral("code"), text(step.code)},
        };
        switch (step.stage) {
        case SimulationStage::Key:
        case SimulationStage::Pause:
            json.insert(QStringLiteral("until"),
                        step.until ? QJsonValue(instantText(*step.until)) : QJsonValue());
            break;
        case SimulationStage::Model:
            json.insert(QStringLiteral("allowedModels"), QJsonArray::fromStringList(step.allowedModels));
            break;
        case SimulationStage::Provider:
            json.insert(QStringLiteral("provider"), text(step.provider));
            break;
        case SimulationStage::RateLimits:
            json.insert(QStringLiteral("rpm"), step.limits.rpm);
            json.insert(QStringLiteral("usedRequests"), step.usedRequests);
            json.insert(QStringLiteral("tpm"), step.limits.tpm);
            json.insert(QStringLiteral("usedTokens"), step.usedTokens);
            json.insert(QStringLiteral("parallel"), step.limits.parallel);
            json.insert(QStringLiteral("running"), step.running);
            json.insert(QStringLiteral("estimatedTokens"), step.estimatedTokens);
            break;
        case SimulationStage::Downgrade:
            json.insert(QStringLiteral("requestedModel"), step.fromModel);
            json.insert(QStringLiteral("model"), step.toModel.isEmpty() ? step.fromModel : step.toModel);
            json.insert(QStringLiteral("percent"), step.percent);
            break;
        case SimulationStage::Price:
            json.insert(QStringLiteral("inputPerMillion"), moneyOrNull(step.inputPerMillion));
            json.insert(QStringLiteral("outputPerMillion"), moneyOrNull(step.outputPerMillion));
            json.insert(QStringLiteral("source"), step.priceSource);
            break;
        case SimulationStage::Admission:
            json.insert(QStringLiteral("ceilingAsked"), step.ceilingAsked);
            json.insert(QStringLiteral("ceiling"), step.ceiling);
            json.insert(QStringLiteral("reserve"), step.reserve.toDecimal());
            [[fallthrough]];
        case SimulationStage::Budget:
            json.insert(QStringLiteral("needed"), step.needed.toDecimal());
            json.insert(QStringLiteral("budget"),
                        step.budget ? QJsonValue(budget(*step.budget)) : QJsonValue());
            break;
        }
        steps.append(json);
    }
    return {
        {QStringLiteral("wouldRun"), !simulation.refusal},
        {QStringLiteral("wouldHold"), simulation.wouldHold},
        {QStringLiteral("status"), simulation.status},
        {QStringLiteral("model"), simulation.model},
        {QStringLiteral("provider"), text(simulation.provider)},
        {QStringLiteral("ceiling"), simulation.ceiling},
        {QStringLiteral("clamped"), simulation.clamped},
        {QStringLiteral("reserve"), simulation.reserve.toDecimal()},
        {QStringLiteral("steps"), steps},
    };
}

} // namespace lbp::view
