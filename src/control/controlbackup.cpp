// Copies of the ledger: on a thread of their own, because they take as long as the disk does.
#include "control/control.h"

#include <QFileInfo>
#include <QtConcurrent>

namespace lbp {

namespace {

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

tl::unexpected<Error> noLedger()
{
    return fail(ErrorCode::Unavailable, QStringLiteral("there is no ledger file here"));
}

} // namespace

QFuture<Result<BackupInfo>> Control::backup(QString file)
{
    const auto promise = begun<Result<BackupInfo>>();
    promise->setProgressRange(0, 1000);
    if (m_ledgerFile.isEmpty()) {
        end(promise, Result<BackupInfo>(noLedger()));
        return promise->future();
    }
    if (!QFileInfo(file).isAbsolute()) {
        end(promise,
            Result<BackupInfo>(fail(ErrorCode::InvalidRequest,
                                    QStringLiteral("name the file of the backup with its whole path"))));
        return promise->future();
    }
    // The answer comes after every row that was handed over before: all of them are in the file then.
    RequestFilter newest;
    newest.limit = 1;
    m_mailbox.when(m_store.requests(newest),
                   [promise, ledger = m_ledgerFile, file](const Result<QList<ExchangeRow>> &written) {
                       if (!written)
                           return end(promise, Result<BackupInfo>(tl::unexpected(written.error())));
                       QThreadPool::globalInstance()->start([promise, ledger, file] {
                           end(promise, writeBackup(ledger, file, [&](int perMille) {
                                   promise->setProgressValue(perMille);
                               }));
                       });
                   });
    return promise->future();
}

QFuture<Result<BackupInfo>> Control::checkBackup(QString file)
{
    return QtConcurrent::run([file] { return lbp::checkBackup(file); });
}

QFuture<Result<BackupInfo>> Control::restoreAtNextStart(QString file)
{
    const auto promise = begun<Result<BackupInfo>>();
    if (m_ledgerFile.isEmpty()) {
        end(promise, Result<BackupInfo>(noLedger()));
        return promise->future();
    }
    m_mailbox.when(QtConcurrent::run([file, ledger = m_ledgerFile] { return stageRestore(file, ledger); }),
                   [this, promise](const Result<BackupInfo> &staged) {
                       m_restoreStaged = m_restoreStaged || staged.has_value();
                       end(promise, staged);
                   });
    return promise->future();
}

QFuture<Status> Control::cancelRestore()
{
    const auto promise = begun<Status>();
    m_mailbox.when(QtConcurrent::run([ledger = m_ledgerFile] { return lbp::cancelRestore(ledger); }),
                   [this, promise](const Status &done) {
                       if (done)
                           m_restoreStaged = false;
                       end(promise, done);
                   });
    return promise->future();
}

QFuture<WebhookTest> Control::testWebhook()
{
    if (m_webhookTester)
        return m_webhookTester();
    const auto promise = begun<WebhookTest>();
    m_mailbox.when(testAlert(), [promise](const Status &sent) { end(promise, WebhookTest{sent, 0, 0}); });
    return promise->future();
}

} // namespace lbp
