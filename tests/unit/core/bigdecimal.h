#pragma once

#include <algorithm>
#include <cstdint>
#include <QString>
#include <vector>

/// Non-negative decimal of any size, by the rules of pen and paper: the reference that costs are held
/// against. It shares nothing with the code it checks: base 10^9, and the decimal point is a count of digits.
class BigDecimal
{
public:
    static BigDecimal fromText(const QString &text)
    {
        BigDecimal number;
        const qsizetype point = text.indexOf(u'.');
        number.m_decimals = point < 0 ? 0 : int(text.size() - point - 1);
        QString digits = text;
        digits.remove(u'.');
        while (!digits.isEmpty()) {
            number.m_limbs.push_back(digits.right(9).toUInt());
            digits.chop(9);
        }
        return number;
    }

    static BigDecimal fromInteger(uint64_t value)
    {
        BigDecimal number;
        for (; value != 0; value /= base)
            number.m_limbs.push_back(uint32_t(value % base));
        return number;
    }

    friend BigDecimal operator*(const BigDecimal &a, const BigDecimal &b)
    {
        BigDecimal product;
        product.m_decimals = a.m_decimals + b.m_decimals;
        product.m_limbs.assign(a.m_limbs.size() + b.m_limbs.size() + 1, 0);
        for (size_t i = 0; i < a.m_limbs.size(); ++i) {
            uint64_t carry = 0;
            for (size_t j = 0; j < b.m_limbs.size() || carry != 0; ++j) {
                const uint64_t term = j < b.m_limbs.size() ? uint64_t(a.m_limbs[i]) * b.m_limbs[j] : 0;
                const uint64_t value = product.m_limbs[i + j] + term + carry;
                product.m_limbs[i + j] = uint32_t(value % base);
                carry = value / base;
            }
        }
        product.trim();
        return product;
    }

    friend BigDecimal operator+(BigDecimal a, BigDecimal b) // by value: both are aligned
    {
        const int decimals = std::max(a.m_decimals, b.m_decimals);
        a.extendTo(decimals);
        b.extendTo(decimals);
        a.m_limbs.resize(std::max(a.m_limbs.size(), b.m_limbs.size()) + 1, 0);
        uint64_t carry = 0;
        for (size_t i = 0; i < a.m_limbs.size(); ++i) {
            const uint64_t value = uint64_t(a.m_limbs[i]) + (i < b.m_limbs.size() ? b.m_limbs[i] : 0) + carry;
            a.m_limbs[i] = uint32_t(value % base);
            carry = value / base;
        }
        a.trim();
        return a;
    }

    /// Moves the decimal point \a places to the left: divides by a power of ten.
    [[nodiscard]] BigDecimal shiftedRight(int places) const
    {
        BigDecimal result = *this;
        result.m_decimals += places;
        return result;
    }

    /// Without leading zeros, and without zeros at the end of the fraction.
    [[nodiscard]] QString toText() const
    {
        QString digits;
        for (auto it = m_limbs.rbegin(); it != m_limbs.rend(); ++it)
            digits += QString::number(*it).rightJustified(9, u'0');
        digits = digits.rightJustified(m_decimals + 1, u'0');
        digits.insert(digits.size() - m_decimals, u'.');
        while (digits.endsWith(u'0'))
            digits.chop(1);
        while (digits.startsWith(u'0') && !digits.startsWith(u"0."))
            digits.remove(0, 1);
        if (digits.endsWith(u'.'))
            digits.chop(1);
        return digits;
    }

private:
    static constexpr uint64_t base = 1'000'000'000;

    void trim()
    {
        while (!m_limbs.empty() && m_limbs.back() == 0)
            m_limbs.pop_back();
    }
    void extendTo(int decimals)
    {
        for (; m_decimals < decimals; ++m_decimals)
            *this = timesTen(*this);
    }
    static BigDecimal timesTen(const BigDecimal &number)
    {
        BigDecimal ten;
        ten.m_limbs = {10};
        return number * ten; // m_decimals is moved by the caller
    }

    std::vector<uint32_t> m_limbs; // least significant first
    int m_decimals = 0;
};
