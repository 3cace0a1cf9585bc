#include "core/budget.h"

#include "core/decimal.h"
#include "core/int128.h"

#include <algorithm>
#include <array>
#include <QtNumeric>

namespace lbp {

namespace {
constexpr std::array<const char16_t *, 4> scopeKindNames{u"global", u"team", u"project", u"key"};
constexpr int fullBasisPoints = 10'000;
constexpr int mostBasisPoints = 1'000'000;
} // namespace

QString scopeKindName(ScopeKind kind)
{
    return QString::fromUtf16(scopeKindNames[size_t(kind)]);
}

Result<ScopeKind> scopeKindFromName(QStringView name)
{
    for (size_t i = 0; i < scopeKindNames.size(); ++i) {
        if (name == scopeKindNames[i])
            return static_cast<ScopeKind>(i);
    }
    return fail(ErrorCode::InvalidValue,
                quoted(name) + QStringLiteral(" is not a scope; expected global, team, project or key"));
}

size_t qHash(const Scope &scope, size_t seed)
{
    return qHashMulti(seed, int(scope.kind), scope.id);
}

Money BudgetStatus::effectiveLimit() const
{
    return budget.limit.plusSaturated(raised);
}

Money BudgetStatus::remaining() const
{
    const Int128 left = Int128(effectiveLimit().picodollars()) - spent.picodollars() - reserved.picodollars();
    return Money::fromPicodollars(qint64(std::clamp<Int128>(left, 0, std::numeric_limits<qint64>::max())));
}

int BudgetStatus::pressureBasisPoints() const
{
    const qint64 limit = effectiveLimit().picodollars();
    if (limit <= 0)
        return fullBasisPoints;
    qint64 used = 0;
    qint64 scaled = 0;
    if (!qAddOverflow(spent.picodollars(), reserved.picodollars(), &used)
        && !qMulOverflow(used, qint64(fullBasisPoints), &scaled))
        return int(std::clamp<qint64>(scaled / limit, 0, mostBasisPoints));
    const Int128 wide = (Int128(spent.picodollars()) + reserved.picodollars()) * fullBasisPoints;
    return int(std::clamp<Int128>(wide / limit, 0, mostBasisPoints));
}

std::optional<Money> WorstCase::total() const
{
    if (input.isNegative() || ratePerOutput < 0 || ceiling < 0 || choices < 0)
        return std::nullopt; // an impossible request must not look cheap
    qint64 tokens = 0;
    qint64 output = 0;
    if (qMulOverflow(ceiling, choices, &tokens) || qMulOverflow(tokens, ratePerOutput, &output))
        return std::nullopt;
    return input.plus(Money::fromPicodollars(output));
}

Admission admit(const WorstCase &worst, Money remaining, AdmissionMode mode, qint64 minOutputTokens)
{
    using enum Admission::Verdict;
    const Admission refused{Refuse, worst.ceiling, {}};
    const std::optional<Money> total = worst.total();
    if (total && *total <= remaining)
        return {Admit, worst.ceiling, *total};
    if (mode == AdmissionMode::Strict || remaining <= Money())
        return refused;
    if (mode == AdmissionMode::Soft)
        return {Admit, worst.ceiling, remaining};

    qint64 perToken = 0;
    if (!worst.ceilingMayChange || worst.input.isNegative() || worst.input > remaining
        || qMulOverflow(worst.ratePerOutput, worst.choices, &perToken) || perToken <= 0)
        return refused;
    const qint64 room = remaining.picodollars() - worst.input.picodollars();
    const qint64 ceiling = std::min(room / perToken, worst.ceiling);
    const qint64 least =
        std::max<qint64>(1, std::min(std::max(minOutputTokens, worst.leastCeiling), worst.ceiling));
    if (ceiling < least)
        return refused;
    return {Clamp, ceiling, Money::fromPicodollars(worst.input.picodollars() + ceiling * perToken)};
}

} // namespace lbp
