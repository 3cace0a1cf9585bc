#include "app/lockfile.h"

#include <array>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <memory>
#include <mutex>
#include <optional>
#include <poll.h>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <sys/file.h>
#include <sys/inotify.h>
#include <thread>
#include <unistd.h>

namespace lbp {

LockFile::LockFile(QString path)
    : m_path(std::move(path))
{
}

LockFile::~LockFile()
{
    release();
}

Result<int> LockFile::open() const
{
    const int fd =
        ::open(QFile::encodeName(m_path).constData(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (fd < 0)
        return fail(ErrorCode::StoreFailed,
                    QStringLiteral("cannot open the lock file %1: %2")
                        .arg(m_path, QString::fromLocal8Bit(std::strerror(errno))));
    return fd;
}

void LockFile::taken(int fd)
{
    m_fd = fd;
    announce({::getpid(), {}, {}});
}

Result<bool> LockFile::tryTake()
{
    if (m_fd >= 0)
        return true;
    const Result<int> fd = open();
    if (!fd)
        return tl::unexpected(fd.error());
    if (::flock(*fd, LOCK_EX | LOCK_NB) != 0) {
        const int error = errno;
        ::close(*fd);
        if (error == EWOULDBLOCK)
            return false;
        return fail(
            ErrorCode::StoreFailed,
            QStringLiteral("cannot lock %1: %2; the data directory must be on a file system with locks")
                .arg(m_path, QString::fromLocal8Bit(std::strerror(error))));
    }
    taken(*fd);
    return true;
}

namespace {

/// A lock that is waited for on a thread of its own, because flock() knows no time-out. Whoever gave up
/// waiting leaves the thread behind: it gives the lock back as soon as it has it.
class PendingLock
{
public:
    explicit PendingLock(int file)
        : m_state(std::make_shared<State>(file))
    {
        std::thread([state = m_state] {
            int result = 0;
            do {
                result = ::flock(state->file, LOCK_EX);
            } while (result != 0 && errno == EINTR);
            const std::lock_guard lock(state->mutex);
            if (result == 0 && !state->isAbandoned)
                state->isOurs = true;
            else
                ::close(std::exchange(state->file, -1));
            const char byte = 1;
            [[maybe_unused]] const ssize_t told = ::write(state->wake[1], &byte, 1);
        }).detach();
    }
    ~PendingLock()
    {
        const std::lock_guard lock(m_state->mutex);
        m_state->isAbandoned = true;
        if (m_state->isOurs)
            ::close(std::exchange(m_state->file, -1));
    }
    PendingLock(const PendingLock &) = delete;
    PendingLock &operator=(const PendingLock &) = delete;
    [[nodiscard]] int wakeDescriptor() const { return m_state->wake[0]; } ///< readable once it is decided
    /// The locked file, or nothing yet.
    [[nodiscard]] std::optional<int> take()
    {
        const std::lock_guard lock(m_state->mutex);
        if (!std::exchange(m_state->isOurs, false))
            return std::nullopt;
        return std::exchange(m_state->file, -1);
    }

private:
    struct State
    {
        explicit State(int descriptor)
            : file(descriptor)
        {
            if (::pipe2(wake, O_CLOEXEC) != 0)
                wake[0] = wake[1] = -1;
        }
        ~State()
        {
            for (const int end : wake)
                if (end >= 0)
                    ::close(end);
        }
        std::mutex mutex;
        int file;
        int wake[2];
        bool isOurs = false;
        bool isAbandoned = false;
    };
    std::shared_ptr<State> m_state;
};

/// Readable when somebody writes to a file.
class FileWatch
{
public:
    explicit FileWatch(const QString &path)
        : m_fd(::inotify_init1(IN_CLOEXEC | IN_NONBLOCK))
    {
        if (m_fd >= 0)
            ::inotify_add_watch(m_fd, QFile::encodeName(path).constData(), IN_MODIFY);
    }
    ~FileWatch()
    {
        if (m_fd >= 0)
            ::close(m_fd);
    }
    FileWatch(const FileWatch &) = delete;
    FileWatch &operator=(const FileWatch &) = delete;
    [[nodiscard]] int descriptor() const { return m_fd; }
    void drain() const
    {
        std::array<char, 4096> events;
        while (::read(m_fd, events.data(), events.size()) > 0) { }
    }

private:
    const int m_fd;
};

} // namespace

Result<bool> LockFile::take(std::chrono::milliseconds patience)
{
    const FileWatch watch(m_path); // before the first look, so that nothing is missed in between
    Result<bool> first = tryTake();
    if (!first || *first)
        return first;
    const Result<int> file = open();
    if (!file)
        return tl::unexpected(file.error());
    PendingLock pending(*file);
    const auto end = std::chrono::steady_clock::now() + patience;
    for (;;) {
        if (const std::optional<int> fd = pending.take()) {
            taken(*fd);
            return true;
        }
        if (!holder().value_or(Holder()).url.isEmpty())
            return false; // it serves
        const auto left =
            std::chrono::ceil<std::chrono::milliseconds>(end - std::chrono::steady_clock::now());
        if (left.count() <= 0)
            return false;
        std::array<pollfd, 2> awaited{pollfd{pending.wakeDescriptor(), POLLIN, 0},
                                      pollfd{watch.descriptor(), POLLIN, 0}};
        if (::poll(awaited.data(), awaited.size(), int(left.count())) < 0 && errno != EINTR)
            return false;
        watch.drain();
    }
}

void LockFile::announce(const Holder &holder)
{
    Q_ASSERT(m_fd >= 0);
    QJsonObject object{{QStringLiteral("pid"), holder.pid}, {QStringLiteral("url"), holder.url.toString()}};
    if (!holder.configFile.isEmpty())
        object.insert(QStringLiteral("config"), holder.configFile);
    const QByteArray line = QJsonDocument(object).toJson(QJsonDocument::Compact) + '\n';
    // A reader that comes in between finds no whole line and looks again.
    if (::ftruncate(m_fd, 0) != 0
        || ::pwrite(m_fd, line.constData(), size_t(line.size()), 0) != ssize_t(line.size()))
        qWarning("the lock file could not be written; commands will not find this proxy");
}

void LockFile::release()
{
    if (m_fd < 0)
        return;
    [[maybe_unused]] const int emptied = ::ftruncate(m_fd, 0);
    ::close(m_fd);
    m_fd = -1;
}

std::optional<LockFile::Holder> LockFile::holder() const
{
    QFile file(m_path);
    if (!file.open(QIODevice::ReadOnly))
        return std::nullopt;
    const QByteArray line = file.read(64 * 1024);
    const QJsonObject object = QJsonDocument::fromJson(line).object();
    const qint64 pid = object.value(QLatin1String("pid")).toInteger();
    if (!line.endsWith('\n') || pid <= 0)
        return std::nullopt;
    return Holder{pid, QUrl(object.value(QLatin1String("url")).toString()),
                  object.value(QLatin1String("config")).toString()};
}

} // namespace lbp
