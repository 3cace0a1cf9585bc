#pragma once

#include "cli/apiclient.h"
#include "cli/childprocess.h"
#include "cli/output.h"

#include <functional>
#include <optional>
#include <QStringList>

namespace lbp {

/// What every command is given. Commands return the exit code and have written what there is to say.
struct Context
{
    Session &session;
    const Output &output;
    bool json = false;
    Inherited inherited{};
    /// Asks a person; nullopt when nobody is there to answer. Empty: the terminal.
    std::function<std::optional<bool>(const QString &question)> confirm{};
    std::optional<int> childStatus{}; ///< set by `run`: how its program ended, as from waitpid()
};

/// The settings of a key that `create` and `update` know; absent: not named on the command line. An empty
/// text clears.
struct KeyOptions
{
    QString key; ///< update, show, rotate, revoke: name or id
    std::optional<QString> name, team, project, budget, period, expires, maxSpendPerMinute;
    std::optional<QStringList> models;
    std::optional<int> rpm, tpm, parallel;
    std::optional<bool> allowUnmetered;
    QString grace; ///< rotate
    bool all = false; ///< list: revoked ones too
};
int keyCreate(Context &context, const KeyOptions &options);
int keyList(Context &context, const KeyOptions &options);
int keyShow(Context &context, const KeyOptions &options);
int keyUpdate(Context &context, const KeyOptions &options);
int keyRotate(Context &context, const KeyOptions &options);
int keyRevoke(Context &context, const KeyOptions &options);

struct UsageOptions
{
    QString by = QStringLiteral("key");
    QString from, to;
    bool csv = false;
};
int usage(Context &context, const UsageOptions &options);

/// Exactly one scope: the whole proxy, a team, a project or a key; and limits by period.
struct BudgetOptions
{
    bool global = false;
    QString team, project, key;
    QList<std::pair<QString, QString>> limits; ///< period, amount; without amounts for remove
};
int budgetList(Context &context);
int budgetSet(Context &context, const BudgetOptions &options);
int budgetRemove(Context &context, const BudgetOptions &options);

/// More room in one budget (of the first period that is named, else the daily one) until its period ends.
int budgetRaise(Context &context, const BudgetOptions &options, const QString &by);

struct PauseOptions
{
    QString key;
    QString forTime; ///< "15m", "2h", "1d"
    QString until; ///< "tomorrow", or a time
};
int pauseSpending(Context &context, const PauseOptions &options);

int holdList(Context &context);
struct HoldOptions
{
    QString id;
    bool allowOnce = false;
    bool block = false;
    QString raise; ///< USD
};
int holdAnswer(Context &context, const HoldOptions &options);
int resumeSpending(Context &context, const QString &key);

struct RequestOptions
{
    QString key, team, model, status, outcome, from, to, before;
    int limit = 20;
};
int requests(Context &context, const RequestOptions &options);
int request(Context &context, const QString &id);

/// A copy of the ledger; with and without a running proxy.
int backup(Context &context, const QString &file);
/// Refuses while a proxy runs.
int restore(Context &context, const QString &file);

int pricesShow(Context &context, const QStringList &models);
int pricesCheck(Context &context, const QString &file);
struct PriceImportOptions
{
    QString list; ///< a file or an address
    QStringList providers; ///< further ones of the list
    QStringList accept; ///< suspicious models to take all the same
    bool force = false; ///< all of them
    bool yes = false;
    bool dryRun = false;
    bool all = false; ///< name every new model
};
int pricesImport(Context &context, const PriceImportOptions &options);
int pricesRestore(Context &context);
struct PriceExplainOptions
{
    QString model;
    QString provider; ///< a configured one, or a price space; empty: any
    QString at; ///< a day; empty: now
};
int pricesExplain(Context &context, const PriceExplainOptions &options);
int configCheck(Context &context, const QString &file);
int configPath(Context &context);

int printEnvironment(Context &context, const QString &key, const QString &shell);

struct RunOptions
{
    QString budget = QStringLiteral("2.00");
    QString key, team, project;
    bool quiet = false;
    QStringList command;
};
int run(Context &context, const RunOptions &options);

} // namespace lbp
