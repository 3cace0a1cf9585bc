#include "cli/text.h"

namespace lbp {

static bool isWide(char32_t c)
{
    return (c >= 0x1100 && c <= 0x115f) || (c >= 0x2e80 && c <= 0xa4cf) || (c >= 0xac00 && c <= 0xd7a3)
        || (c >= 0xf900 && c <= 0xfaff) || (c >= 0xfe30 && c <= 0xfe6f) || (c >= 0xff00 && c <= 0xff60)
        || (c >= 0xffe0 && c <= 0xffe6) || (c >= 0x1f300 && c <= 0x1faff) || (c >= 0x20000 && c <= 0x3fffd);
}

QString printable(const QString &text)
{
    QString clean = text;
    for (QChar &c : clean) {
        const QChar::Category category = c.category();
        const bool changesDirection = (c.unicode() >= 0x202a && c.unicode() <= 0x202e)
            || (c.unicode() >= 0x2066 && c.unicode() <= 0x2069) || c.unicode() == 0x200e
            || c.unicode() == 0x200f;
        if (category == QChar::Other_Control || category == QChar::Separator_Line
            || category == QChar::Separator_Paragraph || changesDirection)
            c = QChar::ReplacementCharacter;
    }
    return clean;
}

int displayWidth(const QString &text)
{
    int width = 0;
    const QList<uint> points = text.toUcs4();
    for (const uint c : points) {
        const QChar::Category category = QChar::category(c);
        if (category == QChar::Mark_NonSpacing || category == QChar::Mark_Enclosing
            || category == QChar::Other_Format)
            continue;
        width += isWide(c) ? 2 : 1;
    }
    return width;
}

void TextTable::addRow(QStringList cells)
{
    cells.resize(m_columns.size());
    for (QString &cell : cells)
        cell = printable(cell);
    m_rows.append(std::move(cells));
}

QString TextTable::toString() const
{
    QList<int> widths;
    for (qsizetype i = 0; i < m_columns.size(); ++i) {
        int width = displayWidth(m_columns[i].title);
        for (const QStringList &row : m_rows)
            width = std::max(width, displayWidth(row[i]));
        widths.append(width);
    }
    QString text;
    const auto addLine = [&](const QStringList &cells) {
        QString line;
        for (qsizetype i = 0; i < cells.size(); ++i) {
            const QString blanks(widths[i] - displayWidth(cells[i]), u' ');
            if (i > 0)
                line += QLatin1String("  ");
            line += m_columns[i].align == Align::Left ? cells[i] + blanks : blanks + cells[i];
        }
        while (line.endsWith(u' '))
            line.chop(1);
        text += line + u'\n';
    };
    QStringList titles;
    for (const Column &column : m_columns)
        titles.append(column.title);
    addLine(titles);
    for (const QStringList &row : m_rows)
        addLine(row);
    return text;
}

QString moneyText(Money money)
{
    constexpr qint64 cent = Money::picodollarsPerDollar / 100;
    const qint64 amount = money.picodollars();
    const quint64 size = amount < 0 ? 0 - quint64(amount) : quint64(amount);
    int decimals = 2;
    if (size == 0 || size >= quint64(Money::picodollarsPerDollar)) {
        decimals = 2;
    } else if (size >= quint64(cent)) {
        decimals = 4;
    } else {
        decimals = 13; // of which two count
        for (quint64 rest = size; rest > 0; rest /= 10)
            --decimals;
        decimals = std::min(decimals + 1, 12);
    }
    QString text = money.toRounded(decimals);
    const bool negative = text.startsWith(u'-');
    return (negative ? QStringLiteral("-$") : QStringLiteral("$")) + (negative ? text.sliced(1) : text);
}

QString moneyText(const QString &decimal)
{
    const Result<Money> money = Money::fromDecimal(decimal);
    return money ? moneyText(*money) : QStringLiteral("?");
}

QString countText(qint64 count)
{
    QString text = QString::number(count);
    const qsizetype first = count < 0 ? 1 : 0;
    for (qsizetype i = text.size() - 3; i > first; i -= 3)
        text.insert(i, u',');
    return text;
}

} // namespace lbp
