#pragma once

#include "core/clock.h"
#include "core/money.h"
#include "core/usage.h"

#include <memory>
#include <optional>
#include <QHash>
#include <QString>
#include <QStringList>
#include <vector>

namespace lbp {

/// Picodollars per token, call, character, second or image (billingUnit() in charge.h): 1 USD per million
/// tokens is 1'000'000. Published prices are whole numbers in this unit, so nothing is rounded; those by time
/// may not be, see rateOfPrice(). A class without a known rate is absent, not zero.
struct Rates
{
    std::array<std::optional<qint64>, billingClassCount> perUnit{};

    [[nodiscard]] std::optional<qint64> &operator[](BillingClass c) { return perUnit[size_t(c)]; }
    [[nodiscard]] const std::optional<qint64> &operator[](BillingClass c) const { return perUnit[size_t(c)]; }
    /// The rate that is charged for \a c, filled in on the safe side where none is stated: cached input and
    /// cache writes fall back to uncached input (one-hour writes to the dearer of that and the short-lived
    /// write), reasoning to output; the rest stays unknown.
    [[nodiscard]] std::optional<qint64> charged(BillingClass c) const;
    /// The dearest rate any text input token of a request may be charged at: the maximum over uncached,
    /// cached, 5 m and 1 h cache writes that are stated.
    [[nodiscard]] std::optional<qint64> dearestInput() const;
    bool operator==(const Rates &) const = default;
};

enum class ServiceTier { Standard, Flex, Priority, Batch };
[[nodiscard]] ServiceTier
serviceTierFromName(QStringView name); ///< "fast" is Priority; unknown names are Standard.

/// Everything known about what one model costs.
struct ModelPrice
{
    QString model;
    Rates standard;
    /// Rates above the threshold hold for every token of a request whose total input is greater than it.
    std::optional<qint64> longContextThreshold;
    Rates longContext; ///< classes without a value here keep their value from `standard`
    QHash<ServiceTier, Rates> tiers; ///< classes without a value keep their standard rate, see ratesFor()
    std::optional<qint64> maxOutputTokens;
    std::optional<qint64> maxInputTokens;
    /// Picodollars for one generated image by "quality/size" ("hd/1024x1792"), where those differ.
    QHash<QString, qint64> images;
    QString source; ///< where the price comes from, for people
    std::optional<Instant> from; ///< since when it holds; absent: since ever
    QString hours; ///< of a price for some hours of the day: "01:00-04:00 UTC, mon-fri"; else empty

    /// The rates for a request with \a inputTokens in total, served at \a tier. A tier without rates of its
    /// own is charged at standard rates, except Priority, which is then unknown to be dearer: twice the
    /// standard rate. Where both a long-context and a tier rate are stated for a class and both hold, the
    /// dearer one is charged. Images have the rate of \a imageVariant; where it is not listed and others are,
    /// that of the dearest, unless it is empty and there is a rate for images as such.
    [[nodiscard]] Rates ratesFor(qint64 inputTokens, ServiceTier tier, QStringView imageVariant = {}) const;
};

/// Some hours of the day, in UTC.
struct DailyHours
{
    int beginMinute = 0, endMinute = 0; ///< of the day; begin < end <= 1440
    int days = 0b1111111; ///< bit 0 is Monday
    [[nodiscard]] bool holdAt(Instant at) const;
    [[nodiscard]] QString toString() const; ///< "01:00-04:00 UTC, mon-fri"
    bool operator==(const DailyHours &) const = default;
};

/// What a model costs from a day on, until the next step. Each step is a whole price: nothing is taken over
/// from the one before.
struct PriceStep
{
    struct Window
    {
        DailyHours hours;
        ModelPrice price; ///< in these hours; whole as well
    };
    ModelPrice price; ///< `from` says since when
    std::vector<Window> windows; ///< the first that holds wins over `price`
};

/// Where a price was read.
enum class PriceOrigin {
    Own, ///< the user's pricing.yml
    Imported, ///< imported-prices.yml beside it
    Shipped, ///< the list that the program carries
};
[[nodiscard]] QString priceOriginName(PriceOrigin origin); ///< "pricing.yml", ...

/// How a name came to its price.
struct PriceExplanation
{
    struct Look
    {
        QString name; ///< that was looked for
        QString rule; ///< why that name: "as it was asked for", "without the date", ...
        bool found = false;
    };
    QList<Look> looks; ///< in order; the last one was found, if any was
    const ModelPrice *price = nullptr; ///< in force at the time that was asked for
    const std::vector<PriceStep> *steps = nullptr; ///< all of it, by date
    PriceOrigin origin = PriceOrigin::Own;
};

/// Models by name, in two layers: the user's own prices, and under them the public ones (setPublic()).
/// "azure/gpt-4o" is the price of gpt-4o at the provider whose price space is "azure"; a name alone holds
/// for every provider without one of its own. Immutable once built; shared between threads as
/// shared_ptr<const PriceBook>.
class PriceBook
{
public:
    void add(ModelPrice price); ///< the one price of this name; replaces what it had
    /// Dated steps in any order, at most one of them without a date, all of one model; replaces what it had.
    void add(std::vector<PriceStep> steps, PriceOrigin origin = PriceOrigin::Own);
    /// Prices for models that have none here. \a prices has no layer under it.
    void setPublic(std::shared_ptr<const PriceBook> prices) { m_public = std::move(prices); }
    /// Whether the user wants no other prices than these.
    void setOnlyThese(bool only) { m_onlyThese = only; }
    [[nodiscard]] bool isOnlyThese() const { return m_onlyThese; }

    /// The price of \a model at a provider with the price space \a space (empty: any), in force at \a at.
    /// The names that forEachPriceName() (core/pricenames.h) gives are looked for one after the other, each
    /// among the user's own prices first and with the space first. nullptr when not priced. Before the first
    /// dated step its price is the best that is known. \a at: default is now, for those who ask only whether
    /// there is a price.
    [[nodiscard]] const ModelPrice *find(QStringView model, QStringView space = {},
                                         Instant at = SystemClock().now()) const;
    /// The same, told step by step.
    [[nodiscard]] PriceExplanation explain(QStringView model, QStringView space = {},
                                           Instant at = SystemClock().now()) const;
    /// What is listed under exactly this name, by date; nullptr: nothing.
    [[nodiscard]] const std::vector<PriceStep> *steps(const QString &name) const;
    [[nodiscard]] std::optional<PriceOrigin> origin(const QString &name) const; ///< of exactly this name
    [[nodiscard]] QStringList models() const; ///< of both layers, sorted
    [[nodiscard]] qsizetype size() const { return models().size(); }
    /// True if prices are listed for this provider alone.
    [[nodiscard]] bool hasSpace(QStringView space) const;

private:
    struct Entry
    {
        std::vector<PriceStep> steps; ///< never empty
        PriceOrigin origin = PriceOrigin::Own;
    };
    struct Found
    {
        const Entry *entry = nullptr;
        bool inSpace = false;
    };
    [[nodiscard]] Found listed(QStringView name, QStringView space) const;

    QHash<QString, std::shared_ptr<const Entry>> m_byName;
    std::shared_ptr<const PriceBook> m_public;
    bool m_onlyThese = false;
};

/// Cost of one exchange, exact to the picodollar.
/// \return InvalidUsage if a count is negative; NotPriced if a used class has no rate; AmountOverflow above
/// the
///         range of Money. Pure. cost(a) + cost(b) == cost(a + b) for fixed rates.
[[nodiscard]] Result<Money> cost(const Usage &usage, const Rates &rates);

/// Picodollars per token from a price per \a units tokens in decimal USD ("0.0025" per 1,000). InvalidValue
/// when it is not a plain non-negative decimal, or finer than a picodollar per token; AmountOverflow when out
/// of range.
[[nodiscard]] Result<qint64> ratePerUnit(QStringView usd, qint64 units);

} // namespace lbp
