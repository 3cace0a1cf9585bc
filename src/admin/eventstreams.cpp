#include "admin/eventstreams.h"

#include "admin/views.h"

#include <QJsonDocument>

namespace lbp {

EventStreams::EventStreams(EventHub &hub, std::function<QString(KeyId)> keyName, QObject *parent)
    : QObject(parent)
    , m_hub(hub)
    , m_keyName(std::move(keyName))
{
    hub.subscribe(this, [this](const QList<Event> &events) { tell(events); });
    m_heartbeat.setInterval(std::chrono::seconds(15));
    connect(&m_heartbeat, &QTimer::timeout, this, &EventStreams::beat);
}

EventStreams::~EventStreams()
{
    m_streams.clear();
    watch();
}

void EventStreams::watch()
{
    if (m_streams.empty() == m_watching) {
        m_watching = !m_watching;
        m_hub.watchExchanges(m_watching);
    }
}

bool EventStreams::add(const std::shared_ptr<LocalReply> &reply)
{
    std::erase_if(m_streams, [](const auto &stream) { return !stream->isOpen(); });
    if (m_streams.size() >= maxStreams)
        return false;
    LocalResponse head;
    head.headers.add("Content-Type", "text/event-stream");
    head.headers.add("Cache-Control", "no-store");
    head.headers.add("X-Content-Type-Options", "nosniff");
    head.body = ": connected\n\n";
    reply->begin(std::move(head));
    m_streams.push_back(reply);
    watch();
    m_heartbeat.start();
    return true;
}

void EventStreams::tell(const QList<Event> &events)
{
    if (m_streams.empty())
        return;
    QByteArray piece;
    for (const Event &event : events) {
        const auto [type, data] = view::event(event, m_keyName);
        piece += "event: " + type + "\ndata: " + QJsonDocument(data).toJson(QJsonDocument::Compact) + "\n\n";
    }
    write(piece);
}

void EventStreams::beat()
{
    write(": heartbeat\n\n");
}

void EventStreams::closeAll()
{
    for (const auto &stream : m_streams)
        stream->end();
    m_streams.clear();
    watch();
    m_heartbeat.stop();
}

void EventStreams::write(const QByteArray &piece)
{
    std::erase_if(m_streams, [](const auto &stream) { return !stream->isOpen(); });
    for (const auto &stream : m_streams)
        stream->write(piece);
    watch();
    if (m_streams.empty())
        m_heartbeat.stop(); // nothing wakes an idle program
}

} // namespace lbp
