#include "proxy/chargeparts.h"

#include "proxy/decide.h"

namespace lbp {

void addParts(Charge &charge, const std::vector<UsagePart> &parts, const Config &config,
              const ProviderConfig &provider, const ModelPrice &own, ServiceTier tier, RatesMemory &memory,
              Instant at, int ratePercent)
{
    for (const UsagePart &part : parts) {
        const ModelPrice *const price = ownPrice(config, provider, part.model, at);
        const Charge more = chargeFor(part.usage, price ? *price : own, tier, charge.provenance, memory, ratePercent);
        QString note;
        if (!price || more.provenance == Provenance::Estimated)
            charge.provenance = Provenance::Estimated;
        if (!more.cost) {
            charge.provenance = Provenance::Estimated;
            note = QStringLiteral("what %1 used has no price").arg(part.model.left(100));
        } else {
            charge.cost = charge.cost.value_or(Money()).plusSaturated(*more.cost);
            note = QStringLiteral("with %1 USD for %2%3")
                       .arg(more.cost->toDecimal(), part.model.left(100),
                            price ? QString() : QStringLiteral(", which has no price of its own"));
        }
        charge.note += charge.note.isEmpty() ? note : QStringLiteral("; ") + note;
    }
}

} // namespace lbp
