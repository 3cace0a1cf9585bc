// Runs tst_controls_*.qml. A warning of the engine anywhere, even while a file is loaded, fails the run.
#include <cstdio>
#include <QQmlEngine>
#include <QQmlError>
#include <QtQuickTest>

#include "gui/guisetup.h"

class ControlsSetup : public QObject
{
    Q_OBJECT
public:
    QStringList complaints;
public Q_SLOTS:
    void applicationAvailable() { lbp::gui::prepareGui(); }
    void qmlEngineAvailable(QQmlEngine *engine)
    {
        lbp::gui::prepareEngine(*engine);
        connect(engine, &QQmlEngine::warnings, this, [this](const QList<QQmlError> &warnings) {
            for (const QQmlError &warning : warnings)
                complaints.append(warning.toString());
        });
    }
};

int main(int argc, char **argv)
{
    ControlsSetup setup;
    const int failed =
        quick_test_main_with_setup(argc, argv, "controls", LBP_SOURCE_DIR "/tests/qml/controls", &setup);
    for (const QString &complaint : std::as_const(setup.complaints))
        std::fprintf(stderr, "warning: %s\n", qPrintable(complaint));
    return failed != 0 ? failed : setup.complaints.isEmpty() ? 0 : 1;
}

#include "tst_controls.moc"
