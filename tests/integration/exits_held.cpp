// Exits of requests that did not fit and were held.
#include "integration/exits.h"

namespace lbp::test {

namespace {

/// Dearer than the daily budget of the scene, whatever is left of it.
const QByteArray tooDear = ",\"max_tokens\":16000,\"n\":8";

RequestId held(Scene &scene)
{
    QList<HeldRequest> all;
    if (!scene.lets([&] { return !(all = scene.proxy.gateway->held().result()).isEmpty(); }))
        qFatal("nothing is held");
    return all.first().id;
}

void answered(Scene &scene, HoldAnswer::Kind kind, Money amount = {})
{
    const auto done = scene.proxy.gateway->answerHold(held(scene), {kind, amount}).result();
    QVERIFY(done.has_value());
}

} // namespace

void heldHere(std::vector<Exit> &exits)
{
    const QByteArray strict =
        "budgets: {holdSeconds: 60, admission: strict, defaultDaily: none, defaultMonthly: none}\n";
    exits.push_back({"held, and blocked",
                         [](Scene &s) {
                             s.ask(chatBody("Hi", tooDear));
                             answered(s, HoldAnswer::Kind::Block);
                             s.gets(402);
                         },
                         Outcome::Refused, Free, "0.00", 402, 1, strict});
    exits.push_back({"held, and nobody answered",
                     [](Scene &s) {
                         s.ask(chatBody("Hi", tooDear));
                         held(s);
                         s.proxy.clock.advance(std::chrono::seconds(61));
                         s.gets(402);
                     },
                     Outcome::Refused, Free, "0.00", 402, 1, strict});
    exits.push_back({"held, and the client left",
                     [](Scene &s) {
                         s.ask(chatBody("Hi", tooDear));
                         held(s);
                         s.leaves();
                     },
                     Outcome::ClientGone, Free, "0.00", 0, 1, strict});
    exits.push_back({"held, and stopped",
                     [](Scene &s) {
                         s.ask(chatBody("Hi", tooDear));
                         s.proxy.gateway->stopExchange(held(s));
                         s.gets(503);
                     },
                     Outcome::Stopped, Free, "0.00", 503, 1, strict});
    exits.push_back({"held, and paused meanwhile",
                     [](Scene &s) {
                         s.ask(chatBody("Hi", tooDear));
                         held(s);
                         s.proxy.gateway->setPaused(true);
                         s.gets(402);
                     },
                     Outcome::Refused, Free, "0.00", 402, 1, strict});
    exits.push_back({"held, and allowed once",
                     [](Scene &s) {
                         s.ask(chatBody("Hi", tooDear));
                         answered(s, HoldAnswer::Kind::AllowOnce);
                         s.proxy.provider.call().json(200, chatAnswer(1200, 200000));
                         s.gets(200);
                     },
                     Outcome::Completed, Exact, "2.003", 200, 1, strict});
    exits.push_back({"held, allowed once, and the client left",
                     [](Scene &s) {
                         s.ask(chatBody("Hi", tooDear));
                         answered(s, HoldAnswer::Kind::AllowOnce);
                         s.proxy.provider.call();
                         s.leaves();
                         s.proxy.provider.call().json(200, chatAnswer(1200, 200000));
                     },
                     Outcome::ClientGone, Exact, "2.003", 0, 1, strict});
    exits.push_back({"a held stream whose head was sent, refused late",
                     [](Scene &s) {
                         s.ask(chatBody("Hi", tooDear + streaming));
                         held(s);
                         s.proxy.clock.advance(std::chrono::seconds(6));
                         s.client->readUntil(": held");
                         answered(s, HoldAnswer::Kind::Block);
                         s.gets(200);
                         QVERIFY(s.answer.body.contains("\"budget_exceeded\""));
                         QVERIFY(s.answer.body.endsWith(done));
                     },
                     Outcome::Refused, Free, "0.00", 200, 1, strict});
    exits.push_back({"a held stream whose head was sent, and the provider breaks off",
                     [](Scene &s) {
                         s.ask(chatBody("Hi", tooDear + streaming));
                         held(s);
                         s.proxy.clock.advance(std::chrono::seconds(6));
                         s.client->readUntil(": held");
                         answered(s, HoldAnswer::Kind::AllowOnce);
                         s.expectedCost = estimate(s.sent, 0);
                         s.proxy.provider.call().close();
                         s.gets(200);
                         QVERIFY(s.answer.body.contains("\"upstream_"));
                         QVERIFY(s.answer.body.endsWith(done));
                     },
                     Outcome::UpstreamFailed,
                     Estimated,
                     {},
                     200,
                     1,
                     strict});
}

} // namespace lbp::test
