#include "config/secretvault.h"

#include <algorithm>
#include <QString>

namespace lbp {

bool isSecretName(QStringView name)
{
    return !name.isEmpty() && name.size() <= 64 && std::all_of(name.begin(), name.end(), [](QChar c) {
        return c.unicode() < 0x80 && (c.isLetterOrNumber() || c == u'.' || c == u'-' || c == u'_');
    });
}

QStringList keychainNames(QByteArrayView text)
{
    constexpr QByteArrayView opening("${keychain:");
    QStringList names;
    for (qsizetype at = text.indexOf(opening); at >= 0; at = text.indexOf(opening, at + 1)) {
        const qsizetype begin = at + opening.size();
        const qsizetype end = text.indexOf('}', begin);
        if (end < 0)
            break;
        const QString name = QString::fromUtf8(text.sliced(begin, end - begin));
        if (isSecretName(name) && !names.contains(name))
            names.append(name);
    }
    return names;
}

} // namespace lbp
