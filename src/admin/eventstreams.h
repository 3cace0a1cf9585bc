#pragma once

#include "control/eventhub.h"
#include "proxy/localhandler.h"

#include <QObject>
#include <QTimer>
#include <vector>

namespace lbp {

/// The live streams of /api/events: every event as it happens, a comment line every 15 seconds so that
/// neither side takes silence for death. Thread: main.
class EventStreams : public QObject
{
    Q_OBJECT
public:
    static constexpr size_t maxStreams = 64;
    EventStreams(EventHub &hub, std::function<QString(KeyId)> keyName, QObject *parent = nullptr);
    ~EventStreams() override;

    /// False when there are already too many.
    [[nodiscard]] bool add(const std::shared_ptr<LocalReply> &reply);
    void beat(); ///< what the timer does
    void closeAll(); ///< at shutdown
    [[nodiscard]] size_t count() const { return m_streams.size(); }

private:
    void tell(const QList<Event> &events);
    void write(const QByteArray &piece);
    void watch(); ///< tells the hub whether anybody is watching

    EventHub &m_hub;
    bool m_watching = false;
    std::function<QString(KeyId)> m_keyName;
    std::vector<std::shared_ptr<LocalReply>> m_streams;
    QTimer m_heartbeat;
};

} // namespace lbp
