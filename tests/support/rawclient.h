#pragma once

#include "wire/http.h"

#include <QTcpSocket>

namespace lbp::test {

/// One answer as it came over the wire.
struct Answer
{
    ResponseHead head;
    QByteArray body; ///< chunks joined
    HeaderList trailers;
    bool whole = false; ///< false: the connection ended in the middle
    [[nodiscard]] int status() const { return head.status; }
    [[nodiscard]] QByteArray header(const char *name) const { return head.headers.value(name); }
};

/// A client that writes bytes as given and reads what comes back, one connection. Waits by running the event
/// loop.
class RawClient : public QObject
{
public:
    explicit RawClient(quint16 port, const QHostAddress &address = QHostAddress::LocalHost);
    void write(const QByteArray &bytes);
    /// Waits for one whole answer (or the end of the connection).
    Answer read(bool toHead = false, int timeoutMs = 10'000);
    /// All bytes that came until \a wanted was seen, the connection ended, or the time is up.
    QByteArray readUntil(const QByteArray &wanted, int timeoutMs = 10'000);
    [[nodiscard]] QByteArray unread() const { return m_in; }
    [[nodiscard]] bool isClosed() const;
    [[nodiscard]] bool waitClosed(int timeoutMs = 10'000);
    void close() { m_socket.abort(); }
    QTcpSocket &socket() { return m_socket; }
    void stopReading(); ///< from now on nothing is taken from the socket

private:
    QTcpSocket m_socket;
    QByteArray m_in;
    bool m_reading = true;
};

/// "METHOD target HTTP/1.1" with Host, the key as bearer, JSON body.
[[nodiscard]] QByteArray request(const QByteArray &method, const QByteArray &target, const QByteArray &key,
                                 const QByteArray &body = {}, const QByteArray &moreFields = {});

} // namespace lbp::test
