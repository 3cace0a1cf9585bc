#include "config/publicprices.h"

#include <QFile>
#include <QFileInfo>

namespace lbp {

namespace {

using namespace Qt::StringLiterals;

} // namespace

std::shared_ptr<const PriceBook> shippedPrices()
{
    // Never changes, and is not small: one for all who ask.
    static const std::shared_ptr<const PriceBook> prices = [] {
        const auto read =
            parsePricing(documentedDefault(u"prices.yml"_s), u":/lbp/prices.yml"_s, PriceOrigin::Shipped);
        Q_ASSERT(read.has_value()); // a test reads it
        return read ? *read : std::make_shared<const PriceBook>();
    }();
    return prices;
}

QString importedPricesPath(const QString &pricingFile)
{
    return QFileInfo(pricingFile).absolutePath() + "/imported-prices.yml"_L1;
}

std::shared_ptr<const PriceBook> publicPrices(const QString &pricingFile, QList<ConfigProblem> &problems)
{
    const QString path = importedPricesPath(pricingFile);
    if (!QFileInfo::exists(path))
        return shippedPrices();
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) {
        problems.append({path, 0, {}, u"cannot be read: %1"_s.arg(file.errorString())});
        return shippedPrices();
    }
    const auto imported = parsePricing(file.readAll(), path, PriceOrigin::Imported);
    if (!imported) {
        problems += imported.error();
        return shippedPrices();
    }
    auto merged = std::make_shared<PriceBook>(*shippedPrices());
    for (const QString &model : (*imported)->models())
        merged->add(*(*imported)->steps(model), PriceOrigin::Imported);
    return merged;
}

std::shared_ptr<const PriceBook> withPublicPrices(std::shared_ptr<const PriceBook> own,
                                                  const QString &pricingFile, QList<ConfigProblem> &problems)
{
    if (own->isOnlyThese())
        return own;
    auto book = std::make_shared<PriceBook>(*own);
    book->setPublic(publicPrices(pricingFile, problems));
    return book;
}

} // namespace lbp
