#pragma once

#include "proxy/redactor.h"

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <QByteArray>
#include <QString>

namespace lbp {

/// One body on its way to the log: as it went by, up to a limit.
struct CapturedBody
{
    QByteArray bytes;
    qint64 size = 0; ///< of the whole
    QByteArray coding; ///< Content-Encoding; it is decoded before it is kept
    void append(QByteArrayView piece);
};
struct BodyRecord
{
    RequestId id;
    CapturedBody request, response;
};

/// Prompts and answers, kept only while logging.bodies is true: in a file of their own beside the ledger,
/// mode 0600, on a thread of its own, bounded in size and by the ledger's retention, without secrets. A file
/// that is damaged is deleted and begun anew. Thread: any.
class BodyLog
{
public:
    static constexpr qsizetype maxBodyBytes = 256 * 1024; ///< kept of each body
    static constexpr qint64 maxWaitingBytes = 32ll * 1024 * 1024; ///< what would wait beyond is left out
    struct Kept
    {
        QByteArray bytes;
        qint64 size = 0;
        bool truncated = false;
    };
    struct Found
    {
        std::optional<Kept> request, response;
    };

    /// Touches nothing yet. \a maxFileBytes: of all that is kept; the oldest goes first.
    explicit BodyLog(QString file, qint64 maxFileBytes = 256ll * 1024 * 1024);
    ~BodyLog(); ///< writes what waits
    BodyLog(const BodyLog &) = delete;
    BodyLog &operator=(const BodyLog &) = delete;

    /// Off: the file is deleted with all that is in it. \a retentionDays 0: by size alone.
    void configure(bool on, int retentionDays, std::shared_ptr<const Redactor> redactor);
    [[nodiscard]] bool isOn() const;
    void put(BodyRecord record);
    /// \a found is called once, on the thread of the file, or at once where there is none.
    void find(RequestId id, std::function<void(Found)> found);

private:
    struct State;
    class Worker;
    std::shared_ptr<State> m_state;
};

} // namespace lbp
