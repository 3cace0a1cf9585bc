#pragma once

#include "config/configeditor.h"
#include "config/settinginfo.h"

#include <QObject>
#include <QQmlEngine>
#include <QVariantList>

namespace lbp::gui {

class Format;

/// One setting of config.yml as a field: its words, its text as it is typed, what is wrong with it. Knows the
/// notation of the file and that of the person. Thread: main.
class SettingField : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("provided by the application")
    Q_PROPERTY(QString path READ path CONSTANT) ///< "server.port"
    Q_PROPERTY(QString label READ label CONSTANT)
    Q_PROPERTY(QString help READ help CONSTANT)
    Q_PROPERTY(Kind kind READ kind CONSTANT)
    Q_PROPERTY(QString unit READ unit CONSTANT)
    Q_PROPERTY(QString placeholder READ placeholder CONSTANT) ///< the default
    Q_PROPERTY(bool needsRestart READ needsRestart CONSTANT)
    Q_PROPERTY(QVariantList options READ options CONSTANT) ///< [{text, value}] of a Choice
    Q_PROPERTY(QString text READ text WRITE setText NOTIFY changed)
    Q_PROPERTY(bool on READ isOn WRITE setOn NOTIFY changed) ///< of a Flag
    Q_PROPERTY(QString error READ error NOTIFY changed)
    Q_PROPERTY(bool dirty READ isDirty NOTIFY changed) ///< differs from the file
    Q_PROPERTY(bool asked READ isAsked WRITE setAsked NOTIFY
                   askedChanged) ///< to be shown and focused; the row takes it back
    Q_PROPERTY(bool reference READ isReference NOTIFY changed) ///< the file names a variable or the keychain
public:
    enum Kind { Text, Number, Amount, Flag, Choice, Words };
    Q_ENUM(Kind)

    /// \param path as of settingInfo(); it must be a known one.
    SettingField(const Format &format, const QString &path, QObject *parent = nullptr);

    [[nodiscard]] QString path() const { return m_info.path; }
    [[nodiscard]] QString label() const;
    [[nodiscard]] QString help() const;
    [[nodiscard]] Kind kind() const;
    [[nodiscard]] QString unit() const;
    [[nodiscard]] QString placeholder() const;
    [[nodiscard]] bool needsRestart() const { return m_info.needsRestart; }
    [[nodiscard]] QVariantList options() const;
    [[nodiscard]] QString text() const { return m_text; }
    void setText(const QString &text);
    [[nodiscard]] bool isOn() const { return m_text == QLatin1String("true"); }
    void setOn(bool on);
    [[nodiscard]] QString error() const { return m_error; }
    [[nodiscard]] bool isDirty() const { return m_text != m_saved; }
    [[nodiscard]] bool isAsked() const { return m_asked; }
    void setAsked(bool asked);
    [[nodiscard]] bool isReference() const { return m_saved.contains(QLatin1String("${")); }

    /// Takes over what stands at \a at in \a file, or the default where nothing does. What was typed and not
    /// saved stays when \a keepTyped.
    void load(const QByteArray &file, const ConfigPath &at, bool keepTyped = false);
    void discard(); ///< what was typed
    /// What writes it at \a at; empty text takes the key out, so that the default holds.
    [[nodiscard]] ConfigEdit edit(const ConfigPath &at) const;
    [[nodiscard]] ConfigValue value() const;

Q_SIGNALS:
    void changed();
    void askedChanged();

private:
    void check();
    [[nodiscard]] QString inFile() const; ///< the text in the notation of the file
    [[nodiscard]] QString forPeople(const QString &inFile) const;
    const Format &m_format;
    SettingInfo m_info;
    QString m_text, m_saved, m_error;
    bool m_asked = false;
};

/// The name of a setting for people: "Port" for "server.port".
[[nodiscard]] QString settingLabel(const QString &path);

} // namespace lbp::gui
