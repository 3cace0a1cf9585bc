#include "gui/requestitem.h"

#include "gui/names.h"

#include <QCoreApplication>
#include <QDateTime>

namespace lbp::gui {

using namespace Qt::StringLiterals;

namespace {

struct Tr
{
    Q_DECLARE_TR_FUNCTIONS(Requests)
};

} // namespace

ExchangeRow openRow(const OpenRow &open)
{
    ExchangeRow row;
    row.open = open;
    row.close.id = open.id;
    row.close.outcome = Outcome::Open;
    row.close.provenance = Provenance::Reserved;
    return row;
}

bool isEstimated(const CloseRow &close)
{
    return close.provenance == Provenance::Estimated || close.provenance == Provenance::Recovered;
}

QString stateText(const RequestItem &item)
{
    const CloseRow &close = item.row.close;
    switch (close.outcome) {
    case Outcome::Open:
        return Tr::tr("Running");
    case Outcome::CacheHit:
        return Tr::tr("Cached");
    case Outcome::ClientGone:
        return Tr::tr("Client left");
    case Outcome::CutAtCeiling:
        return Tr::tr("Cut short");
    case Outcome::Stopped:
        return Tr::tr("Stopped");
    case Outcome::Recovered:
        return Tr::tr("Recovered");
    case Outcome::Completed:
    case Outcome::UpstreamError:
    case Outcome::UpstreamFailed:
    case Outcome::Refused:
        break;
    }
    if (close.status == 0)
        return Tr::tr("No answer");
    if (close.outcome == Outcome::Refused)
        return Tr::tr("%1 here", "HTTP status of a refusal by this program").arg(close.status);
    return QString::number(close.status);
}

QString stateTone(const RequestItem &item)
{
    switch (item.row.close.outcome) {
    case Outcome::Open:
        return u"accent"_s;
    case Outcome::Completed:
        return u"ok"_s;
    case Outcome::CacheHit:
        return u"info"_s;
    case Outcome::UpstreamError:
    case Outcome::UpstreamFailed:
        return u"danger"_s;
    case Outcome::Refused:
    case Outcome::CutAtCeiling:
    case Outcome::Recovered:
        return u"warning"_s;
    case Outcome::ClientGone:
    case Outcome::Stopped:
        return u"neutral"_s;
    }
    return u"neutral"_s;
}

QString stateDetail(const RequestItem &item)
{
    const CloseRow &close = item.row.close;
    switch (close.outcome) {
    case Outcome::Open:
        return item.outputSoFar > 0 ? Tr::tr("Running: the answer is coming in.")
                                    : Tr::tr("Running: no content has come yet.");
    case Outcome::Completed:
        return Tr::tr("The whole answer of the provider went to the client.");
    case Outcome::UpstreamError:
        return Tr::tr("The provider refused it; its answer was passed on.");
    case Outcome::UpstreamFailed:
        return Tr::tr("The provider could not be reached, or broke off.");
    case Outcome::ClientGone:
        return Tr::tr("The client closed its connection before the end; the provider was stopped at once.");
    case Outcome::CutAtCeiling:
        return Tr::tr("Ended here, because the amount that was set aside for it was used up.");
    case Outcome::CacheHit:
        return Tr::tr("Answered from the cache; the provider was not asked.");
    case Outcome::Refused:
        return Tr::tr("Refused here; nothing was sent to the provider.");
    case Outcome::Stopped:
        return Tr::tr("Stopped by a person, or because the program ended.");
    case Outcome::Recovered:
        return Tr::tr("The program ended while it ran. It was booked with all that was set aside for it.");
    }
    return {};
}

QString costText(const RequestItem &item, const Format &format)
{
    if (item.isRunning())
        return item.row.open.unpriced ? Tr::tr("unknown") : format.money(item.soFar);
    const CloseRow &close = item.row.close;
    if (!close.cost)
        return close.provenance == Provenance::Unpriced ? Tr::tr("unknown") : QString();
    return format.money(*close.cost);
}

QString durationText(const RequestItem &item, const Format &format, Instant now)
{
    if (item.isRunning())
        return format.duration(std::max(Duration(0), now - item.row.open.id.time()));
    return item.row.close.durationUs > 0 ? spanText(Duration(item.row.close.durationUs), format) : QString();
}

QString spanText(Duration span, const Format &format)
{
    return span > Duration(0) && span < std::chrono::milliseconds(1) ? Tr::tr("<1 ms")
                                                                     : format.duration(span);
}

QString momentText(Instant t, const Format &format, Instant now)
{
    const QDateTime at = format.local(t);
    if (at.date() == format.local(now).date())
        return format.time(t);
    return Tr::tr("%1 %2", "date and time").arg(format.date(t), format.time(t));
}

QString remarkText(const RequestItem &item)
{
    const OpenRow &open = item.row.open;
    if (!open.requestedModel.isEmpty() && open.series && !open.series->model.isEmpty()
        && open.requestedModel != open.series->model)
        return Tr::tr("for %1", "this model was used in place of that one").arg(open.requestedModel);
    if (open.clamped)
        return Tr::tr("shortened", "the output limit of the request was lowered to fit the budget");
    return {};
}

} // namespace lbp::gui
