#include "gui/keyreveal.h"

#include "gui/desktopservices.h"
#include "gui/format.h"

namespace lbp::gui {

using namespace Qt::StringLiterals;

KeyReveal::KeyReveal(const GuiServices &services, QObject *parent)
    : QObject(parent)
    , m_services(services)
{
}

KeyReveal::~KeyReveal()
{
    wipe();
}

void KeyReveal::wipe()
{
    // Through a volatile pointer: a compiler may leave out writes that nobody reads.
    volatile char *bytes = m_plaintext.data();
    for (qsizetype i = 0; i < m_plaintext.size(); ++i)
        bytes[i] = 0;
    m_plaintext.clear();
}

void KeyReveal::show(const CreatedKey &key, bool rotated)
{
    wipe();
    const QByteArray &shared = key.plaintext.reveal();
    m_plaintext = QByteArray(shared.constData(), shared.size());
    m_name = key.record.name;
    m_rotated = rotated;
    m_graceText = rotated && key.record.previousValidUntil
        ? tr("The old key works until %1.")
              .arg(m_services.format.when(*key.record.previousValidUntil, m_services.clock.now()))
        : rotated ? tr("The old key stopped working just now.")
                  : QString();
    m_copied = false;
    m_asking = false;
    Q_EMIT changed();
}

void KeyReveal::markCopied()
{
    m_copied = true;
    m_asking = false;
    Q_EMIT changed();
}

void KeyReveal::close()
{
    if (!isOpen())
        return;
    if (!m_copied && !m_asking) {
        m_asking = true;
        Q_EMIT changed();
        return;
    }
    wipe();
    m_asking = false;
    Q_EMIT changed();
}

void KeyReveal::keepOpen()
{
    m_asking = false;
    Q_EMIT changed();
}

QString KeyReveal::title() const
{
    return m_rotated ? tr("New secret for %1", "a key").arg(m_name) : tr("%1 is ready", "a key").arg(m_name);
}

QStringList KeyReveal::styles() const
{
    return {u"OpenAI"_s, u"Anthropic"_s, u"Gemini"_s};
}

void KeyReveal::setStyle(int style)
{
    if (m_style == style)
        return;
    m_style = style;
    Q_EMIT changed();
}

QString KeyReveal::baseUrl() const
{
    const QUrl url = m_services.desktop.proxyUrl();
    if (url.isEmpty())
        return {};
    return m_style == OpenAi ? url.toString(QUrl::StripTrailingSlash) + u"/v1"_s
                             : url.toString(QUrl::StripTrailingSlash);
}

QString KeyReveal::exportLines() const
{
    if (!isOpen())
        return {};
    QString urlName, keyName;
    switch (m_style) {
    case Anthropic:
        urlName = u"ANTHROPIC_BASE_URL"_s;
        keyName = u"ANTHROPIC_AUTH_TOKEN"_s;
        break;
    case Gemini:
        urlName = u"GOOGLE_GEMINI_BASE_URL"_s;
        keyName = u"GEMINI_API_KEY"_s;
        break;
    default:
        urlName = u"OPENAI_BASE_URL"_s;
        keyName = u"OPENAI_API_KEY"_s;
    }
    // Neither part holds anything that a shell would read, so no quotes are needed.
    if (baseUrl().isEmpty())
        return u"export %1=%2"_s.arg(keyName, plaintext());
    return u"export %1=%2\nexport %3=%4"_s.arg(urlName, baseUrl(), keyName, plaintext());
}

} // namespace lbp::gui
