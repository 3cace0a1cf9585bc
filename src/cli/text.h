#pragma once

#include "core/csv.h"
#include "core/money.h"

#include <QStringList>

namespace lbp {

/// Columns with aligned text. What comes from clients is shown without control characters, so that no model
/// name can move the cursor of a terminal.
class TextTable
{
public:
    enum class Align { Left, Right };
    struct Column
    {
        QString title;
        Align align = Align::Left;
    };
    explicit TextTable(QList<Column> columns)
        : m_columns(std::move(columns))
    {
    }
    void addRow(QStringList cells); ///< missing cells are empty, surplus ones are dropped
    [[nodiscard]] QString
    toString() const; ///< header and rows, each ending in a line feed, without trailing blanks
    [[nodiscard]] bool isEmpty() const { return m_rows.isEmpty(); }

private:
    QList<Column> m_columns;
    QList<QStringList> m_rows;
};

/// \a text with every control and direction-changing character replaced by "�".
[[nodiscard]] QString printable(const QString &text);
/// Columns of a terminal that \a text takes: two for wide characters, none for combining ones.
[[nodiscard]] int displayWidth(const QString &text);

/// An amount for people: "$12.35", "$0.0421", "$0.000012", "$0.00". Two decimals from a dollar up, four from
/// a cent up, below that two significant digits. "?" when it is no amount.
[[nodiscard]] QString moneyText(const QString &decimal);
[[nodiscard]] QString moneyText(Money money);

/// 1234567 as "1,234,567".
[[nodiscard]] QString countText(qint64 count);

} // namespace lbp
