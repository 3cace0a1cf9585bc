#pragma once

#include <functional>
#include <QAbstractListModel>
#include <QQmlEngine>

namespace lbp::gui {

/// Short messages in a corner of the window, newest last; at most maxShown, the oldest goes first. A message
/// with actions stays until it is answered or closed. Thread: main.
class ToastModel : public QAbstractListModel
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("provided by the application")
public:
    enum Role { IdRole = Qt::UserRole + 1, ToneRole, TitleRole, TextRole, ActionsRole, TimeoutRole };
    static constexpr int maxShown = 4;
    static constexpr int defaultTimeoutMs = 6000;
    struct Action
    {
        QString text;
        std::function<void()> run; ///< the toast closes then
    };

    explicit ToastModel(QObject *parent = nullptr);

    /// \param tone "info", "ok", "warning" or "danger". \param timeoutMs 0: stays until closed.
    /// \return its id, for close().
    int show(const QString &tone, const QString &title, const QString &text = {}, QList<Action> actions = {},
             int timeoutMs = defaultTimeoutMs);
    Q_INVOKABLE void close(int id);
    Q_INVOKABLE void trigger(int id, int action);

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override;

private:
    struct Toast
    {
        int id;
        QString tone, title, text;
        QList<Action> actions;
        int timeoutMs;
    };
    [[nodiscard]] qsizetype indexOf(int id) const;
    QList<Toast> m_toasts;
    int m_lastId = 0;
};

} // namespace lbp::gui
