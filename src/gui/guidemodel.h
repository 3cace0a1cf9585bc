#pragma once

#include "core/event.h"
#include "core/secret.h"
#include "gui/connectmodel.h"
#include "gui/pagemodel.h"
#include "gui/providerform.h"

namespace lbp::gui {

/// The first start in four steps: provider, budget, key, tool. Each step writes what it says at once, so that
/// the guide can be left and taken up again anywhere; where it is, is remembered. Thread: main.
class GuideModel : public lbp::gui::PageModel // in full: tools of QML look it up by this name
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("provided by the application")
    Q_PROPERTY(int step READ step NOTIFY stepChanged)
    Q_PROPERTY(QStringList titles READ titles CONSTANT)
    Q_PROPERTY(QVariantList stepsDone READ stepsDone NOTIFY stepChanged) ///< a bool for each step
    Q_PROPERTY(QString primaryText READ primaryText NOTIFY changed)
    Q_PROPERTY(bool busy READ isBusy NOTIFY changed)
    Q_PROPERTY(QString error READ error NOTIFY changed) ///< why the step could not be taken; empty: nothing

    Q_PROPERTY(lbp::gui::ProviderForm *provider READ provider CONSTANT)
    Q_PROPERTY(bool demo READ isDemo WRITE setDemo NOTIFY changed) ///< the demo provider is chosen
    Q_PROPERTY(bool demoRunning READ isDemoRunning NOTIFY changed)

    Q_PROPERTY(lbp::gui::FormValue *daily READ daily CONSTANT)
    Q_PROPERTY(lbp::gui::FormValue *monthly READ monthly CONSTANT)
    /// [{percent, title, text, tone}]: what happens as a budget is used up, as it is configured.
    Q_PROPERTY(QVariantList thresholds READ thresholds NOTIFY changed)

    Q_PROPERTY(lbp::gui::FormValue *keyName READ keyName CONSTANT)
    Q_PROPERTY(bool hasKey READ hasKey NOTIFY changed) ///< the guide has made one
    Q_PROPERTY(QString plaintext READ plaintext NOTIFY changed) ///< while the guide is open; else empty
    Q_PROPERTY(bool copied READ isCopied NOTIFY changed)

    Q_PROPERTY(lbp::gui::ConnectModel *tools READ tools CONSTANT)
    Q_PROPERTY(bool connected READ isConnected NOTIFY changed)
    Q_PROPERTY(QString connectedText READ connectedText NOTIFY changed)
public:
    enum Step { Provider, Budget, Key, Tool };
    Q_ENUM(Step)

    GuideModel(const GuiServices &services, ConnectModel &tools, QObject *parent = nullptr);

    [[nodiscard]] int step() const { return m_step; }
    [[nodiscard]] QStringList titles() const;
    [[nodiscard]] QVariantList stepsDone() const;
    [[nodiscard]] QString primaryText() const;
    [[nodiscard]] bool isBusy() const;
    [[nodiscard]] QString error() const { return m_error; }
    [[nodiscard]] ProviderForm *provider() { return &m_provider; }
    [[nodiscard]] bool isDemo() const { return m_demo; }
    void setDemo(bool demo);
    [[nodiscard]] bool isDemoRunning() const;
    [[nodiscard]] FormValue *daily() { return &m_daily; }
    [[nodiscard]] FormValue *monthly() { return &m_monthly; }
    [[nodiscard]] QVariantList thresholds() const;
    [[nodiscard]] FormValue *keyName() { return &m_keyName; }
    [[nodiscard]] bool hasKey() const { return m_keyId != 0; }
    [[nodiscard]] QString plaintext() const { return QString::fromLatin1(m_plaintext.reveal()); }
    [[nodiscard]] bool isCopied() const { return m_copied; }
    [[nodiscard]] ConnectModel *tools() const { return &m_tools; }
    [[nodiscard]] bool isConnected() const { return !m_connectedText.isEmpty(); }
    [[nodiscard]] QString connectedText() const { return m_connectedText; }

    /// Does what the step says, and goes on when that worked.
    Q_INVOKABLE void next();
    Q_INVOKABLE void back();
    Q_INVOKABLE void skip(); ///< leaves the step as it is
    Q_INVOKABLE void goTo(int step); ///< to one that was reached before
    Q_INVOKABLE void leave(); ///< to the overview
    Q_INVOKABLE void keepAnyway(); ///< the provider, although it could not be tried
    Q_INVOKABLE void chooseTool(int row);
    Q_INVOKABLE void markCopied();
    Q_INVOKABLE void anotherKey(); ///< the one that was made is not at hand any more

Q_SIGNALS:
    void stepChanged();
    void changed();

protected:
    void activated() override;
    void deactivated() override;

private:
    void show(int step);
    void finishStep();
    void takeDemo();
    void saveBudget();
    void makeKey();
    void fail(const QString &problem);
    void fillIn();
    void handle(const QList<Event> &events);
    ConnectModel &m_tools;
    ProviderForm m_provider;
    FormValue m_daily, m_monthly, m_keyName;
    int m_step = Provider;
    int m_reached = Provider;
    QList<bool> m_done{false, false, false, false};
    bool m_demo = false;
    bool m_busy = false;
    bool m_savesAfterTest = false;
    bool m_started = false;
    QString m_error;
    KeyId m_keyId = 0;
    Secret m_plaintext;
    bool m_copied = false;
    QString m_connectedText;
};

} // namespace lbp::gui
