#include "app/demo.h"

#include "config/providerpreset.h"
#include "control/control.h"

#include <QDir>
#include <QEventLoop>
#include <QFutureWatcher>

namespace lbp {

using namespace Qt::StringLiterals;

namespace {

constexpr char16_t keyName[] = u"demo";

/// Picodollars a token: 2.50 and 10 USD per million, so that the sums look like those of a real model.
ModelPrice price(const char *model, qint64 input, std::optional<qint64> output)
{
    ModelPrice price;
    price.model = QLatin1String(model);
    price.standard[BillingClass::UncachedInput] = input;
    price.standard[BillingClass::Output] = output;
    if (output)
        price.maxOutputTokens = 4096;
    price.source = u"demo"_s;
    return price;
}

template <typename T> T wait(const QFuture<T> &future)
{
    QEventLoop loop;
    QFutureWatcher<T> watcher;
    QObject::connect(&watcher, &QFutureWatcher<T>::finished, &loop, &QEventLoop::quit);
    watcher.setFuture(future);
    if (!future.isFinished())
        loop.exec();
    return future.result();
}

} // namespace

Result<std::unique_ptr<Demo>> Demo::prepare(const QString &configFile, const QString &dataDirectory)
{
    std::unique_ptr<Demo> demo(new Demo);
    const Result<QUrl> url = demo->m_provider.listen();
    if (!url)
        return tl::unexpected(url.error());
    demo->m_providerUrl = *url;
    QString config = configFile, data = dataDirectory;
    if (config.isEmpty() || data.isEmpty()) {
        demo->m_temporary = std::make_unique<QTemporaryDir>(QDir::tempPath() + u"/lbp-demo-XXXXXX"_s);
        if (!demo->m_temporary->isValid())
            return fail(ErrorCode::Internal,
                        u"no temporary directory for the demo: %1"_s.arg(demo->m_temporary->errorString()));
        if (config.isEmpty()) {
            config = demo->m_temporary->filePath(u"config.yml"_s);
            const QByteArray text = "# Made for `lbp serve --demo`; its provider is put in by the program.\n"
                                    "budgets:\n"
                                    "  defaultDaily: 1.00\n";
            if (const Status written = writeNewPrivateFile(config, text); !written)
                return tl::unexpected(written.error());
        }
        if (data.isEmpty())
            data = demo->m_temporary->filePath(u"data"_s);
    }
    demo->m_files = DataDirectory::locate(config, data);
    return demo;
}

Core::Adjust Demo::adjust() const
{
    ProviderConfig provider;
    provider.name = u"demo"_s;
    provider.baseUrl = m_providerUrl;
    provider.apiKey = m_provider.apiKey();
    applyPreset(presetOfKind(provider.kind), {}, provider);
    return [provider](std::shared_ptr<const Config> config) {
        auto changed = std::make_shared<Config>(*config);
        changed->providers = {provider};
        auto prices = std::make_shared<PriceBook>(*config->prices);
        prices->add(price(DemoProvider::model, 2'500'000, 10'000'000));
        prices->add(price(DemoProvider::embeddingModel, 20'000, std::nullopt));
        changed->prices = std::move(prices);
        return std::shared_ptr<const Config>(std::move(changed));
    };
}

Status Demo::createKey(Core &core)
{
    Control &control = core.control();
    const std::optional<KeyRecord> existing = control.keyByName(keyName);
    KeyDraft draft;
    draft.record.name = QString::fromUtf16(keyName);
    draft.record.team = u"demo"_s;
    Result<CreatedKey> key =
        wait(existing ? control.rotateKey(existing->id, Duration::zero()) : control.createKey(draft));
    if (!key)
        return tl::unexpected(key.error());
    m_key = key->plaintext;
    return {};
}

QString Demo::text(const Core &core, const QUrl &url) const
{
    const QString commands =
        u"lbp --config '%1' --data-dir '%2'"_s.arg(core.files().configFile(), core.files().path());
    return u"The proxy listens at %1, beside a demo provider: nothing here costs money.\n"
           u"\n"
           u"Try it (the words come one by one, and are metered as they pass):\n"
           u"\n"
           u"curl -N %1/v1/chat/completions -H 'Authorization: Bearer %2' -H 'Content-Type: "
           u"application/json' "
           u"-d "
           u"'{\"model\":\"%3\",\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"Hello\"}]}'\n"
           u"\n"
           u"What it cost:   %4 usage\n"
           u"Point tools at: OPENAI_BASE_URL=%1/v1 OPENAI_API_KEY=%2\n"
           u"Management API: %1/api (admin key in %5)\n"
           u"Stop with Ctrl-C."_s.arg(url.toString(), QString::fromLatin1(m_key.reveal()),
                                      QLatin1String(DemoProvider::model), commands,
                                      core.config()->server.adminKey.isEmpty() ? core.files().adminKeyFile()
                                                                               : u"the configuration"_s);
}

} // namespace lbp
