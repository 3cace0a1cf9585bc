#pragma once

#include "tokens/tokenizer.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QtTest>

namespace lbp::tokenstest {

/// Loaded once for the program.
inline const Vocabulary &vocabulary(Encoding encoding)
{
    static Vocabularies all;
    const auto loaded = all.load(encoding);
    if (!loaded)
        qFatal("%s", qPrintable(loaded.error().detail));
    return **loaded;
}

inline QJsonArray readVectors(const QString &name)
{
    QFile file(QStringLiteral(LBP_SOURCE_DIR "/tests/data/tokens/") + name);
    if (!file.open(QIODevice::ReadOnly))
        qFatal("%s cannot be read", qPrintable(file.fileName()));
    QJsonParseError error;
    const QJsonDocument document = QJsonDocument::fromJson(file.readAll(), &error);
    if (error.error != QJsonParseError::NoError)
        qFatal("%s: %s", qPrintable(name), qPrintable(error.errorString()));
    return document.object().value(QLatin1String("vectors")).toArray();
}

inline std::vector<quint32> numbers(const QJsonArray &array)
{
    std::vector<quint32> result;
    for (const QJsonValue &value : array)
        result.push_back(quint32(value.toInteger()));
    return result;
}

} // namespace lbp::tokenstest
