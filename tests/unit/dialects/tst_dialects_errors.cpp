#include "dialects/openaistored.h"
#include "unit/dialects/support.h"

#include <QJsonDocument>
#include <QJsonObject>

using namespace lbp;
using namespace lbp::test;

class TestErrors : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void eachErrorHasTheTypeAndCodeThatSdksKnow_data()
    {
        QTest::addColumn<int>("code");
        QTest::addColumn<QString>("type");
        QTest::addColumn<QString>("name");
        const auto row = [](ErrorCode code, const char *type, const char *name) {
            QTest::addRow("%s/%s", type, name)
                << int(code) << QString::fromLatin1(type) << QString::fromLatin1(name);
        };
        row(ErrorCode::InvalidApiKey, "authentication_error", "invalid_api_key");
        row(ErrorCode::ModelNotAllowed, "permission_error", "model_not_allowed");
        row(ErrorCode::PathNotMetered, "permission_error", "path_not_metered");
        row(ErrorCode::InvalidRequest, "invalid_request_error", "");
        row(ErrorCode::ModelNotPriced, "invalid_request_error", "model_not_priced");
        row(ErrorCode::BudgetExceeded, "budget_exceeded", "budget_exceeded");
        row(ErrorCode::Paused, "budget_exceeded", "paused");
        row(ErrorCode::RateLimited, "rate_limit_error", "rate_limit_exceeded");
        row(ErrorCode::BodyTooLarge, "invalid_request_error", "body_too_large");
        row(ErrorCode::UpstreamUnreachable, "upstream_error", "upstream_unreachable");
        row(ErrorCode::UpstreamTimeout, "upstream_error", "upstream_timeout");
        row(ErrorCode::ShuttingDown, "overloaded_error", "shutting_down");
        row(ErrorCode::Internal, "server_error", "internal_error");
    }
    void eachErrorHasTheTypeAndCodeThatSdksKnow()
    {
        QFETCH(int, code);
        QFETCH(QString, type);
        QFETCH(QString, name);
        const Error error{ErrorCode(code), QStringLiteral("Why: \"quoted\"\nand a line")};
        const QByteArray body = DialectSet::all().errors(Api::OpenAi).body(error, "req_1");
        const QJsonObject found = QJsonDocument::fromJson(body).object().value(u"error").toObject();
        QCOMPARE(found.value(u"type").toString(), type);
        QCOMPARE(found.value(u"code").toString(), name);
        QCOMPARE(found.value(u"message").toString(), error.detail);
        QCOMPARE(found.value(u"request_id").toString(), QStringLiteral("req_1"));
        QVERIFY(found.contains(u"param"));
        QVERIFY(found.value(u"param").isNull());
    }

    void aToolThatRepeatsA402IsToldOfItsQuota_data()
    {
        QTest::addColumn<QByteArray>("field");
        QTest::addColumn<QByteArray>("value");
        QTest::addColumn<int>("tool");
        const auto row = [](const char *field, const char *value, ClientTool tool) {
            QTest::addRow("%s: %s", field, value) << QByteArray(field) << QByteArray(value) << int(tool);
        };
        row("originator", "codex_cli_rs", ClientTool::Codex);
        row("originator", "codex_exec", ClientTool::Codex);
        row("User-Agent", "codex_exec/0.169.0 (Debian 12.0.0; x86_64) unknown", ClientTool::Codex);
        row("User-Agent", "claude-cli/2.1.330 (external, sdk-cli)", ClientTool::ClaudeCode);
        row("X-Claude-Code-Session-Id", "1", ClientTool::ClaudeCode);
        row("user-agent", "opencode/1.18.33 ai-sdk/provider-utils/4.0", ClientTool::OpenCode);
        row("user-agent", "GeminiCLI/0.61.0/gemini-2.5-pro (linux; x64)", ClientTool::GeminiCli);
        row("user-agent", "OpenAI/JS 7.57.0", ClientTool::OpenAiSdk);
        row("user-agent", "Anthropic/JS 1.12.0", ClientTool::AnthropicSdk);
        row("x-goog-api-client", "google-genai-sdk/3.1.0 gl-node/v24", ClientTool::GoogleSdk);
        row("user-agent", "ai/7.0.173 ai-sdk/openai/4.0.118", ClientTool::AiSdk);
        row("user-agent", "curl/8.0 not codex", ClientTool::Unknown);
        row("x-codex-like", "codex", ClientTool::Unknown);
    }
    void aToolThatRepeatsA402IsToldOfItsQuota()
    {
        QFETCH(QByteArray, field);
        QFETCH(QByteArray, value);
        QFETCH(int, tool);
        HeaderList fields;
        fields.add(field, value);
        const ClientTool found = clientToolOf(fields);
        QCOMPARE(int(found), tool);
        const bool isCodex = found == ClientTool::Codex;
        for (const ErrorCode code : {ErrorCode::BudgetExceeded, ErrorCode::Paused}) {
            const Error error{code, QStringLiteral("the daily budget is 1.00 USD")};
            const ErrorShape::Answer answer = DialectSet::all().errors(Api::OpenAi).answer(error, "1", found);
            const QJsonObject told = QJsonDocument::fromJson(answer.body).object().value(u"error").toObject();
            QCOMPARE(answer.status, isCodex ? 429 : 402);
            QCOMPARE(told.value(u"type").toString(),
                     isCodex ? QStringLiteral("insufficient_quota") : QStringLiteral("budget_exceeded"));
            QCOMPARE(told.value(u"code").toString() == u"insufficient_quota", isCodex);
            QCOMPARE(told.value(u"message").toString(), error.detail);
        }
        const Error rate{ErrorCode::RateLimited, QStringLiteral("60 requests per minute")};
        const ErrorShape::Answer answer = DialectSet::all().errors(Api::OpenAi).answer(rate, "1", found);
        QCOMPARE(answer.status, 429);
        QVERIFY(answer.body.contains("rate_limit_exceeded"));
    }

    void anErrorInAStreamIsOneEventAndTheEndMarker()
    {
        const Error error{ErrorCode::UpstreamUnreachable, QStringLiteral("two\nlines")};
        const QByteArray event = DialectSet::all().errors(Api::OpenAi).streamEvent(error);
        QVERIFY(event.startsWith("data: {\"error\":{"));
        QVERIFY(event.endsWith("}}\n\ndata: [DONE]\n\n"));
        QCOMPARE(event.count('\n'), 4); // a line feed in the text would end the event
        const auto meter = chat().meter({}, false);
        meter->onEvent({}, event.mid(6, event.indexOf('\n') - 6));
        QVERIFY(meter->sawError());
    }

    void onlyKnownPathsAreClaimed_data()
    {
        QTest::addColumn<QByteArray>("method");
        QTest::addColumn<QByteArray>("path");
        QTest::addColumn<QString>("endpoint");
        const auto row = [](const char *method, const char *path, const char *endpoint) {
            QTest::addRow("%s %s", method, path)
                << QByteArray(method) << QByteArray(path) << QString::fromLatin1(endpoint);
        };
        row("POST", "/chat/completions", "chat.completions");
        row("POST", "/completions", "completions");
        row("POST", "/embeddings", "embeddings");
        row("POST", "/moderations", "moderations");
        row("GET", "/models", "models");
        row("HEAD", "/models", "models");
        row("GET", "/models/gpt-4o", "models");
        row("GET", "/models/openai/gpt-4o", "models");
        row("DELETE", "/models/ft:mine", "");
        row("GET", "/models/", "");
        row("GET", "/chat/completions", "stored");
        row("GET", "/chat/completions/chatcmpl-1/messages", "stored");
        row("POST", "/chat/completions/chatcmpl-1", "stored");
        row("DELETE", "/chat/completions/chatcmpl-1", "stored");
        row("POST", "/files", "stored");
        row("GET", "/files/file-1/content", "stored");
        row("DELETE", "/files/file-1", "stored");
        row("DELETE", "/files", "");
        row("GET", "/batches", "stored");
        row("POST", "/batches/batch_1/cancel", "stored");
        row("POST", "/batches", "");
        row("POST", "/conversations", "stored");
        row("POST", "/conversations/conv_1/items", "stored");
        row("GET", "/fine_tuning/jobs/ftjob-1/events", "stored");
        row("POST", "/fine_tuning/jobs/ftjob-1/cancel", "stored");
        row("POST", "/fine_tuning/jobs", "");
        row("GET", "/vector_stores/vs_1", "stored");
        row("POST", "/vector_stores", "");
        row("POST", "/vector_stores/vs_1/search", "");
        row("POST", "/containers", "");
        row("POST", "/videos", "");
        row("GET", "/videos/video_1/content", "stored");
        row("POST", "/threads/thread_1/runs", "");
        row("GET", "/filesystem", "");
        row("GET", "/files/", "");
        row("POST", "/chat/completions/", "");
        row("POST", "/images/generations", "images");
        row("POST", "/images/edits", "images");
        row("POST", "/images/variations", "images");
        row("POST", "/audio/speech", "audio.speech");
        row("POST", "/audio/transcriptions", "audio.transcriptions");
        row("POST", "/audio/translations", "audio.transcriptions");
        row("GET", "/images/generations", "");
        row("POST", "/responses", "responses");
        row("POST", "/responses/compact", "responses.compact");
        row("POST", "/responses/input_tokens", "responses.kept");
        row("GET", "/responses/resp_1", "responses.kept");
        row("DELETE", "/responses/resp_1", "responses.kept");
        row("GET", "/responses/resp_1/input_items", "responses.kept");
        row("POST", "/responses/resp_1/cancel", "responses.kept");
        row("GET", "/responses", "");
        row("GET", "/responses/", "");
        row("POST", "/responses/resp_1", "");
        row("POST", "/responses/resp_1/more", "");
        row("POST", "/responses/resp_1/input_items/cancel", "");
        row("DELETE", "/responses/resp_1/input_items", "");
        row("post", "/embeddings", "");
        row("POST", "", "");
    }
    void onlyKnownPathsAreClaimed()
    {
        QFETCH(QByteArray, method);
        QFETCH(QByteArray, path);
        QFETCH(QString, endpoint);
        const Dialect *const found = DialectSet::all().find(method, path);
        QCOMPARE(found ? found->endpoint() : QString(), endpoint);
    }

    void whatCannotBeMeteredSaysWhy()
    {
        for (const char *path :
             {"/batches", "/messages/batches", "/fine_tuning/jobs", "/videos", "/realtime/client_secrets",
              "/vector_stores", "/vector_stores/vs_1/search", "/containers", "/threads/thread_1/runs"}) {
            QVERIFY2(whyUnmetered("POST", path).endsWith(u'.'), path);
            QVERIFY2(!DialectSet::all().find("POST", path), path);
        }
        QVERIFY(whyUnmetered("POST", "/something/new").isEmpty());
        QVERIFY(whyUnmetered("GET", "/batches").isEmpty());
    }

    void whatIsNamedAsMeteredIsMetered()
    {
        const DialectSet &set = DialectSet::all();
        const QStringList metered = set.meteredPaths();
        QVERIFY(!metered.isEmpty());
        for (const QString &each : metered) {
            const QStringList words = each.split(u' ');
            QByteArray path = words.at(1).toLatin1().replace("{model}", "gemini-2.5-pro");
            if (path.endsWith(',')) // of several, the first
                path.chop(1);
            const Dialect *const found = set.find(words.at(0).toLatin1(), path);
            QVERIFY2(found, qPrintable(each));
            QCOMPARE(found->metering(), Metering::Metered);
        }
        QCOMPARE(set.find("GET", "/models")->metering(), Metering::Free);
        QCOMPARE(set.find("POST", "/moderations")->metering(), Metering::Free);
    }
};

QTEST_GUILESS_MAIN(TestErrors)
#include "tst_dialects_errors.moc"
