#include "config/configsaver.h"

#include "config/configreader.h"
#include "config/providerpreset.h"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <QFile>
#include <QFileInfo>
#include <QtConcurrent>
#include <sys/stat.h>
#include <unistd.h>

namespace lbp {
namespace {

using namespace Qt::StringLiterals;

constexpr qint64 maxFileBytes = 4 * 1024 * 1024;

tl::unexpected<Error> failure(const QString &file, const QString &what, int error)
{
    return fail(ErrorCode::ConfigInvalid,
                u"%1 %2: %3"_s.arg(file, what, QString::fromLocal8Bit(std::strerror(error))));
}

/// The file that a chain of symbolic links leads to, whether it is there or not.
Result<QString> targetOf(const QString &file)
{
    QString path = QFileInfo(file).absoluteFilePath();
    for (int i = 0; i < 40; ++i) {
        const QFileInfo info(path);
        if (!info.isSymLink())
            return path;
        path = info.symLinkTarget();
    }
    return fail(ErrorCode::ConfigInvalid, u"%1 is a symbolic link that leads to itself"_s.arg(file));
}

/// A file descriptor that closes itself.
class Descriptor
{
public:
    explicit Descriptor(int fd)
        : m_fd(fd)
    {
    }
    ~Descriptor()
    {
        if (m_fd >= 0)
            ::close(m_fd);
    }
    Descriptor(const Descriptor &) = delete;
    Descriptor &operator=(const Descriptor &) = delete;
    [[nodiscard]] int get() const { return m_fd; }

private:
    int m_fd;
};

Status writeBeside(const QString &target, const QByteArray &text, const struct stat *before)
{
    QByteArray temporary = QFile::encodeName(target) + ".XXXXXX";
    const Descriptor fd(::mkostemp(temporary.data(), O_CLOEXEC)); // mode 0600
    if (fd.get() < 0)
        return failure(target, u"cannot be written"_s, errno);
    bool ok = true;
    for (qsizetype at = 0; ok && at < text.size();) {
        const ssize_t n = ::write(fd.get(), text.constData() + at, size_t(text.size() - at));
        if (n > 0)
            at += n;
        else
            ok = n < 0 && errno == EINTR;
    }
    if (ok && before) {
        ok = ::fchmod(fd.get(), before->st_mode & 07777) == 0;
        if (before->st_uid != ::geteuid() || before->st_gid != ::getegid()) {
            // Whoever may not give files away keeps them.
            [[maybe_unused]] const int owned = ::fchown(fd.get(), before->st_uid, before->st_gid);
        }
    }
    ok = ok && ::fsync(fd.get()) == 0
        && ::rename(temporary.constData(), QFile::encodeName(target).constData()) == 0;
    const int error = errno;
    if (!ok) {
        ::unlink(temporary.constData());
        return failure(target, u"cannot be written"_s, error);
    }
    const Descriptor directory(
        ::open(QFile::encodeName(QFileInfo(target).absolutePath()).constData(), O_RDONLY | O_DIRECTORY));
    if (directory.get() >= 0)
        ::fsync(directory.get());
    return {};
}

/// A provider's key as it is written, and where it goes.
struct KeyPlace
{
    QString place; ///< "provider", "providers[0]"
    QString key;
    QUrl host; ///< the whole text as it stands where it has a reference in it
};

QList<KeyPlace> keyPlaces(QByteArrayView text)
{
    QStringList places{u"provider"_s};
    for (qsizetype i = 0; i < itemCount(text, ConfigPath(u"providers"_s)); ++i)
        places.append(u"providers[%1]"_s.arg(i));
    QList<KeyPlace> all;
    for (const QString &place : std::as_const(places)) {
        const auto at = [&](const QString &name) {
            return writtenValue(text, ConfigPath(place).child(name)).value_or(QString()).trimmed();
        };
        const QString key = at(u"apiKey"_s);
        if (key.isEmpty())
            continue;
        const ProviderPreset *preset = providerPreset(at(u"preset"_s));
        ProviderKind kind = preset ? preset->kind : ProviderKind::OpenAi;
        for (const auto &[word, value] : providerKinds()) {
            if (at(u"kind"_s) == word)
                kind = value;
        }
        const QString written = at(u"baseUrl"_s);
        const QUrl usual = (preset ? *preset : presetOfKind(kind)).apis[size_t(kind)].baseUrl;
        all.append({place, key, written.isEmpty() ? usual : QUrl(written)});
    }
    return all;
}

/// Where \a edits would send a key that is stored to another host than it was entered for; nullopt: nowhere.
std::optional<KeyPlace> movedKey(QByteArrayView before, QByteArrayView after, const QList<ConfigEdit> &edits)
{
    const QList<KeyPlace> known = keyPlaces(before);
    for (const KeyPlace &now : keyPlaces(after)) {
        const bool entered = std::any_of(edits.cbegin(), edits.cend(), [&now](const ConfigEdit &edit) {
            return edit.kind != ConfigEdit::Kind::Remove
                && (edit.path.toString() == now.place + u".apiKey"_s
                    || now.place.startsWith(edit.path.toString())); // the provider as a whole
        });
        const bool wasThere = std::any_of(known.cbegin(), known.cend(), [&now](const KeyPlace &then) {
            return then.key == now.key && (then.host == now.host || isSameHost(then.host, now.host));
        });
        const bool isStored = std::any_of(known.cbegin(), known.cend(),
                                          [&now](const KeyPlace &then) { return then.key == now.key; });
        if (isStored && !entered && !wasThere)
            return now;
    }
    return std::nullopt;
}

} // namespace

Status checkKeyHosts(QByteArrayView before, QByteArrayView after, const QList<ConfigEdit> &edits)
{
    const std::optional<KeyPlace> moved = movedKey(before, after, edits);
    if (!moved)
        return {};
    return fail(
        ErrorCode::ConfigInvalid,
        u"%1.baseUrl: leads to %2, but the key that is stored was entered for another host. Enter the key "
        u"again, or leave it empty"_s.arg(moved->place, moved->host.host()));
}

Result<FileText> blocking::readText(const QString &file)
{
    FileText read{file, {}, false};
    QFile in(file);
    if (!in.exists())
        return read;
    if (QFileInfo(file).isDir())
        return fail(ErrorCode::ConfigInvalid, u"%1 is a directory, not a file"_s.arg(file));
    if (!in.open(QIODevice::ReadOnly))
        return fail(ErrorCode::ConfigInvalid, u"%1 cannot be read: %2"_s.arg(file, in.errorString()));
    read.text = in.read(maxFileBytes + 1);
    if (read.text.size() > maxFileBytes)
        return fail(ErrorCode::ConfigInvalid, u"%1 is larger than 4 MB; is it the right file?"_s.arg(file));
    read.existed = true;
    return read;
}

Result<FileText> blocking::saveText(const FileText &base, const QByteArray &text)
{
    const Result<QString> target = targetOf(base.file);
    if (!target)
        return tl::unexpected(target.error());
    const Result<FileText> now = readText(base.file);
    if (!now)
        return tl::unexpected(now.error());
    if (now->existed != base.existed || now->text != base.text)
        return fail(ErrorCode::Conflict,
                    u"%1 was changed by another program meanwhile; nothing was written. Read it again and "
                    u"repeat the change"_s.arg(base.file));
    struct stat before = {};
    const bool isThere = ::stat(QFile::encodeName(*target).constData(), &before) == 0;
    if (const Status written = writeBeside(*target, text, isThere ? &before : nullptr); !written)
        return tl::unexpected(written.error());
    return FileText{base.file, text, true};
}

Result<FileText> blocking::saveEdits(const QString &file, const QList<ConfigEdit> &edits, bool isConfig)
{
    const Result<FileText> base = readText(file);
    if (!base)
        return base;
    const Result<QByteArray> text = edited(base->text, edits);
    if (!text)
        return tl::unexpected(text.error());
    if (*text == base->text)
        return base;
    if (isConfig) {
        QStringList before;
        for (const ConfigProblem &problem : validate(base->text))
            before.append(problem.key + problem.message);
        for (const ConfigProblem &problem : validate(*text))
            if (!before.contains(problem.key + problem.message))
                return fail(ErrorCode::ConfigInvalid, problem.key + u": "_s + problem.message);
        if (const Status bound = checkKeyHosts(base->text, *text, edits); !bound)
            return tl::unexpected(bound.error());
    }
    return blocking::saveText(*base, *text);
}

QFuture<Result<FileText>> readText(const QString &file)
{
    return QtConcurrent::run([file] { return blocking::readText(file); });
}

QFuture<Result<FileText>> saveText(const FileText &base, const QByteArray &text)
{
    return QtConcurrent::run([base, text] { return blocking::saveText(base, text); });
}

QFuture<Result<FileText>> saveEdits(const QString &file, const QList<ConfigEdit> &edits, bool isConfig)
{
    return QtConcurrent::run([=] { return blocking::saveEdits(file, edits, isConfig); });
}

} // namespace lbp
