#pragma once

#include "app/core.h"
#include "cli/apiclient.h"

namespace lbp {

/// The management API of a Core in this process: the same code that answers the network, without one.
class EmbeddedApi final : public ApiClient
{
public:
    explicit EmbeddedApi(Core &core)
        : m_core(core)
    {
    }
    [[nodiscard]] Result<ApiAnswer> call(const QByteArray &method, const QString &target,
                                         const std::optional<QJsonObject> &body = {}) override;

private:
    Core &m_core;
};

} // namespace lbp
