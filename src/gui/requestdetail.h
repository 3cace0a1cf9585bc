#pragma once

#include "core/event.h"
#include "core/exchangedetails.h"
#include "core/mailbox.h"
#include "gui/guiservices.h"
#include "gui/requestitem.h"

#include <optional>
#include <QObject>
#include <QQmlEngine>
#include <QTimer>
#include <QVariant>

namespace lbp::gui {

/// Everything about one request, in words: what it cost and why, how long what took, what was said. Follows
/// it while it runs. Thread: main.
class RequestDetail : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("provided by the application")
    Q_PROPERTY(bool open READ isOpen NOTIFY openChanged)
    Q_PROPERTY(bool loaded READ isLoaded NOTIFY changed)
    Q_PROPERTY(QString problem READ problem NOTIFY changed) ///< it could not be read
    Q_PROPERTY(QString requestId READ requestId NOTIFY openChanged)
    Q_PROPERTY(QString title READ title NOTIFY changed) ///< its model
    Q_PROPERTY(QString subtitle READ subtitle NOTIFY changed) ///< its key and when
    Q_PROPERTY(bool running READ isRunning NOTIFY changed)
    Q_PROPERTY(QString stateText READ stateText NOTIFY changed)
    Q_PROPERTY(QString tone READ tone NOTIFY changed)
    Q_PROPERTY(QString stateDetail READ stateDetail NOTIFY progressed)
    Q_PROPERTY(QString error READ error NOTIFY changed)
    Q_PROPERTY(QString story READ story NOTIFY changed) ///< of a downgrade, a clamp, a wait; empty: none
    // ---- money
    Q_PROPERTY(QString costText READ costText NOTIFY progressed)
    Q_PROPERTY(QString costNote READ costNote NOTIFY changed) ///< counted or reported
    Q_PROPERTY(bool estimated READ isEstimatedNow NOTIFY changed)
    Q_PROPERTY(QVariantList charge READ charge NOTIFY changed) ///< {label, count, rate, amount, note}
    Q_PROPERTY(QString chargeNote READ chargeNote NOTIFY changed) ///< what the lines do not add up to
    Q_PROPERTY(QString priceText READ priceText NOTIFY changed) ///< source and date
    Q_PROPERTY(QString savedText READ savedText NOTIFY changed)
    Q_PROPERTY(QString reservedText READ reservedText NOTIFY changed) ///< while it runs
    Q_PROPERTY(QVariantList budgets READ budgets NOTIFY changed) ///< {name, text, fraction, warnAt}
    Q_PROPERTY(QString budgetsNote READ budgetsNote NOTIFY changed) ///< as of when
    Q_PROPERTY(bool correctable READ isCorrectable NOTIFY changed)
    // ---- time
    Q_PROPERTY(QVariantList timings READ timings NOTIFY progressed) ///< {label, text, from, length, tone}
    Q_PROPERTY(QString speedText READ speedText NOTIFY changed)
    // ---- what was said
    Q_PROPERTY(QVariantList facts READ facts NOTIFY changed) ///< {label, value, filter, mono}
    Q_PROPERTY(QString requestHead READ requestHead NOTIFY changed) ///< first line and headers
    Q_PROPERTY(QString responseHead READ responseHead NOTIFY changed)
    Q_PROPERTY(QString requestBody READ requestBody NOTIFY changed)
    Q_PROPERTY(QString responseBody READ responseBody NOTIFY changed)
    Q_PROPERTY(QString requestBodyNote READ requestBodyNote NOTIFY changed)
    Q_PROPERTY(QString responseBodyNote READ responseBodyNote NOTIFY changed)
    Q_PROPERTY(bool headersKept READ areHeadersKept NOTIFY changed)
    Q_PROPERTY(bool bodiesOn READ areBodiesOn NOTIFY changed)
    // ---- what is being done
    Q_PROPERTY(bool stopping READ isStopping NOTIFY changed)
    Q_PROPERTY(bool correcting READ isCorrecting NOTIFY changed)
    Q_PROPERTY(QString correctProblem READ correctProblem NOTIFY changed)
public:
    explicit RequestDetail(const GuiServices &services, QObject *parent = nullptr);

    Q_INVOKABLE void show(const QString &id);
    Q_INVOKABLE void close();
    Q_INVOKABLE void stop(const QString &id); ///< a running request, shown or not
    Q_INVOKABLE void correct(const QString &amount); ///< corrected() when it is done
    Q_INVOKABLE void clearCorrection();
    Q_INVOKABLE QString exactCost() const; ///< for a field, in the notation of the locale
    /// To the clipboard: "curl", "python", "javascript". Of any request, shown or not.
    Q_INVOKABLE void copyAs(const QString &id, const QString &language);
    Q_INVOKABLE void copyId(const QString &id);
    void setActive(bool active); ///< follows what happens only while it is

    [[nodiscard]] bool isOpen() const { return m_id.value != 0; }
    [[nodiscard]] bool isLoaded() const { return m_item.has_value(); }
    [[nodiscard]] QString problem() const { return m_problem; }
    [[nodiscard]] QString requestId() const;
    [[nodiscard]] QString title() const;
    [[nodiscard]] QString subtitle() const;
    [[nodiscard]] bool isRunning() const { return m_item && m_item->isRunning(); }
    [[nodiscard]] QString stateText() const;
    [[nodiscard]] QString tone() const;
    [[nodiscard]] QString stateDetail() const;
    [[nodiscard]] QString error() const;
    [[nodiscard]] QString story() const;
    [[nodiscard]] QString costText() const;
    [[nodiscard]] QString costNote() const;
    [[nodiscard]] bool isEstimatedNow() const;
    [[nodiscard]] QVariantList charge() const;
    [[nodiscard]] QString chargeNote() const;
    [[nodiscard]] QString priceText() const;
    [[nodiscard]] QString savedText() const;
    [[nodiscard]] QString reservedText() const;
    [[nodiscard]] QVariantList budgets() const;
    [[nodiscard]] QString budgetsNote() const;
    [[nodiscard]] bool isCorrectable() const;
    [[nodiscard]] QVariantList timings() const;
    [[nodiscard]] QString speedText() const;
    [[nodiscard]] QVariantList facts() const;
    [[nodiscard]] QString requestHead() const;
    [[nodiscard]] QString responseHead() const;
    [[nodiscard]] QString requestBody() const;
    [[nodiscard]] QString responseBody() const;
    [[nodiscard]] QString requestBodyNote() const;
    [[nodiscard]] QString responseBodyNote() const;
    [[nodiscard]] bool areHeadersKept() const;
    [[nodiscard]] bool areBodiesOn() const;
    [[nodiscard]] bool isStopping() const { return m_stopping; }
    [[nodiscard]] bool isCorrecting() const { return m_correcting; }
    [[nodiscard]] QString correctProblem() const { return m_correctProblem; }

    static constexpr qsizetype shownBodyChars = 20'000; ///< more of a body is not laid out

Q_SIGNALS:
    void openChanged();
    void changed();
    void progressed(); ///< it runs on: what it has cost and how long it takes
    void corrected(const lbp::ExchangeRow &row);

private:
    void load();
    void loadDetails();
    void loadBudgets();
    void handle(const QList<Event> &events);
    [[nodiscard]] const Series &series() const;
    void copy(const ExchangeRow &row, const ExchangeDetails &details, const QString &language);

    GuiServices m_services;
    RequestId m_id;
    std::optional<RequestItem> m_item;
    std::optional<ExchangeDetails> m_details;
    QList<BudgetStatus> m_budgetsNow; ///< that bind its key now; used where the story was not kept
    QString m_problem, m_correctProblem;
    bool m_active = false, m_stopping = false, m_correcting = false;
    QTimer m_second;
    QMetaObject::Connection m_subscription;
    Mailbox m_mailbox{this};
};

} // namespace lbp::gui
