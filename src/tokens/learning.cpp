#include "tokens/learning.h"

#include <algorithm>
#include <array>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace lbp {
namespace {

using namespace Qt::StringLiterals;

constexpr int marginPermille = 1020;
constexpr qint64 mostPermille = 60'000;
constexpr int mostNameLength = 200;

size_t sizeClass(qint64 bound)
{
    return bound < 1'000 ? 0 : bound < 10'000 ? 1 : 2;
}

/// The smallest of \a values that \a permille of them do not exceed.
int quantile(std::vector<quint16> values, int permille)
{
    if (values.empty())
        return 0;
    const size_t rank = (values.size() * size_t(permille) + 999) / 1000;
    const auto at = values.begin() + qptrdiff(std::max<size_t>(rank, 1) - 1);
    std::nth_element(values.begin(), at, values.end());
    return *at;
}

} // namespace

void EstimateHistory::Ratios::add(quint16 ratio)
{
    if (permille.size() < size_t(window)) {
        permille.push_back(ratio);
        return;
    }
    permille[size_t(next)] = ratio;
    next = (next + 1) % window;
}

void EstimateHistory::Ratios::learn()
{
    if (permille.size() < size_t(leastSamples))
        return;
    scale.atMostPermille = (quantile(permille, quantilePermille) * marginPermille + 999) / 1000;
    scale.likelyPermille = std::max(1, quantile(permille, 500));
}

EstimateHistory::Model &EstimateHistory::modelNamed(const QString &name)
{
    const QString key = name.left(mostNameLength);
    const auto known = m_models.find(key);
    if (known != m_models.end())
        return known->second;
    if (m_models.size() >= size_t(mostModels))
        m_models.erase(std::min_element(m_models.begin(), m_models.end(), [](const auto &a, const auto &b) {
            return a.second.lastUse < b.second.lastUse;
        }));
    return m_models[key];
}

void EstimateHistory::add(const QString &model, qint64 bound, qint64 actual)
{
    if (bound < 1 || actual < 1 || model.isEmpty())
        return;
    Model &known = modelNamed(model);
    known.lastUse = ++m_uses;
    ++known.samples;
    if (actual > bound)
        ++known.aboveBound;
    // Rounded up. What is far beyond any tokenizer is cut.
    const qint64 whole = std::min(actual / bound, mostPermille / 1000);
    const qint64 ratio = std::min(mostPermille, whole * 1000 + (actual % bound * 1000 + bound - 1) / bound);
    Ratios &ratios = known.bySize[sizeClass(bound)];
    ratios.add(quint16(ratio));
    ratios.learn();
}

LearnedScale EstimateHistory::scaleFor(const QString &model, qint64 bound) const
{
    const auto known = m_models.find(model.left(mostNameLength));
    return known == m_models.end() ? LearnedScale{} : known->second.bySize[sizeClass(bound)].scale;
}

std::vector<EstimateHistory::Row> EstimateHistory::rows() const
{
    std::vector<Row> rows;
    for (const auto &[name, model] : m_models) {
        std::vector<quint16> all;
        for (const Ratios &ratios : model.bySize)
            all.insert(all.end(), ratios.permille.begin(), ratios.permille.end());
        rows.push_back({name, model.samples, model.aboveBound, quantile(all, 500),
                        quantile(all, quantilePermille), quantile(all, 1000)});
    }
    return rows;
}

QByteArray EstimateHistory::toJson() const
{
    // The one used last comes last, so that reading keeps the order in which they make room.
    std::vector<std::pair<quint64, const QString *>> order;
    for (const auto &[name, model] : m_models)
        order.emplace_back(model.lastUse, &name);
    std::sort(order.begin(), order.end());
    QJsonArray models;
    for (const auto &[lastUse, name] : order) {
        const Model &model = m_models.at(*name);
        QJsonArray sizeLists;
        for (const Ratios &ratios : model.bySize) {
            QJsonArray list; // oldest first
            for (size_t i = 0; i < ratios.permille.size(); ++i)
                list.append(int(ratios.permille[(size_t(ratios.next) + i) % ratios.permille.size()]));
            sizeLists.append(list);
        }
        models.append(QJsonObject{{u"model"_s, *name},
                                  {u"samples"_s, model.samples},
                                  {u"aboveBound"_s, model.aboveBound},
                                  {u"permille"_s, sizeLists}});
    }
    return QJsonDocument(QJsonObject{{u"version"_s, 1}, {u"models"_s, models}})
        .toJson(QJsonDocument::Compact);
}

Result<EstimateHistory> EstimateHistory::fromJson(const QByteArray &json)
{
    const auto damaged = [](const QString &what) {
        return fail(ErrorCode::InvalidValue,
                    u"the history of token estimates cannot be read: %1"_s.arg(what));
    };
    QJsonParseError error;
    const QJsonDocument document = QJsonDocument::fromJson(json, &error);
    if (error.error != QJsonParseError::NoError)
        return damaged(error.errorString());
    if (document.object().value("version"_L1).toInt() != 1)
        return damaged(u"it is not of version 1"_s);
    EstimateHistory history;
    const QJsonArray models = document.object().value("models"_L1).toArray();
    for (const QJsonValue &entry : models) {
        const QJsonObject object = entry.toObject();
        const QString name = object.value("model"_L1).toString();
        const QJsonArray sizeLists = object.value("permille"_L1).toArray();
        if (name.isEmpty() || sizeLists.size() != sizes)
            return damaged(u"a model without a name or without its three lists"_s);
        Model &model = history.modelNamed(name);
        model.lastUse = ++history.m_uses;
        model.samples = std::max<qint64>(0, object.value("samples"_L1).toInteger());
        model.aboveBound = std::clamp<qint64>(object.value("aboveBound"_L1).toInteger(), 0, model.samples);
        for (int i = 0; i < sizes; ++i) {
            const QJsonArray list = sizeLists.at(i).toArray();
            for (const QJsonValue &ratio : list) {
                const int permille = ratio.toInt(-1);
                if (permille < 1 || permille > mostPermille)
                    return damaged(u"a ratio of the model '%1' is not between 1 and 60000"_s.arg(name));
                model.bySize[size_t(i)].add(quint16(permille));
            }
            model.bySize[size_t(i)].learn();
        }
    }
    return history;
}

} // namespace lbp
