#include "control/keychecks.h"

namespace lbp {

namespace {

constexpr qsizetype maxLabel = 100;
constexpr qsizetype maxGlob = 200;
constexpr qsizetype maxGlobs = 500;

/// Characters that break lines, hide or reorder text, or are no characters at all.
bool isUnfit(QStringView text)
{
    for (qsizetype i = 0; i < text.size(); ++i) {
        const QChar c = text[i];
        if (c.isHighSurrogate() && i + 1 < text.size() && text[i + 1].isLowSurrogate()) {
            ++i;
            continue;
        }
        switch (c.category()) {
        case QChar::Other_Control:
        case QChar::Other_Format:
        case QChar::Other_Surrogate:
        case QChar::Separator_Line:
        case QChar::Separator_Paragraph:
            return true;
        default:
            break;
        }
    }
    return false;
}

Status invalid(const QString &detail)
{
    return fail(ErrorCode::InvalidRequest, detail);
}

Status checkLimit(const std::optional<int> &limit, const char *name)
{
    if (limit && *limit < 0)
        return invalid(QStringLiteral("%1 must not be negative; 0 means no limit").arg(QLatin1String(name)));
    return {};
}

} // namespace

Status checkLabel(QStringView text, QStringView what)
{
    if (text.size() > maxLabel)
        return invalid(QStringLiteral("%1 has %2 characters; at most %3 are allowed")
                           .arg(what)
                           .arg(text.size())
                           .arg(maxLabel));
    if (isUnfit(text))
        return invalid(QStringLiteral("%1 holds a control character").arg(what));
    if (text.trimmed().size() != text.size())
        return invalid(QStringLiteral("%1 begins or ends with white space").arg(what));
    return {};
}

Status checkKeyRecord(const KeyRecord &key)
{
    if (const Status name = checkKeyName(key.name); !name)
        return invalid(QStringLiteral("name: ") + name.error().detail);
    for (const Status &status :
         {checkLabel(key.name, u"name"), checkLabel(key.team, u"team"), checkLabel(key.project, u"project"),
          checkLimit(key.rpm, "rpm"), checkLimit(key.tpm, "tpm"), checkLimit(key.parallel, "parallel")})
        if (!status)
            return status;
    if (key.allowedModels.size() > maxGlobs)
        return invalid(QStringLiteral("allowedModels has %1 entries; at most %2 are allowed")
                           .arg(key.allowedModels.size())
                           .arg(maxGlobs));
    for (const QString &glob : key.allowedModels)
        if (glob.isEmpty() || glob.size() > maxGlob || isUnfit(glob))
            return invalid(
                QStringLiteral("allowedModels: each entry is a model name or a pattern with * and ?, "
                               "1 to %1 characters long")
                    .arg(maxGlob));
    if (key.maxSpendPerMinute && (key.maxSpendPerMinute->isNegative() || key.maxSpendPerMinute->isZero()))
        return invalid(
            QStringLiteral("maxSpendPerMinute must be more than 0; leave it out to switch the guard off"));
    return {};
}

Status checkExpiry(const std::optional<Instant> &expiresAt, Instant now)
{
    if (expiresAt && *expiresAt <= now)
        return invalid(QStringLiteral("expiresAt must be in the future"));
    return {};
}

Status checkBudget(const Budget &budget)
{
    if (budget.limit.isNegative())
        return invalid(QStringLiteral("the limit of a budget must not be negative; 0 refuses everything"));
    switch (budget.scope.kind) {
    case ScopeKind::Global:
        if (!budget.scope.id.isEmpty())
            return invalid(QStringLiteral("the global budget has no id"));
        return {};
    case ScopeKind::Team:
    case ScopeKind::Project:
        if (budget.scope.id.isEmpty())
            return invalid(
                QStringLiteral("the budget of a %1 needs its name").arg(scopeKindName(budget.scope.kind)));
        return checkLabel(budget.scope.id, scopeKindName(budget.scope.kind));
    case ScopeKind::Key:
        return {};
    }
    return {};
}

} // namespace lbp
