#include "storage/journal.h"

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <QFile>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

namespace lbp {

namespace {

constexpr quint32 recordMark = 0x4c425052;
constexpr quint64 fileMark = 0x314c4e524a50424cULL; // says the byte order too
constexpr quint32 alignment = 8;
/// Writing begins at the front again once so much is free there, so that a few pages serve for ever.
constexpr quint32 earlyWrap = 1024 * 1024;
/// A row takes some two hundred bytes. One with absurdly long names waits for the ledger itself.
constexpr qsizetype largestPayload = 16 * 1024;

struct FileHead
{
    quint64 mark;
    quint64 id;
    quint32 isSettled;
    quint32 unused;
};
constexpr size_t dataBegin = 4096; // records begin on a page

struct RecordHead
{
    quint32 mark; ///< written last
    quint32 size; ///< of the payload
    quint64 sequence;
    quint32 checksum;
    quint32 unused;
};
static_assert(sizeof(RecordHead) % alignment == 0);

quint32 checksumOf(quint64 id, quint64 sequence, QByteArrayView payload)
{
    const quint64 salt[] = {id, sequence, quint64(payload.size())};
    const uLong begun = crc32_z(0, reinterpret_cast<const Bytef *>(salt), sizeof salt);
    return quint32(crc32_z(begun, reinterpret_cast<const Bytef *>(payload.data()), z_size_t(payload.size())));
}

quint32 roomFor(qsizetype payload)
{
    return quint32(sizeof(RecordHead) + size_t(payload) + alignment - 1) & ~(alignment - 1);
}

QString reason(int error)
{
    return QString::fromLocal8Bit(std::strerror(error));
}

} // namespace

Journal::Journal(int descriptor, char *map, size_t size)
    : m_descriptor(descriptor)
    , m_map(map)
    , m_size(size)
{
}

Journal::~Journal()
{
    ::munmap(m_map, m_size);
    ::close(m_descriptor);
}

Result<std::unique_ptr<Journal>> Journal::mapped(int descriptor, size_t size, const QString &file)
{
    void *map = ::mmap(nullptr, size, PROT_READ | PROT_WRITE, MAP_SHARED, descriptor, 0);
    if (map == MAP_FAILED) {
        const int error = errno;
        ::close(descriptor);
        return fail(ErrorCode::StoreFailed,
                    QStringLiteral("the journal %1 cannot be mapped: %2").arg(file, reason(error)));
    }
    return std::unique_ptr<Journal>(new Journal(descriptor, static_cast<char *>(map), size));
}

Result<std::unique_ptr<Journal>> Journal::create(const QString &file, quint64 id, qsizetype capacity)
{
    Q_ASSERT(id != 0 && capacity >= smallestCapacity && capacity % alignment == 0
             && capacity <= qsizetype(1) << 30);
    // Made under another name, so that the journal that is there is whole.
    const QByteArray target = QFile::encodeName(file);
    const QByteArray part = target + ".part";
    ::unlink(part.constData());
    const int descriptor = ::open(part.constData(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    const auto refused = [&](int error) {
        if (descriptor >= 0) {
            ::close(descriptor);
            ::unlink(part.constData());
        }
        return fail(ErrorCode::StoreFailed,
                    QStringLiteral("the journal %1 cannot be made: %2").arg(file, reason(error)));
    };
    if (descriptor < 0)
        return refused(errno);
    const size_t size = dataBegin + size_t(capacity);
    // Reserved, not only sized: writing to a page without a block on a full disk would end the process.
    if (const int error = ::posix_fallocate(descriptor, 0, off_t(size)); error != 0)
        return refused(error);
    if (::flock(descriptor, LOCK_EX | LOCK_NB) != 0)
        return refused(errno);
    const FileHead head{fileMark, id, 0, 0};
    if (::pwrite(descriptor, &head, sizeof head, 0) != ssize_t(sizeof head)
        || ::rename(part.constData(), target.constData()) != 0)
        return refused(errno);
    Result<std::unique_ptr<Journal>> journal = mapped(descriptor, size, file);
    if (journal)
        (*journal)->m_boundTo = id;
    return journal;
}

Result<std::unique_ptr<Journal>> Journal::open(const QString &file)
{
    const int descriptor = ::open(QFile::encodeName(file).constData(), O_RDWR | O_CLOEXEC | O_NOFOLLOW);
    const auto refused = [&](ErrorCode code, const QString &why) {
        if (descriptor >= 0)
            ::close(descriptor);
        return fail(code, QStringLiteral("the journal %1 cannot be opened: %2").arg(file, why));
    };
    if (descriptor < 0)
        return refused(errno == ENOENT                         ? ErrorCode::NotFound
                           : errno == EISDIR || errno == ELOOP ? ErrorCode::InvalidValue
                                                               : ErrorCode::StoreFailed,
                       reason(errno));
    if (::flock(descriptor, LOCK_EX | LOCK_NB) != 0)
        return refused(errno == EWOULDBLOCK ? ErrorCode::Conflict : ErrorCode::StoreFailed,
                       errno == EWOULDBLOCK ? QStringLiteral("another process uses it") : reason(errno));
    struct stat status
    {
    };
    if (::fstat(descriptor, &status) != 0)
        return refused(ErrorCode::StoreFailed, reason(errno));
    if (!S_ISREG(status.st_mode) || status.st_size < off_t(dataBegin) || status.st_size > off_t(1) << 31)
        return refused(ErrorCode::InvalidValue, QStringLiteral("it is no journal"));
    return mapped(descriptor, size_t(status.st_size), file);
}

quint64 Journal::id() const
{
    FileHead head;
    std::memcpy(&head, m_map, sizeof head);
    return head.mark == fileMark ? head.id : 0;
}

bool Journal::isSettled() const
{
    FileHead head;
    std::memcpy(&head, m_map, sizeof head);
    return head.mark == fileMark && head.isSettled == 1;
}

void Journal::settle()
{
    const quint32 settled = 1;
    std::memcpy(m_map + offsetof(FileHead, isSettled), &settled, sizeof settled);
}

std::optional<quint32> Journal::place(quint32 size)
{
    const auto capacity = quint32(m_size - dataBegin);
    if (!m_isWrapped && (m_head + size > capacity || m_tail >= earlyWrap)) {
        if (size > m_tail)
            return std::nullopt;
        m_isWrapped = true;
        ++m_lap;
        m_head = 0;
    }
    if (m_isWrapped && m_head + size > m_tail)
        return std::nullopt;
    return std::exchange(m_head, m_head + size);
}

std::optional<Journal::Mark> Journal::append(QByteArrayView payload)
{
    if (payload.size() > largestPayload)
        return std::nullopt;
    const std::optional<quint32> at = place(roomFor(payload.size()));
    if (!at)
        return std::nullopt;
    const quint64 sequence = ++m_sequence;
    char *const record = m_map + dataBegin + *at;
    auto *const mark = reinterpret_cast<std::atomic<quint32> *>(record);
    static_assert(sizeof(std::atomic<quint32>) == sizeof(quint32) && offsetof(RecordHead, mark) == 0);
    // What stood here ends before the new one begins, and the new one counts when all of it is there.
    mark->store(0, std::memory_order_relaxed);
    std::atomic_thread_fence(std::memory_order_seq_cst);
    RecordHead head{0, quint32(payload.size()), sequence, checksumOf(m_boundTo, sequence, payload), 0};
    std::memcpy(record + sizeof head.mark, reinterpret_cast<const char *>(&head) + sizeof head.mark,
                sizeof head - sizeof head.mark);
    std::memcpy(record + sizeof head, payload.data(), size_t(payload.size()));
    mark->store(recordMark, std::memory_order_release);
    return Mark{sequence, m_head, m_lap};
}

void Journal::release(const Mark &upTo)
{
    if (upTo.sequence == 0)
        return;
    m_tail = upTo.end;
    if (upTo.lap != m_lap)
        return;
    m_isWrapped = false;
    if (m_tail == m_head)
        m_tail = m_head = 0; // the same few pages again
}

std::vector<Journal::Record> Journal::recordsOf(quint64 id, quint64 after) const
{
    // Every place where one may begin is looked at: a damaged record cannot hide those behind it.
    std::vector<Record> records;
    for (size_t at = dataBegin; at + sizeof(RecordHead) <= m_size;) {
        RecordHead head;
        std::memcpy(&head, m_map + at, sizeof head);
        const QByteArrayView rest(m_map + at + sizeof head, qsizetype(m_size - at - sizeof head));
        if (head.mark == recordMark && qsizetype(head.size) <= std::min(rest.size(), largestPayload)
            && head.checksum == checksumOf(id, head.sequence, rest.first(head.size))) {
            if (head.sequence > after)
                records.push_back({head.sequence, rest.first(head.size).toByteArray()});
            at += roomFor(head.size);
        } else {
            at += alignment;
        }
    }
    std::sort(records.begin(), records.end(),
              [](const Record &a, const Record &b) { return a.sequence < b.sequence; });
    return records;
}

} // namespace lbp
