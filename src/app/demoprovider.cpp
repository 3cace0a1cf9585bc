#include "app/demoprovider.h"

#include "core/key.h"
#include "wire/http.h"

#include <cstring>
#include <QCryptographicHash>
#include <QDateTime>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTcpSocket>
#include <QtEndian>
#include <QTimer>

namespace lbp {

namespace {

using namespace Qt::StringLiterals;

QByteArray compact(const QJsonObject &object)
{
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

QJsonObject errorObject(const QString &message, const QString &type)
{
    return {{u"error"_s,
             QJsonObject{{u"message"_s, message},
                         {u"type"_s, type},
                         {u"param"_s, QJsonValue::Null},
                         {u"code"_s, QJsonValue::Null}}}};
}

QStringList answerWords()
{
    return u"Hello from the demo provider. No language model was asked: these words are always the same, and "
           u"they come one by "
           u"one, so that you can see the stream pass through the proxy while it is metered."_s.split(u' ');
}

QStringList strings(const QJsonValue &value)
{
    QStringList texts;
    if (value.isString())
        texts.append(value.toString());
    for (const QJsonValue item : value.toArray())
        texts.append(item.isString() ? item.toString() : item.toObject().value("text"_L1).toString());
    return texts;
}

/// About four characters are a token, as in English text.
qint64 tokens(const QStringList &texts)
{
    qint64 characters = 0;
    for (const QString &text : texts)
        characters += text.size();
    return (characters + 3) / 4;
}

/// One completion, chat or plain, whole or in pieces.
class Completion
{
public:
    Completion(const QJsonObject &request, bool chat)
        : m_chat(chat)
        , m_model(request.value("model"_L1).toString())
        , m_words(answerWords())
        , m_choices(std::clamp(request.value("n"_L1).toInt(1), 1, 16))
        , m_wantsUsage(request.value("stream_options"_L1).toObject().value("include_usage"_L1).toBool())
        , m_created(QDateTime::currentSecsSinceEpoch())
    {
        if (chat) {
            for (const QJsonValue message : request.value("messages"_L1).toArray())
                m_promptTokens += 4 + tokens(strings(message.toObject().value("content"_L1)));
        } else {
            m_promptTokens = tokens(strings(request.value("prompt"_L1)));
        }
        const auto ceiling = [&](QLatin1String name) {
            if (const QJsonValue value = request.value(name);
                value.isDouble() && value.toInteger() < m_words.size()) {
                m_words.resize(std::max<qsizetype>(value.toInteger(), 0));
                m_finish = u"length"_s;
            }
        };
        ceiling("max_tokens"_L1);
        ceiling("max_completion_tokens"_L1);
    }

    [[nodiscard]] QByteArray whole() const
    {
        QJsonArray choices;
        for (int i = 0; i < m_choices; ++i) {
            QJsonObject choice{
                {u"index"_s, i}, {u"finish_reason"_s, m_finish}, {u"logprobs"_s, QJsonValue::Null}};
            const QString text = m_words.join(u' ');
            if (m_chat)
                choice.insert(u"message"_s,
                              QJsonObject{{u"role"_s, u"assistant"_s},
                                          {u"content"_s, text},
                                          {u"refusal"_s, QJsonValue::Null}});
            else
                choice.insert(u"text"_s, text);
            choices.append(choice);
        }
        QJsonObject answer = frame(false);
        answer.insert(u"choices"_s, choices);
        answer.insert(u"usage"_s, usage());
        return compact(answer);
    }

    /// The pieces of a stream, one a call; empty when there are no more.
    [[nodiscard]] QByteArray nextPiece()
    {
        if (m_next < m_words.size() * m_choices) {
            const int choice = int(m_next % m_choices);
            const qsizetype word = m_next / m_choices;
            ++m_next;
            const QString text = (word == 0 ? QString() : u" "_s) + m_words[word];
            return event(choice, text, word == 0, QJsonValue::Null);
        }
        if (!m_finished) {
            m_finished = true;
            QByteArray last;
            for (int i = 0; i < m_choices; ++i)
                last += event(i, {}, false, m_finish);
            if (m_wantsUsage) {
                QJsonObject chunk = frame(true);
                chunk.insert(u"choices"_s, QJsonArray());
                chunk.insert(u"usage"_s, usage());
                last += "data: " + compact(chunk) + "\n\n";
            }
            return last + "data: [DONE]\n\n";
        }
        return {};
    }

private:
    [[nodiscard]] QJsonObject frame(bool piece) const
    {
        const QString object = !m_chat ? u"text_completion"_s
            : piece                    ? u"chat.completion.chunk"_s
                                       : u"chat.completion"_s;
        return {
            {u"id"_s, QString((m_chat ? u"chatcmpl-demo-"_s : u"cmpl-demo-"_s) + QString::number(m_created))},
            {u"object"_s, object},
            {u"created"_s, m_created},
            {u"model"_s, m_model}};
    }
    [[nodiscard]] QByteArray event(int choice, const QString &text, bool first,
                                   const QJsonValue &finish) const
    {
        QJsonObject item{{u"index"_s, choice}, {u"finish_reason"_s, finish}};
        if (m_chat) {
            QJsonObject delta;
            if (first)
                delta.insert(u"role"_s, u"assistant"_s);
            if (finish.isNull())
                delta.insert(u"content"_s, text);
            item.insert(u"delta"_s, delta);
        } else {
            item.insert(u"text"_s, text);
        }
        QJsonObject chunk = frame(true);
        chunk.insert(u"choices"_s, QJsonArray{item});
        if (m_wantsUsage)
            chunk.insert(u"usage"_s, QJsonValue::Null);
        return "data: " + compact(chunk) + "\n\n";
    }
    [[nodiscard]] QJsonObject usage() const
    {
        const qint64 output = m_words.size() * m_choices;
        return {{u"prompt_tokens"_s, m_promptTokens},
                {u"completion_tokens"_s, output},
                {u"total_tokens"_s, m_promptTokens + output}};
    }

    bool m_chat;
    QString m_model;
    QStringList m_words;
    int m_choices;
    bool m_wantsUsage;
    qint64 m_created;
    qint64 m_promptTokens = 0;
    QString m_finish = u"stop"_s;
    qsizetype m_next = 0;
    bool m_finished = false;
};

QJsonObject modelObject(const QString &id)
{
    return {
        {u"id"_s, id}, {u"object"_s, u"model"_s}, {u"created"_s, 1'700'000'000}, {u"owned_by"_s, u"demo"_s}};
}

QJsonObject embeddings(const QJsonObject &request)
{
    const QStringList inputs = strings(request.value("input"_L1));
    const int dimensions = std::clamp(request.value("dimensions"_L1).toInt(16), 1, 3072);
    QJsonArray data;
    for (qsizetype i = 0; i < inputs.size(); ++i) {
        QByteArray packed;
        QJsonArray numbers;
        QByteArray noise = inputs[i].toUtf8();
        for (int d = 0; d < dimensions; ++d) {
            if (d % 32 == 0)
                noise = QCryptographicHash::hash(noise, QCryptographicHash::Sha256);
            const float value = float(uchar(noise[d % 32])) / 255.0f - 0.5f;
            quint32 bits;
            std::memcpy(&bits, &value, sizeof bits);
            bits = qToLittleEndian(bits);
            packed.append(reinterpret_cast<const char *>(&bits), sizeof bits);
            numbers.append(double(value));
        }
        const bool base64 = request.value("encoding_format"_L1).toString() == "base64"_L1;
        data.append(
            QJsonObject{{u"object"_s, u"embedding"_s},
                        {u"index"_s, i},
                        {u"embedding"_s,
                         base64 ? QJsonValue(QString::fromLatin1(packed.toBase64())) : QJsonValue(numbers)}});
    }
    const qint64 used = tokens(inputs);
    return {{u"object"_s, u"list"_s},
            {u"model"_s, request.value("model"_L1)},
            {u"data"_s, data},
            {u"usage"_s, QJsonObject{{u"prompt_tokens"_s, used}, {u"total_tokens"_s, used}}}};
}

/// One connection; deletes itself when it closes.
class Connection final : public QObject
{
public:
    Connection(QTcpSocket *socket, Secret key, std::chrono::milliseconds betweenWords, QObject *parent)
        : QObject(parent)
        , m_socket(socket)
        , m_key(std::move(key))
        , m_parser(RequestParser::Limits{})
    {
        socket->setParent(this);
        socket->setSocketOption(QAbstractSocket::LowDelayOption, 1);
        m_words.setInterval(betweenWords);
        connect(&m_words, &QTimer::timeout, this, &Connection::sendPiece);
        connect(socket, &QTcpSocket::readyRead, this, [this] {
            m_input += m_socket->readAll();
            advance();
        });
        connect(socket, &QTcpSocket::disconnected, this, [this] {
            m_words.stop();
            deleteLater();
        });
    }

private:
    void advance()
    {
        while (!m_stream) { // one answer at a time, in order
            const qsizetype taken = m_parser.feed(m_input);
            m_input.remove(0, taken);
            if (m_parser.state() == RequestParser::State::Failed) {
                m_close = true;
                send(httpStatus(m_parser.error().code),
                     errorObject(m_parser.error().detail, u"invalid_request_error"_s));
                return;
            }
            if (m_parser.state() == RequestParser::State::HeadDone && m_parser.head().expectContinue
                && taken > 0)
                m_socket->write("HTTP/1.1 100 Continue\r\n\r\n");
            if (m_parser.state() == RequestParser::State::Done) {
                m_close = !m_parser.head().keepAlive;
                answer(m_parser.head(), QJsonDocument::fromJson(m_parser.body()));
                m_parser.next();
            } else if (taken == 0
                       && (m_input.isEmpty() || m_parser.state() != RequestParser::State::HeadDone)) {
                return;
            }
        }
    }

    void answer(const RequestHead &head, const QJsonDocument &body)
    {
        const QByteArray path = head.path().toByteArray();
        const QString models = u"/v1/models"_s;
        const QJsonObject request = body.object();
        if (!Secret("Bearer " + m_key.reveal()).matches(head.headers.value("authorization")))
            return send(401, errorObject(u"Incorrect API key provided."_s, u"invalid_request_error"_s));
        if (head.method == "GET" && path == "/v1/models")
            return send(200,
                        {{u"object"_s, u"list"_s},
                         {u"data"_s,
                          QJsonArray{modelObject(QLatin1String(DemoProvider::model)),
                                     modelObject(QLatin1String(DemoProvider::embeddingModel))}}});
        if (head.method == "GET" && path.startsWith("/v1/models/"))
            return send(
                200,
                modelObject(QString::fromUtf8(QByteArray::fromPercentEncoding(path.mid(models.size() + 1)))));
        const bool chat = path == "/v1/chat/completions";
        if (head.method != "POST" || !(chat || path == "/v1/completions" || path == "/v1/embeddings"))
            return send(404, errorObject(u"Unknown request URL."_s, u"invalid_request_error"_s));
        if (!body.isObject() || !request.value("model"_L1).isString())
            return send(
                400,
                errorObject(u"The body must be a JSON object with a model."_s, u"invalid_request_error"_s));
        if (path == "/v1/embeddings")
            return send(200, embeddings(request));
        Completion completion(request, chat);
        if (!request.value("stream"_L1).toBool()) {
            m_socket->write(headOf(200, "application/json", completion.whole().size()) + completion.whole());
            return finish();
        }
        m_stream = std::make_unique<Completion>(std::move(completion));
        m_socket->write(headOf(200, "text/event-stream", -1));
        sendPiece();
        m_words.start();
    }

    void sendPiece()
    {
        const QByteArray piece = m_stream->nextPiece();
        QByteArray bytes;
        if (!piece.isEmpty()) {
            appendChunk(bytes, piece);
            m_socket->write(bytes);
            return;
        }
        appendLastChunk(bytes);
        m_socket->write(bytes);
        m_words.stop();
        m_stream.reset();
        finish();
        QMetaObject::invokeMethod(
            this, [this] { advance(); }, Qt::QueuedConnection);
    }

    void send(int status, const QJsonObject &object)
    {
        const QByteArray body = compact(object);
        m_socket->write(headOf(status, "application/json", body.size()) + body);
        finish();
    }

    [[nodiscard]] QByteArray headOf(int status, const QByteArray &type, qsizetype length) const
    {
        QByteArray head = "HTTP/1.1 " + QByteArray::number(status) + ' ' + reasonPhrase(status).toByteArray()
            + "\r\nContent-Type: " + type + "\r\nx-request-id: demo-"
            + QByteArray::number(QDateTime::currentMSecsSinceEpoch()) + "\r\n";
        head += length < 0 ? QByteArrayLiteral("Transfer-Encoding: chunked\r\nCache-Control: no-cache\r\n")
                           : "Content-Length: " + QByteArray::number(length) + "\r\n";
        if (m_close)
            head += "Connection: close\r\n";
        return head + "\r\n";
    }
    void finish()
    {
        if (m_close)
            m_socket->disconnectFromHost();
    }

    QTcpSocket *m_socket;
    Secret m_key;
    RequestParser m_parser;
    QByteArray m_input;
    QTimer m_words;
    std::unique_ptr<Completion> m_stream;
    bool m_close = false;
};

} // namespace

DemoProvider::DemoProvider(std::chrono::milliseconds betweenWords, QObject *parent)
    : QObject(parent)
    , m_apiKey("demo_" + generateVirtualKey().reveal().mid(4))
    , m_betweenWords(betweenWords)
{
    connect(&m_server, &QTcpServer::newConnection, this, [this] {
        while (QTcpSocket *socket = m_server.nextPendingConnection())
            new Connection(socket, m_apiKey, m_betweenWords, this);
    });
}

Result<QUrl> DemoProvider::listen()
{
    if (!m_server.listen(QHostAddress::LocalHost, 0))
        return fail(ErrorCode::Internal,
                    QStringLiteral("the demo provider cannot listen: %1").arg(m_server.errorString()));
    QUrl url;
    url.setScheme(QStringLiteral("http"));
    url.setHost(QStringLiteral("127.0.0.1"));
    url.setPort(m_server.serverPort());
    url.setPath(QStringLiteral("/v1"));
    return url;
}

} // namespace lbp
