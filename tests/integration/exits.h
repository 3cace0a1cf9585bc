#pragma once

#include "integration/sidedatabase.h"
#include "support/harness.h"

#include <QtTest>

namespace lbp::test {

inline constexpr Provenance Exact = Provenance::Exact, Estimated = Provenance::Estimated,
                            Unpriced = Provenance::Unpriced, Free = Provenance::Free;
inline const QByteArray streaming = ",\"stream\":true";
inline const QByteArray streamingWithUsage = ",\"stream\":true,\"stream_options\":{\"include_usage\":true}";
inline const QByteArray done = "data: [DONE]\n\n";
inline const QByteArray chatPath = "/v1/chat/completions";

/// What an exchange is charged whose provider sent no usage: a third of a token for each byte of what bounds
/// its input, and the output that was seen.
inline QByteArray estimate(const QByteArray &body, qint64 outputTokens)
{
    const qint64 input = (body.size() + 256 + 2) / 3;
    return Money::fromPicodollars(input * 2'500'000 + outputTokens * 10'000'000).toDecimalBytes();
}

/// One exchange under test.
struct Scene
{
    explicit Scene(const QByteArray &config)
        : proxy({.config = config, .pricing = {}})
        , key(proxy.addKey(QStringLiteral("a"), {{Period::Daily, "1.00"}, {Period::Total, "5.00"}}))
    {
    }

    void ask(const QByteArray &body = chatBody(), const QByteArray &path = chatPath)
    {
        sent = body;
        client = std::make_unique<RawClient>(proxy.port);
        client->write(request("POST", path, key, body));
    }
    ProviderCall &asked(const QByteArray &more = {})
    {
        ask(chatBody("Hi", more));
        return proxy.provider.call(proxy.provider.requestCount());
    }
    /// Asks for a stream, and waits until the client has the first event.
    ProviderCall &begun(const QByteArray &more = streaming)
    {
        ProviderCall &call = asked(more);
        call.streamHead();
        call.chunk(chatChunk("one"));
        client->readUntil("\"one\"");
        return call;
    }
    void gets(int status)
    {
        answer = client->read();
        QCOMPARE(answer.status(), status);
        QVERIFY(answer.whole);
    }
    void leaves() { client->close(); }
    RequestId running()
    {
        QList<LiveExchange> live;
        if (!QTest::qWaitFor([&] { return !(live = proxy.gateway->live().result()).isEmpty(); }))
            qFatal("nothing runs");
        return live.first().row.id;
    }
    void stop() { proxy.gateway->stopExchange(running()); }
    /// The exchange waits for its reservation, or for its settlement, to be written.
    void waitsForTheDisk() { QTRY_VERIFY(proxy.store->queued() > 0); }
    [[nodiscard]] qsizetype openRows()
    {
        RequestFilter filter;
        filter.outcome = Outcome::Open;
        return proxy.store->requests(filter).takeResult()->size();
    }
    bool lets(const std::function<bool()> &condition) { return QTest::qWaitFor(condition, 10'000); }

    Proxy proxy;
    QByteArray key, sent;
    std::unique_ptr<RawClient> client;
    Answer answer;
    QByteArray expectedCost; ///< where it depends on what was sent
};

struct Exit
{
    const char *name;
    std::function<void(Scene &)> run;
    Outcome outcome;
    Provenance provenance;
    QByteArray cost; ///< empty: Scene::expectedCost, "unknown": none
    int status; ///< in the row
    int rows = 1; ///< the newest is the one that is looked at
    QByteArray config = {};
};

/// A stream was torn at a place where an event can be put.
inline void toldInTheStream(Scene &scene, const QByteArray &code)
{
    scene.gets(200);
    QVERIFY(scene.answer.body.startsWith(chatChunk("one")));
    QVERIFY2(scene.answer.body.contains("\"error\":{") && scene.answer.body.contains(code),
             scene.answer.body.constData());
    QVERIFY(scene.answer.body.endsWith(done));
}

// The table of exits, by who brings the end about.
void answeredByTheProvider(std::vector<Exit> &exits);
void brokenByTheProvider(std::vector<Exit> &exits);
void leftByTheClient(std::vector<Exit> &exits);
void endedHere(std::vector<Exit> &exits);
void refusedHere(std::vector<Exit> &exits);
void heldHere(std::vector<Exit> &exits);
void withoutExactPrice(std::vector<Exit> &exits);

} // namespace lbp::test
