#include "cli/apiclient.h"

#include <QJsonDocument>

namespace lbp {

QJsonObject ApiAnswer::object() const
{
    return QJsonDocument::fromJson(body).object();
}

QString ApiAnswer::problem() const
{
    const QString message =
        object().value(QLatin1String("error")).toObject().value(QLatin1String("message")).toString();
    if (!message.isEmpty())
        return message;
    return QStringLiteral("the proxy answered with status %1 and no explanation").arg(status);
}

} // namespace lbp
