#pragma once

#include "config/config.h"
#include "core/mailbox.h"
#include "core/result.h"

#include <QDate>
#include <QFuture>
#include <QObject>
#include <QThreadPool>

namespace lbp {

/// One rate of a price as people read it: exact decimal US dollars, never rounded.
struct PriceText
{
    BillingClass billingClass{};
    QString key; ///< in pricing.yml, the usual one of config/pricekeys.h: "inputPer1M"
    QString text; ///< for as many units as the key says: 1,000,000 tokens, 1,000 calls, an hour, …
    bool operator==(const PriceText &) const = default;
};

/// One model of the price list.
struct PriceListEntry
{
    QString model;
    QString provider; ///< the configured one that would serve it; empty: none
    QList<PriceText> rates; ///< those that are stated
    struct Tier
    {
        QString name; ///< "flex", "priority", "batch", or "above 271999 tokens"
        QList<PriceText> rates;
        bool operator==(const Tier &) const = default;
    };
    QList<Tier> tiers;
    std::optional<qint64> maxInputTokens, maxOutputTokens;
    QString source;
    std::optional<QDate> date; ///< of the source, where it names one
    [[nodiscard]] QString rate(BillingClass billingClass) const; ///< empty: not stated
    bool operator==(const PriceListEntry &) const = default;
};
/// Every model, by name, with the price in force at \a at.
[[nodiscard]] QList<PriceListEntry> priceList(const Config &config, Instant at = SystemClock().now());
[[nodiscard]] PriceListEntry priceEntry(const ModelPrice &price);

/// A price as a person enters it. Texts as typed: plain decimals, for as many units as their keys say.
struct PriceDraft
{
    QString model;
    QList<PriceText> rates; ///< key and text; an empty text takes the rate away
    std::optional<qint64> maxOutputTokens; ///< absent: stays
    QString source; ///< empty: stays; "entered by hand, DATE" when the model is new
};

/// What a price file would change.
struct PriceChange
{
    enum class Kind {
        New,
        Changed,
        /// A rate moves ten times or more, or to or from 0; a new model is free or costs more than 1,000 USD
        /// for a million tokens; or prices by the hour of the day would be lost.
        Suspicious,
    };
    Kind kind = Kind::New;
    PriceListEntry before, after; ///< before is empty when new
    QString note; ///< "outputPer1M: 10 → 100 (×10)"
    std::vector<PriceStep> steps{}; ///< what would be written, of a public list
};
struct PriceImport
{
    struct Refused
    {
        QString model;
        QString reason;
    };
    QString file;
    QList<PriceChange> changes; ///< suspicious ones first, then by name
    int unchanged = 0;
    QByteArray text; ///< of the file, as it was read; only in the format of pricing.yml
    QString format{}; ///< "LiteLLM", "models.dev"; empty: that of pricing.yml
    QString target{}; ///< the file that apply() changes: pricing.yml, or imported-prices.yml beside it
    QList<Refused> refused{}; ///< could not be read exactly
    QStringList own{}; ///< models with a price in pricing.yml, which stays in force
    int leftOut = 0; ///< of providers that nobody asked for
    [[nodiscard]] int count(PriceChange::Kind kind) const;
};

/// Changes pricing.yml; its comments stay. The file is written atomically and read again by the
/// ConfigWatcher. Thread: main; the disk is touched on a worker thread.
class PriceEditor : public QObject
{
    Q_OBJECT
public:
    /// \param file gives where pricing.yml is (or is to be made); \param now for dates.
    PriceEditor(std::function<QString()> file, const Clock &clock, QObject *parent = nullptr);
    [[nodiscard]] static QString check(const PriceDraft &draft); ///< what is wrong with it; empty: nothing
    QFuture<Result<void>> set(PriceDraft draft); ///< adds or changes one model
    QFuture<Result<void>> remove(QString model); ///< NotFound
    /// Reads a price list and compares it, see comparePrices(). Changes nothing.
    QFuture<Result<PriceImport>> compare(QString file);
    /// Takes the \a models of \a import over, see applyPrices().
    QFuture<Result<void>> apply(PriceImport import, QStringList models);

Q_SIGNALS:
    void saved(); ///< the file has changed: read the configuration again

private:
    template <typename T, typename Work> QFuture<Result<T>> run(Work work, bool writes);
    std::function<QString()> m_file;
    const Clock &m_clock;
    QThreadPool m_worker; ///< of one thread: changes come one after the other
    Mailbox m_mailbox{this};
};

} // namespace lbp
