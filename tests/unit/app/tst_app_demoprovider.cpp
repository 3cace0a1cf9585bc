#include "app/demoprovider.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QTest>

using namespace lbp;
using namespace Qt::StringLiterals;

class TestDemoProvider : public QObject
{
    Q_OBJECT

    DemoProvider m_provider{std::chrono::milliseconds(1)};
    QUrl m_url;
    QNetworkAccessManager m_network;

    struct Answer
    {
        int status = 0;
        QByteArray body;
        QJsonObject object() const { return QJsonDocument::fromJson(body).object(); }
    };
    Answer ask(const QString &path, const QByteArray &body = {}, const QByteArray &key = {})
    {
        QNetworkRequest request(QUrl(m_url.toString() + path));
        request.setRawHeader("Authorization",
                             "Bearer " + (key.isEmpty() ? m_provider.apiKey().reveal() : key));
        request.setHeader(QNetworkRequest::ContentTypeHeader, u"application/json"_s);
        const std::unique_ptr<QNetworkReply> reply(body.isEmpty() ? m_network.get(request)
                                                                  : m_network.post(request, body));
        if (!QTest::qWaitFor([&reply] { return reply->isFinished(); }, 10'000))
            return {};
        return {reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt(), reply->readAll()};
    }

private Q_SLOTS:
    void initTestCase()
    {
        const Result<QUrl> url = m_provider.listen();
        QVERIFY(url.has_value());
        m_url = *url;
    }
    void aChatHasUsage()
    {
        const Answer answer = ask(u"/chat/completions"_s,
                                  R"({"model":"demo-1","messages":[{"role":"user","content":"Hello"}]})");
        QCOMPARE(answer.status, 200);
        const QJsonObject usage = answer.object().value(u"usage"_s).toObject();
        QVERIFY(usage.value(u"prompt_tokens"_s).toInt() > 0);
        QVERIFY(usage.value(u"completion_tokens"_s).toInt() > 10);
        QCOMPARE(usage.value(u"total_tokens"_s).toInt(),
                 usage.value(u"prompt_tokens"_s).toInt() + usage.value(u"completion_tokens"_s).toInt());
    }
    void theCeilingIsKept()
    {
        const QJsonObject answer =
            ask(u"/chat/completions"_s,
                R"({"model":"demo-1","max_tokens":3,"n":2,"messages":[{"role":"user","content":"Hello"}]})")
                .object();
        QCOMPARE(answer.value(u"usage"_s).toObject().value(u"completion_tokens"_s).toInt(), 6);
        QCOMPARE(answer.value(u"choices"_s).toArray().at(1).toObject().value(u"finish_reason"_s).toString(),
                 u"length"_s);
    }
    void aStreamTellsUsageOnlyWhenAsked()
    {
        const QByteArray plain =
            ask(u"/chat/completions"_s,
                R"({"model":"demo-1","stream":true,"messages":[{"role":"user","content":"Hello"}]})")
                .body;
        QVERIFY(plain.endsWith("data: [DONE]\n\n"));
        QVERIFY(!plain.contains("usage"));
        const QByteArray withUsage =
            ask(u"/chat/completions"_s,
                R"({"model":"demo-1","stream":true,"stream_options":{"include_usage":true},"messages":[{"role":"user","content":"Hello"}]})")
                .body;
        QVERIFY(withUsage.contains("\"total_tokens\""));
        QVERIFY(withUsage.count("data: ") > 10);
    }
    void completionsAndEmbeddingsAndModels()
    {
        QCOMPARE(ask(u"/completions"_s, R"({"model":"demo-1","prompt":"Hello"})")
                     .object()
                     .value(u"object"_s)
                     .toString(),
                 u"text_completion"_s);
        const QJsonObject list =
            ask(u"/embeddings"_s, R"({"model":"demo-embedding-1","input":["a","b"],"dimensions":4})")
                .object();
        QCOMPARE(list.value(u"data"_s).toArray().size(), 2);
        QCOMPARE(list.value(u"data"_s).toArray().at(0).toObject().value(u"embedding"_s).toArray().size(), 4);
        const QJsonObject packed =
            ask(u"/embeddings"_s,
                R"({"model":"demo-embedding-1","input":"a","dimensions":4,"encoding_format":"base64"})")
                .object();
        QCOMPARE(QByteArray::fromBase64(packed.value(u"data"_s)
                                            .toArray()
                                            .at(0)
                                            .toObject()
                                            .value(u"embedding"_s)
                                            .toString()
                                            .toLatin1())
                     .size(),
                 16);
        QCOMPARE(ask(u"/models"_s).object().value(u"data"_s).toArray().size(), 2);
        QCOMPARE(ask(u"/models/demo-1"_s).object().value(u"id"_s).toString(), u"demo-1"_s);
    }
    void mistakesAreRefused()
    {
        QCOMPARE(ask(u"/models"_s, {}, "lbp_virtual").status, 401);
        QCOMPARE(ask(u"/chat/completions"_s, "[]").status, 400);
        QCOMPARE(ask(u"/unknown"_s).status, 404);
    }
};

QTEST_GUILESS_MAIN(TestDemoProvider)
#include "tst_app_demoprovider.moc"
