#include "proxy/breaker.h"

#include <algorithm>

namespace lbp {

BreakerState Breaker::state(Duration now) const
{
    if (!m_openUntil)
        return BreakerState::Closed;
    return now < *m_openUntil ? BreakerState::Open : BreakerState::HalfOpen;
}

bool Breaker::admits(Duration now) const
{
    switch (state(now)) {
    case BreakerState::Closed:
        return true;
    case BreakerState::Open:
        return false;
    case BreakerState::HalfOpen:
        return !m_probing;
    }
    return true;
}

Duration Breaker::retryIn(Duration now) const
{
    return m_openUntil ? std::max(Duration::zero(), *m_openUntil - now) : Duration::zero();
}

void Breaker::began(Duration now)
{
    if (state(now) == BreakerState::HalfOpen)
        m_probing = true;
}

bool Breaker::succeeded()
{
    const bool wasOpen = m_openUntil.has_value();
    *this = {};
    return wasOpen;
}

bool Breaker::failed(const Options &options, Duration now, std::optional<Duration> retryAfter)
{
    const BreakerState before = state(now);
    m_probing = false;
    if (m_failures == 0 || now - m_firstFailure > options.window) {
        if (before == BreakerState::Closed)
            m_failures = 0; // those before are too long ago
        m_firstFailure = now;
    }
    ++m_failures;
    if (before == BreakerState::Open) // sent before it opened
        return false;
    if (options.failures <= 0 || (before == BreakerState::Closed && m_failures < options.failures))
        return false;
    Duration rest = options.openFor;
    for (int i = 0; i < m_timesOpened && rest < options.openAtMost; ++i)
        rest *= 2;
    rest = std::min(std::max(rest, retryAfter.value_or(Duration::zero())), options.openAtMost);
    ++m_timesOpened;
    m_openUntil = now + rest;
    return before == BreakerState::Closed;
}

void Breakers::keepOnly(const QStringList &providers)
{
    m_known.removeIf(
        [&](const std::pair<const QString &, Breaker &> entry) { return !providers.contains(entry.first); });
}

bool Breakers::admits(const QString &provider, Duration now) const
{
    const auto it = m_known.constFind(provider);
    return it == m_known.cend() || it->admits(now);
}

void Breakers::began(const QString &provider, Duration now)
{
    if (m_known.isEmpty())
        return;
    if (const auto it = m_known.find(provider); it != m_known.end())
        it->began(now);
}

bool Breakers::succeeded(const QString &provider)
{
    if (m_known.isEmpty())
        return false;
    const auto it = m_known.find(provider);
    if (it == m_known.end())
        return false;
    const bool closed = it->succeeded();
    m_known.erase(it);
    return closed;
}

bool Breakers::failed(const QString &provider, Duration now, std::optional<Duration> retryAfter)
{
    return m_known[provider].failed(m_options, now, retryAfter);
}

void Breakers::abandoned(const QString &provider)
{
    if (const auto it = m_known.find(provider); it != m_known.end())
        it->abandoned();
}

QStringList Breakers::open(Duration now) const
{
    QStringList names;
    for (auto it = m_known.cbegin(); it != m_known.cend(); ++it) {
        if (it->state(now) != BreakerState::Closed)
            names.append(it.key());
    }
    names.sort();
    return names;
}

} // namespace lbp
