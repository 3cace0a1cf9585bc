#pragma once

#include "config/config.h"

#include <QStringList>

namespace lbp {

enum class SettingType { Text, Secret, Number, Flag, Money, OneOf, TextList, List, Path, TimeZone, Url };

/// What there is to say about one key of config.yml. Keys of list entries are written as "providers[].name".
struct SettingInfo
{
    QString path; ///< "server.port"
    SettingType type = SettingType::Text;
    QString defaultText; ///< as it would be written in the file
    QString unit; ///< "seconds", "requests per minute", …; empty: none
    QStringList allowed; ///< of OneOf, and of what a TextList may hold; empty: anything
    std::optional<qint64> least, most; ///< of Number
    QString help; ///< one sentence for people, in English; marked for translation with the context "Settings"
    bool needsRestart = false; ///< taken into use when the proxy starts again
};

/// Every documented key, in the order of config.yml.
[[nodiscard]] const QList<SettingInfo> &allSettings();
/// \a path may have indices: "providers[2].name". nullptr: not a known key.
[[nodiscard]] const SettingInfo *settingInfo(QStringView path);
/// The settings that differ between what runs and what is wanted and wait for the next start, such as
/// "server.port".
[[nodiscard]] QStringList settingsNeedingRestart(const Config &running, const Config &wanted);

} // namespace lbp
