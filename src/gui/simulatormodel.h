#pragma once

#include "core/simulation.h"
#include "gui/formvalue.h"
#include "gui/guiservices.h"
#include "gui/keysuggestions.h"

#include "core/mailbox.h"
#include <QObject>
#include <QQmlEngine>
#include <QTimer>
#include <QVariantList>

namespace lbp::gui {

/// "Why would this be blocked?": a request that is only thought of, and each step of the decision about it.
/// Runs by itself a moment after something was typed. Thread: main.
class SimulatorModel : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("provided by the application")
    Q_PROPERTY(bool open READ isOpen NOTIFY openChanged)
    Q_PROPERTY(lbp::gui::FormValue *key READ key CONSTANT)
    Q_PROPERTY(lbp::gui::FormValue *model READ model CONSTANT)
    Q_PROPERTY(lbp::gui::FormValue *inputTokens READ inputTokens CONSTANT)
    Q_PROPERTY(lbp::gui::FormValue *outputTokens READ outputTokens CONSTANT)
    Q_PROPERTY(bool stream READ isStream WRITE setStream NOTIFY streamChanged)
    Q_PROPERTY(lbp::gui::KeySuggestions *keySuggestions READ keySuggestions CONSTANT)
    Q_PROPERTY(lbp::gui::KeySuggestions *modelSuggestions READ modelSuggestions CONSTANT)
    Q_PROPERTY(bool decided READ isDecided NOTIFY resultChanged) ///< there is a result to show
    Q_PROPERTY(QString verdict READ verdict NOTIFY resultChanged)
    Q_PROPERTY(QString verdictTone READ verdictTone NOTIFY resultChanged)
    Q_PROPERTY(QString verdictText READ verdictText NOTIFY resultChanged)
    Q_PROPERTY(QString clientText READ clientText NOTIFY resultChanged) ///< what the client would read
    Q_PROPERTY(QString problem READ problem NOTIFY resultChanged)
    Q_PROPERTY(QVariantList steps READ steps NOTIFY resultChanged) ///< {stage, verdict, title, text}
public:
    explicit SimulatorModel(const GuiServices &services, QObject *parent = nullptr);

    void start(KeyId id); ///< 0: the key is still to be chosen
    Q_INVOKABLE void close();
    Q_INVOKABLE void run(); ///< now

    [[nodiscard]] bool isOpen() const { return m_open; }
    [[nodiscard]] FormValue *key() { return &m_key; }
    [[nodiscard]] FormValue *model() { return &m_model; }
    [[nodiscard]] FormValue *inputTokens() { return &m_input; }
    [[nodiscard]] FormValue *outputTokens() { return &m_output; }
    [[nodiscard]] bool isStream() const { return m_stream; }
    void setStream(bool stream);
    [[nodiscard]] KeySuggestions *keySuggestions() { return &m_keySuggestions; }
    [[nodiscard]] KeySuggestions *modelSuggestions() { return &m_modelSuggestions; }
    [[nodiscard]] bool isDecided() const { return m_result.has_value(); }
    [[nodiscard]] QString verdict() const;
    [[nodiscard]] QString verdictTone() const;
    [[nodiscard]] QString verdictText() const;
    [[nodiscard]] QString clientText() const;
    [[nodiscard]] QString problem() const { return m_problem; }
    [[nodiscard]] QVariantList steps() const;

Q_SIGNALS:
    void openChanged();
    void streamChanged();
    void resultChanged();

private:
    void runSoon();
    [[nodiscard]] QString stepText(const SimulationStep &step) const;
    GuiServices m_services;
    FormValue m_key, m_model, m_input, m_output;
    KeySuggestions m_keySuggestions, m_modelSuggestions;
    bool m_open = false;
    bool m_stream = true;
    int m_asked = 0; ///< counts questions: an answer to an older one is passed over
    std::optional<Simulation> m_result;
    QString m_problem;
    QTimer m_soon;
    Mailbox m_mailbox{this};
};

} // namespace lbp::gui
