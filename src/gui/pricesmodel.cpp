#include "gui/pricesmodel.h"

#include "control/control.h"
#include "control/eventhub.h"
#include "core/requestfilter.h"
#include "gui/commandmodel.h"
#include "gui/navigator.h"
#include "gui/toastmodel.h"

namespace lbp::gui {

using namespace Qt::StringLiterals;

namespace {

constexpr auto lookBack = std::chrono::days(30);
constexpr int mostTurns = 40; ///< of about 50 ms each
constexpr int gatherMs = 400; ///< what is refused in a burst is looked up once

} // namespace

PricesModel::PricesModel(const GuiServices &services, QObject *parent)
    : PageModel(services, parent)
    , m_table(services)
    , m_unpriced(services)
    , m_form(services, m_table)
    , m_importer(services)
    , m_whatIf(services, m_table)
{
    m_lookAgain.setSingleShot(true);
    m_lookAgain.setInterval(gatherMs);
    connect(&m_lookAgain, &QTimer::timeout, this, &PricesModel::lookForUnpriced);
    services.events.subscribe(this, [this](const QList<Event> &events) {
        for (const Event &event : events) {
            if (std::holds_alternative<event::ConfigChanged>(event.body) && isActive()) {
                showPrices();
                if (m_comparing)
                    m_whatIf.load();
            } else if (std::holds_alternative<event::UnpricedModel>(event.body) && isActive()) {
                m_lookAgain.start();
            }
        }
    });
    connect(&m_form, &PriceForm::saved, this, [this](const QString &model, bool isNew) {
        this->services().toasts.show(u"ok"_s,
                                     isNew ? tr("%1 has a price", "a model").arg(model)
                                           : tr("%1 was changed", "a model").arg(model),
                                     tr("It holds for the next request; what was spent stays as it was."));
    });
    connect(&m_importer, &PriceImporter::applied, this, [this](int models) {
        this->services().toasts.show(u"ok"_s, tr("%n price(s) were taken over", nullptr, models),
                                     tr("The list as it was is in %1.").arg(m_importer.keptFile()));
    });
    addCommands();
}

void PricesModel::addCommands()
{
    CommandModel &commands = services().commands;
    commands.add({u"prices.add"_s,
                  tr("Add a model"),
                  tr("Models and prices"),
                  u"plus-lg"_s,
                  {},
                  tr("new price rate cost"),
                  [this] { add(); }});
    commands.add({u"prices.import"_s,
                  tr("Import prices"),
                  tr("Models and prices"),
                  u"upload"_s,
                  {},
                  tr("file list update yaml"),
                  [this] { importFile(); }});
    commands.add({u"prices.whatif"_s,
                  tr("What would another model have cost?"),
                  tr("Models and prices"),
                  u"calculator"_s,
                  {},
                  tr("what-if compare cheaper"),
                  [this] {
                      services().navigator.open(Navigator::Prices);
                      setComparing(true);
                  }});
}

void PricesModel::activated()
{
    showPrices();
    lookForUnpriced();
    if (m_comparing)
        m_whatIf.load();
}

void PricesModel::deactivated()
{
    m_lookAgain.stop();
    ++m_search;
}

void PricesModel::showPrices()
{
    m_table.setEntries(priceList(*services().control.config()));
    m_unpriced.recheck();
}

void PricesModel::lookForUnpriced()
{
    const Instant now = services().clock.now();
    m_found = {};
    searchOn({now - lookBack, now + std::chrono::seconds(1)}, 0, ++m_search);
}

void PricesModel::searchOn(TimeRange range, int turn, quint64 search)
{
    mailbox().when(services().control.unpricedModels(range),
                   [this, range, turn, search](const Result<UnpricedModels> &found) {
                       if (search != m_search)
                           return;
                       setProblem(found ? QString() : found.error().detail);
                       if (found) {
                           m_found.add(*found);
                           m_unpriced.setModels(m_found.models);
                       }
                       setReady();
                       if (found && !found->exhausted && turn < mostTurns)
                           searchOn({range.from, found->next}, turn + 1, search);
                   });
}

void PricesModel::setComparing(bool comparing)
{
    if (m_comparing == comparing)
        return;
    m_comparing = comparing;
    if (comparing && isActive())
        m_whatIf.load();
    Q_EMIT comparingChanged();
}

void PricesModel::add(const QString &model)
{
    services().navigator.open(Navigator::Prices);
    showPrices(); // a name that is taken is known at once
    m_form.startNew(model);
}

void PricesModel::edit(const QString &model)
{
    if (const PriceListEntry *entry = m_table.find(model))
        m_form.startEdit(*entry);
}

void PricesModel::importFile()
{
    services().navigator.open(Navigator::Prices);
    m_importer.start();
}

void PricesModel::askRemove(const QString &model)
{
    m_removing = model;
    Q_EMIT removingChanged();
}

void PricesModel::remove()
{
    const QString model = std::exchange(m_removing, QString());
    Q_EMIT removingChanged();
    if (model.isEmpty())
        return;
    mailbox().when(services().prices.remove(model), [this, model](const Result<void> &done) {
        if (done)
            services().toasts.show(u"ok"_s, tr("%1 has no price any more", "a model").arg(model));
        else
            services().toasts.show(u"danger"_s, tr("The price was not removed"), done.error().detail, {}, 0);
    });
}

void PricesModel::openRequests(const QString &model)
{
    services().navigator.open(Navigator::Requests, {{u"filter"_s, filterTermText(u"model", u":", model)}});
}

void PricesModel::compareWith(const QString &model)
{
    setComparing(true);
    m_whatIf.model()->setText(model);
}

} // namespace lbp::gui
