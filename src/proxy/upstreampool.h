#pragma once

#include "proxy/upstream.h"

#include <QNetworkProxy>
#include <QSslSocket>
#include <QTcpSocket>
#include <deque>

namespace lbp {

/// One connection to a provider: carries one request at a time, kept between them.
/// Ownership: its pool. Thread: proxy thread.
class UpstreamConnection final : public QObject, public Deadline
{
    Q_OBJECT
public:
    UpstreamConnection(UpstreamPool &pool, UpstreamReply *first);
    ~UpstreamConnection() override;

    void start(UpstreamReply *reply); ///< only while idle
    void detach();                    ///< the reply was aborted: close
    void resumeReading();
    void onDeadline() override;

private:
    enum class State { Connecting, Idle, Busy, Closed };
    void onReady(); ///< connected, and encrypted where asked
    void send();
    void onReadable();
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
    bool m_reusable = true;  ///< nothing came behind the answer
    QString m_tlsProblem;
};

/// The connections to one host.
class UpstreamPool final : public QObject
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
    std::deque<QPointer<UpstreamReply>> m_waiting;
    std::vector<std::unique_ptr<UpstreamConnection>> m_all;
};

} // namespace lbp
