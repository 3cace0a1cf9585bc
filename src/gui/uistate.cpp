#include "gui/uistate.h"

#include <QFile>
#include <QJsonDocument>
#include <QSaveFile>
#include <QThreadPool>

namespace lbp::gui {

namespace {

void write(const QString &path, const QByteArray &bytes)
{
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly))
        return; // what the window looked like is not worth a message
    file.setPermissions(QFile::ReadOwner | QFile::WriteOwner);
    file.write(bytes);
    file.commit();
}

} // namespace

UiState::UiState(QString file, QObject *parent)
    : QObject(parent)
    , m_file(std::move(file))
{
    QFile stored(m_file);
    if (stored.open(QIODevice::ReadOnly))
        m_values = QJsonDocument::fromJson(stored.readAll()).object();
    m_timer.setSingleShot(true);
    m_timer.setInterval(500);
    connect(&m_timer, &QTimer::timeout, this, &UiState::save);
}

UiState::~UiState()
{
    QThreadPool::globalInstance()->waitForDone(); // an older state must not be written over this one
    if (m_dirty)
        write(m_file, QJsonDocument(m_values).toJson());
}

QVariant UiState::value(const QString &key, const QVariant &fallback) const
{
    const auto found = m_values.constFind(key);
    return found == m_values.constEnd() ? fallback : found->toVariant();
}

void UiState::setValue(const QString &key, const QVariant &value)
{
    const QJsonValue json = QJsonValue::fromVariant(value);
    if (m_values.value(key) == json)
        return;
    m_values.insert(key, json);
    m_dirty = true;
    m_timer.start();
}

bool UiState::claimOnce(const QString &key)
{
    if (m_values.value(key).toBool())
        return false;
    setValue(key, true);
    return true;
}

void UiState::save()
{
    m_dirty = false;
    QThreadPool::globalInstance()->start(
        [path = m_file, bytes = QJsonDocument(m_values).toJson()] { write(path, bytes); });
}

} // namespace lbp::gui
