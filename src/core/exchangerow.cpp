#include "core/exchangerow.h"

#include <array>
#include <QHashFunctions>

namespace lbp {

namespace {

// The strings are stored in ledgers: they may be added to, never changed.
constexpr std::array<const char16_t *, 6> provenanceNames{u"reserved",  u"exact",    u"estimated",
                                                          u"recovered", u"unpriced", u"free"};
constexpr std::array<const char16_t *, 10> outcomeNames{
    u"open",           u"completed", u"upstream_error", u"upstream_failed", u"client_gone",
    u"cut_at_ceiling", u"cache_hit", u"refused",        u"stopped",         u"recovered"};
static_assert(provenanceNames.size() == size_t(Provenance::Free) + 1);
static_assert(outcomeNames.size() == size_t(Outcome::Recovered) + 1);

template <typename Enum, size_t count>
std::optional<Enum> named(const std::array<const char16_t *, count> &names, QStringView name)
{
    for (size_t i = 0; i < count; ++i) {
        if (name == names[i])
            return static_cast<Enum>(i);
    }
    return std::nullopt;
}

} // namespace

QString provenanceName(Provenance p)
{
    return QString::fromUtf16(provenanceNames[size_t(p)]);
}

std::optional<Provenance> provenanceFromName(QStringView name)
{
    return named<Provenance>(provenanceNames, name);
}

QString outcomeName(Outcome o)
{
    return QString::fromUtf16(outcomeNames[size_t(o)]);
}

std::optional<Outcome> outcomeFromName(QStringView name)
{
    return named<Outcome>(outcomeNames, name);
}

size_t qHash(const Series &series, size_t seed)
{
    return qHashMulti(seed, series.key, series.team, series.project, series.provider, series.model);
}

} // namespace lbp
