#pragma once

#include "core/money.h"
#include "core/usage.h"

#include <memory>
#include <optional>
#include <QHash>
#include <QString>
#include <QStringList>

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
    QString source; ///< where the price comes from, for people

    /// The rates for a request with \a inputTokens in total, served at \a tier. A tier without rates of its
    /// own is charged at standard rates, except Priority, which is then unknown to be dearer: twice the
    /// standard rate. Where both a long-context and a tier rate are stated for a class and both hold, the
    /// dearer one is charged.
    [[nodiscard]] Rates ratesFor(qint64 inputTokens, ServiceTier tier) const;
};

/// Models by name. Immutable once built; shared between threads as shared_ptr<const PriceBook>.
class PriceBook
{
public:
    void add(ModelPrice price); ///< replaces one of the same name
    /// By exact name, else without a date suffix (`-2024-08-06`, `-20240806`, `-0613`). nullptr when not
    /// priced.
    [[nodiscard]] const ModelPrice *find(QStringView model) const;
    [[nodiscard]] QStringList models() const; ///< sorted
    [[nodiscard]] qsizetype size() const { return m_byName.size(); }

private:
    QHash<QString, std::shared_ptr<const ModelPrice>> m_byName;
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
