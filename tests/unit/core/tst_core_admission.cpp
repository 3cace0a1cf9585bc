#include "core/budget.h"

#include <QTest>
#include <random>

using namespace lbp;

namespace {

using Verdict = Admission::Verdict;

Money pd(qint64 picodollars)
{
    return Money::fromPicodollars(picodollars);
}

BudgetStatus status(qint64 limit, qint64 spent, qint64 reserved)
{
    BudgetStatus s;
    s.budget.limit = pd(limit);
    s.spent = pd(spent);
    s.reserved = pd(reserved);
    return s;
}

} // namespace

Q_DECLARE_METATYPE(lbp::WorstCase)

class TestAdmission : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void remainingIsNeverBelowZero()
    {
        QCOMPARE(status(100, 30, 20).remaining(), pd(50));
        QCOMPARE(status(100, 80, 20).remaining(), pd(0));
        QCOMPARE(status(100, 120, 0).remaining(), pd(0));
        const qint64 largest = std::numeric_limits<qint64>::max();
        QCOMPARE(status(largest, largest, largest).remaining(), pd(0));
        QCOMPARE(status(0, 0, 0).remaining(), pd(0));
    }

    void pressureIsExactAndBounded()
    {
        QCOMPARE(status(100, 0, 0).pressureBasisPoints(), 0);
        QCOMPARE(status(100, 50, 30).pressureBasisPoints(), 8'000);
        QCOMPARE(status(30'000, 23'999, 0).pressureBasisPoints(), 7'999);
        QCOMPARE(status(30'000, 24'000, 0).pressureBasisPoints(), 8'000);
        QCOMPARE(status(100, 150, 0).pressureBasisPoints(), 15'000);
        QCOMPARE(status(0, 0, 0).pressureBasisPoints(), 10'000);
        const qint64 largest = std::numeric_limits<qint64>::max();
        QCOMPARE(status(1, largest, largest).pressureBasisPoints(), 1'000'000);
        QCOMPARE(status(largest, largest, 0).pressureBasisPoints(), 10'000);
        QCOMPARE(status(largest, largest / 2 + 1, 0).pressureBasisPoints(), 5'000);
    }

    void theWorstCaseIsInputPlusAllChoicesOrUnknown()
    {
        QCOMPARE(WorstCase({pd(7), 10, 100, 3}).total(), std::optional(pd(3'007)));
        QCOMPARE(WorstCase({pd(7), 10, 0, 3}).total(), std::optional(pd(7)));
        const qint64 largest = std::numeric_limits<qint64>::max();
        QCOMPARE(WorstCase({pd(0), 1, largest, 2}).total(), std::nullopt);
        QCOMPARE(WorstCase({pd(0), 2, largest, 1}).total(), std::nullopt);
        QCOMPARE(WorstCase({pd(1), 1, largest, 1}).total(), std::nullopt);
        QCOMPARE(WorstCase({pd(0), 1, -5, 1}).total(), std::nullopt);
        QCOMPARE(WorstCase({pd(0), 1, 5, -1}).total(), std::nullopt);
        QCOMPARE(WorstCase({pd(-1), 1, 5, 1}).total(), std::nullopt);
    }

    void admission_data()
    {
        QTest::addColumn<WorstCase>("worst");
        QTest::addColumn<qint64>("remaining");
        QTest::addColumn<int>("mode");
        QTest::addColumn<int>("verdict");
        QTest::addColumn<qint64>("ceiling");
        QTest::addColumn<qint64>("reserve");
        const qint64 largest = std::numeric_limits<qint64>::max();
        // 1,000 for the input, 10 a token, 5,000 tokens: 51,000. At least 100 tokens must be left.
        const WorstCase plain{pd(1'000), 10, 5'000, 1};
        const WorstCase two{pd(1'000), 10, 5'000, 2};
        const WorstCase fixed{pd(1'000), 10, 5'000, 1, false};
        const WorstCase brief{pd(1'000), 10, 20, 1};
        const WorstCase endless{pd(1'000), 10, largest, 4};
        const WorstCase thinking{pd(1'000), 10, 5'000, 1, true, 2'000};
        const WorstCase inputOnly{pd(1'000), 0, 5'000, 1};
        const WorstCase free{pd(0), 0, 5'000, 1};
        const auto row = [](const char *name, const WorstCase &worst, qint64 remaining, AdmissionMode mode,
                            Verdict verdict, qint64 ceiling, qint64 reserve) {
            QTest::newRow(name) << worst << remaining << int(mode) << int(verdict) << ceiling << reserve;
        };
        using enum AdmissionMode;
        for (AdmissionMode mode : {AdmissionMode::Clamp, Strict, Soft})
            row("what fits is admitted as it stands", plain, 51'000, mode, Verdict::Admit, 5'000, 51'000);
        row("strict: one picodollar short", plain, 50'999, Strict, Verdict::Refuse, 5'000, 0);
        row("strict: overflow", endless, largest, Strict, Verdict::Refuse, largest, 0);
        row("clamp: one picodollar short", plain, 50'999, AdmissionMode::Clamp, Verdict::Clamp, 4'999,
            50'990);
        row("clamp: two choices share what is left", two, 50'999, AdmissionMode::Clamp, Verdict::Clamp, 2'499,
            50'980);
        row("clamp: exactly the least", plain, 2'000, AdmissionMode::Clamp, Verdict::Clamp, 100, 2'000);
        row("clamp: one token below the least", plain, 1'999, AdmissionMode::Clamp, Verdict::Refuse, 5'000,
            0);
        row("clamp: the request's own ceiling is below the least", brief, 1'199, AdmissionMode::Clamp,
            Verdict::Refuse, 20, 0);
        row("clamp: the request's own ceiling fits", brief, 1'200, AdmissionMode::Clamp, Verdict::Admit, 20,
            1'200);
        row("clamp: not even the input", plain, 999, AdmissionMode::Clamp, Verdict::Refuse, 5'000, 0);
        row("clamp: nothing left", plain, 0, AdmissionMode::Clamp, Verdict::Refuse, 5'000, 0);
        row("clamp: the ceiling must not change", fixed, 50'999, AdmissionMode::Clamp, Verdict::Refuse, 5'000,
            0);
        row("clamp: an endless ceiling is lowered", endless, 41'000, AdmissionMode::Clamp, Verdict::Clamp,
            1'000, 41'000);
        row("clamp: exactly the least that the API allows", thinking, 21'000, AdmissionMode::Clamp,
            Verdict::Clamp, 2'000, 21'000);
        row("clamp: one token below the least that the API allows", thinking, 20'999, AdmissionMode::Clamp,
            Verdict::Refuse, 5'000, 0);
        row("clamp: output is free but the input does not fit", inputOnly, 999, AdmissionMode::Clamp,
            Verdict::Refuse, 5'000, 0);
        row("soft: reserves what is left", plain, 5, Soft, Verdict::Admit, 5'000, 5);
        row("soft: an endless ceiling", endless, 5, Soft, Verdict::Admit, largest, 5);
        row("soft: nothing left", plain, 0, Soft, Verdict::Refuse, 5'000, 0);
        for (AdmissionMode mode : {AdmissionMode::Clamp, Strict, Soft})
            row("what is free fits when nothing is left", free, 0, mode, Verdict::Admit, 5'000, 0);
    }
    void admission()
    {
        QFETCH(WorstCase, worst);
        QFETCH(qint64, remaining);
        QFETCH(int, mode);
        QFETCH(int, verdict);
        QFETCH(qint64, ceiling);
        QFETCH(qint64, reserve);
        const Admission admission = admit(worst, pd(remaining), AdmissionMode(mode), 100);
        QCOMPARE(int(admission.verdict), verdict);
        QCOMPARE(admission.ceiling, ceiling);
        QCOMPARE(admission.reserve.picodollars(), reserve);
    }

    void neitherRandomCaseReservesMoreThanIsLeftNorClampsBelowTheLargestThatFits()
    {
        std::mt19937_64 random(42);
        for (int i = 0; i < 100'000; ++i) {
            const WorstCase worst{pd(qint64(random() % 1'000)), qint64(random() % 20), qint64(random() % 500),
                                  qint64(1 + random() % 4), random() % 4 != 0};
            const Money remaining = pd(qint64(random() % 10'000));
            const auto mode = AdmissionMode(random() % 3);
            const Admission a = admit(worst, remaining, mode, 10);
            if (a.verdict == Verdict::Refuse)
                continue;
            QVERIFY(a.reserve <= remaining);
            QVERIFY(a.ceiling <= worst.ceiling);
            if (a.verdict != Verdict::Clamp)
                continue;
            WorstCase more = worst;
            more.ceiling = a.ceiling;
            QCOMPARE(a.reserve, more.total().value());
            ++more.ceiling;
            QVERIFY(more.total().value() > remaining);
        }
    }
};

QTEST_GUILESS_MAIN(TestAdmission)
#include "tst_core_admission.moc"
