#include "gui/settingsproviders.h"

#include "control/control.h"
#include "dialects/dialect.h"
#include "gui/desktopservices.h"
#include "gui/toastmodel.h"

namespace lbp::gui {

using namespace Qt::StringLiterals;

SettingsProviders::SettingsProviders(const GuiServices &services, QObject *parent)
    : QAbstractListModel(parent)
    , m_services(services)
    , m_form(services, this)
{
    connect(&m_form, &ProviderForm::saved, this, [this] {
        m_open = false;
        Q_EMIT openChanged();
        m_services.toasts.show(u"ok"_s, tr("Provider saved"));
        Q_EMIT written();
    });
}

void SettingsProviders::load(const QByteArray &file)
{
    QStringList places;
    for (const auto key : {"name"_L1, "kind"_L1, "apiKey"_L1, "baseUrl"_L1})
        if (writtenValue(file, ConfigPath(u"provider"_s).child(key))) {
            places.append(u"provider"_s);
            break;
        }
    for (qsizetype i = 0; i < itemCount(file, ConfigPath(u"providers"_s)); ++i)
        places.append(u"providers[%1]"_s.arg(i));
    beginResetModel();
    m_providers = m_services.control.config()->providers;
    m_places = places;
    endResetModel();
    Q_EMIT countChanged();
}

void SettingsProviders::startAdd()
{
    ProviderConfig fresh;
    m_adding = true;
    m_open = true;
    m_form.start(fresh, u"providers"_s, true);
    Q_EMIT openChanged();
}

void SettingsProviders::startEdit(int row)
{
    if (row < 0 || row >= m_providers.size())
        return;
    m_adding = false;
    m_open = true;
    m_form.start(m_providers[row], m_places.value(row));
    Q_EMIT openChanged();
}

void SettingsProviders::cancel()
{
    m_form.key()->reset(); // a key that was typed goes with the form
    m_open = false;
    Q_EMIT openChanged();
}

void SettingsProviders::remove(int row)
{
    if (row < 0 || row >= m_places.size() || m_providers.size() < 2)
        return;
    const QString name = m_providers[row].name;
    m_mailbox.when(
        saveEdits(m_services.desktop.configFile(), {ConfigEdit::remove(ConfigPath(m_places[row]))}),
        [this, name](const Result<FileText> &saved) {
            if (!saved) {
                m_services.toasts.show(u"danger"_s, tr("The provider was not removed"), saved.error().detail,
                                       {}, 0);
                return;
            }
            m_services.toasts.show(u"ok"_s, tr("Provider %1 removed").arg(name));
            if (isSecretName(name))
                m_mailbox.when(m_services.vault.remove(name), [this](const Result<void> &removed) {
                    if (!removed)
                        m_services.toasts.show(u"warning"_s, tr("Its key is still kept"),
                                               removed.error().detail);
                });
            Q_EMIT written();
        });
}

int SettingsProviders::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : count();
}

QVariant SettingsProviders::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const ProviderConfig &provider = m_providers[index.row()];
    switch (role) {
    case NameRole:
        return provider.name;
    case DetailRole:
        return provider.models.isEmpty()
            ? provider.baseUrl.toString()
            : tr("%1, for %2").arg(provider.baseUrl.toString(), provider.models.join(u", "_s));
    case KeyTextRole:
        return provider.apiKey.isEmpty() ? tr("no key") : tr("key set");
    case HasKeyRole:
        return !provider.apiKey.isEmpty();
    case MeteredRole:
        return DialectSet::all().isMetered(Api(int(provider.kind))); // kinds and APIs are one list
    }
    return {};
}

QHash<int, QByteArray> SettingsProviders::roleNames() const
{
    return {{NameRole, "name"},
            {DetailRole, "detail"},
            {KeyTextRole, "keyText"},
            {HasKeyRole, "hasKey"},
            {MeteredRole, "metered"}};
}

} // namespace lbp::gui
