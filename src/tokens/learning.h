#pragma once

#include "core/result.h"
#include "tokens/estimate.h"

#include <array>
#include <map>
#include <vector>

namespace lbp {

/// What providers counted, held against the bounds that were assumed, by model: so bounds come down to what a
/// model really needs. Requests of like size are held together, since a frame weighs more in a small one.
///
/// The learned bound is the quantile `quantilePermille` of the last `window` ratios of actual count to bound,
/// plus a fiftieth: of a hundred requests like those before, one may need more, and what it needs more is
/// settled with its real usage. Before `leastSamples` requests, and beyond what was ever seen, the documented
/// bound stands. Where a provider counts more than the bound, it goes up at once in the same way.
///
/// Memory: at most `mostModels` times 3 times `window` times 2 bytes, 300 KB; the model that was longest
/// without news makes room. Pure: no clock, no I/O. Thread: one at a time.
class EstimateHistory
{
public:
    static constexpr int quantilePermille = 990;
    static constexpr int leastSamples = 40;
    static constexpr int window = 200;
    static constexpr int mostModels = 256;

    /// \param bound RequestEstimate::bound; \param actual input tokens as the provider counted them. Neither
    /// below 1 is taken.
    void add(const QString &model, qint64 bound, qint64 actual);
    [[nodiscard]] LearnedScale scaleFor(const QString &model, qint64 bound) const;

    struct Row
    {
        QString model;
        qint64 samples = 0; ///< ever
        qint64 aboveBound = 0; ///< of these, with more tokens than the bound
        int medianPermille = 0; ///< of actual to bound, of the remembered ones
        int quantilePermille = 0;
        int highestPermille = 0;
    };
    [[nodiscard]] std::vector<Row> rows() const; ///< by name

    /// To be kept between runs.
    [[nodiscard]] QByteArray toJson() const;
    /// InvalidValue says what is wrong; then one begins anew.
    [[nodiscard]] static Result<EstimateHistory> fromJson(const QByteArray &json);

private:
    static constexpr int sizes = 3;
    struct Ratios
    {
        std::vector<quint16> permille; ///< a ring
        qsizetype next = 0; ///< place of the oldest once it is full
        LearnedScale scale;
        void add(quint16 ratio);
        void learn();
    };
    struct Model
    {
        std::array<Ratios, sizes> bySize;
        qint64 samples = 0, aboveBound = 0;
        quint64 lastUse = 0;
    };
    Model &modelNamed(const QString &name);

    std::map<QString, Model> m_models;
    quint64 m_uses = 0;
};

} // namespace lbp
