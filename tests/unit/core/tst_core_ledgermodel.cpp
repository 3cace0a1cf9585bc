#include "core/ledger.h"

#include <algorithm>
#include <array>
#include <QTest>
#include <QTimeZone>
#include <random>

using namespace lbp;
using namespace std::chrono_literals;

namespace {

/// What the ledger promises, said as naively as possible: a list of everything that ever happened, summed for
/// each question.
class Model
{
public:
    explicit Model(const QTimeZone &zone)
        : m_zone(zone)
    {
    }

    struct Entry
    {
        Spender spender;
        Instant at;
        qint64 amount; ///< reserved while open, spent once ended
        bool isOpen;
    };

    QList<Budget> budgets;
    std::vector<Entry> entries;

    [[nodiscard]] static bool applies(const Scope &scope, const Spender &spender)
    {
        switch (scope.kind) {
        case ScopeKind::Global:
            return true;
        case ScopeKind::Team:
            return scope.id == spender.team;
        case ScopeKind::Project:
            return scope.id == spender.project;
        case ScopeKind::Key:
            return scope.id == QString::number(spender.key);
        }
        return false;
    }

    [[nodiscard]] qint64 sum(const Budget &budget, Instant now, bool open) const
    {
        const PeriodSpan span = periodSpan(budget.period, now, m_zone);
        qint64 total = 0;
        for (const Entry &entry : entries) {
            if (entry.isOpen == open && entry.at >= span.start && entry.at < span.end
                && applies(budget.scope, entry.spender))
                total += entry.amount;
        }
        return total;
    }

    [[nodiscard]] bool admits(const Spender &spender, qint64 amount, Instant now) const
    {
        return std::all_of(budgets.begin(), budgets.end(), [&](const Budget &budget) {
            return amount == 0 || !applies(budget.scope, spender)
                || sum(budget, now, true) + sum(budget, now, false) + amount <= budget.limit.picodollars();
        });
    }

private:
    QTimeZone m_zone;
};

} // namespace

class TestLedgerModel : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theLedgerDoesWhatTheModelSays_data()
    {
        QTest::addColumn<QByteArray>("zone");
        QTest::addColumn<quint64>("seed");
        for (const char *zone : {"UTC", "Europe/Berlin", "America/Sao_Paulo", "Australia/Lord_Howe"}) {
            for (quint64 seed : {1, 2, 3})
                QTest::addRow("%s, seed %d", zone, int(seed)) << QByteArray(zone) << seed;
        }
    }
    void theLedgerDoesWhatTheModelSays()
    {
        QFETCH(QByteArray, zone);
        QFETCH(quint64, seed);
        std::mt19937_64 random(seed);
        const auto below = [&random](qint64 n) { return qint64(random() % quint64(n)); };

        const QTimeZone timeZone(zone);
        QVERIFY(timeZone.isValid());
        BudgetLedger ledger(timeZone, {});
        Model model(timeZone);
        // All pairs that come and go later are known from the beginning: what was spent before a pair was
        // first set is the store's to say.
        const QString red = QStringLiteral("red"), blue = QStringLiteral("blue"),
                      site = QStringLiteral("site");
        const QList<Scope> scopes{{ScopeKind::Global, {}},
                                  {ScopeKind::Team, red},
                                  {ScopeKind::Team, blue},
                                  {ScopeKind::Project, site},
                                  {ScopeKind::Key, QStringLiteral("1")},
                                  {ScopeKind::Key, QStringLiteral("2")}};
        QList<Budget> all;
        for (const Scope &scope : scopes) {
            for (Period period : allPeriods)
                all.append(
                    {scope, period, Money::fromPicodollars(2'000 * (int(period) + 1) * (int(period) + 1))});
        }
        ledger.setBudgets(all);
        model.budgets = all;
        const std::array<Spender, 4> spenders{Spender{1, red, site}, Spender{2, red, {}},
                                              Spender{3, blue, site}, Spender{4, {}, {}}};

        struct Running
        {
            Reservation reservation;
            size_t entry;
        };
        std::vector<Running> running;
        Instant now = fromMicros(1'540'900'000'000'000); // October 2018, days before several clocks change
        int admitted = 0, refused = 0;
        for (int step = 0; step < 4'000; ++step) {
            now += Duration(below(step % 100 == 0 ? 40'000'000'000 : 600'000'000));
            const Spender &spender = spenders[size_t(below(4))];
            switch (below(10)) {
            case 0:
            case 1:
            case 2:
            case 3:
            case 4: {
                const qint64 amount = below(700);
                const bool expected = model.admits(spender, amount, now);
                auto reservation = ledger.reserve(spender, Money::fromPicodollars(amount), now);
                QCOMPARE(reservation.has_value(), expected);
                if (!expected) {
                    ++refused;
                    break;
                }
                ++admitted;
                running.push_back({std::move(*reservation), model.entries.size()});
                model.entries.push_back({spender, now, amount, true});
                break;
            }
            case 5:
            case 6:
            case 7:
            case 8: {
                if (running.empty())
                    break;
                const auto which = size_t(below(qint64(running.size())));
                Model::Entry &entry = model.entries[running[which].entry];
                entry.isOpen = false;
                // Mostly less than reserved, now and then more, sometimes nothing, sometimes forgotten.
                const qint64 how = below(10);
                if (how == 0) {
                    entry.amount = 0;
                    running[which].reservation.release();
                } else if (how > 1) {
                    entry.amount = how == 2 ? entry.amount + below(50) : below(entry.amount + 1);
                    running[which].reservation.settle(Money::fromPicodollars(entry.amount));
                }
                std::swap(running[which], running.back());
                running.pop_back();
                break;
            }
            default: {
                // Some budgets go, others come back.
                model.budgets.clear();
                for (const Budget &budget : std::as_const(all)) {
                    if (below(10) < 7)
                        model.budgets.append(budget);
                }
                ledger.setBudgets(model.budgets);
                break;
            }
            }
            if (step % 7 != 0)
                continue;
            const QList<BudgetStatus> statuses = ledger.statusAll(now);
            QCOMPARE(statuses.size(), model.budgets.size());
            for (const BudgetStatus &status : statuses) {
                QCOMPARE(status.reserved.picodollars(), model.sum(status.budget, now, true));
                QCOMPARE(status.spent.picodollars(), model.sum(status.budget, now, false));
                QCOMPARE(status.span, periodSpan(status.budget.period, now, timeZone));
            }
        }
        QVERIFY(admitted > 100 && refused > 100);
        for (Running &r : running)
            r.reservation.release();
        for (const BudgetStatus &status : ledger.statusAll(now))
            QCOMPARE(status.reserved, Money());
    }
};

QTEST_GUILESS_MAIN(TestLedgerModel)
#include "tst_core_ledgermodel.moc"
