#include <cmath>
#include <memory>
#include <QColor>
#include <QMetaProperty>
#include <QQmlComponent>
#include <QQmlEngine>
#include <QQmlProperty>
#include <QTest>

#include "gui/guisetup.h"

using namespace Qt::StringLiterals;

/// What is written can be read, in light and in dark: the ratios of WCAG 2.1, from the values the window
/// uses.
class TestTheme : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void textHasFourAndAHalfToOne_data();
    void textHasFourAndAHalfToOne();
    void whatCarriesMeaningHasThreeToOne_data();
    void whatCarriesMeaningHasThreeToOne();
    void everyToneIsAColourOfItsOwn();
    void everyColourIsDefinedInBothThemes();
    void lessMotionStopsEveryTransition();

private:
    [[nodiscard]] QColor colour(const QString &name, bool dark) const;
    static void addPairs(const QStringList &inks, const QStringList &grounds);
    QQmlEngine m_engine;
    std::unique_ptr<QObject> m_probe;
    QObject *m_theme = nullptr;
};

namespace {
double channel(double value)
{
    return value <= 0.04045 ? value / 12.92 : std::pow((value + 0.055) / 1.055, 2.4);
}

double luminance(const QColor &colour)
{
    return 0.2126 * channel(colour.redF()) + 0.7152 * channel(colour.greenF())
        + 0.0722 * channel(colour.blueF());
}

double contrast(const QColor &one, const QColor &other)
{
    const double a = luminance(one);
    const double b = luminance(other);
    return (std::max(a, b) + 0.05) / (std::min(a, b) + 0.05);
}
} // namespace

void TestTheme::initTestCase()
{
    lbp::gui::prepareGui();
    lbp::gui::prepareEngine(m_engine);
    QQmlComponent component(&m_engine);
    component.setData(
        "import QtQuick\nimport BudgetProxy.Theme\nQtObject { readonly property QtObject theme: Theme }",
        QUrl());
    m_probe.reset(component.create());
    QVERIFY2(m_probe != nullptr, qPrintable(component.errorString()));
    m_theme = m_probe->property("theme").value<QObject *>();
    QVERIFY(m_theme != nullptr);
}

QColor TestTheme::colour(const QString &name, bool dark) const
{
    m_theme->setProperty("dark", dark);
    if (name.startsWith("series."_L1)) {
        const auto list = m_theme->property("series").value<QList<QColor>>();
        return list.value(name.mid(7).toInt());
    }
    return m_theme->property(qPrintable(name)).value<QColor>();
}

void TestTheme::addPairs(const QStringList &inks, const QStringList &grounds)
{
    for (const bool dark : {false, true}) {
        for (const QString &ink : inks) {
            for (const QString &ground : grounds) {
                QTest::newRow(qPrintable(u"%1 on %2, %3"_s.arg(ink, ground, dark ? u"dark"_s : u"light"_s)))
                    << ink << ground << dark;
            }
        }
    }
}

void TestTheme::textHasFourAndAHalfToOne_data()
{
    QTest::addColumn<QString>("ink");
    QTest::addColumn<QString>("ground");
    QTest::addColumn<bool>("dark");
    const QStringList papers = {u"canvas"_s,        u"surface"_s, u"surfaceSunken"_s,
                                u"surfaceRaised"_s, u"hover"_s,   u"selected"_s,
                                u"field"_s,         u"control"_s, u"controlHover"_s};
    addPairs({u"text"_s, u"textMuted"_s, u"textFaint"_s}, papers);
    addPairs({u"text"_s}, {u"pressed"_s, u"controlPressed"_s, u"segment"_s});
    addPairs({u"textMuted"_s}, {u"segmentTrack"_s, u"neutralSoft"_s});
    addPairs({u"accent"_s},
             {u"canvas"_s, u"surface"_s, u"surfaceSunken"_s, u"surfaceRaised"_s, u"hover"_s, u"selected"_s,
              u"accentSoft"_s});
    for (const QString &tone : {u"ok"_s, u"warning"_s, u"danger"_s, u"info"_s}) {
        addPairs(
            {tone},
            {u"canvas"_s, u"surface"_s, u"surfaceRaised"_s, u"hover"_s, u"selected"_s, tone + u"Soft"_s});
        addPairs({u"text"_s, u"textMuted"_s}, {tone + u"Soft"_s});
    }
    addPairs({u"text"_s, u"textMuted"_s}, {u"accentSoft"_s});
    addPairs({u"textOnAccent"_s},
             {u"accentFill"_s, u"accentFillHover"_s, u"accentFillPressed"_s, u"dangerFill"_s,
              u"dangerFillHover"_s, u"dangerFillPressed"_s});
    addPairs({u"tipText"_s, u"tipTextMuted"_s}, {u"tip"_s});
}

void TestTheme::textHasFourAndAHalfToOne()
{
    QFETCH(const QString, ink);
    QFETCH(const QString, ground);
    QFETCH(const bool, dark);
    const QColor front = colour(ink, dark);
    const QColor back = colour(ground, dark);
    QVERIFY2(front.isValid() && front.alpha() == 255, qPrintable(ink));
    QVERIFY2(back.isValid() && back.alpha() == 255, qPrintable(ground));
    const double ratio = contrast(front, back);
    QVERIFY2(ratio >= 4.5,
             qPrintable(u"%1 on %2 has %3"_s.arg(front.name(), back.name()).arg(ratio, 0, 'f', 2)));
}

void TestTheme::whatCarriesMeaningHasThreeToOne_data()
{
    QTest::addColumn<QString>("ink");
    QTest::addColumn<QString>("ground");
    QTest::addColumn<bool>("dark");
    addPairs({u"borderControl"_s}, {u"canvas"_s, u"surface"_s, u"surfaceRaised"_s, u"field"_s});
    addPairs({u"focus"_s},
             {u"canvas"_s, u"surface"_s, u"surfaceSunken"_s, u"surfaceRaised"_s, u"hover"_s, u"selected"_s});
    addPairs({u"accentFill"_s, u"okFill"_s, u"warningFill"_s, u"dangerFill"_s},
             {u"canvas"_s, u"surface"_s, u"surfaceRaised"_s});
    addPairs({u"textOnAccent"_s}, {u"borderControl"_s}); // the knob of a switch that is off
    for (int i = 0; i < 8; ++i)
        addPairs({u"series.%1"_s.arg(i)}, {u"surface"_s});
}

void TestTheme::whatCarriesMeaningHasThreeToOne()
{
    QFETCH(const QString, ink);
    QFETCH(const QString, ground);
    QFETCH(const bool, dark);
    const QColor front = colour(ink, dark);
    const QColor back = colour(ground, dark);
    QVERIFY2(front.isValid() && back.isValid(), qPrintable(ink + u' ' + ground));
    const double ratio = contrast(front, back);
    QVERIFY2(ratio >= 3.0,
             qPrintable(u"%1 on %2 has %3"_s.arg(front.name(), back.name()).arg(ratio, 0, 'f', 2)));
}

void TestTheme::everyToneIsAColourOfItsOwn()
{
    for (const bool dark : {false, true}) {
        m_theme->setProperty("dark", dark);
        for (const char *function : {"tone", "toneSoft"}) {
            QSet<QRgb> seen;
            for (const QString &name :
                 {u"neutral"_s, u"accent"_s, u"ok"_s, u"warning"_s, u"danger"_s, u"info"_s}) {
                QColor result;
                QVERIFY(QMetaObject::invokeMethod(m_theme, function, Q_RETURN_ARG(QColor, result),
                                                  Q_ARG(QString, name)));
                QVERIFY2(result.isValid() && !seen.contains(result.rgb()), qPrintable(name));
                seen.insert(result.rgb());
            }
        }
    }
}

void TestTheme::everyColourIsDefinedInBothThemes()
{
    const QMetaObject *meta = m_theme->metaObject();
    int colours = 0;
    for (int i = meta->propertyOffset(); i < meta->propertyCount(); ++i) {
        const QMetaProperty property = meta->property(i);
        if (property.metaType() != QMetaType::fromType<QColor>())
            continue;
        ++colours;
        for (const bool dark : {false, true})
            QVERIFY2(colour(QString::fromLatin1(property.name()), dark).isValid(), property.name());
    }
    QVERIFY(colours > 40);
    QVERIFY(colour(u"surface"_s, true).lightnessF() < 0.2F);
    QVERIFY(colour(u"surface"_s, false).lightnessF() > 0.9F);
}

void TestTheme::lessMotionStopsEveryTransition()
{
    m_theme->setProperty("reduceMotion", false);
    QVERIFY(m_theme->property("durationNormal").toInt() > 0);
    m_theme->setProperty("reduceMotion", true);
    for (const char *name : {"durationFast", "durationNormal", "durationSlow"})
        QCOMPARE(m_theme->property(name).toInt(), 0);
}

QTEST_MAIN(TestTheme)
#include "tst_theme.moc"
