#include "gui/guisetup.h"

#include "gui/iconprovider.h"

#include <QFont>
#include <QFontDatabase>
#include <QGuiApplication>
#include <QQmlEngine>

// Written by the build; nothing else refers to it, and a linker leaves out what nobody refers to.
extern void qml_register_types_BudgetProxy();

namespace lbp::gui {

using namespace Qt::StringLiterals;

void prepareGui()
{
    qml_register_types_BudgetProxy();
    for (const QString &file : {u"Roboto-Regular.ttf"_s, u"Roboto-Medium.ttf"_s, u"Roboto-Bold.ttf"_s,
                                u"JetBrainsMono-Regular.ttf"_s}) {
        if (QFontDatabase::addApplicationFont(u":/fonts/"_s + file) < 0)
            qWarning("the font %s cannot be read", qUtf8Printable(file));
    }
    QFont font(u"Roboto"_s);
    font.setPixelSize(13);
    QGuiApplication::setFont(font);
}

void prepareEngine(QQmlEngine &engine)
{
    engine.addImportPath(u"qrc:/qt/qml"_s);
    engine.addImageProvider(u"icon"_s, new IconProvider); // the engine owns it
}

} // namespace lbp::gui
