#pragma once

#include "admin/eventstreams.h"
#include "admin/router.h"
#include "control/control.h"

namespace lbp {

/// What the routes work with. Thread: main.
struct Services
{
    Control &control;
    const DataPlane *plane; ///< null: no data path in this process
    EventStreams *streams; ///< null: nothing to subscribe to
    Mailbox &mailbox;
    QString configProblem; ///< why the last change of the configuration was rejected; empty: in force
    bool draining = false;
};

void addKeyRoutes(Router &router, Services &services);
void addBudgetRoutes(Router &router, Services &services);
void addReportRoutes(Router &router, Services &services);
void addRequestRoutes(Router &router, Services &services);
void addDecisionRoutes(Router &router, Services &services);
void addBackupRoutes(Router &router, Services &services);
void addSystemRoutes(Router &router, Services &services);

/// The key a path or parameter names: "key_3". Refuses the call and returns nullopt when there is none.
[[nodiscard]] std::optional<KeyId> keyArgument(const CallPtr &call, const Services &services,
                                               const QString &text);

} // namespace lbp
