#pragma once

#include "config/config.h"
#include "core/event.h"

#include <functional>
#include <optional>
#include <QByteArray>
#include <QJsonObject>
#include <QMap>

namespace lbp {

/// What people are told about an event: never a secret and never prompt text.
struct Alert
{
    QString event; ///< "budgetWarning", …
    QString subject; ///< what it is debounced by, see alertFor()
    QString text; ///< one line for people
    Instant at;
    QJsonObject payload; ///< the generic webhook body; money as decimal strings, times as RFC 3339
};

/// The names that alerts.events may hold.
[[nodiscard]] QStringList alertEventNames();

/// The identity of an alert without any text, cheap enough to be compared a million times a minute.
struct AlertIdentity
{
    int event = -1; ///< index in alertEventNames(); -1: not an event that alerts
    KeyId key = 0;
    Scope scope;
    Period period = Period::Total;
    int percent = 0;
    qint64 periodStart = 0; ///< microseconds
    bool oncePerPeriod = false; ///< else it repeats after the debounce time
    QString name; ///< model or provider
    bool operator==(const AlertIdentity &) const = default;
};
size_t qHash(const AlertIdentity &identity, size_t seed = 0);
[[nodiscard]] AlertIdentity identityOf(const EventBody &body);

/// The alert for \a event. \pre identityOf(event.body).event >= 0
/// Subjects: a warning is named by budget, threshold and period start, so that it is told once in each
/// period; an exceeded budget by budget and key; a downgrade by key and models; a paused key by key; an
/// upstream by provider; an unpriced model by model. \param keyName the name of a key for people.
[[nodiscard]] Alert alertFor(const Event &event, const std::function<QString(KeyId)> &keyName);

/// Whether an alert says that work has stopped: its webhook does not wait for the end of quiet hours.
[[nodiscard]] bool isUrgent(const QString &event);
/// What was held back in quiet hours, as one alert "quietSummary". \a events: names and how often.
[[nodiscard]] Alert quietSummary(const QMap<QString, int> &events, const QString &lastText, Instant now);

/// The alert that a person asks for to try the webhook.
[[nodiscard]] Alert testAlert(Instant now);

/// {"text": …}, with the characters that Slack treats as markup escaped.
[[nodiscard]] QByteArray slackBody(const Alert &alert);

} // namespace lbp
