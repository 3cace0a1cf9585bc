<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>BudgetsRow</name>
    <message numerus="yes">
        <source>%n key(s)</source>
        <translation>
            <numerusform>%n key</numerusform>
            <numerusform>%n keys</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Format</name>
    <message numerus="yes">
        <source>%n days</source>
        <translation>
            <numerusform>%n day</numerusform>
            <numerusform>%n days</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>HeaderBar</name>
    <message numerus="yes">
        <source>%n running</source>
        <comment>requests</comment>
        <translation>
            <numerusform>%n running</numerusform>
            <numerusform>%n running</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Prices</name>
    <message numerus="yes">
        <source>%1 sessions</source>
        <translation>
            <numerusform>%1 session</numerusform>
            <numerusform>%1 sessions</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 calls</source>
        <translation>
            <numerusform>%1 call</numerusform>
            <numerusform>%1 calls</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 characters</source>
        <translation>
            <numerusform>%1 character</numerusform>
            <numerusform>%1 characters</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 seconds</source>
        <translation>
            <numerusform>%1 second</numerusform>
            <numerusform>%1 seconds</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 images</source>
        <translation>
            <numerusform>%1 image</numerusform>
            <numerusform>%1 images</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 tokens</source>
        <translation>
            <numerusform>%1 token</numerusform>
            <numerusform>%1 tokens</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>RequestsList</name>
    <message numerus="yes">
        <source>%n new</source>
        <comment>requests</comment>
        <translation>
            <numerusform>%n new</numerusform>
            <numerusform>%n new</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SettingsPage</name>
    <message numerus="yes">
        <source>%n change(s) not saved yet</source>
        <translation>
            <numerusform>%n change not saved yet</numerusform>
            <numerusform>%n changes not saved yet</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Trouble</name>
    <message numerus="yes">
        <source>%n thing(s) to put right, then try again. Nothing was changed and nothing is lost.</source>
        <translation>
            <numerusform>%n thing to put right, then try again. Nothing was changed and nothing is lost.</numerusform>
            <numerusform>%n things to put right, then try again. Nothing was changed and nothing is lost.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>lbp::gui::KeyEditor</name>
    <message numerus="yes">
        <source>That is too long: at most %n character(s).</source>
        <translation>
            <numerusform>That is too long: at most %n character.</numerusform>
            <numerusform>That is too long: at most %n characters.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>lbp::gui::KeyTable</name>
    <message numerus="yes">
        <source>%n key(s)</source>
        <translation>
            <numerusform>%n key</numerusform>
            <numerusform>%n keys</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 of %n key(s)</source>
        <translation>
            <numerusform>%1 of %n key</numerusform>
            <numerusform>%1 of %n keys</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>lbp::gui::KeysModel</name>
    <message numerus="yes">
        <source>Its requests are refused from now on. In %n second(s) this is final.</source>
        <translation>
            <numerusform>Its requests are refused from now on. In %n second this is final.</numerusform>
            <numerusform>Its requests are refused from now on. In %n seconds this is final.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>lbp::gui::Notifications</name>
    <message numerus="yes">
        <source>%n alert(s) during quiet hours</source>
        <translation>
            <numerusform>%n alert during quiet hours</numerusform>
            <numerusform>%n alerts during quiet hours</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>lbp::gui::OverviewBarsModel</name>
    <message numerus="yes">
        <source>%n request(s)</source>
        <translation>
            <numerusform>%n request</numerusform>
            <numerusform>%n requests</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n without a price</source>
        <translation>
            <numerusform>%n without a price</numerusform>
            <numerusform>%n without a price</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>lbp::gui::OverviewBudgetsModel</name>
    <message numerus="yes">
        <source>%n more budget(s)</source>
        <translation>
            <numerusform>%n more budget</numerusform>
            <numerusform>%n more budgets</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>lbp::gui::OverviewModel</name>
    <message numerus="yes">
        <source>%n request(s) in it are estimated.</source>
        <translation>
            <numerusform>%n request in it is estimated.</numerusform>
            <numerusform>%n requests in it are estimated.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n request(s) without a price</source>
        <translation>
            <numerusform>%n request without a price</numerusform>
            <numerusform>%n requests without a price</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n request(s) of unknown cost are not in it: their models have no price.</source>
        <translation>
            <numerusform>%n request of unknown cost is not in it: its model has no price.</numerusform>
            <numerusform>%n requests of unknown cost are not in it: their models have no price.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n failed or refused</source>
        <translation>
            <numerusform>%n failed or refused</numerusform>
            <numerusform>%n failed or refused</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n request(s)</source>
        <translation>
            <numerusform>%n request</numerusform>
            <numerusform>%n requests</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Four of five times it ends within this range. It rests on %n day(s).</source>
        <translation>
            <numerusform>Four of five times it ends within this range. It rests on %n day.</numerusform>
            <numerusform>Four of five times it ends within this range. It rests on %n days.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>At most %n day(s) can be shown.</source>
        <translation>
            <numerusform>At most %n day can be shown.</numerusform>
            <numerusform>At most %n days can be shown.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>lbp::gui::OverviewRecentModel</name>
    <message numerus="yes">
        <source>%n running</source>
        <translation>
            <numerusform>%n running</numerusform>
            <numerusform>%n running</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>lbp::gui::OverviewTrend</name>
    <message numerus="yes">
        <source>%n request(s)</source>
        <translation>
            <numerusform>%n request</numerusform>
            <numerusform>%n requests</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>lbp::gui::PriceImporter</name>
    <message numerus="yes">
        <source>All %n price(s) of this file are in the list already.</source>
        <translation>
            <numerusform>The %n price of this file is in the list already.</numerusform>
            <numerusform>All %n prices of this file are in the list already.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n price(s) move ten times or more, or to or from nothing. Tick them only if you have checked them.</source>
        <translation>
            <numerusform>%n price moves ten times or more, or to or from nothing. Tick it only if you have checked it.</numerusform>
            <numerusform>%n prices move ten times or more, or to or from nothing. Tick them only if you have checked them.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Take over %n price(s)</source>
        <translation>
            <numerusform>Take over %n price</numerusform>
            <numerusform>Take over %n prices</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>lbp::gui::PriceTable</name>
    <message numerus="yes">
        <source>%n model(s)</source>
        <translation>
            <numerusform>%n model</numerusform>
            <numerusform>%n models</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 of %n model(s)</source>
        <translation>
            <numerusform>%1 of %n model</numerusform>
            <numerusform>%1 of %n models</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>lbp::gui::PriceUnpriced</name>
    <message numerus="yes">
        <source>%n model(s) in use without a price</source>
        <translation>
            <numerusform>%n model in use without a price</numerusform>
            <numerusform>%n models in use without a price</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n request(s)</source>
        <translation>
            <numerusform>%n request</numerusform>
            <numerusform>%n requests</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>lbp::gui::PriceWhatIf</name>
    <message numerus="yes">
        <source>%n request(s), %1 tokens in, %2 out</source>
        <translation>
            <numerusform>%n request, %1 tokens in, %2 out</numerusform>
            <numerusform>%n requests, %1 tokens in, %2 out</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n request(s) had no known cost; they are missing from what it really cost.</source>
        <translation>
            <numerusform>%n request had no known cost; it is missing from what it really cost.</numerusform>
            <numerusform>%n requests had no known cost; they are missing from what it really cost.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n answer(s) came from the cache and cost nothing; here their tokens are counted in full. The cache saved %1.</source>
        <translation>
            <numerusform>%n answer came from the cache and cost nothing; here its tokens are counted in full. The cache saved %1.</numerusform>
            <numerusform>%n answers came from the cache and cost nothing; here their tokens are counted in full. The cache saved %1.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>lbp::gui::PricesModel</name>
    <message numerus="yes">
        <source>%n price(s) were taken over</source>
        <translation>
            <numerusform>%n price was taken over</numerusform>
            <numerusform>%n prices were taken over</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>lbp::gui::ProviderForm</name>
    <message numerus="yes">
        <source>%n model(s) can be used; answered in %1.</source>
        <translation>
            <numerusform>%n model can be used; answered in %1.</numerusform>
            <numerusform>%n models can be used; answered in %1.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>lbp::gui::RequestDetail</name>
    <message numerus="yes">
        <source>%1 tokens</source>
        <translation>
            <numerusform>%1 token</numerusform>
            <numerusform>%1 tokens</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>lbp::gui::RequestExport</name>
    <message numerus="yes">
        <source>%n request(s) exported</source>
        <translation>
            <numerusform>%n request exported</numerusform>
            <numerusform>%n requests exported</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>lbp::gui::RequestListModel</name>
    <message numerus="yes">
        <source>%1 requests</source>
        <translation>
            <numerusform>%1 request</numerusform>
            <numerusform>%1 requests</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 found</source>
        <translation>
            <numerusform>%1 found</numerusform>
            <numerusform>%1 found</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>lbp::gui::SettingsBackup</name>
    <message numerus="yes">
        <source>%n request(s)</source>
        <translation>
            <numerusform>%n request</numerusform>
            <numerusform>%n requests</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n key(s)</source>
        <translation>
            <numerusform>%n key</numerusform>
            <numerusform>%n keys</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>lbp::gui::ShellModel</name>
    <message numerus="yes">
        <source>Waiting for %n request(s) to finish</source>
        <translation>
            <numerusform>Waiting for %n request to finish</numerusform>
            <numerusform>Waiting for %n requests to finish</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>lbp::gui::Tray</name>
    <message numerus="yes">
        <source>%n request(s) running</source>
        <translation>
            <numerusform>%n request running</numerusform>
            <numerusform>%n requests running</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n running</source>
        <comment>requests</comment>
        <translation>
            <numerusform>%n running</numerusform>
            <numerusform>%n running</numerusform>
        </translation>
    </message>
</context>
</TS>
