#include "proxy/attempts.h"

#include <algorithm>
#include <QDateTime>
#include <QLocale>

namespace lbp {

namespace {

/// A whole number of seconds or milliseconds; nullopt for anything else.
std::optional<qint64> count(QByteArrayView text)
{
    bool isNumber = false;
    const qint64 number = text.trimmed().toLongLong(&isNumber);
    return isNumber && number >= 0 ? std::optional(number) : std::nullopt;
}

/// "Sun, 06 Nov 1994 08:49:37 GMT".
std::optional<Instant> httpDate(QByteArrayView text)
{
    const QString date = QString::fromLatin1(text.trimmed());
    if (!date.endsWith(u" GMT"))
        return std::nullopt;
    QDateTime read = QLocale::c().toDateTime(date.chopped(4), QStringLiteral("ddd, dd MMM yyyy HH:mm:ss"));
    if (!read.isValid())
        return std::nullopt;
    read.setTimeSpec(Qt::UTC);
    return fromMicros(read.toMSecsSinceEpoch() * 1000);
}

constexpr qint64 mostSeconds = 366 * 86'400; ///< no provider means more, and sums must not overflow

const ProviderConfig *named(const Config &config, QStringView name)
{
    for (const ProviderConfig &provider : config.providers) {
        if (provider.name == name)
            return &provider;
    }
    return nullptr;
}

} // namespace

AttemptEnd attemptEndOf(int status)
{
    if (status == 429)
        return AttemptEnd::RateLimited;
    return status >= 500 ? AttemptEnd::Failed : AttemptEnd::Final;
}

RetryAdvice retryAdvice(const HeaderList &headers, Instant now)
{
    RetryAdvice advice;
    advice.forbidden = equalsIgnoringCase(headers.value("x-should-retry"), "false");
    const QByteArray after = headers.value("retry-after");
    if (const auto ms = count(headers.value("retry-after-ms")))
        advice.after = std::chrono::milliseconds(std::min(*ms, mostSeconds * 1000));
    else if (const auto seconds = count(after))
        advice.after = std::chrono::seconds(std::min(*seconds, mostSeconds));
    else if (const auto date = httpDate(after))
        advice.after = std::clamp<Duration>(*date - now, Duration::zero(), std::chrono::seconds(mostSeconds));
    return advice;
}

Duration backoff(int n, Duration first, Duration most, quint32 random)
{
    Duration wait = first;
    for (int i = 1; i < n && wait < most; ++i)
        wait *= 2;
    wait = std::min(wait, most);
    const qint64 half = wait.count() / 2;
    return wait - Duration(half == 0 ? 0 : qint64(random) % (half + 1));
}

QList<Route> fallbacksFor(const Config &config, const KeyEntry &key, const RouteQuestion &question,
                          const Route &present)
{
    QList<Route> others;
    for (const FallbackRule &rule : config.fallbacks) {
        if (!globMatches(rule.models, present.model))
            continue;
        for (const QString &place : rule.to) {
            const qsizetype slash = place.indexOf(u'/');
            Route other;
            other.provider = named(config, slash < 0 ? QStringView(place) : QStringView(place).first(slash));
            other.model = slash < 0 ? present.model : place.mid(slash + 1);
            const bool isPresent = other.provider == present.provider && other.model == present.model;
            if (!other.provider || isPresent || !other.provider->speaks(kindOf(question.api))
                || (question.isDeployment && !other.provider->quirks.hasDeployments)
                || !key.allowsModel(other.model))
                continue;
            // The client's own credential is for one host alone.
            if (other.provider->api(kindOf(question.api)).auth == AuthStyle::Client)
                continue;
            others.append(other);
        }
        break; // the first rule that fits holds
    }
    return others;
}

} // namespace lbp
