#pragma once

#include "gui/uistate.h"

#include <QList>
#include <QObject>
#include <QQmlEngine>

namespace lbp::gui {

/// One column of the list of requests: where it stands and how wide it is. Thread: main.
class RequestColumn : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("provided by the application")
    Q_PROPERTY(QString name READ name CONSTANT)
    Q_PROPERTY(QString title READ title CONSTANT)
    Q_PROPERTY(QString sortRole READ sortRole CONSTANT) ///< empty: cannot be sorted by
    Q_PROPERTY(bool atEnd READ isAtEnd CONSTANT) ///< numbers: aligned at the end
    Q_PROPERTY(bool fixed READ isFixed CONSTANT) ///< always shown
    Q_PROPERTY(bool chosen READ isChosen NOTIFY changed) ///< by the person
    Q_PROPERTY(bool shown READ isShown NOTIFY changed) ///< chosen, and there is room for it
    Q_PROPERTY(int x READ x NOTIFY changed)
    Q_PROPERTY(int width READ width NOTIFY changed)
public:
    struct Make
    {
        QString name, title;
        int width = 0;
        bool shown = true;
        bool atEnd = false;
        bool fixed = false;
        QString sortRole;
    };
    RequestColumn(Make make, QObject *parent);

    [[nodiscard]] QString name() const { return m_make.name; }
    [[nodiscard]] QString title() const { return m_make.title; }
    [[nodiscard]] QString sortRole() const { return m_make.sortRole; }
    [[nodiscard]] bool isAtEnd() const { return m_make.atEnd; }
    [[nodiscard]] bool isFixed() const { return m_make.fixed; }
    [[nodiscard]] bool isChosen() const { return m_chosen; }
    [[nodiscard]] bool isShown() const { return m_chosen && m_fits; }
    [[nodiscard]] int x() const { return m_x; }
    [[nodiscard]] int width() const { return m_width; }

Q_SIGNALS:
    void changed();

private:
    friend class RequestColumns;
    void place(int x, int width, bool fits);
    Make m_make;
    bool m_chosen;
    bool m_fits = true;
    int m_wish; ///< the width that was asked for
    int m_x = 0, m_width = 0;
};

/// The columns of the list of requests in their order; what was chosen is remembered. The model's column
/// takes what the others leave. Thread: main.
class RequestColumns : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("provided by the application")
    Q_PROPERTY(QList<QObject *> all READ all CONSTANT)
    Q_PROPERTY(int room READ room WRITE setRoom NOTIFY roomChanged) ///< the width of the view
    Q_PROPERTY(int totalWidth READ totalWidth NOTIFY arranged) ///< at least the room
    Q_PROPERTY(lbp::gui::RequestColumn *stateColumn READ state CONSTANT)
    Q_PROPERTY(lbp::gui::RequestColumn *time READ time CONSTANT)
    Q_PROPERTY(lbp::gui::RequestColumn *key READ key CONSTANT)
    Q_PROPERTY(lbp::gui::RequestColumn *team READ team CONSTANT)
    Q_PROPERTY(lbp::gui::RequestColumn *project READ project CONSTANT)
    Q_PROPERTY(lbp::gui::RequestColumn *model READ model CONSTANT)
    Q_PROPERTY(lbp::gui::RequestColumn *provider READ provider CONSTANT)
    Q_PROPERTY(lbp::gui::RequestColumn *endpoint READ endpoint CONSTANT)
    Q_PROPERTY(lbp::gui::RequestColumn *input READ input CONSTANT)
    Q_PROPERTY(lbp::gui::RequestColumn *output READ output CONSTANT)
    Q_PROPERTY(lbp::gui::RequestColumn *cost READ cost CONSTANT)
    Q_PROPERTY(lbp::gui::RequestColumn *saved READ saved CONSTANT)
    Q_PROPERTY(lbp::gui::RequestColumn *elapsed READ elapsed CONSTANT)
    Q_PROPERTY(lbp::gui::RequestColumn *ttft READ ttft CONSTANT)
    Q_PROPERTY(lbp::gui::RequestColumn *error READ error CONSTANT)
public:
    static constexpr int narrowest = 48, widest = 800;
    static constexpr int edge = 8; ///< before the first and behind the last column

    explicit RequestColumns(UiState &state, QObject *parent = nullptr);

    [[nodiscard]] QList<QObject *> all() const;
    [[nodiscard]] int room() const { return m_room; }
    void setRoom(int room);
    [[nodiscard]] int totalWidth() const { return m_total; }
    Q_INVOKABLE void setShown(const QString &name, bool shown);
    Q_INVOKABLE void setWidth(const QString &name, int width); ///< while it is dragged
    Q_INVOKABLE void remember(); ///< after it was dragged
    Q_INVOKABLE void reset();

    [[nodiscard]] RequestColumn *state() const { return m_columns[0]; }
    [[nodiscard]] RequestColumn *time() const { return m_columns[1]; }
    [[nodiscard]] RequestColumn *key() const { return m_columns[2]; }
    [[nodiscard]] RequestColumn *team() const { return m_columns[3]; }
    [[nodiscard]] RequestColumn *project() const { return m_columns[4]; }
    [[nodiscard]] RequestColumn *model() const { return m_columns[5]; }
    [[nodiscard]] RequestColumn *provider() const { return m_columns[6]; }
    [[nodiscard]] RequestColumn *endpoint() const { return m_columns[7]; }
    [[nodiscard]] RequestColumn *input() const { return m_columns[8]; }
    [[nodiscard]] RequestColumn *output() const { return m_columns[9]; }
    [[nodiscard]] RequestColumn *cost() const { return m_columns[10]; }
    [[nodiscard]] RequestColumn *saved() const { return m_columns[11]; }
    [[nodiscard]] RequestColumn *elapsed() const { return m_columns[12]; }
    [[nodiscard]] RequestColumn *ttft() const { return m_columns[13]; }
    [[nodiscard]] RequestColumn *error() const { return m_columns[14]; }

Q_SIGNALS:
    void roomChanged();
    void arranged();

private:
    void arrange();
    [[nodiscard]] RequestColumn *find(const QString &name) const;
    UiState &m_state;
    QList<RequestColumn *> m_columns; ///< children
    int m_room = 0, m_total = 0;
};

} // namespace lbp::gui
