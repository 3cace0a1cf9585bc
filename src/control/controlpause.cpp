// The pause of everything, with or without an end.
#include "control/control.h"

#include <QLoggingCategory>

namespace lbp {

namespace {
Q_LOGGING_CATEGORY(lcPause, "lbp.control")
/// A timer counts in int milliseconds; a longer pause is waited for in pieces.
constexpr auto longestWait = std::chrono::hours(24 * 20);
} // namespace

Instant Control::tomorrow() const
{
    return periodSpan(Period::Daily, m_clock.now(), timeZone()).end;
}

QFuture<Status> Control::pause(std::optional<Instant> until)
{
    return changePause({true, until}, false);
}

QFuture<Status> Control::resume()
{
    return changePause({false, {}}, false);
}

QFuture<Status> Control::changePause(PauseState wanted, bool byItself)
{
    const auto promise = std::make_shared<QPromise<Status>>();
    promise->start();
    const auto finish = [promise](const Status &status) {
        promise->addResult(status);
        promise->finish();
    };
    if (wanted.until && *wanted.until <= m_clock.now()) {
        finish(fail(ErrorCode::InvalidRequest,
                    QStringLiteral("the end of the pause is not in the future; name a later time")));
        return promise->future();
    }
    enqueue([this, wanted, byItself, finish](const Turn &turn) {
        // Somebody paused anew after the time of the old pause was over.
        if (byItself && m_pause.holdsAt(m_clock.now()))
            return finish({});
        // Pausing must hold even where the disk does not; resuming only once it is remembered.
        if (wanted.paused && m_plane)
            m_plane->setPaused(true, wanted.until);
        m_mailbox.when(m_store.putSetting(QString::fromUtf16(pausedSetting), wanted.toText()),
                       [this, wanted, byItself, finish, turn](const Status &written) {
                           // A pause that is over is over, also for who cannot write it down.
                           if (written || wanted.paused || byItself) {
                               m_pause = wanted;
                               if (m_plane)
                                   m_plane->setPaused(wanted.paused, wanted.until);
                               publish(event::PauseChanged{wanted.paused, wanted.until, byItself});
                               armPauseEnd();
                           }
                           finish(written);
                       });
    });
    return promise->future();
}

/// Waits for the end of the pause, or ends it. The data path looks at the clock itself, so that nothing hangs
/// on this timer but that everybody is told; it may also wake early, when the clock was set.
void Control::armPauseEnd()
{
    m_pauseEnd.stop();
    if (!m_pause.paused || !m_pause.until)
        return;
    const Duration left = *m_pause.until - m_clock.now();
    if (left > Duration::zero()) {
        m_pauseEnd.start(std::chrono::ceil<std::chrono::milliseconds>(std::min<Duration>(left, longestWait)));
        return;
    }
    m_mailbox.when(changePause({false, {}}, true), [](const Status &written) {
        if (!written)
            qCWarning(lcPause, "the end of the pause could not be remembered: %ls",
                      qUtf16Printable(written.error().detail));
    });
}

} // namespace lbp
