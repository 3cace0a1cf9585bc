#pragma once

#include "control/control.h"
#include "gui/guiservices.h"

#include <QObject>
#include <QQmlEngine>
#include <QStringList>

namespace lbp::gui {

/// A new key's plaintext, while its dialog is open and no longer. It is in no log and in no remembered state;
/// once the dialog is closed its bytes are overwritten. Thread: main.
class KeyReveal : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("provided by the application")
    Q_PROPERTY(bool open READ isOpen NOTIFY changed)
    Q_PROPERTY(QString title READ title NOTIFY changed)
    Q_PROPERTY(QString keyName READ keyName NOTIFY changed)
    Q_PROPERTY(QString plaintext READ plaintext NOTIFY changed)
    Q_PROPERTY(
        QString graceText READ graceText NOTIFY changed) ///< how long the old one works; empty: no old one
    Q_PROPERTY(bool copied READ isCopied NOTIFY changed) ///< it was taken along
    Q_PROPERTY(bool asking READ isAsking NOTIFY changed) ///< about to close without that
    Q_PROPERTY(QStringList styles READ styles CONSTANT) ///< whose variables: "OpenAI", "Anthropic", "Gemini"
    Q_PROPERTY(int style READ style WRITE setStyle NOTIFY changed)
    Q_PROPERTY(QString baseUrl READ baseUrl NOTIFY changed) ///< as tools of that style want it
    Q_PROPERTY(QString exportLines READ exportLines NOTIFY changed)
public:
    enum Style { OpenAi, Anthropic, Gemini };
    Q_ENUM(Style)

    explicit KeyReveal(const GuiServices &services, QObject *parent = nullptr);
    ~KeyReveal() override;

    void show(const CreatedKey &key, bool rotated);
    Q_INVOKABLE void markCopied();
    /// Closes when the key was copied; else asks first, and the next call closes.
    Q_INVOKABLE void close();
    Q_INVOKABLE void keepOpen(); ///< no, not yet

    [[nodiscard]] bool isOpen() const { return !m_plaintext.isEmpty(); }
    [[nodiscard]] QString title() const;
    [[nodiscard]] QString keyName() const { return m_name; }
    [[nodiscard]] QString plaintext() const { return QString::fromLatin1(m_plaintext); }
    [[nodiscard]] QString graceText() const { return m_graceText; }
    [[nodiscard]] bool isCopied() const { return m_copied; }
    [[nodiscard]] bool isAsking() const { return m_asking; }
    [[nodiscard]] QStringList styles() const;
    [[nodiscard]] int style() const { return m_style; }
    void setStyle(int style);
    [[nodiscard]] QString baseUrl() const;
    [[nodiscard]] QString exportLines() const;

Q_SIGNALS:
    void changed();

private:
    void wipe();
    GuiServices m_services;
    QByteArray m_plaintext; ///< never shared, so that overwriting it reaches its only copy here
    QString m_name;
    QString m_graceText;
    int m_style = OpenAi;
    bool m_rotated = false;
    bool m_copied = false;
    bool m_asking = false;
};

} // namespace lbp::gui
