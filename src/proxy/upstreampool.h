#pragma once

#include "proxy/upstream.h"

#include <deque>
#include <QNetworkProxy>
#include <QSslSocket>
#include <QTcpSocket>

namespace lbp {

/// One connection to a provider: carries one request at a time, kept between them.
/// Ownership: its pool. Thread: proxy thread.
class UpstreamConnection final : public QObject, public Deadline
{
    Q_OBJECT
public:
    UpstreamConnection(UpstreamPool &pool, UpstreamReply *first);
    ~UpstreamConnection() override;

    void connectToProvider(); ///< once, when the pool knows of this; may fail at once
    /// Only while idle: neither the end nor bytes that nobody asked for have come. Asks the system, since the
    /// loop may not have told yet.
    [[nodiscard]] bool isQuiet() const;
    void start(UpstreamReply *reply); ///< only while idle
    void detach(); ///< the reply was aborted: close
    void resumeReading();
    void onDeadline() override;

private:
    enum class State { Connecting, Idle, Busy, Closed };
    void onReady(); ///< connected, and encrypted where asked
    void send();
    void onReadable();
    void waitForProvider(); ///< it has until the idle time-out from now on
    void onClosed();
    void onError(QAbstractSocket::SocketError error);
    void onTlsErrors(const QList<QSslError> &errors);
    void finishAnswer();
    void lose(UpstreamFailure failure); ///< ends the answer, or repeats what may be repeated, and closes
    void close();
    [[nodiscard]] QString place() const;

    UpstreamPool &m_pool;
    std::unique_ptr<QTcpSocket> m_socket;
    QSslSocket *m_tls = nullptr; ///< m_socket, when it is one
    ResponseParser m_parser;
    QPointer<UpstreamReply> m_reply;
    State m_state = State::Connecting;
    bool m_usedBefore = false;
    bool m_gotBytes = false; ///< of the present answer
    bool m_reusable = true; ///< nothing came behind the answer
    bool m_ended = false; ///< the provider will send nothing more; what came before may not be read yet
    QString m_tlsProblem;
};

/// The connections to one host, and the requests that wait for one.
class UpstreamPool final : public QObject, public Deadline
{
    Q_OBJECT
public:
    UpstreamPool(Upstream &owner, const QUrl &url, QObject *parent);
    ~UpstreamPool() override;

    void dispatch(UpstreamReply *reply); ///< on a kept connection, a new one, or when one is free
    void idle(UpstreamConnection *connection);
    void gone(UpstreamConnection *connection); ///< it has closed; deletes it
    void dropQueued(UpstreamReply *reply);
    void closeIdle(); ///< after a change of options
    void closeOldestIdle(); ///< to make room for another
    void serve(); ///< lets those who wait try again
    void onDeadline() override; ///< somebody has waited too long

private:
    friend class UpstreamConnection;
    void open(UpstreamReply *reply);
    Upstream &m_owner;
    QString m_host;
    quint16 m_port;
    bool m_encrypted;
    QNetworkProxy m_proxy;
    QByteArray m_session; ///< TLS session ticket of the last connection
    std::vector<UpstreamConnection *> m_idle; ///< the last used is taken first, so that surplus ones age
    struct Waiting
    {
        QPointer<UpstreamReply> reply;
        Duration until{};
    };
    std::deque<Waiting> m_waiting; ///< the longest first
    std::vector<std::unique_ptr<UpstreamConnection>> m_all;
};

} // namespace lbp
