#include "gui/settingsmodel.h"

#include "control/control.h"
#include "control/eventhub.h"
#include "gui/commandmodel.h"
#include "gui/desktopservices.h"
#include "gui/format.h"
#include "gui/navigator.h"
#include "gui/toastmodel.h"
#include "gui/uistate.h"

#include <QCoreApplication>
#include <QFileInfo>

namespace lbp::gui {

using namespace Qt::StringLiterals;

namespace {

struct Group
{
    QLatin1String id;
    QLatin1String section; ///< the topic that shows it
    QList<QLatin1String> paths;
};

const QList<Group> &groups()
{
    static const QList<Group> all{
        {"address"_L1,
         "proxy"_L1,
         {"server.host"_L1, "server.port"_L1, "server.tlsCertificate"_L1, "server.tlsKey"_L1}},
        {"clients"_L1,
         "proxy"_L1,
         {"server.allowedHosts"_L1, "server.maxBodyBytes"_L1, "server.maxConnections"_L1,
          "server.headerTimeoutSeconds"_L1, "server.bodyTimeoutSeconds"_L1, "server.idleTimeoutSeconds"_L1}},
        {"upstream"_L1,
         "providers"_L1,
         {"upstream.connectTimeoutSeconds"_L1, "upstream.idleTimeoutSeconds"_L1, "upstream.maxConnections"_L1,
          "upstream.caFile"_L1}},
        {"budgets"_L1,
         "budgets"_L1,
         {"budgets.defaultDaily"_L1, "budgets.defaultMonthly"_L1, "budgets.timeZone"_L1}},
        {"admission"_L1,
         "budgets"_L1,
         {"budgets.admission"_L1, "budgets.minOutputTokens"_L1, "budgets.blockStatus"_L1}},
        {"hold"_L1, "budgets"_L1, {"budgets.holdSeconds"_L1}},
        {"limits"_L1,
         "limits"_L1,
         {"rateLimits.default.rpm"_L1, "rateLimits.default.tpm"_L1, "rateLimits.default.parallel"_L1}},
        {"downgrade"_L1, "models"_L1, {"modelDowngrade.enabled"_L1}},
        {"pricing"_L1, "models"_L1, {"pricing.unknownModels"_L1, "pricing.file"_L1}},
        {"cache"_L1,
         "cache"_L1,
         {"cache.enabled"_L1, "cache.scope"_L1, "cache.defaultTtlSeconds"_L1, "cache.maxSizeMb"_L1}},
        {"alerts"_L1, "program"_L1, {"alerts.debounceMinutes"_L1, "alerts.allowPrivateTargets"_L1}},
        {"privacy"_L1, "privacy"_L1, {"logging.bodies"_L1}},
        {"storage"_L1, "storage"_L1, {"storage.retentionDays"_L1, "storage.sync"_L1, "storage.url"_L1}},
        {"log"_L1, "log"_L1, {"logging.level"_L1}},
    };
    return all;
}

} // namespace

SettingsModel::SettingsModel(const GuiServices &services, Appearance &, QObject *parent)
    : PageModel(services, parent)
    , m_file(services.desktop.configFile(), this)
    , m_providers(services, this)
    , m_thresholds(
          m_file, services.format, u"budgets.alertThresholds"_s, {u"percent"_s, u"action"_s},
          {u"percent"_s, u"action"_s},
          [this](const SettingsList::Entry &entry) {
              const QString action = entry.value(u"action"_s);
              return SettingsList::Words{
                  tr("At %1").arg(this->services().format.percent(entry.value(u"percent"_s).toInt() * 100)),
                  action == "warn"_L1        ? tr("You are told")
                      : action == "block"_L1 ? tr("Requests are refused")
                                             : tr("A cheaper model takes over, where there is a rule")};
          },
          this)
    , m_overrides(
          m_file, services.format, u"rateLimits.overrides"_s,
          {u"keyPattern"_s, u"rpm"_s, u"tpm"_s, u"parallel"_s}, {u"keyPattern"_s},
          [this](const SettingsList::Entry &entry) {
              const Format &format = this->services().format;
              QStringList parts;
              const auto add = [&](const QString &key, const QString &some, const QString &none) {
                  const QString text = entry.value(key);
                  if (!text.isEmpty())
                      parts.append(text == "0"_L1 ? none : some.arg(format.count(text.toLongLong())));
              };
              add(u"rpm"_s, tr("%1 requests a minute"), tr("any number of requests"));
              add(u"tpm"_s, tr("%1 tokens a minute"), tr("any number of tokens"));
              add(u"parallel"_s, tr("%1 at the same time"), tr("any number at the same time"));
              return SettingsList::Words{entry.value(u"keyPattern"_s),
                                         format.locale().createSeparatedList(parts)};
          },
          this)
    , m_rules(
          m_file, services.format, u"modelDowngrade.rules"_s, {u"from"_s, u"to"_s, u"atPercent"_s},
          {u"from"_s, u"to"_s},
          [this](const SettingsList::Entry &entry) {
              const QString percent = entry.value(u"atPercent"_s);
              return SettingsList::Words{
                  tr("%1 becomes %2").arg(entry.value(u"from"_s), entry.value(u"to"_s)),
                  percent.isEmpty()
                      ? tr("From the threshold that takes a cheaper model")
                      : tr("From %1").arg(this->services().format.percent(percent.toInt() * 100))};
          },
          this)
    , m_backup(services, this)
    , m_log(services.desktop.log(), services.format, this)
    , m_section(services.state.value(u"settingsSection"_s, u"proxy"_s).toString())
{
    m_thresholds.setDefaults({{{u"percent"_s, u"80"_s}, {u"action"_s, u"warn"_s}},
                              {{u"percent"_s, u"95"_s}, {u"action"_s, u"downgrade"_s}},
                              {{u"percent"_s, u"100"_s}, {u"action"_s, u"block"_s}}});
    for (const Group &group : groups())
        for (const QLatin1String path : group.paths) {
            auto *field = new SettingField(services.format, path, this);
            connect(field, &SettingField::changed, this, &SettingsModel::edited);
            m_fields.append(field);
        }
    connect(&m_file, &SettingsFile::savingChanged, this, &SettingsModel::edited);
    connect(&m_file, &SettingsFile::failed, this, [this](const QString &problem) {
        setProblem(problem);
        setReady();
    });
    connect(&m_file, &SettingsFile::loaded, this, [this] { load(std::exchange(m_keepTyped, false)); });
    connect(&m_providers, &SettingsProviders::written, this, [this] {
        m_keepTyped = true;
        m_file.read();
    });
    for (SettingsList *list : {&m_thresholds, &m_overrides, &m_rules})
        connect(list, &SettingsList::refused, this, &SettingsModel::tellRefused);
    services.events.subscribe(this, [this](const QList<Event> &events) {
        for (const Event &event : events)
            if (const auto *changed = std::get_if<event::ConfigChanged>(&event.body)) {
                m_fileProblem = changed->problem;
                if (changed->problem.isEmpty())
                    m_needsRestart = changed->needsRestart;
                Q_EMIT fileChanged();
                // What is being typed is not taken away under the fingers: saving it will say so.
                if (isActive() && dirtyCount() == 0)
                    m_file.read();
                else
                    m_providers.load(m_file.text());
            }
    });
    connect(&services.navigator, &Navigator::opened, this,
            [this](Navigator::Page page, const QVariantMap &arguments) {
                if (page == Navigator::Settings && arguments.contains(u"setting"_s))
                    showSetting(arguments.value(u"setting"_s).toString());
            });
    addCommands();
}

void SettingsModel::showSetting(const QString &path)
{
    SettingField *asked = field(path);
    if (asked == nullptr)
        return;
    for (const Group &group : groups())
        if (group.paths.contains(path))
            setSection(group.section);
    for (SettingField *one : m_fields)
        one->setAsked(one == asked);
}

void SettingsModel::addCommands()
{
    for (const QVariant &one : sections()) {
        const QVariantMap section = one.toMap();
        const QString id = section.value(u"id"_s).toString();
        services().commands.add({u"settings."_s + id,
                                 section.value(u"title"_s).toString(),
                                 tr("Settings"),
                                 section.value(u"iconName"_s).toString(),
                                 {},
                                 section.value(u"keywords"_s).toString(),
                                 [this, id] {
                                     setSection(id);
                                     services().navigator.open(Navigator::Settings);
                                 }});
    }
    for (const QVariant &one : languages()) {
        const QVariantMap choice = one.toMap();
        const QString language = choice.value(u"value"_s).toString();
        services().commands.add({u"settings.language."_s + language,
                                 tr("Language: %1").arg(choice.value(u"text"_s).toString()),
                                 tr("Settings"),
                                 u"translate"_s,
                                 {},
                                 tr("speak words translation"),
                                 [this, language] { setLanguage(language); },
                                 [this, language] { return language != this->language(); }});
    }
    services().commands.add({u"settings.openData"_s,
                             tr("Open the data folder"),
                             tr("Settings"),
                             u"folder2-open"_s,
                             {},
                             tr("files ledger directory"),
                             [this] { openDataFolder(); }});
    services().commands.add({u"settings.restart"_s,
                             tr("Restart the proxy"),
                             tr("Proxy"),
                             u"arrow-clockwise"_s,
                             {},
                             tr("reload again"),
                             [this] { restart(); }});
}

void SettingsModel::activated()
{
    m_keepTyped = true;
    m_file.read();
    if (m_backup.target().isEmpty())
        m_backup.suggest();
    m_log.follow(true);
    mailbox().when(services().control.state(), [this](const SystemState &state) {
        m_needsRestart = state.needsRestart;
        Q_EMIT fileChanged();
    });
    mailbox().when(services().desktop.isAutostartOn(), [this](bool on) {
        m_autostart = on;
        Q_EMIT programChanged();
    });
    mailbox().when(services().desktop.adminKey(), [this](const Result<Secret> &key) {
        m_adminKey = key ? *key : Secret();
        Q_EMIT programChanged();
    });
}

void SettingsModel::deactivated()
{
    m_log.follow(false);
    m_adminKey = Secret();
}

void SettingsModel::load(bool keepTyped)
{
    for (SettingField *field : m_fields)
        field->load(m_file.text(), ConfigPath(field->path()), keepTyped);
    m_providers.load(m_file.text());
    for (SettingsList *list : {&m_thresholds, &m_overrides, &m_rules})
        list->load();
    m_conflict = false;
    setProblem({});
    setReady();
    Q_EMIT edited();
}

QVariantList SettingsModel::sections() const
{
    const auto section = [](const QString &id, const QString &title, const QString &icon,
                            const QString &keywords) {
        return QVariantMap{
            {u"id"_s, id}, {u"title"_s, title}, {u"iconName"_s, icon}, {u"keywords"_s, keywords}};
    };
    return {section(u"proxy"_s, tr("Proxy"), u"hdd-network"_s, tr("address port tls certificate admin key")),
            section(u"providers"_s, tr("Providers"), u"cloud"_s, tr("openai api key base url upstream")),
            section(u"budgets"_s, tr("Budgets"), u"wallet2"_s, tr("thresholds default hold ask clamp")),
            section(u"limits"_s, tr("Rate limits"), u"speedometer2"_s, tr("rpm tpm parallel overrides")),
            section(u"models"_s, tr("Cheaper models"), u"arrow-left-right"_s, tr("downgrade rules unpriced")),
            section(u"cache"_s, tr("Cache"), u"lightning-charge"_s, tr("repeat answers ttl")),
            section(u"privacy"_s, tr("Privacy"), u"shield-lock"_s, tr("prompts bodies retention")),
            section(u"storage"_s, tr("Data and backup"), u"database"_s, tr("restore ledger folder storage")),
            section(u"program"_s, tr("Program"), u"sliders"_s, tr("language theme autostart guide alerts")),
            section(u"log"_s, tr("Log"), u"journal-text"_s, tr("messages level")),
            section(u"about"_s, tr("About"), u"info-circle"_s, tr("version licences"))};
}

void SettingsModel::setSection(const QString &section)
{
    if (section == m_section)
        return;
    m_section = section;
    services().state.setValue(u"settingsSection"_s, section);
    Q_EMIT sectionChanged();
}

QVariantList SettingsModel::fields(const QString &group) const
{
    QVariantList list;
    for (const Group &one : groups())
        if (one.id == group)
            for (const QLatin1String path : one.paths)
                list.append(QVariant::fromValue(field(path)));
    return list;
}

SettingField *SettingsModel::field(const QString &path) const
{
    for (SettingField *one : m_fields)
        if (one->path() == path)
            return one;
    return nullptr;
}

int SettingsModel::dirtyCount() const
{
    return int(
        std::count_if(m_fields.begin(), m_fields.end(), [](const SettingField *f) { return f->isDirty(); }));
}

bool SettingsModel::isValid() const
{
    return std::all_of(m_fields.begin(), m_fields.end(),
                       [](const SettingField *f) { return f->error().isEmpty(); });
}

void SettingsModel::save()
{
    if (isSaving() || !isValid() || !m_file.isRead())
        return;
    QList<ConfigEdit> edits;
    for (const SettingField *field : m_fields)
        if (field->isDirty())
            edits.append(field->edit(ConfigPath(field->path())));
    if (edits.isEmpty())
        return;
    m_saveProblem.clear();
    m_file.apply(edits, [this](const Status &saved) {
        if (saved) {
            services().toasts.show(u"ok"_s, tr("Settings saved"));
        } else if (saved.error().code == ErrorCode::Conflict) {
            m_conflict = true;
        } else {
            m_saveProblem = saved.error().detail;
        }
        Q_EMIT edited();
    });
}

void SettingsModel::discard()
{
    m_saveProblem.clear();
    for (SettingField *field : m_fields)
        field->discard();
    m_conflict = false;
    m_file.read();
    Q_EMIT edited();
}

void SettingsModel::keepMine()
{
    m_keepTyped = true;
    m_file.read();
}

void SettingsModel::tellRefused(const Error &error)
{
    if (error.code == ErrorCode::Conflict) {
        m_keepTyped = true;
        m_file.read();
        services().toasts.show(u"warning"_s, tr("The file has changed meanwhile"),
                               tr("It was read again. Please look, and do it once more."));
    } else {
        services().toasts.show(u"danger"_s, tr("The setting was not saved"), error.detail, {}, 0);
    }
}

QString SettingsModel::restartText() const
{
    if (m_needsRestart.isEmpty())
        return {};
    QStringList labels;
    for (const QString &path : m_needsRestart)
        labels.append(settingLabel(path));
    return services().format.locale().createSeparatedList(labels);
}

void SettingsModel::restart()
{
    services().desktop.restartCore();
}

QVariantList SettingsModel::languages() const
{
    const auto choice = [](const QString &text, const QString &value) {
        return QVariantMap{{u"text"_s, text}, {u"value"_s, value}};
    };
    return {choice(tr("That of the desktop"), {}), choice(u"English"_s, u"en"_s),
            choice(u"Deutsch"_s, u"de"_s)};
}

QString SettingsModel::language() const
{
    return services().state.value(u"language"_s).toString();
}

void SettingsModel::setLanguage(const QString &language)
{
    if (language == this->language())
        return;
    if (dirtyCount() > 0) { // it would end with the window as it is now
        services().toasts.show(u"warning"_s, tr("Save or discard the changed settings first"),
                               tr("For another language the window is made anew."));
        return;
    }
    services().desktop.setLanguage(language);
}

void SettingsModel::setAutostart(bool on)
{
    mailbox().when(services().desktop.setAutostart(on), [this, on](const Status &set) {
        if (set)
            m_autostart = on;
        else
            services().toasts.show(u"danger"_s, tr("That could not be changed"), set.error().detail, {}, 0);
        Q_EMIT programChanged();
    });
}

QString SettingsModel::adminKey() const
{
    if (m_adminKey.isEmpty())
        return {};
    return u"••••••••••••"_s + QString::fromLatin1(m_adminKey.reveal().right(4));
}

void SettingsModel::copyAdminKey()
{
    if (m_adminKey.isEmpty())
        return;
    services().desktop.copyToClipboard(QString::fromLatin1(m_adminKey.reveal()));
    services().toasts.show(u"ok"_s, tr("Copied"), tr("Whoever has it can change everything here."));
}

void SettingsModel::copyLog()
{
    services().desktop.copyToClipboard(m_log.plain());
    services().toasts.show(u"ok"_s, tr("Log copied"));
}

QString SettingsModel::configFile() const
{
    return services().desktop.configFile();
}

QString SettingsModel::dataFolder() const
{
    return services().desktop.dataFolder();
}

void SettingsModel::openConfigFolder()
{
    services().desktop.openFolder(QFileInfo(configFile()).absolutePath());
}

void SettingsModel::openDataFolder()
{
    services().desktop.openFolder(dataFolder());
}

void SettingsModel::openAlerts()
{
    services().navigator.open(Navigator::Alerts);
}

void SettingsModel::openGuide()
{
    services().navigator.open(Navigator::Guide);
}

QString SettingsModel::version() const
{
    return QCoreApplication::applicationVersion();
}

QVariantList SettingsModel::licences() const
{
    const auto part = [](const QString &name, const QString &licence, const QString &use) {
        return QVariantMap{{u"name"_s, name}, {u"licence"_s, licence}, {u"use"_s, use}};
    };
    return {part(u"llm-budget-proxy"_s, u"MIT"_s, tr("The source of this program")),
            part(u"Qt Charts"_s, u"GPL-3.0"_s,
                 tr("Charts. It makes this desktop program as a whole one under the GPL, version 3")),
            part(u"Qt"_s, u"LGPL-3.0"_s, tr("Window, network, database access")),
            part(u"QtKeychain"_s, u"BSD-3-Clause"_s, tr("Secrets in the keychain of the desktop")),
            part(u"SQLite"_s, tr("public domain"), tr("The ledger")),
            part(u"OpenSSL"_s, u"Apache-2.0"_s, tr("TLS")),
            part(u"yaml-cpp"_s, u"MIT"_s, tr("Reads the configuration")),
            part(u"simdjson"_s, u"Apache-2.0"_s, tr("Reads JSON")),
            part(u"zlib, Brotli, Zstandard"_s, u"Zlib, MIT, BSD-3-Clause"_s, tr("Compressed answers")),
            part(u"prometheus-cpp"_s, u"MIT"_s, tr("Metrics")),
            part(u"Boost"_s, u"BSL-1.0"_s, tr("Containers")),
            part(u"CLI11"_s, u"BSD-3-Clause"_s, tr("The command line")),
            part(u"mimalloc"_s, u"MIT"_s, tr("Memory")),
            part(u"tl::expected"_s, u"CC0-1.0"_s, tr("Results that may be errors")),
            part(u"Roboto"_s, u"Apache-2.0"_s, tr("The font")),
            part(u"JetBrains Mono"_s, u"OFL-1.1"_s, tr("The font of code")),
            part(u"Bootstrap Icons"_s, u"MIT"_s, tr("The icons"))};
}

} // namespace lbp::gui
