#pragma once

#include "core/result.h"

#include <memory>
#include <mutex>
#include <QFuture>
#include <QMetaObject>
#include <QObject>

namespace lbp {

/// Brings results back to the thread of an object, or drops them when the object has died.
/// QFuture::then(context, …) asserts (or hangs silently) when the context died first; this does neither, so
/// an owner need not outlive what it asked for. Ownership: a member of the object it serves. Thread:
/// construct and destroy on the owner's thread; post() from any.
class Mailbox
{
public:
    explicit Mailbox(QObject *owner)
        : m_slot(std::make_shared<Slot>())
    {
        m_slot->owner = owner;
    }
    ~Mailbox()
    {
        const std::lock_guard lock(m_slot->mutex);
        m_slot->owner = nullptr;
    }
    Mailbox(const Mailbox &) = delete;
    Mailbox &operator=(const Mailbox &) = delete;

    /// Calls \a function on the owner's thread, later, never from within post().
    template <typename F> void post(F function) const { Address{m_slot}.post(std::move(function)); }

    /// Calls \a function(value) on the owner's thread once \a future has ended. A cancelled future gives an
    /// Unavailable error where the value is a Result, else a default-constructed value, so that whoever waits
    /// is always told.
    template <typename T, typename F> void when(QFuture<T> future, F function) const
    {
        future.then([address = Address{m_slot}, function = std::move(function)](QFuture<T> ended) {
            T value = valueOf(ended);
            address.post([value = std::move(value), function] { function(value); });
        });
    }

    /// The address of a mailbox: may outlive it.
    struct Slot
    {
        std::mutex mutex;
        QObject *owner = nullptr;
    };
    struct Address
    {
        std::shared_ptr<Slot> slot;
        template <typename F> void post(F function) const
        {
            const std::lock_guard lock(slot->mutex);
            if (slot->owner)
                QMetaObject::invokeMethod(slot->owner, std::move(function), Qt::QueuedConnection);
        }
    };
    [[nodiscard]] Address address() const { return {m_slot}; }

private:
    template <typename T> static T valueOf(const QFuture<T> &future)
    {
        if (future.resultCount() > 0)
            return future.result();
        if constexpr (requires { typename T::error_type; })
            return fail(ErrorCode::Unavailable, QStringLiteral("shutting down"));
        else
            return T{};
    }
    std::shared_ptr<Slot> m_slot;
};

} // namespace lbp
