#include "gui/providerform.h"

#include "config/configreader.h"
#include "config/providerpreset.h"
#include "control/control.h"
#include "control/providercheck.h"
#include "dialects/dialect.h"
#include "gui/desktopservices.h"
#include "gui/format.h"

namespace lbp::gui {

using namespace Qt::StringLiterals;

namespace {

QStringList split(const QString &text)
{
    QStringList parts;
    for (const QString &part : text.split(u',', Qt::SkipEmptyParts))
        if (!part.trimmed().isEmpty())
            parts.append(part.trimmed());
    return parts;
}

/// Where the first provider stands in \a text: the one-provider form, else the first of the list.
QString firstPlace(const QByteArray &text)
{
    for (const auto key : {"name"_L1, "kind"_L1, "apiKey"_L1, "baseUrl"_L1})
        if (writtenValue(text, ConfigPath(u"provider"_s).child(key)))
            return u"provider"_s;
    return itemCount(text, ConfigPath(u"providers"_s)) > 0 ? u"providers[0]"_s : u"provider"_s;
}

} // namespace

QString usualBaseUrl(ProviderKind kind)
{
    switch (kind) {
    case ProviderKind::OpenAi:
        return u"https://api.openai.com/v1"_s;
    case ProviderKind::Anthropic:
        return u"https://api.anthropic.com"_s;
    case ProviderKind::Gemini:
        return u"https://generativelanguage.googleapis.com"_s;
    }
    return {};
}

ProviderForm::ProviderForm(const GuiServices &services, QObject *parent)
    : QObject(parent)
    , m_services(services)
    , m_name(this,
             [this](const QString &text) {
                 if (text.trimmed().isEmpty())
                     return tr("Give it a name, such as openai.");
                 for (const ProviderConfig &other : m_services.control.config()->providers)
                     if (other.name == text.trimmed() && other.name != m_present.name)
                         return tr("Another provider has this name.");
                 return checkValue(u"providers[].name", text.trimmed());
             })
    , m_baseUrl(this,
                [](const QString &text) {
                    return text.trimmed().isEmpty()
                        ? tr("Type the address, such as %1.").arg(usualBaseUrl(ProviderKind::OpenAi))
                        : checkValue(u"providers[].baseUrl", text.trimmed());
                })
    , m_key(this,
            [](const QString &text) {
                for (const QChar c : text.trimmed())
                    if (c.unicode() <= 0x20 || c.unicode() > 0x7e)
                        return tr("A key has no blanks and only plain characters. Copy it again.");
                return QString();
            })
    , m_models(this, [](const QString &) { return QString(); })
{
    for (FormValue *value : {&m_name, &m_baseUrl, &m_key, &m_models})
        connect(value, &FormValue::changed, this, &ProviderForm::edited);
}

QStringList ProviderForm::kinds() const
{
    return {u"OpenAI"_s, u"Anthropic"_s, u"Google Gemini"_s};
}

void ProviderForm::edited()
{
    if (m_saving)
        return;
    // What was found out about another key or address says nothing about this one.
    ++m_attempt;
    m_testing = false;
    m_resultTone.clear();
    m_resultTitle.clear();
    m_resultText.clear();
    m_problem.clear();
    Q_EMIT changed();
}

void ProviderForm::setKind(int kind)
{
    if (kind < 0 || kind > int(ProviderKind::Gemini) || kind == int(m_kind))
        return;
    const QString oldName = spelled(providerKinds(), m_kind);
    const bool usual = m_baseUrl.text().trimmed() == usualBaseUrl(m_kind) || m_baseUrl.isEmpty();
    const bool usualName = m_name.text().trimmed() == oldName || m_name.isEmpty();
    m_kind = ProviderKind(kind);
    if (usual)
        m_baseUrl.reset(usualBaseUrl(m_kind));
    if (usualName)
        m_name.reset(spelled(providerKinds(), m_kind));
    edited();
}

void ProviderForm::setFree(bool free)
{
    if (free == m_free)
        return;
    m_free = free;
    edited();
}

QString ProviderForm::vaultText() const
{
    if (m_vault.where.isEmpty())
        return {};
    return vaultIsKeychain()
        ? tr("The key is kept in %1, not in a file.").arg(m_vault.where)
        : tr("There is no keychain here: the key is kept in %1, which only you can read.").arg(m_vault.where);
}

void ProviderForm::start(const ProviderConfig &present, const QString &place, bool append)
{
    m_present = present;
    m_place = place;
    m_append = append;
    m_kind = present.kind;
    m_free = present.free;
    m_saving = false;
    m_name.reset(present.name);
    m_baseUrl.reset(present.baseUrl.isEmpty() ? usualBaseUrl(m_kind) : present.baseUrl.toString());
    m_key.reset();
    m_models.reset(present.models.join(u", "_s));
    edited();
    m_mailbox.when(m_services.vault.state(), [this](const VaultState &state) {
        m_vault = state;
        Q_EMIT changed();
    });
}

bool ProviderForm::isValid() const
{
    return m_name.isValid() && m_baseUrl.isValid() && m_key.isValid();
}

ProviderConfig ProviderForm::typed() const
{
    ProviderConfig provider = m_present;
    provider.name = m_name.text().trimmed();
    provider.kind = m_kind;
    QString url = m_baseUrl.text().trimmed();
    while (url.endsWith(u'/'))
        url.chop(1);
    provider.baseUrl = QUrl(url);
    // A key that is kept goes only to the address it was kept for.
    if (!m_key.isEmpty())
        provider.apiKey = Secret(m_key.text().trimmed().toLatin1());
    else if (!isSameHost(m_present.baseUrl, provider.baseUrl))
        provider.apiKey = Secret();
    provider.free = m_free;
    return provider;
}

void ProviderForm::test()
{
    for (FormValue *value : {&m_name, &m_baseUrl, &m_key})
        value->touch();
    if (!isValid() || m_testing || m_saving)
        return;
    edited();
    m_testing = true;
    const int attempt = m_attempt;
    Q_EMIT changed();
    m_mailbox.when(m_services.tester.test(typed(), m_services.control.config()->upstream.caFile),
                   [this, attempt](const Result<ProviderCheck> &check) {
                       if (attempt != m_attempt)
                           return;
                       m_testing = false;
                       m_resultTone = check ? u"ok"_s : u"danger"_s;
                       if (check) {
                           m_resultTitle = tr("It works");
                           m_resultText =
                               tr("%n model(s) can be used; answered in %1.", nullptr, check->models)
                                   .arg(m_services.format.duration(std::chrono::milliseconds(check->ms)));
                       } else {
                           m_resultTitle = tr("It does not work yet");
                           m_resultText = check.error().detail;
                       }
                       Q_EMIT changed();
                       Q_EMIT tested(works());
                   });
}

void ProviderForm::save()
{
    for (FormValue *value : {&m_name, &m_baseUrl, &m_key})
        value->touch();
    if (!isValid() || m_saving)
        return;
    m_saving = true;
    m_problem.clear();
    Q_EMIT changed();
    if (m_key.isEmpty())
        return writeConfig({});
    const Secret secret(m_key.text().trimmed().toLatin1());
    m_mailbox.when(m_services.vault.store(m_name.text().trimmed(), secret),
                   [this](const Result<StoredSecret> &stored) {
                       if (stored)
                           writeConfig(stored->reference);
                       else
                           finish(stored.error().detail);
                   });
}

void ProviderForm::writeConfig(const QString &reference)
{
    const ProviderConfig wanted = typed();
    const QStringList models = split(m_models.text());
    const auto write = [this, wanted, reference, models](const QString &place) {
        QList<ConfigEdit> edits;
        if (m_append) {
            ConfigValue::Fields fields{{u"name"_s, wanted.name},
                                       {u"kind"_s, spelled(providerKinds(), wanted.kind)},
                                       {u"baseUrl"_s, wanted.baseUrl.toString()}};
            if (!reference.isEmpty())
                fields.emplace_back(u"apiKey"_s, reference);
            if (!models.isEmpty())
                fields.emplace_back(u"models"_s, ConfigValue::list(models));
            if (wanted.free)
                fields.emplace_back(u"free"_s, u"true"_s);
            edits.append(ConfigEdit::append(ConfigPath(place), std::move(fields)));
        } else {
            const ConfigPath at(place);
            edits = {ConfigEdit::set(at.child(u"name"_s), wanted.name),
                     ConfigEdit::set(at.child(u"kind"_s), QString(spelled(providerKinds(), wanted.kind))),
                     ConfigEdit::set(at.child(u"baseUrl"_s), wanted.baseUrl.toString())};
            if (!reference.isEmpty())
                edits.append(ConfigEdit::set(at.child(u"apiKey"_s), reference));
            else if (!isSameHost(m_present.baseUrl,
                                 wanted.baseUrl)) // the one that stands there was for another
                edits.append(ConfigEdit::set(at.child(u"apiKey"_s), QString()));
            if (models != m_present.models)
                edits.append(ConfigEdit::set(at.child(u"models"_s), ConfigValue::list(models)));
            if (wanted.free != m_present.free)
                edits.append(ConfigEdit::set(at.child(u"free"_s), wanted.free ? u"true"_s : u"false"_s));
        }
        m_mailbox.when(saveEdits(m_services.desktop.configFile(), edits),
                       [this](const Result<FileText> &written) {
                           finish(written ? QString() : written.error().detail);
                       });
    };
    if (!m_place.isEmpty())
        return write(m_place);
    m_mailbox.when(readText(m_services.desktop.configFile()), [this, write](const Result<FileText> &file) {
        if (file)
            write(firstPlace(file->text));
        else
            finish(file.error().detail);
    });
}

void ProviderForm::finish(const QString &problem)
{
    if (problem.isEmpty()) {
        m_present = typed();
        m_key.reset(); // kept elsewhere now
    }
    m_saving = false;
    m_problem = problem;
    Q_EMIT changed();
    if (problem.isEmpty())
        Q_EMIT saved();
}

bool ProviderForm::isMetered() const
{
    return DialectSet::all().isMetered(Api(int(m_kind))); // kinds and APIs are one list
}

} // namespace lbp::gui
