#include "proxy/bodylog.h"

#include "storage/sqlconnection.h"
#include "wire/contentcoding.h"

#include <condition_variable>
#include <deque>
#include <mutex>
#include <QFile>
#include <QLoggingCategory>
#include <thread>

namespace lbp {

namespace {

Q_LOGGING_CATEGORY(lcBodies, "lbp.bodies")

constexpr qsizetype beyond = 2048; ///< captured behind the limit, so that no secret is cut in two
constexpr qint64 maxDecoded = 16ll * 1024 * 1024;

QByteArray decoded(const CapturedBody &body)
{
    const std::optional<Coding> coding = codingFromName(body.coding);
    if (!coding)
        return QByteArrayLiteral("[in a coding that cannot be read here]");
    if (*coding == Coding::Identity)
        return body.bytes;
    QByteArray out;
    // What was captured may end in the middle; what stands before that counts.
    [[maybe_unused]] const Status whole = makeDecoder(*coding)->decode(body.bytes, out, maxDecoded);
    return out;
}

/// What is kept of a body: readable, without secrets, and never with a piece of one at its end.
BodyLog::Kept keptOf(const CapturedBody &body, const Redactor &redactor)
{
    QByteArray bytes = decoded(body);
    const bool isPart = body.size > body.bytes.size();
    bytes = redactor.text(std::move(bytes));
    if (isPart)
        bytes.chop(std::min(bytes.size(), redactor.longest()));
    BodyLog::Kept kept;
    kept.truncated = isPart || bytes.size() > BodyLog::maxBodyBytes;
    kept.bytes = bytes.left(BodyLog::maxBodyBytes);
    kept.size = body.size;
    return kept;
}

QVariant blob(const QByteArray &bytes)
{
    return bytes.isNull() ? QVariant(QByteArray("")) : QVariant(bytes);
}

} // namespace

void CapturedBody::append(QByteArrayView piece)
{
    size += piece.size();
    const qsizetype room = BodyLog::maxBodyBytes + beyond - bytes.size();
    if (room > 0)
        bytes.append(piece.first(std::min(room, piece.size())));
}

/// Shared with the thread.
struct BodyLog::State
{
    explicit State(QString path, qint64 most)
        : file(std::move(path))
        , maxFileBytes(most)
    {
    }
    const QString file;
    const qint64 maxFileBytes;
    std::mutex mutex;
    std::condition_variable wake;
    // guarded, all below
    std::deque<BodyRecord> records;
    std::deque<std::pair<RequestId, std::function<void(Found)>>> questions;
    qint64 waitingBytes = 0;
    bool on = false;
    bool clear = false;
    bool stop = false;
    int retentionDays = 0;
    std::shared_ptr<const Redactor> redactor;
    std::thread thread;
};

/// Works on the thread of the file.
class BodyLog::Worker
{
public:
    explicit Worker(State &state)
        : m_state(state)
    {
    }

    void run()
    {
        for (;;) {
            std::deque<BodyRecord> records;
            std::deque<std::pair<RequestId, std::function<void(Found)>>> questions;
            std::shared_ptr<const Redactor> redactor;
            bool clear = false;
            bool stop = false;
            {
                std::unique_lock lock(m_state.mutex);
                m_state.wake.wait(lock, [this] {
                    return m_state.stop || m_state.clear || !m_state.records.empty()
                        || !m_state.questions.empty();
                });
                records.swap(m_state.records);
                questions.swap(m_state.questions);
                m_state.waitingBytes = 0;
                clear = std::exchange(m_state.clear, false);
                stop = m_state.stop;
                redactor = m_state.redactor;
                m_retentionDays = m_state.retentionDays;
            }
            if (clear)
                removeFile();
            if (!records.empty() && redactor)
                write(records, *redactor);
            for (auto &[id, found] : questions)
                found(read(id));
            if (stop)
                return;
        }
    }

private:
    Status open()
    {
        if (m_connection)
            return {};
        // Made by us before SQLite opens it, so that nobody else can ever read it.
        QFile file(m_state.file);
        if (!file.exists()) {
            if (!file.open(QIODevice::WriteOnly | QIODevice::NewOnly, QFile::ReadOwner | QFile::WriteOwner))
                return fail(ErrorCode::StoreFailed, file.errorString());
            file.close();
        }
        auto connection = SqlConnection::openBare(m_state.file);
        if (!connection)
            return tl::unexpected(connection.error());
        for (const QString &sql :
             {QStringLiteral("PRAGMA auto_vacuum=INCREMENTAL"),
              QStringLiteral("PRAGMA journal_mode=TRUNCATE"), QStringLiteral("PRAGMA synchronous=NORMAL"),
              QStringLiteral("PRAGMA secure_delete=ON"), QStringLiteral("PRAGMA cache_size=-1024"),
              QStringLiteral(
                  "CREATE TABLE IF NOT EXISTS bodies (id INTEGER PRIMARY KEY, request BLOB NOT NULL, "
                  "requestBytes INTEGER NOT NULL, requestTruncated INTEGER NOT NULL, "
                  "response BLOB NOT NULL, responseBytes INTEGER NOT NULL, "
                  "responseTruncated INTEGER NOT NULL)")}) {
            if (Status done = (*connection)->exec(sql); !done)
                return done;
        }
        const Result<QVariant> size =
            (*connection)
                ->scalar(
                    QStringLiteral("SELECT ifnull(sum(length(request) + length(response)), 0) FROM bodies"));
        if (!size)
            return tl::unexpected(size.error());
        m_bytes = size->toLongLong();
        m_connection = std::move(*connection);
        return {};
    }

    void removeFile()
    {
        m_connection.reset();
        for (const char *suffix : {"", "-journal", "-wal", "-shm"})
            QFile::remove(m_state.file + QLatin1String(suffix));
    }

    void write(const std::deque<BodyRecord> &records, const Redactor &redactor)
    {
        Status written = open();
        if (written)
            written = insert(records, redactor);
        if (!written && written.error().code == ErrorCode::StoreDamaged) {
            qCWarning(lcBodies, "the file of logged bodies is damaged and begun anew: %ls",
                      qUtf16Printable(m_state.file));
            removeFile();
            written = open();
            if (written)
                written = insert(records, redactor);
        }
        if (!written && !std::exchange(m_warned, true))
            qCWarning(lcBodies, "bodies cannot be logged: %ls", qUtf16Printable(written.error().detail));
        if (written)
            m_warned = false;
    }

    Status insert(const std::deque<BodyRecord> &records, const Redactor &redactor)
    {
        return m_connection->transaction([&]() -> Status {
            for (const BodyRecord &record : records) {
                const Kept request = keptOf(record.request, redactor);
                const Kept response = keptOf(record.response, redactor);
                const auto done = m_connection->run(
                    QStringLiteral("INSERT OR REPLACE INTO bodies VALUES (?, ?, ?, ?, ?, ?, ?)"),
                    {record.id.value, blob(request.bytes), request.size, request.truncated,
                     blob(response.bytes), response.size, response.truncated});
                if (!done)
                    return tl::unexpected(done.error());
                m_bytes += request.bytes.size() + response.bytes.size();
            }
            return prune(records.back().id.time());
        });
    }

    Status prune(Instant now)
    {
        if (m_retentionDays > 0) {
            const Instant before = now - std::chrono::hours(24) * m_retentionDays;
            if (Status done = remove(QStringLiteral("id < ?"), {RequestId::firstAt(before).value}); !done)
                return done;
        }
        while (m_bytes > m_state.maxFileBytes) {
            const qint64 before = m_bytes;
            if (Status done =
                    remove(QStringLiteral("id IN (SELECT id FROM bodies ORDER BY id LIMIT 64)"), {});
                !done)
                return done;
            if (m_bytes == before)
                break;
        }
        return {};
    }

    Status remove(const QString &which, const QVariantList &values)
    {
        const Result<QVariant> freed = m_connection->scalar(
            QStringLiteral("SELECT ifnull(sum(length(request) + length(response)), 0) FROM bodies WHERE ")
                + which,
            values);
        if (!freed)
            return tl::unexpected(freed.error());
        if (freed->toLongLong() == 0)
            return {};
        if (const auto done = m_connection->run(QStringLiteral("DELETE FROM bodies WHERE ") + which, values);
            !done)
            return tl::unexpected(done.error());
        m_bytes -= freed->toLongLong();
        return {};
    }

    Found read(RequestId id)
    {
        Found found;
        if (!QFile::exists(m_state.file) || !open())
            return found;
        auto query = m_connection->run(
            QStringLiteral("SELECT request, requestBytes, requestTruncated, response, responseBytes, "
                           "responseTruncated FROM bodies WHERE id = ?"),
            {id.value});
        if (!query || !query->next())
            return found;
        found.request =
            Kept{query->value(0).toByteArray(), query->value(1).toLongLong(), query->value(2).toBool()};
        found.response =
            Kept{query->value(3).toByteArray(), query->value(4).toLongLong(), query->value(5).toBool()};
        return found;
    }

    State &m_state;
    std::unique_ptr<SqlConnection> m_connection;
    qint64 m_bytes = 0;
    int m_retentionDays = 0;
    bool m_warned = false;
};

BodyLog::BodyLog(QString file, qint64 maxFileBytes)
    : m_state(std::make_shared<State>(std::move(file), maxFileBytes))
{
}

BodyLog::~BodyLog()
{
    {
        const std::lock_guard lock(m_state->mutex);
        m_state->stop = true;
    }
    m_state->wake.notify_one();
    if (m_state->thread.joinable())
        m_state->thread.join();
}

void BodyLog::configure(bool on, int retentionDays, std::shared_ptr<const Redactor> redactor)
{
    if (m_state->file.isEmpty())
        return;
    const std::lock_guard lock(m_state->mutex);
    m_state->on = on;
    m_state->retentionDays = retentionDays;
    m_state->redactor = std::move(redactor);
    if (!on) {
        m_state->records.clear();
        m_state->clear = m_state->thread.joinable() || QFile::exists(m_state->file);
    }
    if ((on || m_state->clear) && !m_state->thread.joinable())
        m_state->thread = std::thread([state = m_state] { Worker(*state).run(); });
    m_state->wake.notify_one();
}

bool BodyLog::isOn() const
{
    const std::lock_guard lock(m_state->mutex);
    return m_state->on;
}

void BodyLog::put(BodyRecord record)
{
    {
        const std::lock_guard lock(m_state->mutex);
        const qint64 size = record.request.bytes.size() + record.response.bytes.size();
        if (!m_state->on || m_state->waitingBytes + size > maxWaitingBytes)
            return;
        m_state->waitingBytes += size;
        m_state->records.push_back(std::move(record));
    }
    m_state->wake.notify_one();
}

void BodyLog::find(RequestId id, std::function<void(Found)> found)
{
    {
        const std::lock_guard lock(m_state->mutex);
        if (m_state->on) {
            m_state->questions.emplace_back(id, std::move(found));
            m_state->wake.notify_one();
            return;
        }
    }
    found({});
}

} // namespace lbp
