#pragma once

#include "core/money.h"

#include <functional>
#include <optional>
#include <QObject>
#include <QQmlEngine>

namespace lbp::gui {

class Format;

/// One field of a form: its text, and what is wrong with it in words. An error shows once the field was
/// touched, so that an empty form does not begin with complaints. Thread: main.
class FormValue : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("provided by the application")
    Q_PROPERTY(QString text READ text WRITE setText NOTIFY changed)
    Q_PROPERTY(QString error READ error NOTIFY changed)
    Q_PROPERTY(bool valid READ isValid NOTIFY changed)
public:
    /// What is wrong with a text and what to do, for people; empty: nothing.
    using Check = std::function<QString(const QString &)>;
    explicit FormValue(QObject *parent, Check check = {});

    [[nodiscard]] QString text() const { return m_text; }
    void setText(const QString &text); ///< by the person
    void reset(const QString &text = {}); ///< by the program: untouched again
    void touch(); ///< its error shows from now on
    void recheck(); ///< what the check depends on has changed
    [[nodiscard]] QString problem() const { return m_problem; } ///< whether touched or not
    [[nodiscard]] QString error() const { return m_touched ? m_problem : QString(); }
    [[nodiscard]] bool isValid() const { return m_problem.isEmpty(); }
    [[nodiscard]] bool isEmpty() const { return m_text.trimmed().isEmpty(); }

Q_SIGNALS:
    void changed();

private:
    Check m_check;
    QString m_text;
    QString m_problem;
    bool m_touched = false;
};

/// Checks an amount in the person's notation. Empty text is fine when \a optional.
enum class AmountRule { AtLeastZero, MoreThanZero };
[[nodiscard]] QString amountProblem(const Format &format, const QString &text, AmountRule rule,
                                    bool optional);
/// The amount that passed the check; nullopt when the field is empty.
[[nodiscard]] std::optional<Money> amountIn(const Format &format, const FormValue &value);
/// Checks a whole number in the person's notation.
[[nodiscard]] QString countProblem(const Format &format, const QString &text, qint64 from, qint64 to,
                                   bool optional);
[[nodiscard]] std::optional<qint64> countIn(const Format &format, const FormValue &value);
/// An amount as it is typed: every digit, no currency sign.
[[nodiscard]] QString amountText(const Format &format, Money amount);

} // namespace lbp::gui
