#include "support/guiharness.h"

#include "control/control.h"
#include "gui/guisetup.h"
#include "support/harness.h"

#include <mutex>
#include <QQmlContext>
#include <QQuickItem>
#include <QtTest>

namespace lbp::test {

using namespace Qt::StringLiterals;

namespace {

const QByteArray pricing = R"(onlyThese: true
models:
  gpt-4o: { inputPer1M: "2.50", cachedInputPer1M: "1.25", outputPer1M: "10.00", maxOutputTokens: 16384, maxInputTokens: 128000 }
  gpt-4o-mini: { inputPer1M: "0.15", cachedInputPer1M: "0.075", outputPer1M: "0.60", maxOutputTokens: 16384, maxInputTokens: 128000 }
  gpt-5.5: { inputPer1M: "5.00", cachedInputPer1M: "0.50", outputPer1M: "30.00", maxOutputTokens: 128000, maxInputTokens: 400000 }
)";

std::mutex warningsMutex;
QStringList warnings;
QtMessageHandler nextHandler = nullptr;

void keepWarning(QtMsgType type, const QMessageLogContext &context, const QString &text)
{
    // Ours are said with a category of their own or meant for people; what the engine says names a file or a
    // loop.
    const bool isQml = text.contains(u"qrc:/"_s) || text.contains(u".qml"_s)
        || text.contains(u"Binding loop"_s) || text.contains(u"there is no icon"_s)
        || text.contains(u"QQuick"_s) || text.contains(u"QML "_s) || text.contains(u"DelegateModel"_s);
    if (isQml && (type == QtWarningMsg || type == QtCriticalMsg)) {
        const std::lock_guard lock(warningsMutex);
        warnings.append(text);
    }
    if (nextHandler)
        nextHandler(type, context, text);
}

void write(const QString &path, const QByteArray &bytes)
{
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
        qFatal("cannot write %s", qPrintable(path));
}

template <typename T> T get(QFuture<Result<T>> future)
{
    Result<T> result = future.takeResult();
    if (!result)
        qFatal("%s", qPrintable(result.error().detail));
    if constexpr (!std::is_void_v<T>)
        return std::move(*result);
}

bool matches(QQuickItem *item, const std::function<bool(QQuickItem *)> &wanted)
{
    return item->isVisible() && item->opacity() > 0 && wanted(item);
}

QQuickItem *find(QQuickItem *parent, const std::function<bool(QQuickItem *)> &wanted)
{
    if (!parent->isVisible())
        return nullptr;
    if (matches(parent, wanted))
        return parent;
    const QList<QQuickItem *> children = parent->childItems();
    for (auto it = children.rbegin(); it != children.rend(); ++it) // what lies on top first
        if (QQuickItem *found = find(*it, wanted))
            return found;
    return nullptr;
}

} // namespace

void QmlWarnings::install()
{
    if (const QtMessageHandler before = qInstallMessageHandler(keepWarning); before != keepWarning)
        nextHandler = before;
}

QStringList QmlWarnings::take()
{
    const std::lock_guard lock(warningsMutex);
    return std::exchange(warnings, {});
}

QFuture<bool> RecordingDesktop::drain(std::chrono::milliseconds patience)
{
    return onDrain ? onDrain(patience) : QtFuture::makeReadyFuture(true);
}

Gui::Gui()
    : Gui(Options())
{
}

Gui::Gui(Options options)
{
    static const bool prepared = [] {
        gui::prepareGui();
        return true;
    }();
    Q_UNUSED(prepared);
    QmlWarnings::install();
    QByteArray config =
        "provider: { apiKey: \"sk-provider-canary\", baseUrl: \"" + provider.url().toEncoded() + "\" }\n";
    if (!options.config.contains("budgets:"))
        config += "budgets: { defaultDaily: \"10.00\", defaultMonthly: \"100.00\", timeZone: UTC }\n";
    if (!options.config.contains("rateLimits:"))
        config += "rateLimits: { default: { rpm: 0, tpm: 0 } }\n";
    desktop.configPath = directory.filePath(u"config/config.yml"_s);
    desktop.dataPath = directory.filePath(u"data"_s);
    QDir().mkpath(directory.filePath(u"config"_s));
    write(desktop.configPath, config + options.config);
    write(directory.filePath(u"config/pricing.yml"_s), options.pricing.isEmpty() ? pricing : options.pricing);
    const DataDirectory files = DataDirectory::locate(desktop.configPath, desktop.dataPath);
    if (const Status made = files.create(); !made)
        qFatal("%s", qPrintable(made.error().detail));
    if (options.seed) {
        auto store = openSqlStore({files.ledgerFile(), false, QTimeZone::utc()});
        if (!store)
            qFatal("%s", qPrintable(store.error().detail));
        options.seed(**store, clock.now());
    }
    lock = std::make_unique<LockFile>(files.lockFile());
    if (!lock->tryTake().value_or(false))
        qFatal("the data directory is locked");
    Core::Setup setup{files, *lock};
    setup.clock = &clock;
    auto built = Core::build(std::move(setup));
    if (!built)
        qFatal("%s", qPrintable(built.error().toString()));
    core = *std::move(built);
    const Result<QUrl> url = core->listen(u"127.0.0.1"_s, 0);
    if (!url)
        qFatal("%s", qPrintable(url.error().detail));
    desktop.url = *url;
    desktop.onDrain = [this](std::chrono::milliseconds patience) { return core->drain(patience); };

    state = std::make_unique<gui::UiState>(directory.filePath(u"data/window.json"_s));
    appearance = std::make_unique<gui::Appearance>(*state);
    appearance->setTheme(options.dark ? gui::Appearance::Dark : gui::Appearance::Light);
    format = std::make_unique<gui::Format>(options.locale, core->control().timeZone());
    app = std::make_unique<gui::MainContext>(gui::GuiServices{core->control(), core->events(), clock, desktop,
                                                              *format, toasts, commands, navigator, *state,
                                                              core->alerts(), core->prices(),
                                                              core->providerTester(), core->secretVault()},
                                             *appearance);
    navigator.openByName(options.guide ? u"guide"_s : options.page);
    if (!options.window)
        return;
    engine = std::make_unique<QQmlApplicationEngine>();
    gui::prepareEngine(*engine);
    engine->setInitialProperties({{u"app"_s, QVariant::fromValue(app.get())}});
    engine->load(QUrl(u"qrc:/qt/qml/BudgetProxy/Shell/Main.qml"_s));
    window = engine->rootObjects().isEmpty()
        ? nullptr
        : qobject_cast<QQuickWindow *>(engine->rootObjects().constFirst());
    if (window == nullptr)
        qFatal("the window cannot be made");
    // What moves is not where it will be when it is clicked.
    if (auto *theme = engine->singletonInstance<QObject *>(qmlTypeId("BudgetProxy.Theme", 1, 0, "Theme")))
        theme->setProperty("reduceMotion", true);
    window->resize(options.size);
    window->show();
    if (!QTest::qWaitForWindowExposed(window))
        qFatal("the window was not shown");
    window->requestActivate();
}

Gui::~Gui()
{
    engine.reset();
    app.reset();
    core.reset();
}

bool Gui::until(const std::function<bool()> &condition, int timeoutMs)
{
    return QTest::qWaitFor(condition, timeoutMs);
}

bool Gui::show(gui::Navigator::Page page, const QVariantMap &arguments)
{
    navigator.open(page, arguments);
    gui::PageModel *const models[] = {app->overview(),     app->requests(), app->keys(),
                                      app->budgets(),      app->prices(),   app->alerts(),
                                      app->connectTools(), app->settings(), app->guide()};
    if (!until([&] { return models[page]->isReady(); }))
        return false;
    return until([&] {
        const QQuickItem *host = item(u"pageHost"_s, 0);
        return host != nullptr && !host->property("loading").toBool() && item(u"page"_s, 0) != nullptr;
    });
}

QQuickItem *Gui::item(const QString &objectName, int timeoutMs)
{
    QQuickItem *found = nullptr;
    const auto look = [&] {
        found = find(window->contentItem(), [&](QQuickItem *one) { return one->objectName() == objectName; });
        return found != nullptr;
    };
    if (!look() && timeoutMs > 0)
        (void)until(look, timeoutMs);
    return found;
}

QQuickItem *Gui::named(const QString &name, int timeoutMs)
{
    QQuickItem *found = nullptr;
    const auto look = [&] {
        found = find(window->contentItem(), [&](QQuickItem *one) {
            if (one->property("text").toString() == name && one->activeFocusOnTab())
                return true;
            QObject *attached = nullptr;
            for (QObject *child : one->children())
                if (child->inherits("QQuickAccessibleAttached"))
                    attached = child;
            return attached != nullptr && attached->property("name").toString() == name;
        });
        return found != nullptr;
    };
    if (!look() && timeoutMs > 0)
        (void)until(look, timeoutMs);
    return found;
}

void Gui::click(QQuickItem *item)
{
    QVERIFY2(item != nullptr, "there is nothing to click");
    // Layouts are polished after what they hold has changed: what is clicked must lie still first, and in the
    // window.
    QPointF centre(-1, -1);
    int still = 0;
    const bool there = until([&] {
        const QPointF now = item->mapToScene(QPointF(item->width() / 2, item->height() / 2));
        still = now == std::exchange(centre, now) ? still + 1 : 0;
        return still >= 3 && window->contentItem()->contains(centre);
    });
    QVERIFY2(there, "what is to be clicked does not lie still in the window");
    QTest::mouseClick(window, Qt::LeftButton, {}, centre.toPoint());
}

void Gui::type(const QString &text)
{
    for (const QChar c : text)
        QTest::sendKeyEvent(QTest::Click, window, Qt::Key_unknown, c, {});
}

void Gui::press(int key, Qt::KeyboardModifiers modifiers)
{
    QTest::keyClick(window, Qt::Key(key), modifiers);
}

QImage Gui::picture()
{
    // Loaders, images and animations end on their own; a picture that twice is the same has settled.
    QImage last;
    (void)until(
        [&] {
            QImage next = window->grabWindow();
            const bool same = next == last;
            last = std::move(next);
            return same;
        },
        5'000);
    return last;
}

QByteArray Gui::addKey(const QString &name, const QList<std::pair<Period, QByteArray>> &budgets,
                       std::function<void(KeyRecord &)> change)
{
    KeyDraft draft;
    draft.record.name = name;
    if (change)
        change(draft.record);
    for (const auto &[period, limit] : budgets)
        draft.budgets.append({period, *Money::fromDecimal(QString::fromLatin1(limit))});
    QFuture<Result<CreatedKey>> future = core->control().createKey(std::move(draft));
    if (!until([&] { return future.isFinished(); }) || !future.result())
        qFatal("the key was not made");
    return future.result()->plaintext.reveal();
}

KeyId Gui::keyId(const QString &name) const
{
    const std::optional<KeyRecord> key = core->control().keyByName(name);
    return key ? key->id : 0;
}

Answer Gui::chat(const QByteArray &key, const QByteArray &body, const QByteArray &moreFields)
{
    RawClient client(port());
    client.write(request("POST", "/v1/chat/completions", key, body, moreFields));
    return client.read();
}

void seedLedger(Store &store, Instant now, int days, int perDay)
{
    const struct
    {
        const char16_t *name, *team, *project;
    } people[] = {{u"ci", u"platform", u"pipeline"},
                  {u"web", u"product", u"shop"},
                  {u"research", u"labs", u""},
                  {u"laptop", u"", u""}};
    QList<KeyId> ids;
    for (const auto &one : people) {
        KeyRecord key;
        key.name = QString::fromUtf16(one.name);
        key.team = QString::fromUtf16(one.team);
        key.project = QString::fromUtf16(one.project);
        key.sha256 = sha256(key.name.toUtf8());
        key.last4 = u"x4Qz"_s;
        key.createdAt = now - std::chrono::days(days);
        ids.append(get(store.insertKey(key, {})).id);
    }
    const QString models[] = {u"gpt-4o"_s, u"gpt-4o-mini"_s, u"gpt-5.5"_s, u"mystery-1"_s};
    const auto rates = [](qint64 input, qint64 cached, qint64 output) {
        auto made = std::make_shared<Rates>();
        made->perUnit[size_t(BillingClass::UncachedInput)] = input;
        made->perUnit[size_t(BillingClass::CachedInput)] = cached;
        made->perUnit[size_t(BillingClass::Output)] = output;
        made->perUnit[size_t(BillingClass::Reasoning)] = output;
        return std::shared_ptr<const Rates>(std::move(made));
    };
    const std::shared_ptr<const Rates> prices[] = {rates(2'500'000, 1'250'000, 10'000'000),
                                                   rates(150'000, 75'000, 600'000),
                                                   rates(5'000'000, 500'000, 30'000'000), nullptr};
    std::vector<std::vector<std::shared_ptr<const Series>>> series;
    for (qsizetype person = 0; person < ids.size(); ++person) {
        series.emplace_back();
        for (const QString &model : models)
            series.back().push_back(std::make_shared<Series>(
                Series{ids[person], QString::fromUtf16(people[person].team),
                       QString::fromUtf16(people[person].project), u"openai"_s, model}));
    }

    QRandomGenerator random(42);
    RequestIds requestIds(1);
    const qint64 span = std::chrono::microseconds(std::chrono::days(days)).count();
    const int total = days * perDay;
    std::vector<Store::Submission> rows;
    for (int i = 0; i < total; ++i) {
        // More by day than by night, so that charts have a shape.
        const Instant at =
            now - Duration(span) + Duration(span / total * i) + Duration(random.bounded(60'000'000));
        const qint64 hour = toMicros(at) / 3'600'000'000 % 24;
        if ((hour < 7 || hour > 20) && random.bounded(4) != 0)
            continue;
        if (at >= now)
            break;
        const int person = int(random.bounded(int(ids.size())));
        const int dice = int(random.bounded(100));
        const int model = dice < 45 ? 1 : dice < 80 ? 0 : dice < 97 ? 2 : 3;
        ExchangeRow row;
        row.open.id = requestIds.next(at);
        row.open.series = series[size_t(person)][size_t(model)];
        row.open.endpoint = u"chat.completions"_s;
        row.open.stream = random.bounded(3) != 0;
        row.open.ceiling = 4096;
        row.open.unpriced = model == 3;
        CloseRow &close = row.close;
        close.id = row.open.id;
        close.status = 200;
        close.usage[BillingClass::UncachedInput] = 300 + random.bounded(9000);
        close.usage[BillingClass::CachedInput] = random.bounded(2) * random.bounded(20000);
        close.usage[BillingClass::Output] = 50 + random.bounded(1800);
        close.usage[BillingClass::Reasoning] = model == 2 ? random.bounded(2500) : 0;
        close.rates = prices[model];
        close.priceSource = u"https://openai.com/api/pricing (2026-11-01)"_s;
        close.queueUs = 90 + random.bounded(400);
        close.ttftUs = 180'000 + random.bounded(1'400'000);
        close.durationUs = close.ttftUs + 300'000 + random.bounded(9'000'000);
        close.upstreamRequestId = u"req_up_%1"_s.arg(i);
        const int fate = int(random.bounded(100));
        if (model == 3) {
            close.provenance = Provenance::Unpriced;
        } else {
            Money cost;
            for (const BillingClass one : {BillingClass::UncachedInput, BillingClass::CachedInput,
                                           BillingClass::Output, BillingClass::Reasoning})
                cost = cost.plusSaturated(
                    *Money::fromPicodollars(prices[model]->perUnit[size_t(one)].value_or(0))
                         .times(close.usage[one]));
            close.cost = cost;
        }
        if (fate < 6) {
            close.outcome = Outcome::CacheHit;
            close.provenance = Provenance::Free;
            close.saved = close.cost.value_or(Money());
            close.cost = Money();
            close.rates = nullptr;
        } else if (fate < 9) {
            close.outcome = Outcome::Refused;
            close.status = 402;
            close.provenance = Provenance::Free;
            close.cost = Money();
            close.usage = {};
            close.rates = nullptr;
            close.error = u"the daily budget of this key is used up"_s;
        } else if (fate < 12) {
            close.outcome = Outcome::UpstreamError;
            close.status = fate == 9 ? 429 : 500;
            close.provenance = Provenance::Free;
            close.cost = Money();
            close.usage = {};
            close.rates = nullptr;
            close.error = u"the provider answered with an error"_s;
        } else if (fate < 15 && model != 3) {
            close.outcome = Outcome::ClientGone;
            close.provenance = Provenance::Estimated;
        } else if (fate == 15 && model == 1) {
            row.open.requestedModel = u"gpt-5.5"_s;
        }
        rows.push_back({std::move(row), 0});
        if (rows.size() >= 500)
            store.submit(std::exchange(rows, {}));
    }
    store.submit(std::move(rows));
    // Answers only after everything before it is written.
    if (!store.putSetting(u"seeded"_s, u"1"_s).takeResult())
        qFatal("the ledger cannot be seeded");
}

} // namespace lbp::test
