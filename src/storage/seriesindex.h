#pragma once

#include "core/exchangerow.h"
#include "storage/sqlconnection.h"

#include <QHash>
#include <vector>

namespace lbp {

/// What the numbers of series stand for, kept in memory because every report needs it. Series are never
/// changed nor deleted, so only new ones are read. Equal labels share their text. Thread: one.
class SeriesIndex
{
public:
    struct Labels
    {
        KeyId key = 0;
        QString team, project, provider, model;
    };
    [[nodiscard]] Status refresh(SqlConnection &connection);
    /// By number; numbers that are not taken have no labels.
    [[nodiscard]] const std::vector<Labels> &all() const { return m_labels; }

private:
    [[nodiscard]] QString shared(const QString &text);
    std::vector<Labels> m_labels;
    QHash<QString, QString> m_texts;
};

} // namespace lbp
