#pragma once

#include "core/exchangedetails.h"

#include <deque>
#include <unordered_map>

namespace lbp {

/// Heads and stories of the exchanges of late, for people who look at one. Bounded by number and by bytes;
/// the oldest goes first. Filled only while somebody watches. Thread: proxy thread.
class RecentExchanges
{
public:
    static constexpr size_t maxEntries = 500;
    static constexpr qint64 maxBytes = 8ll * 1024 * 1024;

    void setRequest(RequestId id, MessageDetails request);
    void setResponse(RequestId id, MessageDetails response);
    void setStory(RequestId id, StoryPtr story);
    [[nodiscard]] bool knows(RequestId id) const { return m_entries.contains(id.value); }
    [[nodiscard]] ExchangeDetails find(RequestId id) const; ///< empty parts where nothing is known
    [[nodiscard]] size_t size() const { return m_entries.size(); }
    [[nodiscard]] qint64 bytes() const { return m_bytes; }

private:
    struct Entry
    {
        ExchangeDetails details;
        qint64 bytes = 0;
    };
    Entry &entry(RequestId id);
    void grow(Entry &entry, const MessageDetails &by);
    void enforceBounds();
    std::unordered_map<qint64, Entry> m_entries;
    std::deque<qint64> m_order; ///< oldest first
    qint64 m_bytes = 0;
};

} // namespace lbp
