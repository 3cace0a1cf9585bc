#pragma once

#include "config/config.h"
#include "config/configsaver.h"
#include "config/secretvault.h"
#include "core/mailbox.h"
#include "gui/formvalue.h"
#include "gui/guiservices.h"

#include <QStringList>

namespace lbp::gui {

/// A provider as it is typed: tried live before it is kept, its key put into the keychain, the rest into
/// config.yml with a reference to the key. For the guide and the settings. The key is forgotten once it is
/// stored. Thread: main.
class ProviderForm : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("provided by the application")
    Q_PROPERTY(lbp::gui::FormValue *name READ name CONSTANT)
    Q_PROPERTY(lbp::gui::FormValue *baseUrl READ baseUrl CONSTANT)
    Q_PROPERTY(lbp::gui::FormValue *key READ key CONSTANT)
    Q_PROPERTY(lbp::gui::FormValue *models READ models CONSTANT) ///< names or patterns, with commas between
    Q_PROPERTY(QStringList kinds READ kinds CONSTANT)
    Q_PROPERTY(int kind READ kind WRITE setKind NOTIFY changed)
    Q_PROPERTY(bool metered READ isMetered NOTIFY changed) ///< this version measures what it costs
    Q_PROPERTY(bool free READ isFree WRITE setFree NOTIFY changed)
    Q_PROPERTY(bool hasKey READ hasKey NOTIFY changed) ///< one is kept already: an empty field leaves it
    Q_PROPERTY(QString vaultText READ vaultText NOTIFY changed) ///< where a key would be kept
    Q_PROPERTY(bool vaultIsKeychain READ vaultIsKeychain NOTIFY changed)
    Q_PROPERTY(bool testing READ isTesting NOTIFY changed)
    Q_PROPERTY(bool saving READ isSaving NOTIFY changed)
    Q_PROPERTY(QString resultTone READ resultTone NOTIFY changed) ///< "ok" or "danger"; empty: not tried
    Q_PROPERTY(QString resultTitle READ resultTitle NOTIFY changed)
    Q_PROPERTY(QString resultText READ resultText NOTIFY changed)
    Q_PROPERTY(QString problem READ problem NOTIFY changed) ///< why it was not kept; empty: nothing
public:
    explicit ProviderForm(const GuiServices &services, QObject *parent = nullptr);

    [[nodiscard]] FormValue *name() { return &m_name; }
    [[nodiscard]] FormValue *baseUrl() { return &m_baseUrl; }
    [[nodiscard]] FormValue *key() { return &m_key; }
    [[nodiscard]] FormValue *models() { return &m_models; }
    [[nodiscard]] QStringList kinds() const;
    [[nodiscard]] int kind() const { return int(m_kind); }
    void setKind(int kind);
    [[nodiscard]] bool isMetered() const;
    [[nodiscard]] bool isFree() const { return m_free; }
    void setFree(bool free);
    [[nodiscard]] bool hasKey() const { return !m_present.apiKey.isEmpty(); }
    [[nodiscard]] QString vaultText() const;
    [[nodiscard]] bool vaultIsKeychain() const { return m_vault.place == SecretPlace::Keychain; }
    [[nodiscard]] bool isTesting() const { return m_testing; }
    [[nodiscard]] bool isSaving() const { return m_saving; }
    [[nodiscard]] bool works() const { return m_resultTone == QLatin1String("ok"); }
    [[nodiscard]] QString resultTone() const { return m_resultTone; }
    [[nodiscard]] QString resultTitle() const { return m_resultTitle; }
    [[nodiscard]] QString resultText() const { return m_resultText; }
    [[nodiscard]] QString problem() const { return m_problem; }

    /// Begins with \a present, which stands at \a place of config.yml; an empty place is found in the file:
    /// the first provider. \a append: a new one, at the end of the list \a place.
    void start(const ProviderConfig &present, const QString &place, bool append = false);
    [[nodiscard]] bool isValid() const;
    Q_INVOKABLE void test();
    /// Keeps it, whether it was tried or not.
    Q_INVOKABLE void save();

Q_SIGNALS:
    void changed();
    void tested(bool works);
    void saved();

private:
    void edited();
    void writeConfig(const QString &reference);
    void finish(const QString &problem);
    [[nodiscard]] ProviderConfig typed() const;
    GuiServices m_services;
    ProviderKind m_kind = ProviderKind::OpenAi;
    FormValue m_name, m_baseUrl, m_key, m_models;
    ProviderConfig m_present;
    QString m_place;
    bool m_append = false;
    bool m_free = false;
    bool m_testing = false;
    bool m_saving = false;
    int m_attempt = 0; ///< an answer to an older one is no longer of interest
    VaultState m_vault;
    QString m_resultTone, m_resultTitle, m_resultText, m_problem;
    Mailbox m_mailbox{this};
};

/// The address of the maker of an API, as its own tools have it.
[[nodiscard]] QString usualBaseUrl(ProviderKind kind);

} // namespace lbp::gui
