#pragma once

#include "app/demoprovider.h"

#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>
#include <QUrl>

/// The real program with directories of its own, and a provider that costs nothing.
class LbpProgram
{
public:
    LbpProgram();
    ~LbpProgram();

    struct Done
    {
        int code = -1; ///< 128 + n when a signal ended it, -1 when it did not end
        QByteArray out, err;
        [[nodiscard]] QJsonObject json() const;
    };
    Done run(const QStringList &arguments, const QString &program = QStringLiteral(LBP_PROGRAM));
    static Done finish(QProcess &process);
    /// Starts `lbp serve`; the address once it says that it is ready, else empty.
    QUrl serve(const QStringList &more = {});
    int stopServing(int signalNumber = 15); ///< its exit code
    void prepare(QProcess &process) const; ///< its environment

    [[nodiscard]] QString dataDirectory() const
    {
        return m_home.filePath(QStringLiteral("data/llm-budget-proxy"));
    }
    [[nodiscard]] QString configFile() const
    {
        return m_home.filePath(QStringLiteral("config/llm-budget-proxy/config.yml"));
    }
    [[nodiscard]] const QTemporaryDir &home() const { return m_home; }
    QProcess server;
    QByteArray serverOutput;

private:
    QTemporaryDir m_home;
    lbp::DemoProvider m_provider{std::chrono::milliseconds(1)};
};
