#pragma once

#include "control/control.h"
#include "core/event.h"

#include <QJsonArray>
#include <QJsonObject>

namespace lbp::view {

// Values as the API shows them: camelCase, money as decimal strings, times as RFC 3339, ids with their
// prefix.

[[nodiscard]] QString keyId(KeyId id);
[[nodiscard]] std::optional<KeyId> keyIdFromText(QStringView text); ///< "key_3" or "3"
[[nodiscard]] QJsonObject key(const KeyRecord &key);
[[nodiscard]] QJsonObject budget(const Budget &budget);
[[nodiscard]] QJsonObject budget(const BudgetStatus &status);
[[nodiscard]] QJsonArray budgets(const QList<BudgetStatus> &statuses);
[[nodiscard]] QJsonObject raise(const BudgetRaise &raise);
[[nodiscard]] QJsonObject usage(const Usage &usage);
[[nodiscard]] QJsonObject usageSum(const UsageSum &sum, GroupBy groupBy);
/// USD per million tokens or characters, per call, per hour of sound, per image.
[[nodiscard]] QJsonObject rates(const Rates &rates);
[[nodiscard]] QJsonObject price(const ModelPrice &price);
[[nodiscard]] QJsonObject openRequest(const OpenRow &row, const QString &keyName);
[[nodiscard]] QJsonObject request(const ExchangeRow &row, const QString &keyName);
[[nodiscard]] QJsonObject held(const HeldRequest &held);
[[nodiscard]] QJsonValue story(const StoryPtr &story); ///< null when it is not kept
[[nodiscard]] QJsonObject details(const ExchangeDetails &details);
[[nodiscard]] QJsonObject simulation(const Simulation &simulation);
[[nodiscard]] QJsonObject alert(const AlertRecord &record);
/// The type of an event and its data.
[[nodiscard]] std::pair<QByteArray, QJsonObject> event(const Event &event,
                                                       const std::function<QString(KeyId)> &keyName);

} // namespace lbp::view
