#pragma once

#include <functional>
#include <QAbstractListModel>
#include <QQmlEngine>

namespace lbp::gui {

/// What a half-typed name may become: at most maxShown names that hold it, those that begin with it first.
/// Asks its source each time the search changes, so it never holds ten thousand names. Thread: main.
class KeySuggestions : public QAbstractListModel
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("provided by the application")
    Q_PROPERTY(int count READ count NOTIFY countChanged)
public:
    static constexpr int maxShown = 8;
    using Source = std::function<QStringList()>;
    explicit KeySuggestions(QObject *parent, Source source);

    Q_INVOKABLE void search(const QString &text);
    Q_INVOKABLE QString at(int row) const;
    [[nodiscard]] int count() const { return int(m_found.size()); }
    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override;

Q_SIGNALS:
    void countChanged();

private:
    Source m_source;
    QStringList m_found;
};

} // namespace lbp::gui
