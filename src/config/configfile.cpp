#include "config/configfile.h"

#include "config/configreader.h"
#include "config/dotenv.h"
#include "config/publicprices.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

static void initDefaultsResource()
{
    Q_INIT_RESOURCE(lbp_defaults); // a static library's resources are not registered by themselves
}

namespace lbp {
namespace {

using namespace Qt::StringLiterals;

constexpr qint64 maxFileBytes = 4 * 1024 * 1024;

/// The content; nullopt after reporting why it cannot be had. Reads one byte more than is allowed, for the
/// parser to refuse.
std::optional<QByteArray> readFile(const QString &path, QList<ConfigProblem> &problems)
{
    QFile file(path);
    if (QFileInfo(path).isDir()) {
        problems.append({path, 0, {}, u"is a directory, not a file"_s});
        return std::nullopt;
    }
    if (!file.open(QIODevice::ReadOnly)) {
        problems.append({path, 0, {}, u"cannot be read: %1"_s.arg(file.errorString())});
        return std::nullopt;
    }
    return file.read(maxFileBytes + 1);
}

QString directoryOf(const ConfigSources &sources)
{
    return QFileInfo(sources.configFile).absolutePath();
}

QString pricingPath(const ConfigSources &sources, const QString &configured)
{
    if (!sources.pricingFile.isEmpty())
        return QFileInfo(sources.pricingFile).absoluteFilePath();
    return configured.isEmpty() ? directoryOf(sources) + "/pricing.yml"_L1 : configured;
}

/// The prices of \a sources: the user's own over the public ones. A pricing.yml that is missing beside the
/// configuration is none.
std::shared_ptr<const PriceBook> loadPrices(const ConfigSources &sources, const QString &configured,
                                            QList<ConfigProblem> &problems)
{
    QString path = pricingPath(sources, configured);
    const QString own = path;
    if (sources.pricingFile.isEmpty() && configured.isEmpty() && !QFileInfo::exists(path)) {
        initDefaultsResource();
        path = u":/lbp/pricing.yml"_s;
    }
    const std::optional<QByteArray> text = readFile(path, problems);
    if (!text)
        return nullptr;
    auto book = parsePricing(*text, path);
    if (!book) {
        problems += book.error();
        return nullptr;
    }
    return withPublicPrices(*book, own, problems);
}

/// A model that stands for all unknown ones must be known itself.
void checkAssumedModel(const YamlNode &root, const Config &config, const QString &file,
                       QList<ConfigProblem> &problems)
{
    if (config.pricing.unknownModels != UnknownModels::Assume
        || config.prices->find(config.pricing.assumeModel))
        return;
    const YamlNode *section = root.find(u"pricing");
    const YamlNode *node = section ? section->find(u"unknownModels") : nullptr;
    problems.append({file, node ? node->line : 0, u"pricing.unknownModels"_s,
                     u"names a model that has no price itself"_s});
}

void checkReadable(const YamlNode &root, QStringView section, QStringView key, const QString &path,
                   const QString &file, QList<ConfigProblem> &problems)
{
    const QFileInfo info(path);
    if (path.isEmpty() || (info.isFile() && info.isReadable()))
        return;
    const YamlNode *map = root.find(section);
    const YamlNode *node = map ? map->find(key) : nullptr;
    problems.append({file, node ? node->line : 0, section.toString() + u'.' + key.toString(),
                     u"names a file that does not exist or cannot be read"_s});
}

QHash<QString, QString> environmentOf(const ConfigSources &sources, QList<ConfigProblem> &problems)
{
    QHash<QString, QString> environment = sources.environment;
    const QString path = dotEnvPath(sources);
    if (!QFileInfo::exists(path))
        return environment;
    ProblemList found(path);
    if (const std::optional<QByteArray> text = readFile(path, problems)) {
        if (text->size() > maxFileBytes)
            found.add(0, {}, u"is larger than 4 MB; is it the right file?"_s);
        else
            readDotEnv(*text, environment, found);
    }
    problems += found.sorted();
    return environment;
}

Status copyDefault(const QString &name, const QString &directory)
{
    QFile source(u":/lbp/"_s + name);
    QFile target(directory + u'/' + name);
    if (target.exists())
        return {};
    if (!source.open(QIODevice::ReadOnly))
        return fail(ErrorCode::Internal, u"%1 is missing in the program"_s.arg(name));
    if (!target.open(QIODevice::WriteOnly | QIODevice::NewOnly, QFile::ReadOwner | QFile::WriteOwner)) {
        if (target.exists()) // another process was faster
            return {};
        return fail(ErrorCode::ConfigInvalid,
                    u"%1 cannot be created: %2"_s.arg(target.fileName(), target.errorString()));
    }
    const QByteArray content = source.readAll();
    if (target.write(content) != content.size() || !target.flush()) {
        const QString reason = target.errorString();
        target.remove();
        return fail(ErrorCode::ConfigInvalid, u"%1 cannot be written: %2"_s.arg(target.fileName(), reason));
    }
    return {};
}

} // namespace

QString ConfigProblem::toString() const
{
    QString text = file;
    if (line > 0)
        text += u':' + QString::number(line);
    text += ": "_L1;
    if (!key.isEmpty())
        text += key + ": "_L1;
    return text + message;
}

QString dotEnvPath(const ConfigSources &sources)
{
    return directoryOf(sources) + "/.env"_L1;
}

QString pricingPath(const ConfigSources &sources)
{
    QList<ConfigProblem> ignored;
    ProblemList ignoredToo({});
    QString configured;
    YamlNode root;
    if (sources.pricingFile.isEmpty()) {
        const std::optional<QByteArray> text = readFile(sources.configFile, ignored);
        if (text && readYaml(*text, root, ignoredToo)) {
            const QHash<QString, QString> environment = environmentOf(sources, ignored);
            Config config;
            substituteVariables(root, environment, ignoredToo);
            readConfig(root, environment, directoryOf(sources), config, ignoredToo);
            configured = config.pricing.file;
        }
    }
    return pricingPath(sources, configured);
}

tl::expected<std::shared_ptr<const Config>, QList<ConfigProblem>> loadConfig(const ConfigSources &sources)
{
    QList<ConfigProblem> problems;
    auto config = std::make_shared<Config>();
    YamlNode root;
    ProblemList found(sources.configFile);
    const std::optional<QByteArray> text = readFile(sources.configFile, problems);
    const QHash<QString, QString> environment = environmentOf(sources, problems);
    if (text && readYaml(*text, root, found)) {
        KeychainSecrets secrets;
        if (const QStringList names = keychainNames(*text); sources.secrets && !names.isEmpty())
            secrets = sources.secrets->lookUp(names);
        substituteVariables(root, environment, found, secrets);
        readConfig(root, environment, directoryOf(sources), *config, found);
    }
    problems += found.sorted();
    config->prices = loadPrices(sources, config->pricing.file, problems);
    checkReadable(root, u"server", u"tlsCertificate", config->server.tlsCertificate, sources.configFile,
                  problems);
    checkReadable(root, u"server", u"tlsKey", config->server.tlsKey, sources.configFile, problems);
    checkReadable(root, u"upstream", u"caFile", config->upstream.caFile, sources.configFile, problems);
    if (config->prices)
        checkAssumedModel(root, *config, sources.configFile, problems);
    if (!problems.isEmpty())
        return tl::unexpected(problems);
    return config;
}

tl::expected<std::shared_ptr<const Config>, QList<ConfigProblem>>
parseConfig(const QByteArray &config, const QByteArray &pricing, const QHash<QString, QString> &environment)
{
    auto read = std::make_shared<Config>();
    YamlNode root;
    ProblemList found(u"config.yml"_s);
    if (readYaml(config, root, found)) {
        substituteVariables(root, environment, found);
        readConfig(root, environment, {}, *read, found);
    }
    QList<ConfigProblem> problems = found.sorted();
    if (auto prices = parsePricing(pricing, u"pricing.yml"_s))
        read->prices = *prices;
    else
        problems += prices.error();
    if (problems.isEmpty() && !pricing.isEmpty())
        checkAssumedModel(root, *read, u"config.yml"_s, problems);
    if (!problems.isEmpty())
        return tl::unexpected(problems);
    return read;
}

QByteArray documentedDefault(const QString &name)
{
    initDefaultsResource();
    QFile source(u":/lbp/"_s + name);
    return source.open(QIODevice::ReadOnly) ? source.readAll() : QByteArray();
}

Status installDefaults(const QString &directory)
{
    initDefaultsResource();
    const QFileInfo info(QDir::cleanPath(QFileInfo(directory).absoluteFilePath()));
    if (!info.isDir()) {
        const QFile::Permissions ownerOnly = QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner;
        if (!QDir().mkpath(info.absolutePath())
            || (!QDir().mkdir(info.absoluteFilePath(), ownerOnly)
                && !QFileInfo(info.absoluteFilePath()).isDir()))
            return fail(ErrorCode::ConfigInvalid,
                        u"the directory %1 cannot be created"_s.arg(info.absoluteFilePath()));
    }
    for (const QString &name : {u"config.yml"_s, u"pricing.yml"_s})
        if (Status copied = copyDefault(name, info.absoluteFilePath()); !copied)
            return copied;
    return {};
}

} // namespace lbp
