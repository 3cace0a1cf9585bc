#include "cli/commands.h"
#include "cli/lookup.h"
#include "cli/text.h"

#include <QFileInfo>

namespace lbp {

using namespace Qt::StringLiterals;

namespace {

QString described(const QJsonObject &info)
{
    const QString newest = info.value("newest"_L1).toString();
    return u"%1 requests, %2 keys, %3 budgets; %4"_s.arg(info.value("requests"_L1).toInteger())
        .arg(info.value("keys"_L1).toInteger())
        .arg(info.value("budgets"_L1).toInteger())
        .arg(newest.isEmpty() ? u"no request yet"_s : u"the newest of "_s + localTimeText(newest));
}

} // namespace

int backup(Context &context, const QString &file)
{
    const QString path = QFileInfo(file).absoluteFilePath();
    const std::optional<ApiAnswer> answer =
        ask(context, "POST", u"/api/backup"_s, QJsonObject{{u"file"_s, path}});
    if (!answer)
        return ExitFailure;
    if (context.json)
        return printJson(context, *answer);
    context.output.print(u"Backed up to %1: %2."_s.arg(path, described(answer->object())));
    return ExitOk;
}

int restore(Context &context, const QString &file)
{
    const QString path = QFileInfo(file).absoluteFilePath();
    const Result<Session::Address> address = context.session.address();
    if (!address)
        return context.output.problem(address.error().detail);
    if (address->running)
        return context.output.problem(u"a proxy serves %1 at %2; stop it first, then restore"_s.arg(
                                          context.session.dataDirectory(), address->url.toString()),
                                      ExitBusy);
    const std::optional<ApiAnswer> answer =
        ask(context, "POST", u"/api/restore"_s, QJsonObject{{u"file"_s, path}});
    if (!answer)
        return ExitFailure;
    context.session.reopen();
    // The ledger is opened again here, which puts the copy in its place.
    if (const Result<Session::Address> again = context.session.address(); !again)
        return context.output.problem(again.error().detail);
    if (context.json)
        return printJson(context, *answer);
    context.output.print(
        u"Restored %1: %2. The ledger from before is kept beside it as ledger.sqlite.before-restore-…"_s.arg(
            path, described(answer->object())));
    return ExitOk;
}

} // namespace lbp
