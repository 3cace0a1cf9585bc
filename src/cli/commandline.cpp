#include "cli/commandline.h"

#include <CLI/CLI.hpp>
#include <memory>
#include <sstream>

namespace lbp {

namespace {

QString fromStd(const std::string &text)
{
    return QString::fromStdString(text);
}

CLI::Option *text(CLI::App *app, const char *name, QString &into, const char *help)
{
    return app->add_option_function<std::string>(
        name, [&into](const std::string &value) { into = fromStd(value); }, help);
}

CLI::Option *text(CLI::App *app, const char *name, std::optional<QString> &into, const char *help)
{
    return app->add_option_function<std::string>(
        name, [&into](const std::string &value) { into = fromStd(value); }, help);
}

CLI::Option *count(CLI::App *app, const char *name, std::optional<int> &into, const char *help)
{
    return app
        ->add_option_function<int>(
            name, [&into](int value) { into = value; }, help)
        ->check(CLI::NonNegativeNumber)
        ->type_name("N");
}

/// Builds the program and remembers what was asked for. The options of a command live in shared_ptrs that its
/// callback keeps.
class Builder
{
public:
    Builder(CLI::App &app, CommandLine &result)
        : m_app(app)
        , m_result(result)
    {
    }

    void build(const QStringList &childCommand)
    {
        m_app.description("A local reverse proxy for LLM APIs whose budgets hold.");
        m_app.require_subcommand(1);
        m_app.set_version_flag("--version", "lbp " LBP_VERSION);
        text(&m_app, "--config", m_result.configFile,
             "Configuration file (default: ~/.config/llm-budget-proxy/config.yml)")
            ->type_name("FILE");
        text(&m_app, "--data-dir", m_result.dataDirectory,
             "Directory of ledger and keys (default: ~/.local/share/llm-budget-proxy)")
            ->type_name("DIR");
        m_app.footer(
            "Start here:\n"
            "  lbp serve --demo                          try it: no provider key needed\n"
            "  lbp key create web --budget 20            a key that may spend 20 USD a month\n"
            "  eval \"$(lbp env lbp_...)\"                 point the tools of this shell at the proxy\n"
            "  lbp run --budget 2 -- python agent.py     give one program 2 USD, and no more\n"
            "  lbp usage --by model --from 7d            where the money went\n\n"
            "Every command works with and without a running proxy. Exit codes: 0 done, 1 failed, 2 wrong "
            "command line\n"
            "or configuration, 3 ledger damaged, 4 data directory in use. \"lbp COMMAND --help\" explains a "
            "command.");
        serve();
        keys();
        usageAndRequests();
        budgets();
        pause();
        backups();
        holds();
        files();
        tools(childCommand);
        // --config and --data-dir may stand anywhere.
        for (CLI::App *command : m_app.get_subcommands({}))
            passUp(command);
    }

private:
    static void passUp(CLI::App *command)
    {
        command->fallthrough();
        for (CLI::App *inner : command->get_subcommands({}))
            passUp(inner);
    }

    CLI::App *group(const char *name, const char *help)
    {
        CLI::App *command = m_app.add_subcommand(name, help);
        command->require_subcommand(1);
        return command;
    }

    CLI::App *add(CLI::App *parent, const char *name, const char *help, const char *examples)
    {
        CLI::App *command = parent->add_subcommand(name, help);
        command->footer(std::string("Examples:\n") + examples);
        return command;
    }

    void json(CLI::App *command)
    {
        command->add_flag("--json", m_result.json, "Print the management API's JSON as it is");
    }

    void onRun(CLI::App *command, std::function<int(Context &)> action)
    {
        command->final_callback([this, action = std::move(action)] { m_result.command = action; });
    }

    void serve()
    {
        CLI::App *command =
            add(&m_app, "serve", "Run the proxy until it is stopped",
                "  lbp serve                        with your configuration, on 127.0.0.1:3000\n"
                "  lbp serve --demo                 beside a bundled provider: nothing to set up, no money "
                "spent\n"
                "  lbp serve --port 0 --print-ready a free port, told as one JSON line, for scripts\n\n"
                "Ctrl-C lets running requests finish for 10 s; a second one ends at once. SIGHUP reads the "
                "configuration again.");
        const auto options = std::make_shared<ServeOptions>();
        text(command, "--host", options->host, "Address to listen on (default: server.host)")
            ->type_name("ADDRESS");
        command
            ->add_option_function<int>(
                "--port", [options](int port) { options->port = quint16(port); },
                "Port to listen on; 0 takes a free one (default: server.port)")
            ->check(CLI::Range(0, 65535))
            ->type_name("PORT");
        command->add_flag(
            "--print-ready", options->printReady,
            "Print one line {\"ready\":true,\"url\":...,\"pid\":...} once it listens, and nothing else");
        command->add_flag("--demo", options->demo,
                          "Start a demo provider too, and print a request to try. Uses temporary files "
                          "unless --data-dir names a place");
        command->final_callback([this, options] { m_result.serve = *options; });
    }

    void keySettings(CLI::App *command, const std::shared_ptr<KeyOptions> &options)
    {
        text(command, "--team", options->team, "Team, for budgets and reports")->type_name("TEAM");
        text(command, "--project", options->project, "Project label, for budgets and reports")
            ->type_name("PROJECT");
        text(command, "--budget", options->budget, "Limit in USD for the period, such as 20 or 0.50")
            ->type_name("USD");
        text(command, "--period", options->period, "Period of --budget (default: monthly)")
            ->type_name("PERIOD")
            ->check(CLI::IsMember({"hourly", "daily", "weekly", "monthly", "total"}));
        command
            ->add_option_function<std::vector<std::string>>(
                "--model",
                [options](const std::vector<std::string> &values) {
                    QStringList models;
                    for (const std::string &value : values)
                        models.append(fromStd(value));
                    models.removeAll(QString());
                    options->models = models;
                },
                "Only these models (names or patterns such as gpt-*); may be repeated")
            ->type_name("MODEL")
            ->expected(1)
            ->take_all();
        count(command, "--rpm", options->rpm, "Requests a minute; 0 means no limit");
        count(command, "--tpm", options->tpm, "Tokens a minute; 0 means no limit");
        count(command, "--parallel", options->parallel, "Requests at the same time; 0 means no limit");
        text(command, "--max-spend-per-minute", options->maxSpendPerMinute,
             "Pause the key when it spends more than this within a minute")
            ->type_name("USD");
        text(command, "--expires", options->expires, "End of the key: a date, or a time from now such as 30d")
            ->type_name("TIME");
        command->add_flag_callback(
            "--allow-unmetered", [options] { options->allowUnmetered = true; },
            "Let through what may cost money and cannot be metered (a hole in every budget)");
    }

    void keys()
    {
        CLI::App *parent = group("key", "Virtual keys: what tools use in the place of your provider's key");
        const auto add1 = [this, parent](const char *name, const char *help, const char *examples,
                                         int (*action)(Context &, const KeyOptions &)) {
            const auto options = std::make_shared<KeyOptions>();
            CLI::App *command = add(parent, name, help, examples);
            onRun(command, [options, action](Context &context) { return action(context, *options); });
            json(command);
            return std::pair(command, options);
        };
        {
            const auto [command, options] =
                add1("create", "Create a key; its plaintext is printed once, alone on standard output",
                     "  lbp key create web --budget 20\n"
                     "  lbp key create ci --team build --budget 5 --period daily --model 'gpt-4o*' --rpm 30\n"
                     "  KEY=$(lbp key create script --budget 1 --period total --expires 7d)",
                     keyCreate);
            text(command, "NAME", options->name, "Name of the key")->required();
            keySettings(command, options);
        }
        {
            const auto [command, options] = add1("list", "List the keys and what they have spent",
                                                 "  lbp key list\n  lbp key list --all --json", keyList);
            command->add_flag("--all", options->all, "Revoked keys too");
        }
        {
            const auto [command, options] = add1("show", "Show one key with its limits and budgets",
                                                 "  lbp key show web\n  lbp key show key_3", keyShow);
            text(command, "KEY", options->key, "Name or id")->required();
        }
        {
            const auto [command, options] =
                add1("update", "Change settings of a key; what is not named stays",
                     "  lbp key update web --budget 40\n"
                     "  lbp key update web --name website --team ''      an empty text clears a setting\n"
                     "  lbp key update ci --model ''                     every model again",
                     keyUpdate);
            text(command, "KEY", options->key, "Name or id")->required();
            text(command, "--name", options->name, "New name")->type_name("NAME");
            keySettings(command, options);
            command->add_flag_callback(
                "--no-allow-unmetered", [o = options] { o->allowUnmetered = false; },
                "Refuse what cannot be metered again");
        }
        {
            const auto [command, options] =
                add1("rotate", "Give a key a new plaintext; the old one ends now, or after a grace time",
                     "  lbp key rotate web\n  lbp key rotate web --grace 24h     both are accepted for a day",
                     keyRotate);
            text(command, "KEY", options->key, "Name or id")->required();
            text(command, "--grace", options->grace,
                 "How long the old plaintext is still accepted, such as 30m or 24h")
                ->type_name("SPAN");
        }
        {
            const auto [command, options] =
                add1("revoke", "End a key for good; what it spent stays in the reports",
                     "  lbp key revoke web", keyRevoke);
            text(command, "KEY", options->key, "Name or id")->required();
        }
    }

    void usageAndRequests()
    {
        {
            const auto options = std::make_shared<UsageOptions>();
            CLI::App *command =
                add(&m_app, "usage",
                    "Where the money went, from the beginning of the month unless --from says otherwise",
                    "  lbp usage\n"
                    "  lbp usage --by model --from 7d\n"
                    "  lbp usage --by day --from 2026-01-01 --to 2026-02-01 --csv > january.csv\n\n"
                    "Times: 2026-01-31, 2026-01-31T12:00:00Z, today, yesterday, or a time ago such as 12h or "
                    "7d.");
            text(command, "--by", options->by,
                 "What to sum by: key (default), model, team, project, day or hour")
                ->type_name("WHAT")
                ->check(CLI::IsMember({"key", "model", "team", "project", "day", "hour"}));
            text(command, "--from", options->from, "Begin, included")->type_name("TIME");
            text(command, "--to", options->to, "End, not included (default: now)")->type_name("TIME");
            CLI::Option *csv =
                command->add_flag("--csv", options->csv, "Print comma-separated values with exact amounts");
            json(command);
            csv->excludes("--json");
            onRun(command, [options](Context &context) { return usage(context, *options); });
        }
        const auto options = std::make_shared<RequestOptions>();
        CLI::App *list = add(&m_app, "requests", "The latest requests, newest first",
                             "  lbp requests\n  lbp requests --key web --status 4 --from today\n  lbp "
                             "requests --model gpt-4o --limit 100 --json");
        text(list, "--key", options->key, "Only those of this key (name or id)")->type_name("KEY");
        text(list, "--team", options->team, "Only those of this team")->type_name("TEAM");
        text(list, "--model", options->model, "Only those of this model")->type_name("MODEL");
        text(list, "--status", options->status, "Only this status, such as 402, or 4 for every 4xx")
            ->type_name("STATUS");
        text(list, "--from", options->from, "Begin, included")->type_name("TIME");
        text(list, "--to", options->to, "End, not included")->type_name("TIME");
        text(list, "--before", options->before, "Only older than this request: the next page")
            ->type_name("ID");
        list->add_option("--limit", options->limit, "How many (default: 20)")
            ->check(CLI::Range(1, 500))
            ->type_name("N");
        json(list);
        onRun(list, [options](Context &context) { return requests(context, *options); });

        const auto id = std::make_shared<QString>();
        CLI::App *one =
            add(&m_app, "request", "Everything that is known about one request",
                "  lbp request req_01hxyz...         the id is in the header X-LBP-Request-Id of the answer");
        text(one, "ID", *id, "Id of the request")->required();
        json(one);
        onRun(one, [id](Context &context) { return request(context, *id); });
    }

    void budgetScope(CLI::App *command, const std::shared_ptr<BudgetOptions> &options)
    {
        CLI::Option_group *scope = command->add_option_group("Whose budget", "exactly one of these");
        scope->add_flag("--global", options->global, "Everything that goes through the proxy");
        text(scope, "--team", options->team, "A team")->type_name("TEAM");
        text(scope, "--project", options->project, "A project label")->type_name("PROJECT");
        text(scope, "--key", options->key, "A key (name or id)")->type_name("KEY");
        scope->require_option(1);
    }

    void budgets()
    {
        CLI::App *parent =
            group("budget", "Limits for everything, a team, a project or a key; all that apply must hold");
        CLI::App *list = add(parent, "list", "Every budget with what is spent, reserved and left",
                             "  lbp budget list\n  lbp budget list --json");
        json(list);
        onRun(list, budgetList);

        const auto set = std::make_shared<BudgetOptions>();
        CLI::App *setCommand = add(parent, "set", "Set one or more limits; those of other periods stay",
                                   "  lbp budget set --global --monthly 100\n"
                                   "  lbp budget set --team web --daily 5.00 --monthly 80\n"
                                   "  lbp budget set --key ci --total 2\n\n"
                                   "A limit of 0 refuses everything. Days, weeks and months begin in the "
                                   "time zone of budgets.timeZone.");
        const auto remove = std::make_shared<BudgetOptions>();
        CLI::App *removeCommand =
            add(parent, "remove", "Remove limits", "  lbp budget remove --team web --daily");
        budgetScope(setCommand, set);
        budgetScope(removeCommand, remove);
        for (const char *period : {"hourly", "daily", "weekly", "monthly", "total"}) {
            const QString name = QString::fromLatin1(period);
            const std::string flag = std::string("--") + period;
            setCommand
                ->add_option_function<std::string>(
                    flag,
                    [set, name](const std::string &amount) {
                        set->limits.append({name, fromStd(amount)});
                    },
                    std::string("Limit in USD, ") + period)
                ->type_name("USD");
            removeCommand->add_flag_callback(
                flag,
                [remove, name] {
                    remove->limits.append({name, QString()});
                },
                std::string("The limit that is ") + period);
        }
        const auto raise = std::make_shared<BudgetOptions>();
        const auto by = std::make_shared<QString>();
        CLI::App *raiseCommand = add(parent, "raise", "More room in one budget until its present period ends",
                                     "  lbp budget raise --key ci --by 5            today's limit\n"
                                     "  lbp budget raise --global --monthly --by 20");
        budgetScope(raiseCommand, raise);
        text(raiseCommand, "--by", *by, "By how much, in USD")->type_name("USD")->required();
        for (const char *period : {"hourly", "daily", "weekly", "monthly"}) {
            const QString name = QString::fromLatin1(period);
            raiseCommand->add_flag_callback(
                std::string("--") + period,
                [raise, name] {
                    raise->limits.append({name, QString()});
                },
                std::string("The limit that is ") + period
                    + (std::string(period) == "daily" ? " (default)" : ""));
        }
        json(raiseCommand);
        onRun(raiseCommand, [raise, by](Context &context) { return budgetRaise(context, *raise, *by); });
        json(setCommand);
        json(removeCommand);
        onRun(setCommand, [set](Context &context) { return budgetSet(context, *set); });
        onRun(removeCommand, [remove](Context &context) { return budgetRemove(context, *remove); });
    }

    void pause()
    {
        const auto options = std::make_shared<PauseOptions>();
        CLI::App *command = add(&m_app, "pause", "Refuse all new spending at once, of all keys or of one",
                                "  lbp pause\n"
                                "  lbp pause --for 15m               resumes by itself\n"
                                "  lbp pause --until tomorrow        until the next local midnight\n"
                                "  lbp pause --key ci");
        text(command, "--key", options->key, "Only this key (name or id)")->type_name("KEY");
        CLI::Option *forTime =
            text(command, "--for", options->forTime, "Resume by itself after this time: 15m, 2h, 1d");
        forTime->type_name("TIME");
        text(command, "--until", options->until, "Resume by itself then: tomorrow, or a time")
            ->type_name("WHEN")
            ->excludes(forTime);
        json(command);
        onRun(command, [options](Context &context) { return pauseSpending(context, *options); });

        const auto key = std::make_shared<QString>();
        CLI::App *resume =
            add(&m_app, "resume", "Allow spending again", "  lbp resume\n  lbp resume --key ci");
        text(resume, "--key", *key, "Only this key (name or id)")->type_name("KEY");
        json(resume);
        onRun(resume, [key](Context &context) { return resumeSpending(context, *key); });
    }

    void backups()
    {
        const auto target = std::make_shared<QString>();
        CLI::App *make =
            add(&m_app, "backup", "Write a consistent copy of the ledger, also while the proxy runs",
                "  lbp backup ~/llm-budget-proxy-2026-11-23.sqlite");
        text(make, "FILE", *target, "The copy; never overwrites a file")->required();
        json(make);
        onRun(make, [target](Context &context) { return backup(context, *target); });

        const auto source = std::make_shared<QString>();
        CLI::App *back =
            add(&m_app, "restore", "Go back to a copy of the ledger; the present one is kept aside",
                "  lbp restore ~/llm-budget-proxy-2026-11-23.sqlite");
        text(back, "FILE", *source, "A file that `lbp backup` wrote")->required();
        json(back);
        onRun(back, [source](Context &context) { return restore(context, *source); });
    }

    void holds()
    {
        CLI::App *parent = group(
            "hold", "Requests that do not fit a budget and wait (budgets.holdSeconds in the configuration)");
        CLI::App *list =
            add(parent, "list", "What waits for an answer", "  lbp hold list\n  lbp hold list --json");
        json(list);
        onRun(list, holdList);
        const auto options = std::make_shared<HoldOptions>();
        CLI::App *answer =
            add(parent, "answer", "Let a request run that waits, or refuse it",
                "  lbp hold answer req_01hxyz... --allow-once\n"
                "  lbp hold answer req_01hxyz... --raise 5      more room until the period ends\n"
                "  lbp hold answer req_01hxyz... --block");
        text(answer, "ID", options->id, "Id of the request")->required();
        CLI::Option_group *how = answer->add_option_group("Answer", "exactly one of these");
        how->add_flag("--allow-once", options->allowOnce, "It runs, although over the limit");
        text(how, "--raise", options->raise, "Raise each limit that refuses it by so many USD")
            ->type_name("USD");
        how->add_flag("--block", options->block, "It is refused now");
        how->require_option(1);
        json(answer);
        onRun(answer, [options](Context &context) { return holdAnswer(context, *options); });
    }

    void files()
    {
        CLI::App *prices = group("prices", "What models cost");
        const auto models = std::make_shared<std::vector<std::string>>();
        CLI::App *show = add(prices, "show", "The prices in force, in USD per million tokens",
                             "  lbp prices show\n  lbp prices show 'gpt-4o*'");
        show->add_option("MODEL", *models, "Only these models (names or patterns)");
        json(show);
        onRun(show, [models](Context &context) {
            QStringList names;
            for (const std::string &model : *models)
                names.append(fromStd(model));
            return pricesShow(context, names);
        });
        const auto pricing = std::make_shared<QString>();
        CLI::App *check =
            add(prices, "check", "Read a price file and report everything that is wrong with it",
                "  lbp prices check\n  lbp prices check ./pricing.yml");
        text(check, "FILE", *pricing, "Price file (default: the one of the configuration)");
        onRun(check, [pricing](Context &context) { return pricesCheck(context, *pricing); });

        const auto import = std::make_shared<PriceImportOptions>();
        CLI::App *take =
            add(prices, "import", "Take prices over from a public list, after showing what would change",
                "  lbp prices import ./model_prices_and_context_window.json      LiteLLM's list\n"
                "  lbp prices import https://models.dev/api.json --dry-run\n"
                "  lbp prices import list.json --accept gpt-9 --yes\n\n"
                "A price that moves ten times or more, or to or from 0, is suspicious and is left out unless "
                "it is "
                "accepted.\nPrices in your own pricing.yml always stay. `lbp prices restore` goes back.");
        text(take, "LIST", import->list,
             "File or https address: LiteLLM's JSON, models.dev's api.json, or a price file of lbp")
            ->required();
        const auto names = [](CLI::App *app, const char *option, QStringList &into, const char *help) {
            return app
                ->add_option_function<std::vector<std::string>>(
                    option,
                    [&into](const std::vector<std::string> &values) {
                        for (const std::string &value : values)
                            into.append(fromStd(value));
                    },
                    help)
                ->expected(1)
                ->take_all();
        };
        names(take, "--provider", import->providers,
              "Models of this provider of the list too, as \"PROVIDER/MODEL\"; may be repeated")
            ->type_name("PROVIDER");
        names(take, "--accept", import->accept, "Take this suspicious price; may be repeated")
            ->type_name("MODEL");
        take->add_flag("--force", import->force, "Take every suspicious price");
        take->add_flag("--yes", import->yes, "Do not ask");
        take->add_flag("--dry-run", import->dryRun, "Only show what would change");
        take->add_flag("--all", import->all, "Name every new model");
        onRun(take, [import](Context &context) { return pricesImport(context, *import); });
        onRun(add(prices, "restore", "Undo the last import; once more repeats it", "  lbp prices restore"),
              pricesRestore);
        const auto explain = std::make_shared<PriceExplainOptions>();
        CLI::App *why =
            add(prices, "explain", "Show which price a model has, and by which rule its name was found",
                "  lbp prices explain gpt-4o-2024-08-06\n"
                "  lbp prices explain gpt-4o --provider azure\n"
                "  lbp prices explain gemini-3.6-flash --at 2027-01-01");
        text(why, "MODEL", explain->model, "The name as tools send it")->required();
        text(why, "--provider", explain->provider, "At this provider (its name, or its price space)")
            ->type_name("PROVIDER");
        text(why, "--at", explain->at, "On this day (default: now)")->type_name("DAY");
        json(why);
        onRun(why, [explain](Context &context) { return pricesExplain(context, *explain); });

        CLI::App *config = group("config", "The configuration file");
        const auto file = std::make_shared<QString>();
        CLI::App *checkConfig =
            add(config, "check", "Read the configuration and report everything that is wrong with it",
                "  lbp config check\n  lbp config check ./config.yml");
        text(checkConfig, "FILE", *file, "Configuration file (default: the one that is used)");
        onRun(checkConfig, [file](Context &context) { return configCheck(context, *file); });
        CLI::App *path =
            add(config, "path", "Print where the configuration file is", "  $EDITOR \"$(lbp config path)\"");
        onRun(path, configPath);
    }

    void tools(const QStringList &childCommand)
    {
        const auto key = std::make_shared<QString>();
        const auto shell = std::make_shared<QString>();
        CLI::App *env = add(&m_app, "env", "Print the lines that point the tools of a shell at the proxy",
                            "  eval \"$(lbp env lbp_...)\"                       sh, bash, zsh\n"
                            "  lbp env lbp_... --shell fish | source\n"
                            "  lbp env lbp_... --shell powershell | Invoke-Expression\n"
                            "  lbp env web                                     with a place to fill in: "
                            "plaintexts are not stored");
        text(env, "KEY", *key, "The plaintext of a virtual key, or the name of one")->required();
        text(env, "--shell", *shell, "sh, fish or powershell (default: from $SHELL)")->type_name("SHELL");
        onRun(env, [key, shell](Context &context) { return printEnvironment(context, *key, *shell); });

        const auto options = std::make_shared<RunOptions>();
        options->command = childCommand;
        CLI::App *command =
            add(&m_app, "run", "Run one program with a key of its own that may spend so much and no more",
                "  lbp run -- python agent.py\n"
                "  lbp run --budget 0.50 -- codex exec \"tidy up\"\n"
                "  lbp run --key ci --budget 5 -- make evaluate\n\n"
                "The program gets base URLs and key in its environment (see lbp env). The key is revoked "
                "when the program ends,\n"
                "and what it spent is told. Exit status and signals of the program are passed on; 127: there "
                "is no such\n"
                "program, 126: it cannot be started. When no proxy runs, one is started for the time being.");
        text(command, "--budget", options->budget,
             "What the program may spend in all, in USD (default: 2.00)")
            ->type_name("USD");
        text(command, "--key", options->key,
             "Take team, project, models and limits from this key; the program may spend no more than is "
             "left of its budgets")
            ->type_name("KEY");
        text(command, "--team", options->team, "Team, for budgets and reports")->type_name("TEAM");
        text(command, "--project", options->project, "Project label, for budgets and reports")
            ->type_name("PROJECT");
        command->add_flag("--quiet", options->quiet, "Do not tell at the end what was spent");
        onRun(command, [options](Context &context) { return run(context, *options); });
    }

    CLI::App &m_app;
    CommandLine &m_result;
};

} // namespace

CommandLine parseCommandLine(const QStringList &arguments, const Output &output)
{
    // What stands behind "--" of `run` belongs to the program that is run, and is never looked at.
    QStringList own = arguments, childCommand;
    const qsizetype separator = arguments.indexOf(QLatin1String("--"));
    if (separator >= 0 && arguments.first(separator).contains(QLatin1String("run"))) {
        own = arguments.first(separator);
        childCommand = arguments.sliced(separator + 1);
    }
    CommandLine result;
    CLI::App app("", "lbp");
    Builder builder(app, result);
    builder.build(childCommand);
    std::vector<std::string> words;
    for (auto word = own.crbegin(); word != own.crend(); ++word)
        words.push_back(word->toStdString());
    try {
        app.parse(words); // takes them last first
    } catch (const CLI::ParseError &error) {
        std::ostringstream out, err;
        const int code = app.exit(error, out, err);
        output.out(QByteArray::fromStdString(out.str()));
        if (!err.str().empty())
            output.err("lbp: " + QByteArray::fromStdString(err.str()));
        result.exitCode = code == 0 ? ExitOk : ExitUsage;
    }
    return result;
}

} // namespace lbp
