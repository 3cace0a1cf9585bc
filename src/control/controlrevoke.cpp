// Revoking with a way back.
#include "control/control.h"
#include "control/keychecks.h"

#include <QLoggingCategory>

namespace lbp {

namespace {
Q_LOGGING_CATEGORY(lcRevoke, "lbp.control")
constexpr auto longestUndo = std::chrono::minutes(10);
} // namespace

bool isBeingRevoked(const KeyRecord &key)
{
    return key.status == KeyStatus::Paused && key.pausedReason == revokingReason;
}

KeyRecord Control::forPlane(KeyRecord key)
{
    if (isBeingRevoked(key)) {
        key.status = KeyStatus::Revoked;
        key.pausedReason.clear();
    }
    return key;
}

QFuture<Result<KeyRecord>> Control::revokeKeySoon(KeyId id, Duration undoFor)
{
    const auto promise = std::make_shared<QPromise<Result<KeyRecord>>>();
    promise->start();
    const auto before = std::make_shared<std::optional<KeyRecord>>();
    const auto change = [before, undoFor](KeyRecord &key) -> Status {
        if (undoFor <= Duration::zero() || undoFor > longestUndo)
            return fail(ErrorCode::InvalidRequest,
                        QStringLiteral("the time to undo must be above 0 and at most 10 minutes"));
        if (key.status == KeyStatus::Revoked || isBeingRevoked(key))
            return {};
        *before = key;
        key.status = KeyStatus::Paused;
        key.pausedReason = QString::fromUtf16(revokingReason);
        return {};
    };
    m_mailbox.when(changeKey(id, change), [this, before, undoFor, promise](const Result<KeyRecord> &key) {
        if (key && *before) {
            m_revoking.insert(key->id, {m_clock.now() + undoFor, **before});
            armRevokeEnd();
        }
        promise->addResult(key);
        promise->finish();
    });
    return promise->future();
}

QFuture<Result<KeyRecord>> Control::undoRevoke(KeyId id)
{
    return changeKey(id, [this, id](KeyRecord &key) -> Status {
        const auto found = m_revoking.constFind(id);
        if (key.status == KeyStatus::Revoked || (isBeingRevoked(key) && found == m_revoking.cend()))
            return fail(ErrorCode::Conflict, QStringLiteral("the key is revoked for good; create a new one"));
        if (found == m_revoking.cend())
            return fail(ErrorCode::Conflict, QStringLiteral("the key is not being revoked"));
        if (found->until <= m_clock.now())
            return fail(ErrorCode::Conflict,
                        QStringLiteral("the time to undo is over: the key is revoked; create a new one"));
        key.status = found->before.status;
        key.pausedReason = found->before.pausedReason;
        m_revoking.erase(found);
        return {};
    });
}

std::optional<Instant> Control::undoUntil(KeyId id) const
{
    const auto found = m_revoking.constFind(id);
    return found == m_revoking.cend() ? std::nullopt : std::optional(found->until);
}

QFuture<Result<KeyRecord>> Control::revokeForGood(KeyId id)
{
    const auto promise = std::make_shared<QPromise<Result<KeyRecord>>>();
    promise->start();
    m_mailbox.when(revokeKey(id), [this, id, promise](const Result<KeyRecord> &key) {
        if (key)
            m_revoking.remove(id);
        else
            qCWarning(lcRevoke, "the end of a key could not be remembered: %ls",
                      qUtf16Printable(key.error().detail)); // the next start makes up for it
        promise->addResult(key);
        promise->finish();
    });
    return promise->future();
}

void Control::armRevokeEnd()
{
    m_revokeEnd.stop();
    const Instant now = m_clock.now();
    std::optional<Instant> next;
    QList<KeyId> due;
    for (auto it = m_revoking.cbegin(); it != m_revoking.cend(); ++it) {
        if (it->until <= now)
            due.append(it.key());
        else if (!next || it->until < *next)
            next = it->until;
    }
    for (const KeyId id : due)
        m_mailbox.when(revokeForGood(id), [](const Result<KeyRecord> &) {});
    if (next)
        m_revokeEnd.start(std::chrono::ceil<std::chrono::milliseconds>(*next - now));
}

QFuture<Status> Control::finishRevocations()
{
    const auto promise = std::make_shared<QPromise<Status>>();
    promise->start();
    const auto left = std::make_shared<qsizetype>(m_revoking.size());
    const auto outcome = std::make_shared<Status>();
    const auto finish = [promise, outcome] {
        promise->addResult(*outcome);
        promise->finish();
    };
    if (*left == 0)
        finish();
    for (const KeyId id : m_revoking.keys())
        m_mailbox.when(revokeForGood(id), [left, outcome, finish](const Result<KeyRecord> &key) {
            if (!key)
                *outcome = tl::unexpected(key.error());
            if (--*left == 0)
                finish();
        });
    return promise->future();
}

Status Control::revokeLeftOver()
{
    for (KeyRecord &key : m_keys) {
        if (!isBeingRevoked(key))
            continue;
        KeyRecord revoked = key;
        revoked.status = KeyStatus::Revoked;
        revoked.pausedReason.clear();
        revoked.previousSha256.clear();
        revoked.previousValidUntil.reset();
        if (const Status written = m_store.updateKey(revoked).result(); !written)
            return written;
        removeIndex(key);
        key = revoked;
        insertIndex(key);
        if (m_plane)
            m_plane->putKey(key);
    }
    return {};
}

} // namespace lbp
