#pragma once

#include <QHash>
#include <QList>

namespace lbp::gui {

/// How a list of distinct ids becomes another, for a model that wants its view to keep its place.
struct RowChange
{
    struct Run
    {
        int first, count;
    };
    QList<Run> removed; ///< places in the old list, last run first: each can be taken as it stands
    QList<Run> inserted; ///< places in the new list, first run first
    bool reordered = false; ///< what stays changes its order
};

template <typename Id> RowChange rowChange(const QList<Id> &shown, const QList<Id> &wanted)
{
    RowChange change;
    QHash<Id, int> places;
    places.reserve(wanted.size());
    for (int i = 0; i < wanted.size(); ++i)
        places.insert(wanted[i], i);
    QHash<Id, bool> kept;
    kept.reserve(shown.size());
    int last = -1;
    for (int i = 0; i < shown.size(); ++i) {
        const int place = places.value(shown[i], -1);
        if (place >= 0) {
            kept.insert(shown[i], true);
            change.reordered |= place < last;
            last = place;
            continue;
        }
        if (!change.removed.isEmpty() && change.removed.first().first + change.removed.first().count == i)
            ++change.removed.first().count;
        else
            change.removed.prepend({i, 1});
    }
    for (int i = 0; i < wanted.size(); ++i) {
        if (kept.contains(wanted[i]))
            continue;
        if (!change.inserted.isEmpty() && change.inserted.last().first + change.inserted.last().count == i)
            ++change.inserted.last().count;
        else
            change.inserted.append({i, 1});
    }
    return change;
}

} // namespace lbp::gui
