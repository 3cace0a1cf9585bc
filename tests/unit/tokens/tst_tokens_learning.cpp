// Bounds come down to what a model needs, and no further.
#include "tokens/learning.h"

#include <QtTest>

using namespace lbp;

namespace {

const QString claude = QStringLiteral("claude-sonnet-4-5");

/// \a count requests of which each needs \a permille of its bound.
void feed(EstimateHistory &history, const QString &model, int count, int permille, qint64 bound = 100'000)
{
    for (int i = 0; i < count; ++i)
        history.add(model, bound, bound * permille / 1000);
}

} // namespace

class TestTokensLearning : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void nothingIsLearnedFromAFew()
    {
        EstimateHistory history;
        feed(history, claude, EstimateHistory::leastSamples - 1, 300);
        QCOMPARE(history.scaleFor(claude, 100'000).atMostPermille, 1000);
        feed(history, claude, 1, 300);
        QVERIFY(history.scaleFor(claude, 100'000).atMostPermille < 1000);
    }

    void aBoundComesDownToTheQuantileAndAFiftieth()
    {
        EstimateHistory history;
        feed(history, claude, 1000, 600);
        QCOMPARE(history.scaleFor(claude, 100'000).atMostPermille, 612);
        QCOMPARE(history.scaleFor(claude, 100'000).likelyPermille, 600);
    }

    void neverBelowTheStatedQuantile()
    {
        // Whatever the order, at most one in a hundred of what is remembered was above the learned bound.
        EstimateHistory history;
        std::vector<int> seen;
        quint32 state = 1;
        for (int i = 0; i < 3000; ++i) {
            state = state * 1664525u + 1013904223u;
            const int permille = 200 + int((state >> 16) % 700);
            history.add(claude, 100'000, permille * 100);
            seen.push_back(permille);
            if (seen.size() > size_t(EstimateHistory::window))
                seen.erase(seen.begin());
            if (seen.size() < size_t(EstimateHistory::leastSamples))
                continue;
            const int scale = history.scaleFor(claude, 100'000).atMostPermille;
            const auto above =
                std::count_if(seen.begin(), seen.end(), [scale](int one) { return one > scale; });
            QVERIFY2(above * 1000 <= qptrdiff(seen.size()) * (1000 - EstimateHistory::quantilePermille),
                     qPrintable(QString::number(above)));
        }
    }

    void aBoundThatIsTooLowGoesUp()
    {
        EstimateHistory history;
        feed(history, claude, 200, 500);
        feed(history, claude, 3, 1800);
        QVERIFY(history.scaleFor(claude, 100'000).atMostPermille >= 1800);
        QCOMPARE(history.rows().front().aboveBound, qint64{3});
    }

    void oldRequestsAreForgotten()
    {
        EstimateHistory history;
        feed(history, claude, 200, 900);
        feed(history, claude, EstimateHistory::window, 400);
        QCOMPARE(history.scaleFor(claude, 100'000).atMostPermille, 408);
    }

    void requestsOfAnotherSizeAndModelsAreHeldApart()
    {
        EstimateHistory history;
        feed(history, claude, 100, 950, 500);
        feed(history, claude, 100, 400, 50'000);
        QCOMPARE(history.scaleFor(claude, 500).atMostPermille, 969);
        QCOMPARE(history.scaleFor(claude, 50'000).atMostPermille, 408);
        QCOMPARE(history.scaleFor(claude, 5'000).atMostPermille, 1000);
        QCOMPARE(history.scaleFor(QStringLiteral("another"), 500).atMostPermille, 1000);
    }

    void whatIsImpossibleIsNotTaken()
    {
        EstimateHistory history;
        history.add(claude, 0, 5);
        history.add(claude, 5, 0);
        history.add(claude, -1, -1);
        history.add(QString(), 5, 5);
        QVERIFY(history.rows().empty());
        history.add(claude, 1, std::numeric_limits<qint64>::max()); // no overflow
        history.add(claude, std::numeric_limits<qint32>::max(), 1);
        QCOMPARE(history.rows().front().highestPermille, 60'000);
    }

    void onlySoManyModelsAreRemembered()
    {
        EstimateHistory history;
        for (int i = 0; i < EstimateHistory::mostModels * 2; ++i) {
            history.add(QStringLiteral("made-up-%1").arg(i), 1000, 500);
            history.add(claude, 1000, 500); // in use, so it stays
        }
        const auto rows = history.rows();
        QCOMPARE(rows.size(), size_t(EstimateHistory::mostModels));
        QVERIFY(std::any_of(rows.begin(), rows.end(), [](const auto &row) { return row.model == claude; }));
    }

    void itSurvivesARestart()
    {
        EstimateHistory history;
        for (int i = 0; i < 333; ++i)
            history.add(claude, 20'000, 5'000 + i * 10);
        feed(history, QStringLiteral("gemini-2.5-pro"), 50, 700, 800);
        const auto again = EstimateHistory::fromJson(history.toJson());
        QVERIFY(again);
        QCOMPARE(again->toJson(), history.toJson());
        QCOMPARE(again->scaleFor(claude, 20'000).atMostPermille,
                 history.scaleFor(claude, 20'000).atMostPermille);
        QCOMPARE(again->rows().size(), size_t{2});
        QCOMPARE(again->rows().front().samples, qint64{333});
        // The oldest is still the first to go.
        EstimateHistory one = *again;
        history.add(claude, 20'000, 19'000);
        one.add(claude, 20'000, 19'000);
        QCOMPARE(one.toJson(), history.toJson());
    }

    void whatIsDamagedIsRefused_data()
    {
        QTest::addColumn<QByteArray>("json");
        QTest::newRow("nothing") << QByteArray();
        QTest::newRow("no JSON") << QByteArray("{");
        QTest::newRow("another version") << QByteArray("{\"version\":2,\"models\":[]}");
        QTest::newRow("no lists") << QByteArray("{\"version\":1,\"models\":[{\"model\":\"a\"}]}");
        QTest::newRow("a ratio of nothing")
            << QByteArray("{\"version\":1,\"models\":[{\"model\":\"a\",\"permille\":[[0],[],[]]}]}");
        QTest::newRow("a ratio beyond all")
            << QByteArray("{\"version\":1,\"models\":[{\"model\":\"a\",\"permille\":[[99999999],[],[]]}]}");
    }
    void whatIsDamagedIsRefused()
    {
        QFETCH(QByteArray, json);
        const auto history = EstimateHistory::fromJson(json);
        QVERIFY(!history);
        QCOMPARE(history.error().code, ErrorCode::InvalidValue);
    }
};

QTEST_GUILESS_MAIN(TestTokensLearning)
#include "tst_tokens_learning.moc"
