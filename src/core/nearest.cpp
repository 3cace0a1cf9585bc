#include "core/nearest.h"

#include <algorithm>
#include <vector>

namespace lbp {

static int editDistance(QStringView a, QStringView b)
{
    std::vector<int> row(size_t(b.size()) + 1);
    for (size_t j = 0; j < row.size(); ++j)
        row[j] = int(j);
    for (qsizetype i = 0; i < a.size(); ++i) {
        int diagonal = row[0];
        row[0] = int(i) + 1;
        for (qsizetype j = 0; j < b.size(); ++j) {
            const int above = row[size_t(j) + 1];
            const int change = diagonal + (a[i].toCaseFolded() == b[j].toCaseFolded() ? 0 : 1);
            row[size_t(j) + 1] = std::min({change, above + 1, row[size_t(j)] + 1});
            diagonal = above;
        }
    }
    return row.back();
}

QString nearestName(QStringView name, const QStringList &known)
{
    QString best;
    int bestDistance = int(std::max<qsizetype>(2, name.size() / 3)) + 1;
    if (name.size() > 100)
        return best;
    for (const QString &candidate : known) {
        const int distance = editDistance(name, candidate);
        if (distance < bestDistance) {
            bestDistance = distance;
            best = candidate;
        }
    }
    return best;
}

} // namespace lbp
