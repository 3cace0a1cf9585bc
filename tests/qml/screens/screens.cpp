// Pictures of every page, to be looked at: screens [--theme light|dark] [--fill empty|full] [--page NAME]
// [--size WxH] --out DIR. The scale is Qt's own (QT_SCALE_FACTOR=2). Fails when a page cannot be shown, is
// blank, or the QML engine complains.
#include "support/guiharness.h"

#include <QApplication>
#include <QCommandLineParser>
#include <QDir>
#include <QSet>
#include <QTranslator>

using namespace Qt::StringLiterals;
using lbp::gui::Navigator;

namespace {

/// A page that draws text has many colours; one that failed has a handful.
bool isBlank(const QImage &image)
{
    QSet<QRgb> colours;
    for (int y = 0; y < image.height(); y += 3)
        for (int x = 0; x < image.width(); x += 3)
            colours.insert(image.pixel(x, y));
    return colours.size() < 12;
}

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication::setApplicationName(u"screens"_s);
    QApplication application(argc, argv);
    QCommandLineParser parser;
    parser.addHelpOption();
    parser.addOptions({{u"theme"_s, u"light or dark"_s, u"NAME"_s, u"light"_s},
                       {u"fill"_s, u"empty or full; both unless given"_s, u"NAME"_s},
                       {u"page"_s, u"one page alone"_s, u"NAME"_s},
                       {u"size"_s, u"of the window"_s, u"WxH"_s, u"1280x800"_s},
                       {u"out"_s, u"the folder"_s, u"DIR"_s, u"."_s}});
    parser.process(application);
    QTranslator plurals; // "1 key", "2 keys": as the program has it
    if (plurals.load(u":/i18n/llm-budget-proxy_en"_s))
        QCoreApplication::installTranslator(&plurals);
    const bool dark = parser.value(u"theme"_s) == u"dark"_s;
    const QStringList size = parser.value(u"size"_s).split(u'x');
    const QString out = parser.value(u"out"_s);
    QDir().mkpath(out);
    const QMetaEnum pages = QMetaEnum::fromType<Navigator::Page>();

    int failures = 0;
    const auto fail = [&](const QString &what) {
        ++failures;
        qCritical("%s", qUtf8Printable(what));
    };
    for (const QString &fill : {u"full"_s, u"empty"_s}) {
        if (parser.isSet(u"fill"_s) && parser.value(u"fill"_s) != fill)
            continue;
        lbp::test::Gui::Options options;
        options.dark = dark;
        options.size = QSize(size.value(0).toInt(), size.value(1).toInt());
        if (fill == u"full"_s)
            options.seed = [](lbp::Store &store, lbp::Instant now) { lbp::test::seedLedger(store, now); };
        lbp::test::Gui gui(std::move(options));
        for (int i = 0; i < pages.keyCount(); ++i) {
            const QString name = QString::fromLatin1(pages.key(i)).toLower();
            if (parser.isSet(u"page"_s) && parser.value(u"page"_s) != name)
                continue;
            if (!gui.show(Navigator::Page(pages.value(i))))
                fail(u"%1 (%2): is not ready"_s.arg(name, fill));
            const QImage picture = gui.picture();
            if (isBlank(picture))
                fail(u"%1 (%2): is blank"_s.arg(name, fill));
            const int ratio = qRound(gui.window->effectiveDevicePixelRatio());
            const QString scale = ratio > 1 ? u"-%1x"_s.arg(ratio) : QString();
            const QString file =
                u"%1/%2-%3-%4%5.png"_s.arg(out, name, dark ? u"dark"_s : u"light"_s, fill, scale);
            if (!picture.save(file))
                fail(u"cannot write %1"_s.arg(file));
        }
    }
    for (const QString &warning : lbp::test::QmlWarnings::take())
        fail(warning);
    return failures == 0 ? 0 : 1;
}
