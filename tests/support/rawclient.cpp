#include "support/rawclient.h"

#include <QNetworkProxy>
#include <QtTest>

namespace lbp::test {

RawClient::RawClient(quint16 port, const QHostAddress &address)
{
    m_socket.setProxy(QNetworkProxy::NoProxy);
    connect(&m_socket, &QTcpSocket::readyRead, this, [this] {
        if (m_reading)
            m_in += m_socket.readAll();
    });
    m_socket.connectToHost(address, port);
    if (!m_socket.waitForConnected(10'000))
        qFatal("cannot connect to port %d", port);
}

void RawClient::write(const QByteArray &bytes)
{
    m_socket.write(bytes);
    m_socket.flush();
}

void RawClient::stopReading()
{
    m_reading = false;
    m_socket.setReadBufferSize(1);
}

bool RawClient::isClosed() const
{
    return m_socket.state() == QAbstractSocket::UnconnectedState;
}

bool RawClient::waitClosed(int timeoutMs)
{
    return QTest::qWaitFor([this] { return isClosed(); }, timeoutMs);
}

QByteArray RawClient::readUntil(const QByteArray &wanted, int timeoutMs)
{
    [[maybe_unused]] const bool found =
        QTest::qWaitFor([&] { return m_in.contains(wanted) || isClosed(); }, timeoutMs);
    return m_in;
}

Answer RawClient::read(bool toHead, int timeoutMs)
{
    Answer answer;
    ResponseParser parser;
    parser.start(toHead);
    const auto take = [&] {
        const qsizetype taken = parser.feed(m_in, answer.body);
        m_in.remove(0, taken);
        return parser.state() == ResponseParser::State::Done
            || parser.state() == ResponseParser::State::Failed;
    };
    bool done = false;
    if (!QTest::qWaitFor([&] { return (done = take()) || isClosed(); }, timeoutMs))
        qWarning("no whole answer in time; so far: %s", answer.body.left(500).constData());
    if (!done) {
        m_in += m_socket.readAll();
        if (!take())
            parser.finish();
    }
    answer.whole = parser.state() == ResponseParser::State::Done;
    if (parser.headDone())
        answer.head = parser.head();
    answer.trailers = parser.trailers();
    return answer;
}

QByteArray request(const QByteArray &method, const QByteArray &target, const QByteArray &key,
                   const QByteArray &body, const QByteArray &moreFields)
{
    QByteArray out = method + ' ' + target + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + key
        + "\r\n" + moreFields;
    if (!body.isEmpty())
        out +=
            "Content-Type: application/json\r\nContent-Length: " + QByteArray::number(body.size()) + "\r\n";
    return out + "\r\n" + body;
}

} // namespace lbp::test
