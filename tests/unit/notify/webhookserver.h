#pragma once

#include <QHash>
#include <QTcpServer>
#include <QTcpSocket>

namespace lbp {

/// A webhook's far end: keeps what comes and answers with the next of `statuses` (200 when there are none; 0:
/// hangs up unanswered).
class WebhookServer : public QTcpServer
{
public:
    struct Call
    {
        QByteArray head, body;
        QByteArray header(const QByteArray &name) const
        {
            const QList<QByteArray> lines = head.split('\n');
            for (const QByteArray &line : lines)
                if (line.toLower().startsWith(name.toLower() + ':'))
                    return line.mid(name.size() + 1).trimmed();
            return {};
        }
    };
    QList<Call> calls;
    QList<int> statuses;

    WebhookServer()
    {
        listen(QHostAddress::LocalHost);
        connect(this, &QTcpServer::newConnection, this, [this] {
            while (QTcpSocket *socket = nextPendingConnection())
                connect(socket, &QTcpSocket::readyRead, this, [this, socket] { read(socket); });
        });
    }
    QString url(const QString &host = QStringLiteral("127.0.0.1")) const
    {
        return QStringLiteral("http://%1:%2/hook").arg(host).arg(serverPort());
    }

private:
    void read(QTcpSocket *socket)
    {
        QByteArray &seen = m_seen[socket];
        seen += socket->readAll();
        const qsizetype headEnd = seen.indexOf("\r\n\r\n");
        if (headEnd < 0)
            return;
        Call call{seen.left(headEnd), seen.mid(headEnd + 4)};
        if (call.body.size() < call.header("Content-Length").toInt())
            return;
        calls.append(call);
        seen.clear();
        const int status = statuses.isEmpty() ? 200 : statuses.takeFirst();
        if (status == 0)
            return socket->abort();
        socket->write("HTTP/1.1 " + QByteArray::number(status)
                      + " X\r\nLocation: http://127.0.0.1:1/elsewhere\r\nSet-Cookie: a=b\r\nContent-Length: "
                        "2\r\n\r\nok");
    }
    QHash<QTcpSocket *, QByteArray> m_seen;
};

} // namespace lbp
