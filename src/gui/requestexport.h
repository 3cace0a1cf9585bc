#pragma once

#include "gui/guiservices.h"
#include "gui/requestlistmodel.h"

#include <atomic>
#include <memory>
#include <QObject>
#include <QQmlEngine>
#include <QThreadPool>

namespace lbp::gui {

/// Writes the filtered list to a file, as CSV or JSON: read in pieces, written by a thread of its own,
/// whatever its length. The file appears whole or not at all. Thread: main.
class RequestExport : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("provided by the application")
    Q_PROPERTY(bool running READ isRunning NOTIFY changed)
    Q_PROPERTY(double fraction READ fraction NOTIFY changed) ///< below 0: nobody knows
    Q_PROPERTY(QString progressText READ progressText NOTIFY changed)
public:
    enum FileFormat { Csv, Json };
    Q_ENUM(FileFormat)

    RequestExport(const GuiServices &services, const RequestListModel &list, QObject *parent = nullptr);
    ~RequestExport() override; ///< cancels

    Q_INVOKABLE QString suggestedPath(int format) const; ///< in the folder used last, else Downloads
    /// What is wrong with a path, for people; empty: it can be written to.
    Q_INVOKABLE QString problemOf(const QString &path) const;
    Q_INVOKABLE bool exists(const QString &path) const;
    Q_INVOKABLE void start(const QString &path, int format);
    Q_INVOKABLE void cancel();
    /// Asks for a path by the desktop's own dialog; chosen() tells it.
    Q_INVOKABLE void browse(const QString &path, int format);

    [[nodiscard]] bool isRunning() const { return m_job != nullptr; }
    [[nodiscard]] double fraction() const;
    [[nodiscard]] QString progressText() const;

Q_SIGNALS:
    void changed();
    void chosen(const QString &path);
    void finished(const QString &path, bool ok);

private:
    struct Job;
    void next(std::shared_ptr<Job> job);
    void write(std::shared_ptr<Job> job, const RequestPage &page);
    void end(std::shared_ptr<Job> job, const QString &problem);
    GuiServices m_services;
    const RequestListModel &m_list;
    std::shared_ptr<Job> m_job;
    QThreadPool m_writer;
    Mailbox m_mailbox{this};
};

} // namespace lbp::gui
