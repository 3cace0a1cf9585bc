#include "proxy/recentexchanges.h"

namespace lbp {

namespace {

constexpr qint64 entryOverhead = 512; ///< of an entry, roughly

qint64 sizeOf(const MessageDetails &message)
{
    qint64 size = message.startLine.size();
    for (const auto &[name, value] : message.fields)
        size += name.size() + value.size() + 64;
    return size;
}

} // namespace

RecentExchanges::Entry &RecentExchanges::entry(RequestId id)
{
    const auto [it, isNew] = m_entries.try_emplace(id.value);
    if (isNew) {
        it->second.details.id = id;
        it->second.bytes = entryOverhead;
        m_bytes += entryOverhead;
        m_order.push_back(id.value);
    }
    return it->second;
}

void RecentExchanges::grow(Entry &entry, const MessageDetails &by)
{
    entry.bytes += sizeOf(by);
    m_bytes += sizeOf(by);
}

void RecentExchanges::setRequest(RequestId id, MessageDetails request)
{
    Entry &known = entry(id);
    grow(known, request);
    known.details.request = std::move(request);
    enforceBounds();
}

void RecentExchanges::setResponse(RequestId id, MessageDetails response)
{
    Entry &known = entry(id);
    grow(known, response);
    known.details.response = std::move(response);
    enforceBounds();
}

void RecentExchanges::setStory(RequestId id, StoryPtr story)
{
    entry(id).details.story = std::move(story);
    enforceBounds();
}

ExchangeDetails RecentExchanges::find(RequestId id) const
{
    const auto it = m_entries.find(id.value);
    return it == m_entries.end() ? ExchangeDetails{id, {}, {}, {}} : it->second.details;
}

void RecentExchanges::enforceBounds()
{
    while (m_order.size() > maxEntries || (m_bytes > maxBytes && m_order.size() > 1)) {
        const auto oldest = m_entries.find(m_order.front());
        m_order.pop_front();
        m_bytes -= oldest->second.bytes;
        m_entries.erase(oldest);
    }
}

} // namespace lbp
