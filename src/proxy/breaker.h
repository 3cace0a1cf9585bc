#pragma once

#include "core/providerhealth.h"

#include <optional>
#include <QHash>
#include <QString>
#include <QStringList>

namespace lbp {

/// The breaker of one provider. It opens when it fails `failures` times in a row within `window`, for
/// `openFor`, twice as long after each try that fails again, never longer than `openAtMost`. A provider that
/// says for how long it wants to be left alone (Retry-After) is believed, up to `openAtMost`. Pure: it has no
/// clock.
class Breaker
{
public:
    struct Options
    {
        int failures = 5; ///< 0: it never opens
        Duration window = std::chrono::seconds(60);
        Duration openFor = std::chrono::seconds(10);
        Duration openAtMost = std::chrono::minutes(5);
        bool operator==(const Options &) const = default;
    };

    [[nodiscard]] BreakerState state(Duration now) const;
    [[nodiscard]] bool admits(Duration now) const; ///< a request may be sent
    [[nodiscard]] int failuresInARow() const { return m_failures; }
    [[nodiscard]] Duration retryIn(Duration now) const; ///< until the next try; zero unless it is open
    void began(Duration now); ///< a request was sent
    /// \return true when it was open or half open and is closed now.
    bool succeeded();
    /// \return true when it is open now and was not before.
    bool failed(const Options &options, Duration now, std::optional<Duration> retryAfter);
    void abandoned() { m_probing = false; } ///< a request ended without telling anything

private:
    int m_failures = 0; ///< in a row
    Duration m_firstFailure{};
    int m_timesOpened = 0; ///< without a success in between
    std::optional<Duration> m_openUntil; ///< absent: closed
    bool m_probing = false;
};

/// Those of all providers, by name. While nothing fails it is empty and costs nothing.
class Breakers
{
public:
    void setOptions(const Breaker::Options &options) { m_options = options; }
    void keepOnly(const QStringList &providers); ///< forgets the others
    [[nodiscard]] bool isQuiet() const { return m_known.isEmpty(); }
    [[nodiscard]] bool admits(const QString &provider, Duration now) const;
    /// As it is; a closed one without failures when it is not known.
    [[nodiscard]] Breaker of(const QString &provider) const { return m_known.value(provider); }
    void began(const QString &provider, Duration now);
    bool succeeded(const QString &provider); ///< as Breaker::succeeded()
    bool failed(const QString &provider, Duration now, std::optional<Duration> retryAfter = {});
    void abandoned(const QString &provider);
    [[nodiscard]] QStringList open(Duration now) const; ///< that admit nothing or only try

private:
    Breaker::Options m_options;
    QHash<QString, Breaker> m_known; ///< those that failed last
};

} // namespace lbp
