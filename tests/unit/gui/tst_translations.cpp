// The second language is complete: every text of the window has a translation that keeps its places for
// values.
#include <QFile>
#include <QProcess>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTranslator>
#include <QtTest>
#include <QXmlStreamReader>

using namespace Qt::StringLiterals;

namespace {

struct Message
{
    QString context, source;
    QStringList translations; ///< more than one where the text counts something
    bool finished = true;
    bool counts = false;
};

QList<Message> messagesOf(const QString &file)
{
    QList<Message> messages;
    QFile ts(file);
    if (!ts.open(QIODevice::ReadOnly))
        return messages;
    QXmlStreamReader xml(&ts);
    QString context;
    Message message;
    while (!xml.atEnd()) {
        xml.readNext();
        if (xml.isStartElement()) {
            if (xml.name() == "name"_L1) {
                context = xml.readElementText();
            } else if (xml.name() == "message"_L1) {
                message = {};
                message.context = context;
                message.counts = xml.attributes().value("numerus"_L1) == "yes"_L1;
            } else if (xml.name() == "source"_L1) {
                message.source = xml.readElementText();
            } else if (xml.name() == "translation"_L1) {
                message.finished = xml.attributes().value("type"_L1).isEmpty();
                if (!message.counts)
                    message.translations.append(xml.readElementText());
            } else if (xml.name() == "numerusform"_L1) {
                message.translations.append(xml.readElementText());
            }
        } else if (xml.isEndElement() && xml.name() == "message"_L1) {
            messages.append(message);
        }
    }
    return messages;
}

QSet<QString> placesOf(const QString &text)
{
    static const QRegularExpression place(u"%(\\d|n)"_s);
    QSet<QString> places;
    for (auto matches = place.globalMatch(text); matches.hasNext();)
        places.insert(matches.next().captured());
    return places;
}

} // namespace

class TestTranslations : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyTextOfTheWindowIsTranslated_data()
    {
        QTest::addColumn<QString>("language");
        QTest::addColumn<int>("atLeast");
        QTest::newRow("German has all of them") << u"de"_s << 500;
        QTest::newRow("English has those that depend on a number") << u"en"_s << 10;
    }
    void everyTextOfTheWindowIsTranslated()
    {
        QFETCH(const QString, language);
        QFETCH(const int, atLeast);
        QTemporaryDir directory;
        for (const QString &each : {u"de"_s, u"en"_s}) {
            const QString name = u"/llm-budget-proxy_%1.ts"_s.arg(each);
            QVERIFY(QFile::copy(QStringLiteral(LBP_SOURCE_DIR "/resources/i18n") + name,
                                directory.path() + name));
            QFile::setPermissions(directory.path() + name, QFile::ReadOwner | QFile::WriteOwner);
        }
        QProcess update;
        update.setProcessChannelMode(QProcess::MergedChannels);
        update.start(QStringLiteral(LBP_SOURCE_DIR "/resources/i18n/update.sh"), {directory.path()});
        QVERIFY(update.waitForFinished(60'000));
        QVERIFY2(update.exitCode() == 0, update.readAll().constData());
        const QList<Message> messages =
            messagesOf(directory.filePath(u"llm-budget-proxy_%1.ts"_s.arg(language)));
        QVERIFY(messages.size() >= atLeast);
        QStringList missing;
        for (const Message &message : messages)
            if (!message.finished || message.translations.isEmpty()
                || message.translations.contains(QString()))
                missing.append(message.context + u": "_s + message.source);
        QVERIFY2(missing.isEmpty(),
                 qPrintable(u"%1 texts have none: "_s.arg(missing.size()) + missing.join(u" | "_s)));
    }

    void translationsKeepThePlacesForValues()
    {
        for (const Message &message :
             messagesOf(QStringLiteral(LBP_SOURCE_DIR "/resources/i18n/llm-budget-proxy_de.ts"))) {
            if (message.counts)
                QCOMPARE(message.translations.size(), 2);
            for (const QString &translation : message.translations) {
                QSet<QString> wanted = placesOf(message.source);
                QSet<QString> found = placesOf(translation);
                if (message.counts) { // "one request" needs no number
                    wanted.remove(u"%n"_s);
                    found.remove(u"%n"_s);
                }
                QVERIFY2(found == wanted, qPrintable(message.source + u" → "_s + translation));
            }
        }
    }

    void theProgramCarriesIt()
    {
        QTranslator translator;
        QVERIFY(translator.load(QLocale(QLocale::German), u"llm-budget-proxy"_s, u"_"_s, u":/i18n"_s));
        QCOMPARE(translator.translate("SideBar", "Requests"), u"Anfragen"_s);
    }
};

QTEST_GUILESS_MAIN(TestTranslations)
#include "tst_translations.moc"
