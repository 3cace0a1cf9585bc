#include "control/control.h"
#include "control/keychecks.h"

namespace lbp {

namespace {

constexpr Duration maxGrace = std::chrono::hours(24 * 30);

Error keyNotFound(KeyId id)
{
    return {ErrorCode::NotFound, QStringLiteral("there is no key with the id key_%1").arg(id)};
}

void setPlaintext(KeyRecord &key, const Secret &plaintext)
{
    key.sha256 = sha256(plaintext.reveal());
    key.last4 = QString::fromLatin1(plaintext.reveal().right(4));
}

} // namespace

std::optional<KeyRecord> Control::key(KeyId id) const
{
    const auto found = m_keys.constFind(id);
    return found == m_keys.cend() ? std::nullopt : std::optional(*found);
}

std::optional<KeyRecord> Control::keyByName(QStringView name) const
{
    for (const KeyRecord &key : m_keys)
        if (key.status != KeyStatus::Revoked && key.name == name)
            return key;
    return std::nullopt;
}

std::optional<KeyRecord> Control::keyByPlaintext(QByteArrayView plaintext) const
{
    if (!looksLikeVirtualKey(plaintext))
        return std::nullopt;
    const QByteArray hash = sha256(plaintext);
    const std::optional<KeyRecord> found = key(m_byHash.value(hash));
    const Instant now = m_clock.now();
    if (!found || found->status == KeyStatus::Revoked || isBeingRevoked(*found)
        || (found->expiresAt && *found->expiresAt <= now))
        return std::nullopt;
    if (hash != found->sha256 && !(found->previousValidUntil && now < *found->previousValidUntil))
        return std::nullopt;
    return found;
}

QString Control::keyName(KeyId id) const
{
    const auto found = m_keys.constFind(id);
    return found == m_keys.cend() ? QString() : found->name;
}

void Control::insertIndex(const KeyRecord &key)
{
    m_byHash.insert(key.sha256, key.id);
    if (!key.previousSha256.isEmpty())
        m_byHash.insert(key.previousSha256, key.id);
}

void Control::removeIndex(const KeyRecord &key)
{
    m_byHash.remove(key.sha256);
    m_byHash.remove(key.previousSha256);
}

Status Control::checkNameIsFree(const QString &name, KeyId except) const
{
    const std::optional<KeyRecord> other = keyByName(name);
    if (other && other->id != except)
        return fail(ErrorCode::Conflict,
                    QStringLiteral("there is already a key named \"%1\" (key_%2); choose another name, or "
                                   "revoke that one")
                        .arg(name)
                        .arg(other->id));
    return {};
}

QFuture<Result<CreatedKey>> Control::createKey(KeyDraft draft)
{
    const auto promise = std::make_shared<QPromise<Result<CreatedKey>>>();
    promise->start();
    const auto finish = [promise](Result<CreatedKey> result) {
        promise->addResult(std::move(result));
        promise->finish();
    };
    enqueue([this, draft = std::move(draft), finish](const Turn &turn) {
        KeyRecord record = draft.record;
        const Secret plaintext = generateVirtualKey();
        record.id = 0;
        record.createdAt = m_clock.now();
        record.status = KeyStatus::Active;
        record.pausedReason.clear();
        record.previousSha256.clear();
        record.previousValidUntil.reset();
        setPlaintext(record, plaintext);

        QList<Budget> budgets;
        for (const auto &[period, limit] : draft.budgets) {
            for (const Budget &other : std::as_const(budgets))
                if (other.period == period)
                    return finish(fail(ErrorCode::InvalidRequest,
                                       QStringLiteral("there are two %1 budgets").arg(periodName(period))));
            budgets.append({{ScopeKind::Key, {}}, period, limit, false});
            if (const Status ok = checkBudget(budgets.last()); !ok)
                return finish(tl::unexpected(ok.error()));
        }
        for (const Status &status : {checkKeyRecord(record), checkExpiry(record.expiresAt, record.createdAt),
                                     checkNameIsFree(record.name, 0)})
            if (!status)
                return finish(tl::unexpected(status.error()));

        m_mailbox.when(m_store.insertKey(record, budgets),
                       [this, budgets, plaintext, finish, turn](const Result<KeyRecord> &written) {
                           if (!written)
                               return finish(tl::unexpected(written.error()));
                           m_keys.insert(written->id, *written);
                           insertIndex(*written);
                           for (Budget budget : budgets) {
                               budget.scope.id = QString::number(written->id);
                               m_budgets.append(budget);
                           }
                           // Budgets first: the key must never be usable without them.
                           if (!budgets.isEmpty())
                               tellBudgets();
                           if (m_plane)
                               m_plane->putKey(*written);
                           publish(event::KeysChanged{});
                           finish(CreatedKey{*written, plaintext});
                       });
    });
    return promise->future();
}

void Control::writeKey(KeyRecord changed, Turn turn, std::function<void(Result<KeyRecord>)> done)
{
    m_mailbox.when(m_store.updateKey(changed),
                   [this, changed, turn = std::move(turn), done = std::move(done)](const Status &written) {
                       if (!written)
                           return done(tl::unexpected(written.error()));
                       removeIndex(m_keys.value(changed.id));
                       m_keys.insert(changed.id, changed);
                       insertIndex(changed);
                       if (m_plane)
                           m_plane->putKey(forPlane(changed));
                       publish(event::KeysChanged{});
                       done(changed);
                   });
}

QFuture<Result<KeyRecord>> Control::changeKey(KeyId id, std::function<Status(KeyRecord &)> change)
{
    const auto promise = std::make_shared<QPromise<Result<KeyRecord>>>();
    promise->start();
    const auto finish = [promise](Result<KeyRecord> result) {
        promise->addResult(std::move(result));
        promise->finish();
    };
    enqueue([this, id, change = std::move(change), finish](const Turn &turn) {
        const std::optional<KeyRecord> before = key(id);
        if (!before)
            return finish(tl::unexpected(keyNotFound(id)));
        KeyRecord after = *before;
        if (const Status ok = change(after); !ok)
            return finish(tl::unexpected(ok.error()));
        if (after == *before)
            return finish(after);
        writeKey(std::move(after), turn, finish);
    });
    return promise->future();
}

QFuture<Result<KeyRecord>> Control::updateKey(KeyId id, KeyPatch patch)
{
    return changeKey(id, [this, patch = std::move(patch)](KeyRecord &key) -> Status {
        if (key.status == KeyStatus::Revoked || isBeingRevoked(key))
            return fail(ErrorCode::Conflict, QStringLiteral("the key is revoked and cannot be changed"));
        key.name = patch.name.value_or(key.name);
        key.team = patch.team.value_or(key.team);
        key.project = patch.project.value_or(key.project);
        key.allowedModels = patch.allowedModels.value_or(key.allowedModels);
        key.expiresAt = patch.expiresAt.value_or(key.expiresAt);
        key.rpm = patch.rpm.value_or(key.rpm);
        key.tpm = patch.tpm.value_or(key.tpm);
        key.parallel = patch.parallel.value_or(key.parallel);
        key.maxSpendPerMinute = patch.maxSpendPerMinute.value_or(key.maxSpendPerMinute);
        key.allowUnmetered = patch.allowUnmetered.value_or(key.allowUnmetered);
        if (const Status ok = checkKeyRecord(key); !ok)
            return ok;
        if (patch.expiresAt)
            if (const Status ok = checkExpiry(key.expiresAt, m_clock.now()); !ok)
                return ok;
        return checkNameIsFree(key.name, key.id);
    });
}

QFuture<Result<CreatedKey>> Control::rotateKey(KeyId id, Duration grace)
{
    const auto promise = std::make_shared<QPromise<Result<CreatedKey>>>();
    promise->start();
    const Secret plaintext = generateVirtualKey();
    const auto change = [this, grace, plaintext](KeyRecord &key) -> Status {
        if (key.status == KeyStatus::Revoked || isBeingRevoked(key))
            return fail(ErrorCode::Conflict, QStringLiteral("the key is revoked and cannot be rotated"));
        if (grace < Duration::zero() || grace > maxGrace)
            return fail(ErrorCode::InvalidRequest,
                        QStringLiteral("the grace time must be between 0 and 30 days"));
        key.previousSha256 = grace > Duration::zero() ? key.sha256 : QByteArray();
        key.previousValidUntil =
            grace > Duration::zero() ? std::optional(m_clock.now() + grace) : std::nullopt;
        setPlaintext(key, plaintext);
        return {};
    };
    m_mailbox.when(changeKey(id, change), [promise, plaintext](const Result<KeyRecord> &key) {
        if (key)
            promise->addResult(Result<CreatedKey>(CreatedKey{*key, plaintext}));
        else
            promise->addResult(Result<CreatedKey>(tl::unexpected(key.error())));
        promise->finish();
    });
    return promise->future();
}

QFuture<Result<KeyRecord>> Control::revokeKey(KeyId id)
{
    return changeKey(id, [this, id](KeyRecord &key) -> Status {
        m_revoking.remove(id);
        key.status = KeyStatus::Revoked;
        key.pausedReason.clear();
        key.previousSha256.clear();
        key.previousValidUntil.reset();
        return {};
    });
}

QFuture<Result<KeyRecord>> Control::pauseKey(KeyId id, QString reason)
{
    return changeKey(id, [reason = std::move(reason)](KeyRecord &key) -> Status {
        if (key.status == KeyStatus::Revoked || isBeingRevoked(key))
            return fail(ErrorCode::Conflict, QStringLiteral("the key is revoked"));
        if (key.status != KeyStatus::Paused) {
            key.status = KeyStatus::Paused;
            key.pausedReason = reason == revokingReason ? QStringLiteral("user") : reason;
        }
        return {};
    });
}

QFuture<Result<KeyRecord>> Control::resumeKey(KeyId id)
{
    return changeKey(id, [](KeyRecord &key) -> Status {
        if (key.status == KeyStatus::Revoked || isBeingRevoked(key))
            return fail(ErrorCode::Conflict, QStringLiteral("the key is revoked; create a new one"));
        key.status = KeyStatus::Active;
        key.pausedReason.clear();
        return {};
    });
}

} // namespace lbp
