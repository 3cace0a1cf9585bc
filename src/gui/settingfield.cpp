#include "gui/settingfield.h"

#include "gui/format.h"
#include "gui/formvalue.h"

#include <QCoreApplication>

namespace lbp::gui {

using namespace Qt::StringLiterals;

namespace {

struct Tr
{
    Q_DECLARE_TR_FUNCTIONS(SettingLabels)
};

QStringList split(const QString &text)
{
    QStringList parts;
    for (const QString &part : text.split(u',', Qt::SkipEmptyParts))
        if (!part.trimmed().isEmpty())
            parts.append(part.trimmed());
    return parts;
}

SettingInfo infoOf(const QString &path)
{
    const SettingInfo *info = settingInfo(path);
    Q_ASSERT(info != nullptr);
    return *info;
}

QString unitText(const QString &unit)
{
    const std::pair<QLatin1String, QString> units[] = {
        {"seconds"_L1, Tr::tr("seconds")},
        {"minutes"_L1, Tr::tr("minutes")},
        {"days"_L1, Tr::tr("days")},
        {"bytes"_L1, Tr::tr("bytes")},
        {"connections"_L1, Tr::tr("connections")},
        {"requests per minute"_L1, Tr::tr("requests per minute")},
        {"tokens per minute"_L1, Tr::tr("tokens per minute")},
        {"requests"_L1, Tr::tr("requests")},
        {"tokens"_L1, Tr::tr("tokens")},
    };
    for (const auto &[name, text] : units)
        if (name == unit)
            return text;
    return unit;
}

QString choiceText(const QString &path, const QString &value)
{
    const std::pair<QLatin1String, QString> texts[] = {
        {"clamp"_L1, Tr::tr("Shorten the answer (clamp)")},
        {"strict"_L1, Tr::tr("Refuse it (strict)")},
        {"soft"_L1, Tr::tr("Let it run (soft)")},
        {"warn"_L1, Tr::tr("Tell me")},
        {"downgrade"_L1, Tr::tr("Take a cheaper model")},
        {"block"_L1, Tr::tr("Refuse requests")},
        {"key"_L1, Tr::tr("Each key for itself")},
        {"team"_L1, Tr::tr("The keys of a team")},
        {"global"_L1, Tr::tr("All keys")},
        {"normal"_L1, Tr::tr("A crash of the program")},
        {"full"_L1, Tr::tr("A power cut too")},
        {"debug"_L1, Tr::tr("Everything")},
        {"info"_L1, Tr::tr("What happens")},
        {"warning"_L1, Tr::tr("Warnings and errors")},
        {"error"_L1, Tr::tr("Errors alone")},
        {"refuse"_L1, Tr::tr("Refuse it")},
        {"allow"_L1, Tr::tr("Allow it, at unknown cost")},
    };
    if (!path.endsWith(".kind"_L1))
        for (const auto &[name, text] : texts)
            if (name == value)
                return text;
    return value;
}

} // namespace

QString settingLabel(const QString &path)
{
    const std::pair<QLatin1String, QString> labels[] = {
        {"server.host"_L1, Tr::tr("Address")},
        {"server.port"_L1, Tr::tr("Port")},
        {"server.allowedHosts"_L1, Tr::tr("Further host names")},
        {"server.maxBodyBytes"_L1, Tr::tr("Largest request")},
        {"server.headerTimeoutSeconds"_L1, Tr::tr("Time for a request's head")},
        {"server.bodyTimeoutSeconds"_L1, Tr::tr("Longest pause in a request")},
        {"server.idleTimeoutSeconds"_L1, Tr::tr("Unused connections close after")},
        {"server.maxConnections"_L1, Tr::tr("Clients at the same time")},
        {"server.tlsCertificate"_L1, Tr::tr("TLS certificate")},
        {"server.tlsKey"_L1, Tr::tr("TLS private key")},
        {"upstream.connectTimeoutSeconds"_L1, Tr::tr("Time to reach a provider")},
        {"upstream.idleTimeoutSeconds"_L1, Tr::tr("Longest silence of a provider")},
        {"upstream.maxConnections"_L1, Tr::tr("Connections to providers")},
        {"upstream.caFile"_L1, Tr::tr("Further authorities to trust")},
        {"rateLimits.default.rpm"_L1, Tr::tr("Requests")},
        {"rateLimits.default.tpm"_L1, Tr::tr("Tokens")},
        {"rateLimits.default.parallel"_L1, Tr::tr("At the same time")},
        {"rateLimits.overrides[].keyPattern"_L1, Tr::tr("Keys")},
        {"rateLimits.overrides[].rpm"_L1, Tr::tr("Requests")},
        {"rateLimits.overrides[].tpm"_L1, Tr::tr("Tokens")},
        {"rateLimits.overrides[].parallel"_L1, Tr::tr("At the same time")},
        {"budgets.defaultDaily"_L1, Tr::tr("Budget of a day")},
        {"budgets.defaultMonthly"_L1, Tr::tr("Budget of a month")},
        {"budgets.alertThresholds[].percent"_L1, Tr::tr("When so much is spent")},
        {"budgets.alertThresholds[].action"_L1, Tr::tr("This happens")},
        {"budgets.timeZone"_L1, Tr::tr("Time zone")},
        {"budgets.admission"_L1, Tr::tr("A request that may not fit")},
        {"budgets.minOutputTokens"_L1, Tr::tr("Shortest answer")},
        {"budgets.blockStatus"_L1, Tr::tr("Status of a refusal")},
        {"budgets.holdSeconds"_L1, Tr::tr("Hold and ask for")},
        {"modelDowngrade.enabled"_L1, Tr::tr("Take a cheaper model when a budget runs low")},
        {"modelDowngrade.rules[].from"_L1, Tr::tr("Instead of")},
        {"modelDowngrade.rules[].to"_L1, Tr::tr("Take")},
        {"modelDowngrade.rules[].atPercent"_L1, Tr::tr("From")},
        {"cache.enabled"_L1, Tr::tr("Answer repeated requests from here")},
        {"cache.defaultTtlSeconds"_L1, Tr::tr("Answers are kept for")},
        {"cache.maxSizeMb"_L1, Tr::tr("Most space")},
        {"cache.scope"_L1, Tr::tr("Shared by")},
        {"alerts.debounceMinutes"_L1, Tr::tr("The same alert again after")},
        {"alerts.allowPrivateTargets"_L1, Tr::tr("Allow webhooks in the own network")},
        {"storage.url"_L1, Tr::tr("Ledger")},
        {"storage.retentionDays"_L1, Tr::tr("Single requests are kept for")},
        {"storage.sync"_L1, Tr::tr("Survives")},
        {"pricing.unknownModels"_L1, Tr::tr("A model without a price")},
        {"pricing.file"_L1, Tr::tr("Price list")},
        {"logging.bodies"_L1, Tr::tr("Keep prompts and answers")},
        {"logging.level"_L1, Tr::tr("The log has")},
    };
    for (const auto &[name, label] : labels)
        if (name == path)
            return label;
    return path;
}

SettingField::SettingField(const Format &format, const QString &path, QObject *parent)
    : QObject(parent)
    , m_format(format)
    , m_info(infoOf(path))
{
    if (path == "pricing.unknownModels"_L1)
        m_info.allowed = QStringList{u"refuse"_s, u"allow"_s};
    m_text = m_saved = forPeople(m_info.defaultText);
}

QString SettingField::label() const
{
    return settingLabel(m_info.path);
}

QString SettingField::help() const
{
    return QCoreApplication::translate("Settings", m_info.help.toUtf8().constData());
}

SettingField::Kind SettingField::kind() const
{
    if (m_info.type != SettingType::TextList && !m_info.allowed.isEmpty())
        return Choice;
    switch (m_info.type) {
    case SettingType::Number:
        return Number;
    case SettingType::Money:
        return Amount;
    case SettingType::Flag:
        return Flag;
    case SettingType::TextList:
        return Words;
    default:
        return Text;
    }
}

QString SettingField::unit() const
{
    return unitText(m_info.unit);
}

QString SettingField::placeholder() const
{
    const QString text = forPeople(m_info.defaultText);
    return kind() == Amount || kind() == Words ? QString() : text;
}

QVariantList SettingField::options() const
{
    QVariantList list;
    for (const QString &value : m_info.allowed)
        list.append(QVariantMap{{u"text"_s, choiceText(m_info.path, value)}, {u"value"_s, value}});
    if (m_info.path == "pricing.unknownModels"_L1)
        list.append(QVariantMap{{u"text"_s, Tr::tr("Price it as another model (see the file)")},
                                {u"value"_s, u"assume"_s}});
    return list;
}

QString SettingField::forPeople(const QString &inFile) const
{
    if (m_info.type == SettingType::Money) {
        if (inFile == "none"_L1)
            return {};
        const Result<Money> amount = Money::fromDecimal(inFile);
        return amount ? amountText(m_format, *amount) : inFile;
    }
    return inFile == "[]"_L1 ? QString() : inFile;
}

QString SettingField::inFile() const
{
    const QString text = m_text.trimmed();
    if (m_info.type == SettingType::Money) {
        if (text.isEmpty())
            return u"none"_s;
        const Result<Money> amount = m_format.readMoney(text);
        return amount ? amount->toDecimal() : text;
    }
    return text;
}

void SettingField::setText(const QString &text)
{
    if (text == m_text)
        return;
    m_text = text;
    check();
}

void SettingField::setOn(bool on)
{
    setText(on ? u"true"_s : u"false"_s);
}

void SettingField::check()
{
    m_error.clear();
    if (isDirty()) {
        if (m_info.path == "pricing.unknownModels"_L1 && m_text == "assume"_L1)
            m_error = Tr::tr("Which model is written into the file itself: {assume: MODEL}.");
        else if (m_info.type == SettingType::Money)
            m_error = amountProblem(m_format, m_text, AmountRule::AtLeastZero, true);
        else if (kind() != Words && !m_text.trimmed().isEmpty()) // words are checked with the file
            m_error = checkValue(m_info.path, inFile());
    }
    Q_EMIT changed();
}

void SettingField::load(const QByteArray &file, const ConfigPath &at, bool keepTyped)
{
    QString found = m_info.defaultText;
    if (m_info.type == SettingType::TextList) {
        QStringList words;
        for (qsizetype i = 0; i < itemCount(file, at); ++i)
            words.append(writtenValue(file, at.item(i)).value_or(QString()));
        found = words.join(u", "_s);
    } else if (const std::optional<QString> written = writtenValue(file, at)) {
        found = *written;
    } else if (m_info.path == "pricing.unknownModels"_L1 && writtenValue(file, at.child(u"assume"_s))) {
        found = u"assume"_s;
    }
    const bool keep = keepTyped && isDirty();
    m_saved = forPeople(found);
    if (!keep)
        m_text = m_saved;
    check();
}

void SettingField::setAsked(bool asked)
{
    if (m_asked == asked)
        return;
    m_asked = asked;
    Q_EMIT askedChanged();
}

void SettingField::discard()
{
    m_text = m_saved;
    check();
}

ConfigValue SettingField::value() const
{
    return kind() == Words ? ConfigValue::list(split(m_text)) : ConfigValue(inFile());
}

ConfigEdit SettingField::edit(const ConfigPath &at) const
{
    const bool isText = m_info.type == SettingType::Text || m_info.type == SettingType::Path
        || m_info.type == SettingType::Url;
    if (m_text.trimmed().isEmpty() && kind() != Words && m_info.type != SettingType::Money
        && !(isText && m_info.defaultText.isEmpty() && !m_info.path.contains(u"[]")))
        return ConfigEdit::remove(at);
    return ConfigEdit::set(at, value());
}

} // namespace lbp::gui
