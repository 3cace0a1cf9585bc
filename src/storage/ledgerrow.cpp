#include "storage/ledgerrow.h"

#include <cstring>

namespace lbp {

namespace {

enum class Kind : quint8 { Open = 1, Close, Whole };

constexpr quint8 flagStream = 1, flagClamped = 2, flagUnpriced = 4, flagSeries = 8, flagAttempt = 16;
constexpr quint8 flagCost = 1, flagRates = 2;
constexpr qsizetype numberRoom = 10; ///< the most that 64 bits need, seven in a byte
constexpr qsizetype numbersOfARow = 40; ///< more than all the numbers and flags of a whole row
static_assert(billingClassCount <= 16, "the classes that are there are written as 16 bits at most");

bool isFirstAttempt(const OpenRow &row)
{
    return row.attemptOf.value == 0 && row.attempt == 1;
}

qsizetype roomFor(const QString &text)
{
    return numberRoom + text.size() * qsizetype(sizeof(QChar));
}
qsizetype roomFor(const OpenRow &row)
{
    qsizetype room = roomFor(row.requestedModel) + roomFor(row.endpoint);
    if (row.series)
        for (const QString *text :
             {&row.series->team, &row.series->project, &row.series->provider, &row.series->model})
            room += roomFor(*text);
    return room;
}
qsizetype roomFor(const CloseRow &row)
{
    return roomFor(row.priceSource) + roomFor(row.upstreamRequestId) + roomFor(row.error)
        + 2 * billingClassCount * numberRoom;
}

/// Writes to memory that is known to be large enough.
class Encoder
{
public:
    explicit Encoder(char *begin)
        : m_at(begin)
    {
    }
    [[nodiscard]] const char *end() const { return m_at; }
    void byte(quint8 value) { *m_at++ = char(value); }
    void number(quint64 value)
    {
        while (value >= 0x80) {
            byte(quint8(value | 0x80));
            value >>= 7;
        }
        byte(quint8(value));
    }
    /// Small ones of either sign stay short.
    void integer(qint64 value) { number((quint64(value) << 1) ^ quint64(value >> 63)); }
    void text(const QString &value)
    {
        number(quint64(value.size()));
        const size_t size = size_t(value.size()) * sizeof(QChar);
        if (size > 0)
            std::memcpy(m_at, value.constData(), size);
        m_at += size;
    }
    void row(const OpenRow &row)
    {
        integer(row.id.value);
        byte(quint8((row.stream ? flagStream : 0) | (row.clamped ? flagClamped : 0)
                    | (row.unpriced ? flagUnpriced : 0) | (row.series ? flagSeries : 0)
                    | (isFirstAttempt(row) ? 0 : flagAttempt)));
        if (!isFirstAttempt(row)) {
            integer(row.attemptOf.value);
            integer(row.attempt);
        }
        if (row.series) {
            integer(row.series->key);
            text(row.series->team);
            text(row.series->project);
            text(row.series->provider);
            text(row.series->model);
        }
        text(row.requestedModel);
        text(row.endpoint);
        integer(row.reserved.picodollars());
        integer(row.estimatedInputTokens);
        integer(row.ceiling);
    }
    void row(const CloseRow &row)
    {
        integer(row.id.value);
        byte(quint8(row.outcome));
        byte(quint8(row.provenance));
        byte(quint8((row.cost ? flagCost : 0) | (row.rates ? flagRates : 0)));
        if (row.cost)
            integer(row.cost->picodollars());
        quint64 used = 0;
        for (size_t i = 0; i < billingClassCount; ++i)
            used |= row.usage.counts[i] != 0 ? quint64(1) << i : 0;
        number(used);
        for (const qint64 count : row.usage.counts)
            if (count != 0)
                integer(count);
        if (row.rates) {
            quint64 known = 0;
            for (size_t i = 0; i < billingClassCount; ++i)
                known |= row.rates->perUnit[i] ? quint64(1) << i : 0;
            number(known);
            for (const std::optional<qint64> &rate : row.rates->perUnit)
                if (rate)
                    integer(*rate);
        }
        text(row.priceSource);
        integer(row.saved.picodollars());
        integer(row.status);
        integer(row.queueUs);
        integer(row.ttftUs);
        integer(row.durationUs);
        text(row.upstreamRequestId);
        text(row.error);
    }

private:
    char *m_at;
};

/// Reads what may be anything. After the first thing that does not fit it stays bad and gives zeros.
class Decoder
{
public:
    explicit Decoder(QByteArrayView bytes)
        : m_rest(bytes)
    {
    }
    [[nodiscard]] bool isWhole() const { return m_good && m_rest.isEmpty(); }
    quint8 byte()
    {
        if (m_rest.isEmpty())
            return bad();
        const auto value = quint8(m_rest.front());
        m_rest = m_rest.sliced(1);
        return value;
    }
    quint64 number()
    {
        quint64 value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            const quint8 next = byte();
            value |= quint64(next & 0x7f) << shift;
            if (!(next & 0x80))
                return value;
        }
        return bad();
    }
    qint64 integer()
    {
        const quint64 value = number();
        return qint64((value >> 1) ^ (~(value & 1) + 1));
    }
    QString text()
    {
        const quint64 size = number();
        if (size > quint64(m_rest.size()) / sizeof(QChar)) {
            bad();
            return {};
        }
        QString value(qsizetype(size), Qt::Uninitialized);
        const size_t bytes = size_t(size) * sizeof(QChar);
        if (bytes > 0)
            std::memcpy(value.data(), m_rest.data(), bytes);
        m_rest = m_rest.sliced(qsizetype(bytes));
        return value;
    }
    /// Not above \a last: what this program does not know must not become a value of an enumeration.
    template <typename Enum> Enum one(Enum last)
    {
        const quint8 value = byte();
        return value <= quint8(last) ? Enum(value) : Enum(bad());
    }
    quint64 classes()
    {
        const quint64 bits = number();
        return bits < (quint64(1) << billingClassCount) ? bits : bad();
    }
    OpenRow openRow()
    {
        OpenRow row;
        row.id.value = integer();
        const quint8 flags = byte();
        row.stream = (flags & flagStream) != 0;
        row.clamped = (flags & flagClamped) != 0;
        row.unpriced = (flags & flagUnpriced) != 0;
        if (flags & flagAttempt) {
            row.attemptOf.value = integer();
            row.attempt = int(integer());
        }
        if (flags & flagSeries) {
            Series series;
            series.key = integer();
            series.team = text();
            series.project = text();
            series.provider = text();
            series.model = text();
            row.series = std::make_shared<const Series>(std::move(series));
        }
        row.requestedModel = text();
        row.endpoint = text();
        row.reserved = Money::fromPicodollars(integer());
        row.estimatedInputTokens = integer();
        row.ceiling = integer();
        return row;
    }
    CloseRow closeRow()
    {
        CloseRow row;
        row.id.value = integer();
        row.outcome = one(Outcome::Recovered);
        if (row.outcome == Outcome::Open)
            bad();
        row.provenance = one(Provenance::Free);
        const quint8 flags = byte();
        if (flags & flagCost)
            row.cost = Money::fromPicodollars(integer());
        const quint64 used = classes();
        for (size_t i = 0; i < billingClassCount; ++i)
            if ((used >> i) & 1)
                row.usage.counts[i] = integer();
        if (flags & flagRates) {
            Rates rates;
            const quint64 known = classes();
            for (size_t i = 0; i < billingClassCount; ++i)
                if ((known >> i) & 1)
                    rates.perUnit[i] = integer();
            row.rates = std::make_shared<const Rates>(rates);
        }
        row.priceSource = text();
        row.saved = Money::fromPicodollars(integer());
        row.status = int(integer());
        row.queueUs = integer();
        row.ttftUs = integer();
        row.durationUs = integer();
        row.upstreamRequestId = text();
        row.error = text();
        return row;
    }

private:
    quint8 bad()
    {
        m_good = false;
        m_rest = {};
        return 0;
    }
    QByteArrayView m_rest;
    bool m_good = true;
};

} // namespace

void encodeRow(const LedgerRow &row, QByteArray &out)
{
    const auto *open = std::get_if<OpenRow>(&row);
    const auto *close = std::get_if<CloseRow>(&row);
    const auto *whole = std::get_if<ExchangeRow>(&row);
    if (whole) {
        open = &whole->open;
        close = &whole->close;
    }
    out.resize(numbersOfARow * numberRoom + (open ? roomFor(*open) : 0) + (close ? roomFor(*close) : 0));
    Encoder encoder(out.data());
    encoder.byte(quint8(whole ? Kind::Whole : open ? Kind::Open : Kind::Close));
    if (open)
        encoder.row(*open);
    if (close)
        encoder.row(*close);
    out.resize(encoder.end() - out.constData());
}

std::optional<LedgerRow> decodeRow(QByteArrayView bytes)
{
    Decoder decoder(bytes);
    LedgerRow row;
    switch (Kind(decoder.byte())) {
    case Kind::Open:
        row = decoder.openRow();
        break;
    case Kind::Close:
        row = decoder.closeRow();
        break;
    case Kind::Whole: {
        ExchangeRow whole;
        whole.open = decoder.openRow();
        whole.close = decoder.closeRow();
        row = std::move(whole);
        break;
    }
    default:
        return std::nullopt;
    }
    if (!decoder.isWhole())
        return std::nullopt;
    return row;
}

} // namespace lbp
