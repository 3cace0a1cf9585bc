#pragma once

#include "config/config.h"
#include "core/result.h"

#include <QFuture>
#include <QObject>

namespace lbp {

/// How a provider answered to a key.
struct ProviderCheck
{
    int models = 0; ///< that the key may use
    qint64 ms = 0; ///< until the whole answer was there
    QStringList names; ///< of the models, at most 200, in the provider's order
    QString detail; ///< one line for people: "12 models, answered in 230 ms"
};

/// Asks providers for their list of models with a key, to find out whether it works before it is kept.
/// The key goes to the host of the base URL and nowhere else: no redirects, no cookies, no proxy
/// authentication. Costs nothing. Errors say what went wrong and what to do, and never hold the key.
/// Thread: main.
class ProviderTester : public QObject
{
    Q_OBJECT
public:
    /// \param timeout for the whole check.
    explicit ProviderTester(std::chrono::milliseconds timeout = std::chrono::seconds(10),
                            QObject *parent = nullptr);
    ~ProviderTester() override;
    /// \param caFile further authorities to trust, as upstream.caFile.
    [[nodiscard]] QFuture<Result<ProviderCheck>> test(const ProviderConfig &provider,
                                                      const QString &caFile = {});

private:
    struct Parts;
    std::unique_ptr<Parts> d;
};

} // namespace lbp
