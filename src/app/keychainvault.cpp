#include "app/keychainvault.h"

#include "config/configsaver.h"
#include "config/dotenv.h"

#include <condition_variable>
#include <mutex>
#include <QCoreApplication>
#include <QDBusConnection>
#include <QDBusConnectionInterface>
#include <QDBusReply>
#include <QFile>
#include <QFileInfo>
#include <QPromise>
#include <qt6keychain/keychain.h>
#include <QThread>
#include <QTimer>
#include <sys/stat.h>

namespace lbp {

namespace {

using namespace Qt::StringLiterals;

constexpr std::chrono::seconds writePatience{90}; ///< somebody may have to unlock it first

/// The one thread of all keychain jobs of the process; see the class.
class KeychainThread
{
public:
    static QObject *context()
    {
        static KeychainThread *const thread = new KeychainThread; // ends with the application, see below
        return &thread->m_context;
    }

private:
    KeychainThread()
    {
        m_thread.setObjectName(u"keychain"_s);
        m_context.moveToThread(&m_thread);
        m_thread.start();
        s_this = this;
        qAddPostRoutine([] {
            s_this->m_thread.quit();
            // A prompt that nobody answers must not hold up the end of the program.
            s_this->m_thread.wait(1000);
        });
    }
    QThread m_thread;
    QObject m_context;
    inline static KeychainThread *s_this = nullptr;
};

template <typename F> void onKeychainThread(F function)
{
    QMetaObject::invokeMethod(KeychainThread::context(), std::move(function), Qt::QueuedConnection);
}

QString keychainWords()
{
    return u"the system's keychain"_s;
}

/// Why there is no keychain; empty when there is one. Asks the session bus, never starts one.
QString whyNoKeychain()
{
    const bool hasBus = !qEnvironmentVariableIsEmpty("DBUS_SESSION_BUS_ADDRESS")
        || QFileInfo::exists(qEnvironmentVariable("XDG_RUNTIME_DIR") + "/bus"_L1);
    if (!hasBus)
        return u"there is no desktop session here whose keychain could be used"_s;
    // A connection of its own each time: the bus may have come since.
    const QString name = u"lbp-keychain"_s;
    QString problem;
    {
        const QDBusConnection bus = QDBusConnection::connectToBus(QDBusConnection::SessionBus, name);
        const QString wanted = u"org.freedesktop.secrets"_s;
        if (!bus.isConnected()) {
            problem = u"the session bus cannot be reached"_s;
        } else if (!bus.interface()->isServiceRegistered(wanted).value()) {
            const QDBusReply<QStringList> startable = bus.interface()->call(u"ListActivatableNames"_s);
            if (!startable.isValid() || !startable.value().contains(wanted))
                problem =
                    u"no keychain runs in this session; install one, such as gnome-keyring or KWallet"_s;
        }
    }
    QDBusConnection::disconnectFromBus(name);
    return problem;
}

Error errorOf(const QString &name, QKeychain::Error error)
{
    switch (error) {
    case QKeychain::EntryNotFound:
        return {
            ErrorCode::NotFound,
            u"the keychain has no entry \"%1\" of the service %2; store the key again in Settings, or write "
            u"a ${NAME} of the environment instead"_s.arg(name, QLatin1String(KeychainVault::service))};
    case QKeychain::AccessDenied:
    case QKeychain::AccessDeniedByUser:
        return {ErrorCode::Unavailable,
                u"the keychain with the entry \"%1\" is locked; unlock it and try again"_s.arg(name)};
    case QKeychain::NoBackendAvailable:
    case QKeychain::NotImplemented:
        return {
            ErrorCode::Unavailable,
            u"there is no keychain for \"%1\"; start one, or write a ${NAME} of the .env file instead"_s.arg(
                name)};
    default:
        // Its own words may come from anywhere, and are not shown.
        return {ErrorCode::Unavailable,
                u"the keychain did not give the entry \"%1\"; unlock it and try again"_s.arg(name)};
    }
}

Error lateError(const QString &name)
{
    return {
        ErrorCode::Unavailable,
        u"the keychain did not answer in time for \"%1\"; it may be locked: unlock it and try again"_s.arg(
            name)};
}

/// Writes or removes one variable of the .env file, which is for its owner alone from then on.
Status changeEnvFile(const QString &file, const QString &name, const std::optional<QString> &value)
{
    const Result<FileText> base = blocking::readText(file);
    if (!base)
        return tl::unexpected(base.error());
    if (!base->existed && !value)
        return {};
    const QByteArray text = dotEnvWith(base->text, name, value);
    if (text == base->text)
        return {};
    if (base->existed && value && ::chmod(QFile::encodeName(file).constData(), 0600) != 0)
        return fail(ErrorCode::ConfigInvalid, u"%1 cannot be kept from others; check its owner"_s.arg(file));
    return blocking::saveText(*base, text).map([](const FileText &) {});
}

template <typename T> std::shared_ptr<QPromise<T>> begun()
{
    auto promise = std::make_shared<QPromise<T>>();
    promise->start();
    return promise;
}

template <typename T> void end(const std::shared_ptr<QPromise<T>> &promise, T value)
{
    promise->addResult(std::move(value));
    promise->finish();
}

/// Runs \a job and tells once how it ended, also when it never does. On the keychain thread.
template <typename Job>
void runJob(Job *job, std::chrono::milliseconds patience, std::function<void(Job *)> done)
{
    const auto told = std::make_shared<bool>(false);
    auto *deadline = new QTimer(job);
    deadline->setSingleShot(true);
    QObject::connect(deadline, &QTimer::timeout, job, [told, done] {
        if (!std::exchange(*told, true))
            done(nullptr);
    });
    QObject::connect(job, &QKeychain::Job::finished, job, [told, done, job](QKeychain::Job *) {
        if (!std::exchange(*told, true))
            done(job);
    });
    deadline->start(patience);
    job->start();
}

/// What lookUp() waits on; outlives it when the keychain is slower.
struct Answers
{
    std::mutex mutex;
    std::condition_variable complete;
    QHash<QString, Result<Secret>> found;
    qsizetype wanted = 0;
    void add(const QString &name, Result<Secret> secret)
    {
        const std::lock_guard lock(mutex);
        found.insert(name, std::move(secret));
        if (found.size() == wanted)
            complete.notify_all();
    }
};

} // namespace

QString environmentName(const QString &secretName)
{
    QString name = u"LBP_"_s;
    for (const QChar c : secretName)
        name += c.unicode() < 0x80 && c.isLetterOrNumber() ? c.toUpper() : QChar(u'_');
    return name;
}

KeychainVault::KeychainVault(QString envFile, std::chrono::milliseconds patience)
    : m_envFile(std::move(envFile))
    , m_patience(patience)
{
}

KeychainVault::~KeychainVault() = default;

QHash<QString, Result<Secret>> KeychainVault::lookUp(const QStringList &names) const
{
    const auto answers = std::make_shared<Answers>();
    answers->wanted = names.size();
    onKeychainThread([answers, names, patience = m_patience] {
        const QString problem = whyNoKeychain();
        for (const QString &name : names) {
            if (!problem.isEmpty()) {
                answers->add(
                    name,
                    fail(ErrorCode::Unavailable,
                         u"needs \"%1\" from the keychain, but %2; or write a ${NAME} of the .env file"_s.arg(
                             name, problem)));
                continue;
            }
            auto *job = new QKeychain::ReadPasswordJob(QLatin1String(service));
            job->setKey(name);
            runJob<QKeychain::ReadPasswordJob>(
                job, patience, [answers, name](QKeychain::ReadPasswordJob *ended) {
                    if (!ended)
                        answers->add(name, tl::unexpected(lateError(name)));
                    else if (ended->error() != QKeychain::NoError)
                        answers->add(name, tl::unexpected(errorOf(name, ended->error())));
                    else
                        answers->add(name, Secret(ended->binaryData()));
                });
        }
    });
    std::unique_lock lock(answers->mutex);
    answers->complete.wait_for(lock, m_patience, [&] { return answers->found.size() == answers->wanted; });
    QHash<QString, Result<Secret>> found = answers->found;
    for (const QString &name : names)
        if (!found.contains(name))
            found.insert(name, tl::unexpected(lateError(name)));
    return found;
}

QFuture<Result<StoredSecret>> KeychainVault::store(const QString &name, const Secret &secret)
{
    const auto promise = begun<Result<StoredSecret>>();
    if (!isSecretName(name) || secret.isEmpty()) {
        end(promise,
            Result<StoredSecret>(fail(ErrorCode::InvalidValue,
                                      secret.isEmpty()
                                          ? u"there is no key to store"_s
                                          : u"a secret's name has letters, digits, dots and dashes only"_s)));
        return promise->future();
    }
    onKeychainThread([promise, name, secret, envFile = m_envFile] {
        const auto toFile = [promise, name, secret, envFile] {
            const QString variable = environmentName(name);
            if (const Status written = changeEnvFile(envFile, variable, QString::fromUtf8(secret.reveal()));
                !written)
                return end(promise, Result<StoredSecret>(tl::unexpected(written.error())));
            end(promise,
                Result<StoredSecret>(StoredSecret{SecretPlace::EnvFile, u"${"_s + variable + u'}', envFile}));
        };
        if (!whyNoKeychain().isEmpty())
            return toFile();
        auto *job = new QKeychain::WritePasswordJob(QLatin1String(service));
        job->setKey(name);
        job->setBinaryData(secret.reveal());
        runJob<QKeychain::WritePasswordJob>(
            job, writePatience, [promise, name, toFile](QKeychain::WritePasswordJob *ended) {
                if (ended && ended->error() == QKeychain::NoError)
                    return end(promise,
                               Result<StoredSecret>(StoredSecret{
                                   SecretPlace::Keychain, u"${keychain:"_s + name + u'}', keychainWords()}));
                if (ended
                    && (ended->error() == QKeychain::NoBackendAvailable
                        || ended->error() == QKeychain::NotImplemented))
                    return toFile();
                end(promise,
                    Result<StoredSecret>(
                        tl::unexpected(ended ? errorOf(name, ended->error()) : lateError(name))));
            });
    });
    return promise->future();
}

QFuture<Result<void>> KeychainVault::remove(const QString &name)
{
    const auto promise = begun<Status>();
    onKeychainThread([promise, name, envFile = m_envFile] {
        if (const Status changed = changeEnvFile(envFile, environmentName(name), std::nullopt); !changed)
            return end(promise, changed);
        if (!whyNoKeychain().isEmpty())
            return end(promise, Status());
        auto *job = new QKeychain::DeletePasswordJob(QLatin1String(service));
        job->setKey(name);
        runJob<QKeychain::DeletePasswordJob>(
            job, writePatience, [promise, name](QKeychain::DeletePasswordJob *ended) {
                if (ended
                    && (ended->error() == QKeychain::NoError || ended->error() == QKeychain::EntryNotFound))
                    return end(promise, Status());
                end(promise, Status(tl::unexpected(ended ? errorOf(name, ended->error()) : lateError(name))));
            });
    });
    return promise->future();
}

QFuture<VaultState> KeychainVault::state()
{
    const auto promise = begun<VaultState>();
    onKeychainThread([promise, envFile = m_envFile] {
        const QString problem = whyNoKeychain();
        end(promise,
            problem.isEmpty() ? VaultState{SecretPlace::Keychain, keychainWords(), {}}
                              : VaultState{SecretPlace::EnvFile, envFile, problem});
    });
    return promise->future();
}

} // namespace lbp
