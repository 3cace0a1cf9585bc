#include <memory>
#include <QAccessible>
#include <QDir>
#include <QQmlComponent>
#include <QQmlEngine>
#include <QQuickItem>
#include <QQuickWindow>
#include <QTest>

#include "gui/guisetup.h"

using namespace Qt::StringLiterals;

/// Every control in its states: drawn into pictures for a person to look at, and walked for what a machine
/// can see.
class TestControlsGallery : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void everyViewIsDrawnWithoutAComplaint_data() { addViews(); }
    void everyViewIsDrawnWithoutAComplaint();
    void whatTheKeyboardReachesSaysItsName_data() { addViews(); }
    void whatTheKeyboardReachesSaysItsName();
    void theFocusCanBeSeenWhereverTabLeads_data() { addViews(); }
    void theFocusCanBeSeenWhereverTabLeads();

private:
    struct Stage
    {
        QQmlEngine engine;
        QStringList complaints;
        std::unique_ptr<QObject> root;
        QQuickWindow *window = nullptr;
    };
    static void addViews();
    static std::unique_ptr<Stage> open(const QString &view, bool dark, bool mirrored = false);
};

namespace {
/// Layouts, popups and delegates settle within the next frames.
QImage settledPicture(QQuickWindow &window)
{
    QImage image;
    for (int i = 0; i < 6; ++i) {
        image = window.grabWindow();
        QCoreApplication::processEvents();
    }
    return image;
}

void collect(QQuickItem *item, QList<QQuickItem *> &into)
{
    if (!item->isVisible() || !item->isEnabled())
        return;
    if (item->activeFocusOnTab())
        into.append(item);
    const auto children = item->childItems();
    for (QQuickItem *child : children)
        collect(child, into);
}
} // namespace

void TestControlsGallery::initTestCase()
{
    lbp::gui::prepareGui();
    QAccessible::setActive(true);
    QVERIFY(QDir().mkpath(QStringLiteral(LBP_BINARY_DIR "/screens")));
}

void TestControlsGallery::addViews()
{
    QTest::addColumn<QString>("view");
    QTest::addColumn<bool>("dark");
    for (const char *view : {"Buttons", "Forms", "Data", "Feedback", "Dialog"}) {
        for (const bool dark : {false, true})
            QTest::addRow("%s %s", view, dark ? "dark" : "light") << QString::fromLatin1(view) << dark;
    }
}

std::unique_ptr<TestControlsGallery::Stage> TestControlsGallery::open(const QString &view, bool dark,
                                                                      bool mirrored)
{
    auto stage = std::make_unique<Stage>();
    lbp::gui::prepareEngine(stage->engine);
    Stage *raw = stage.get();
    connect(&stage->engine, &QQmlEngine::warnings, &stage->engine, [raw](const QList<QQmlError> &warnings) {
        for (const QQmlError &warning : warnings)
            raw->complaints.append(warning.toString());
    });
    QQmlComponent component(
        &stage->engine, QUrl::fromLocalFile(QStringLiteral(LBP_SOURCE_DIR "/tests/qml/gallery/Gallery.qml")));
    stage->root.reset(component.createWithInitialProperties(
        {{u"name"_s, view}, {u"dark"_s, dark}, {u"mirrored"_s, mirrored}}));
    stage->window = qobject_cast<QQuickWindow *>(stage->root.get());
    if (stage->window == nullptr) {
        stage->complaints.append(component.errorString());
        return stage;
    }
    if (!QTest::qWaitForWindowExposed(stage->window))
        stage->complaints.append(u"the window was not shown"_s);
    return stage;
}

void TestControlsGallery::everyViewIsDrawnWithoutAComplaint()
{
    QFETCH(const QString, view);
    QFETCH(const bool, dark);
    for (const bool mirrored : {false, true}) {
        const auto stage = open(view, dark, mirrored);
        QVERIFY2(stage->window != nullptr, qPrintable(stage->complaints.join(u'\n')));
        QMetaObject::invokeMethod(stage->window, "present");
        const QImage image = settledPicture(*stage->window);
        QCOMPARE(stage->complaints.join(u'\n'), QString());
        const qreal scale = stage->window->effectiveDevicePixelRatio();
        QCOMPARE(image.size(), stage->window->size() * scale);
        const QString file = u"%1/screens/controls-%2-%3%4-%5x.png"_s.arg(
            QStringLiteral(LBP_BINARY_DIR), view.toLower(), dark ? u"dark"_s : u"light"_s,
            mirrored ? u"-rtl"_s : QString(), QString::number(scale));
        QVERIFY2(image.save(file), qPrintable(file));
    }
}

void TestControlsGallery::whatTheKeyboardReachesSaysItsName()
{
    QFETCH(const QString, view);
    QFETCH(const bool, dark);
    const auto stage = open(view, dark);
    QVERIFY2(stage->window != nullptr, qPrintable(stage->complaints.join(u'\n')));
    QMetaObject::invokeMethod(stage->window, "present");
    settledPicture(*stage->window);
    QList<QQuickItem *> stops;
    collect(stage->window->contentItem(), stops);
    QVERIFY(!stops.isEmpty());
    for (QQuickItem *item : std::as_const(stops)) {
        QAccessibleInterface *interface = QAccessible::queryAccessibleInterface(item);
        const QByteArray type = item->metaObject()->className();
        QVERIFY2(interface != nullptr, type.constData());
        const QByteArray place = type + " at " + QByteArray::number(item->mapToScene({}).x()) + ','
            + QByteArray::number(item->mapToScene({}).y());
        QVERIFY2(!interface->text(QAccessible::Name).isEmpty(), place.constData());
        QVERIFY2(interface->role() != QAccessible::NoRole && interface->role() != QAccessible::Client, place.constData());
    }
}

void TestControlsGallery::theFocusCanBeSeenWhereverTabLeads()
{
    QFETCH(const QString, view);
    QFETCH(const bool, dark);
    const auto stage = open(view, dark);
    QVERIFY2(stage->window != nullptr, qPrintable(stage->complaints.join(u'\n')));
    stage->window->requestActivate();
    QVERIFY(QTest::qWaitForWindowActive(stage->window));
    if (view == "Dialog"_L1) // a menu takes the keys for itself; a dialog has stops of its own
        QMetaObject::invokeMethod(stage->window, "present");
    settledPicture(*stage->window);
    auto *elsewhere = stage->window->findChild<QQuickItem *>(u"elsewhere"_s);
    QVERIFY(elsewhere != nullptr);
    QSet<QQuickItem *> seen;
    for (int i = 0; i < 80; ++i) {
        QTest::keyClick(stage->window, Qt::Key_Tab);
        QQuickItem *item = stage->window->activeFocusItem();
        QVERIFY(item != nullptr);
        if (seen.contains(item))
            break;
        seen.insert(item);
        const QImage with = settledPicture(*stage->window);
        elsewhere->forceActiveFocus();
        const QImage without = settledPicture(*stage->window);
        item->forceActiveFocus(Qt::TabFocusReason);
        QVERIFY2(with != without, item->metaObject()->className());
    }
    QVERIFY(seen.size() > 1);
}

QTEST_MAIN(TestControlsGallery)
#include "tst_controls_gallery.moc"
