<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
    <context>
        <name>AlertsEventsCard</name>
        <message>
            <source>What is told</source>
            <translation>Was gemeldet wird</translation>
        </message>
    </context>
    <context>
        <name>AlertsPage</name>
        <message>
            <source>Alerts</source>
            <translation>Meldungen</translation>
        </message>
        <message>
            <source>Told once, not once a request: in this window, on the desktop, and to a webhook.</source>
            <translation>Einmal gemeldet, nicht bei jeder Anfrage: in diesem Fenster, auf dem Desktop und an einen Webhook.</translation>
        </message>
        <message>
            <source>History</source>
            <translation>Verlauf</translation>
        </message>
        <message>
            <source>Search</source>
            <translation>Suchen</translation>
        </message>
        <message>
            <source>Which alerts</source>
            <translation>Welche Meldungen</translation>
        </message>
        <message>
            <source>Alerts, newest first</source>
            <translation>Meldungen, neueste zuerst</translation>
        </message>
        <message>
            <source>When</source>
            <translation>Wann</translation>
        </message>
        <message>
            <source>Alert</source>
            <translation>Meldung</translation>
        </message>
        <message>
            <source>What happened</source>
            <translation>Was geschehen ist</translation>
        </message>
        <message>
            <source>Delivery</source>
            <translation>Zustellung</translation>
        </message>
        <message>
            <source>No alert like this</source>
            <translation>Keine passende Meldung</translation>
        </message>
        <message>
            <source>Nothing has happened yet</source>
            <translation>Noch ist nichts geschehen</translation>
        </message>
        <message>
            <source>Search for something else, or choose all alerts.</source>
            <translation>Nach etwas anderem suchen oder alle Meldungen wählen.</translation>
        </message>
        <message>
            <source>When a budget runs low or a provider fails, it is written down here.</source>
            <translation>Wenn ein Budget knapp wird oder ein Anbieter ausfällt, wird es hier festgehalten.</translation>
        </message>
    </context>
    <context>
        <name>AlertsWebhookCard</name>
        <message>
            <source>Delivery</source>
            <translation>Zustellung</translation>
        </message>
        <message>
            <source>Webhook</source>
            <translation>Webhook</translation>
        </message>
        <message>
            <source>Called with JSON for each alert. hooks.slack.com gets Slack's form.</source>
            <translation>Wird bei jeder Meldung mit JSON aufgerufen. hooks.slack.com erhält das Format von Slack.</translation>
        </message>
        <message>
            <source>https://…</source>
            <translation>https://…</translation>
        </message>
        <message>
            <source>Save</source>
            <translation>Speichern</translation>
        </message>
        <message>
            <source>Send a test</source>
            <translation>Test senden</translation>
        </message>
        <message>
            <source>signed</source>
            <translation>signiert</translation>
        </message>
        <message>
            <source>Quiet hours</source>
            <translation>Ruhezeiten</translation>
        </message>
        <message>
            <source>Such as 22:00-07:00. Desktop notifications wait and are summed up afterwards; a budget that is used up still calls the webhook.</source>
            <translation>Zum Beispiel 22:00-07:00. Desktop-Benachrichtigungen warten und werden danach zusammengefasst; ein aufgebrauchtes Budget ruft den Webhook trotzdem auf.</translation>
        </message>
        <message>
            <source>22:00-07:00</source>
            <translation>22:00-07:00</translation>
        </message>
    </context>
    <context>
        <name>AppButton</name>
        <message>
            <source>Working…</source>
            <translation>In Arbeit…</translation>
        </message>
    </context>
    <context>
        <name>AppDialog</name>
        <message>
            <source>OK</source>
            <translation>OK</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>Abbrechen</translation>
        </message>
        <message>
            <source>Close</source>
            <translation>Schließen</translation>
        </message>
    </context>
    <context>
        <name>AppTextArea</name>
        <message>
            <source>Needs a correction</source>
            <translation>Korrektur nötig</translation>
        </message>
    </context>
    <context>
        <name>AppTextField</name>
        <message>
            <source>Needs a correction</source>
            <translation>Korrektur nötig</translation>
        </message>
    </context>
    <context>
        <name>BarChart</name>
        <message>
            <source>%1: %2</source>
            <translation>%1: %2</translation>
        </message>
        <message>
            <source>%1, %2</source>
            <translation>%1, %2</translation>
        </message>
        <message>
            <source>%1 (%2)</source>
            <comment>amount and its share</comment>
            <translation>%1 (%2)</translation>
        </message>
    </context>
    <context>
        <name>BudgetDoughnut</name>
        <message>
            <source>spent</source>
            <translation>ausgegeben</translation>
        </message>
        <message>
            <source>reserved</source>
            <translation>reserviert</translation>
        </message>
        <message>
            <source>left</source>
            <translation>übrig</translation>
        </message>
        <message>
            <source>%1 %2</source>
            <translation>%1 %2</translation>
        </message>
        <message>
            <source>%1: %2 spent, %3 left</source>
            <translation>%1: %2 ausgegeben, %3 übrig</translation>
        </message>
    </context>
    <context>
        <name>BudgetsAddDialog</name>
        <message>
            <source>Add a limit</source>
            <translation>Limit hinzufügen</translation>
        </message>
        <message>
            <source>A request must fit into every limit that applies to it.</source>
            <translation>Eine Anfrage muss in jedes Limit passen, das für sie gilt.</translation>
        </message>
        <message>
            <source>Add limit</source>
            <translation>Limit hinzufügen</translation>
        </message>
        <message>
            <source>It could not be saved</source>
            <translation>Speichern nicht möglich</translation>
        </message>
        <message>
            <source>For</source>
            <translation>Für</translation>
        </message>
        <message>
            <source>For whom</source>
            <translation>Für wen</translation>
        </message>
        <message>
            <source>Limit</source>
            <translation>Limit</translation>
        </message>
        <message>
            <source>USD</source>
            <translation>USD</translation>
        </message>
        <message>
            <source>Counted</source>
            <translation>Zeitraum</translation>
        </message>
    </context>
    <context>
        <name>BudgetsHead</name>
        <message>
            <source>Who</source>
            <translation>Wer</translation>
        </message>
        <message>
            <source>Resets</source>
            <translation>Beginnt neu</translation>
        </message>
        <message>
            <source>Used</source>
            <translation>Verbraucht</translation>
        </message>
        <message>
            <source>Spent</source>
            <translation>Ausgegeben</translation>
        </message>
        <message>
            <source>Reserved</source>
            <translation>Reserviert</translation>
        </message>
        <message>
            <source>Left</source>
            <translation>Übrig</translation>
        </message>
        <message>
            <source>Limit</source>
            <translation>Limit</translation>
        </message>
    </context>
    <context>
        <name>BudgetsLegend</name>
        <message>
            <source>spent</source>
            <translation>ausgegeben</translation>
        </message>
        <message>
            <source>reserved by running requests</source>
            <translation>von laufenden Anfragen reserviert</translation>
        </message>
        <message>
            <source>threshold</source>
            <translation>Schwelle</translation>
        </message>
    </context>
    <context>
        <name>BudgetsLimitField</name>
        <message>
            <source>New limit</source>
            <translation>Neues Limit</translation>
        </message>
    </context>
    <context>
        <name>BudgetsPage</name>
        <message>
            <source>Budgets</source>
            <translation>Budgets</translation>
        </message>
        <message>
            <source>Add limit</source>
            <translation>Limit hinzufügen</translation>
        </message>
        <message>
            <source>The budgets could not be read</source>
            <translation>Die Budgets konnten nicht gelesen werden</translation>
        </message>
        <message>
            <source>Search team, project, key</source>
            <translation>Team, Projekt, Schlüssel suchen</translation>
        </message>
        <message>
            <source>Nothing found</source>
            <translation>Nichts gefunden</translation>
        </message>
        <message>
            <source>No team, project or key fits.</source>
            <translation>Kein Team, Projekt oder Schlüssel passt.</translation>
        </message>
        <message>
            <source>Clear the search</source>
            <translation>Suche zurücksetzen</translation>
        </message>
        <message>
            <source>Change the limit</source>
            <translation>Limit ändern</translation>
        </message>
        <message>
            <source>Enter</source>
            <translation>Eingabe</translation>
        </message>
        <message>
            <source>Raise for now…</source>
            <translation>Vorläufig erhöhen…</translation>
        </message>
        <message>
            <source>+</source>
            <translation>+</translation>
        </message>
        <message>
            <source>Add another limit…</source>
            <translation>Weiteres Limit hinzufügen…</translation>
        </message>
        <message>
            <source>Show requests</source>
            <translation>Anfragen anzeigen</translation>
        </message>
        <message>
            <source>Remove the limit</source>
            <translation>Limit entfernen</translation>
        </message>
        <message>
            <source>Del</source>
            <translation>Entf</translation>
        </message>
    </context>
    <context>
        <name>BudgetsRaiseDialog</name>
        <message>
            <source>Raise</source>
            <translation>Erhöhen</translation>
        </message>
        <message>
            <source>By</source>
            <translation>Um</translation>
        </message>
        <message>
            <source>USD</source>
            <translation>USD</translation>
        </message>
    </context>
    <context>
        <name>BudgetsRow</name>
        <message>
            <source>%1, %2</source>
            <translation>%1, %2</translation>
        </message>
        <message>
            <source>%1 spent, %2 left of %3</source>
            <translation>%1 ausgegeben, %2 von %3 übrig</translation>
        </message>
        <message>
            <source>Close %1</source>
            <translation>%1 zuklappen</translation>
        </message>
        <message>
            <source>Open %1</source>
            <translation>%1 aufklappen</translation>
        </message>
        <message numerus="yes">
            <source>%n key(s)</source>
            <translation>
                <numerusform>%n Schlüssel</numerusform>
                <numerusform>%n Schlüssel</numerusform>
            </translation>
        </message>
        <message>
            <source>–</source>
            <translation>–</translation>
        </message>
        <message>
            <source>Change the limit of %1</source>
            <translation>Limit von %1 ändern</translation>
        </message>
        <message>
            <source>Raise for now</source>
            <translation>Vorläufig erhöhen</translation>
        </message>
        <message>
            <source>Add a limit for %1</source>
            <translation>Limit für %1 hinzufügen</translation>
        </message>
        <message>
            <source>Actions for %1</source>
            <translation>Aktionen für %1</translation>
        </message>
        <message>
            <source>open</source>
            <translation>aufgeklappt</translation>
        </message>
        <message>
            <source>closed</source>
            <translation>zugeklappt</translation>
        </message>
    </context>
    <context>
        <name>Chip</name>
        <message>
            <source>Remove %1</source>
            <translation>%1 entfernen</translation>
        </message>
    </context>
    <context>
        <name>CloseDialog</name>
        <message>
            <source>Quit the proxy?</source>
            <translation>Proxy beenden?</translation>
        </message>
        <message>
            <source>This desktop has no tray for the program to stay in. Without the proxy your tools cannot reach their providers. Start the program again to bring the window back.</source>
            <translation>Dieser Desktop hat keinen Infobereich, in dem das Programm bleiben kann. Ohne den Proxy erreichen Ihre Tools ihre Anbieter nicht. Ein erneuter Start des Programms bringt das Fenster zurück.</translation>
        </message>
        <message>
            <source>Keep it running</source>
            <translation>Weiterlaufen lassen</translation>
        </message>
        <message>
            <source>Quit</source>
            <translation>Beenden</translation>
        </message>
    </context>
    <context>
        <name>CodeBlock</name>
        <message>
            <source>Code</source>
            <translation>Code</translation>
        </message>
    </context>
    <context>
        <name>CommandPalette</name>
        <message>
            <source>%1: %2</source>
            <translation>%1: %2</translation>
        </message>
        <message>
            <source>What do you want to do?</source>
            <translation>Was möchten Sie tun?</translation>
        </message>
        <message>
            <source>Nothing found</source>
            <translation>Nichts gefunden</translation>
        </message>
        <message>
            <source>Try another word.</source>
            <translation>Ein anderes Wort versuchen.</translation>
        </message>
    </context>
    <context>
        <name>ConnectCard</name>
        <message>
            <source>%1: %2</source>
            <translation>%1: %2</translation>
        </message>
        <message>
            <source>%1: %2 Not metered by this version yet.</source>
            <translation>%1: %2 Wird von dieser Version noch nicht erfasst.</translation>
        </message>
        <message>
            <source>not yet</source>
            <translation>noch nicht</translation>
        </message>
    </context>
    <context>
        <name>ConnectDetail</name>
        <message>
            <source>This version does not meter what this tool sends</source>
            <translation>Diese Version erfasst nicht, was dieses Tool sendet</translation>
        </message>
        <message>
            <source>Its requests are refused, so that nothing can be spent past a budget. The lines below are what it will need.</source>
            <translation>Seine Anfragen werden abgelehnt, damit nichts an einem Budget vorbei ausgegeben werden kann. Die Zeilen unten wird es brauchen.</translation>
        </message>
        <message>
            <source>The key “%1” is filled in. Copy the lines now: the key is not shown again.</source>
            <translation>Der Schlüssel „%1“ ist eingesetzt. Die Zeilen jetzt kopieren: Der Schlüssel wird nicht noch einmal angezeigt.</translation>
        </message>
        <message>
            <source>Put a virtual key in the place of lbp_YOUR_KEY, or let one be made for this tool.</source>
            <translation>Einen virtuellen Schlüssel anstelle von lbp_YOUR_KEY einsetzen oder einen für dieses Tool erstellen lassen.</translation>
        </message>
        <message>
            <source>Make a key</source>
            <translation>Schlüssel erstellen</translation>
        </message>
        <message>
            <source>Copy</source>
            <translation>Kopieren</translation>
        </message>
        <message>
            <source>Copy the lines for %1</source>
            <translation>Zeilen für %1 kopieren</translation>
        </message>
        <message>
            <source>Waiting for the first request …</source>
            <translation>Warten auf die erste Anfrage …</translation>
        </message>
        <message>
            <source>Send one from the tool: this line turns green when it arrives.</source>
            <translation>Eine Anfrage mit dem Tool senden: Diese Zeile wird grün, sobald sie eintrifft.</translation>
        </message>
    </context>
    <context>
        <name>ConnectPage</name>
        <message>
            <source>Connect a tool</source>
            <translation>Tool verbinden</translation>
        </message>
        <message>
            <source>Give a tool the address of this proxy and a virtual key. Nothing else in it changes.</source>
            <translation>Dem Tool die Adresse dieses Proxys und einen virtuellen Schlüssel geben. Sonst ändert sich darin nichts.</translation>
        </message>
    </context>
    <context>
        <name>ConnectTools</name>
        <message>
            <source>One request from a terminal, to see that everything works.</source>
            <translation>Eine Anfrage im Terminal, um zu sehen, ob alles funktioniert.</translation>
        </message>
        <message>
            <source>Terminal</source>
            <translation>Terminal</translation>
        </message>
        <message>
            <source>Environment variables</source>
            <translation>Umgebungsvariablen</translation>
        </message>
        <message>
            <source>For every program that reads the usual variables.</source>
            <translation>Für jedes Programm, das die üblichen Variablen liest.</translation>
        </message>
        <message>
            <source>Terminal or ~/.profile</source>
            <translation>Terminal oder ~/.profile</translation>
        </message>
        <message>
            <source>One command, with a budget of its own</source>
            <translation>Ein Befehl mit eigenem Budget</translation>
        </message>
        <message>
            <source>lbp run makes a key that is revoked when the command ends.</source>
            <translation>lbp run erstellt einen Schlüssel, der nach Ende des Befehls widerrufen wird.</translation>
        </message>
        <message>
            <source>OpenAI SDK for Python</source>
            <translation>OpenAI SDK für Python</translation>
        </message>
        <message>
            <source>The official package openai.</source>
            <translation>Das offizielle Paket openai.</translation>
        </message>
        <message>
            <source>Your program</source>
            <translation>Ihr Programm</translation>
        </message>
        <message>
            <source>OpenAI SDK for JavaScript</source>
            <translation>OpenAI SDK für JavaScript</translation>
        </message>
        <message>
            <source>The official package openai from npm.</source>
            <translation>Das offizielle Paket openai von npm.</translation>
        </message>
        <message>
            <source>OpenAI's coding agent.</source>
            <translation>Der Coding-Agent von OpenAI.</translation>
        </message>
        <message>
            <source>It repeats a refused request up to five times by itself; the two lines about retries switch that off.</source>
            <translation>Es wiederholt eine abgelehnte Anfrage von sich aus bis zu fünfmal; die beiden Zeilen zu Wiederholungen schalten das ab.</translation>
        </message>
        <message>
            <source>Anthropic's coding agent.</source>
            <translation>Der Coding-Agent von Anthropic.</translation>
        </message>
        <message>
            <source>Without the third line it also talks to Anthropic past the proxy, for telemetry and updates.</source>
            <translation>Ohne die dritte Zeile spricht es für Telemetrie und Updates auch am Proxy vorbei mit Anthropic.</translation>
        </message>
        <message>
            <source>The open coding agent for the terminal.</source>
            <translation>Der offene Coding-Agent für das Terminal.</translation>
        </message>
        <message>
            <source>It sends two requests for the first prompt of a session: one is for the title.</source>
            <translation>Es sendet zwei Anfragen für den ersten Prompt einer Sitzung: eine davon für den Titel.</translation>
        </message>
        <message>
            <source>Google's coding agent.</source>
            <translation>Der Coding-Agent von Google.</translation>
        </message>
        <message>
            <source>The package ai from npm, with any provider that is compatible with OpenAI.</source>
            <translation>Das Paket ai von npm, mit jedem Anbieter, der mit OpenAI kompatibel ist.</translation>
        </message>
        <message>
            <source>ChatOpenAI in JavaScript and Python.</source>
            <translation>ChatOpenAI in JavaScript und Python.</translation>
        </message>
        <message>
            <source>JavaScript</source>
            <translation>JavaScript</translation>
        </message>
        <message>
            <source>Python</source>
            <translation>Python</translation>
        </message>
        <message>
            <source>Anthropic SDK</source>
            <translation>Anthropic SDK</translation>
        </message>
        <message>
            <source>The official package @anthropic-ai/sdk.</source>
            <translation>Das offizielle Paket @anthropic-ai/sdk.</translation>
        </message>
    </context>
    <context>
        <name>CopyButton</name>
        <message>
            <source>Copy</source>
            <translation>Kopieren</translation>
        </message>
        <message>
            <source>Copied</source>
            <translation>Kopiert</translation>
        </message>
    </context>
    <context>
        <name>CopyField</name>
        <message>
            <source>Hidden</source>
            <translation>Verborgen</translation>
        </message>
        <message>
            <source>Hide</source>
            <translation>Verbergen</translation>
        </message>
        <message>
            <source>Show</source>
            <translation>Anzeigen</translation>
        </message>
        <message>
            <source>Copy</source>
            <translation>Kopieren</translation>
        </message>
        <message>
            <source>Copy %1</source>
            <translation>%1 kopieren</translation>
        </message>
    </context>
    <context>
        <name>DataTable</name>
        <message>
            <source>Table</source>
            <translation>Tabelle</translation>
        </message>
        <message>
            <source>Loading</source>
            <translation>Wird geladen</translation>
        </message>
    </context>
    <context>
        <name>DrainBar</name>
        <message>
            <source>Quit now</source>
            <translation>Jetzt beenden</translation>
        </message>
    </context>
    <context>
        <name>Form</name>
        <message>
            <source>Type an amount in US dollars.</source>
            <translation>Einen Betrag in US-Dollar eingeben.</translation>
        </message>
        <message>
            <source>That is more than can be counted here; at most %1.</source>
            <translation>Das ist mehr, als hier gezählt werden kann; höchstens %1.</translation>
        </message>
        <message>
            <source>This is not an amount; write it like %1.</source>
            <translation>Das ist kein Betrag; Schreibweise wie %1.</translation>
        </message>
        <message>
            <source>An amount cannot be negative.</source>
            <translation>Ein Betrag kann nicht negativ sein.</translation>
        </message>
        <message>
            <source>It must be more than zero.</source>
            <translation>Der Wert muss größer als null sein.</translation>
        </message>
        <message>
            <source>Type a whole number.</source>
            <translation>Eine ganze Zahl eingeben.</translation>
        </message>
        <message>
            <source>This is not a whole number; write it like %1.</source>
            <translation>Das ist keine ganze Zahl; Schreibweise wie %1.</translation>
        </message>
        <message>
            <source>It must be between %1 and %2.</source>
            <translation>Der Wert muss zwischen %1 und %2 liegen.</translation>
        </message>
    </context>
    <context>
        <name>FormField</name>
        <message>
            <source>required</source>
            <translation>erforderlich</translation>
        </message>
        <message>
            <source>optional</source>
            <translation>optional</translation>
        </message>
    </context>
    <context>
        <name>Format</name>
        <message>
            <source>%1 B</source>
            <comment>billions</comment>
            <translation>%1 Mrd.</translation>
        </message>
        <message>
            <source>%1 M</source>
            <comment>millions</comment>
            <translation>%1 Mio.</translation>
        </message>
        <message>
            <source>%1 k</source>
            <comment>thousands</comment>
            <translation>%1 Tsd.</translation>
        </message>
        <message>
            <source>%1 %</source>
            <comment>percent</comment>
            <translation>%1 %</translation>
        </message>
        <message>
            <source>%1 ms</source>
            <comment>milliseconds</comment>
            <translation>%1 ms</translation>
        </message>
        <message>
            <source>%1 s</source>
            <comment>seconds</comment>
            <translation>%1 s</translation>
        </message>
        <message>
            <source>%1 min %2 s</source>
            <translation>%1 min %2 s</translation>
        </message>
        <message>
            <source>%1 h %2 min</source>
            <translation>%1 h %2 min</translation>
        </message>
        <message numerus="yes">
            <source>%n days</source>
            <translation>
                <numerusform>%n Tag</numerusform>
                <numerusform>%n Tagen</numerusform>
            </translation>
        </message>
        <message>
            <source>yesterday %1</source>
            <translation>gestern %1</translation>
        </message>
        <message>
            <source>%1 %2</source>
            <comment>date and time</comment>
            <translation>%1 %2</translation>
        </message>
        <message>
            <source>%1 %2 %3</source>
            <comment>date, time and time zone</comment>
            <translation>%1 %2 %3</translation>
        </message>
        <message>
            <source>in less than a minute</source>
            <translation>in weniger als einer Minute</translation>
        </message>
        <message>
            <source>in %1</source>
            <comment>a time span</comment>
            <translation>in %1</translation>
        </message>
        <message>
            <source>%1 min</source>
            <translation>%1 min</translation>
        </message>
        <message>
            <source>per hour</source>
            <translation>pro Stunde</translation>
        </message>
        <message>
            <source>per day</source>
            <translation>pro Tag</translation>
        </message>
        <message>
            <source>per week</source>
            <translation>pro Woche</translation>
        </message>
        <message>
            <source>per month</source>
            <translation>pro Monat</translation>
        </message>
        <message>
            <source>in total</source>
            <translation>insgesamt</translation>
        </message>
    </context>
    <context>
        <name>GuideBudget</name>
        <message>
            <source>What may a key spend?</source>
            <translation>Was darf ein Schlüssel ausgeben?</translation>
        </message>
        <message>
            <source>Each key gets this budget unless you give it one of its own. Money is set aside before a request runs, so the limit holds to the cent, also with many at once.</source>
            <translation>Jeder Schlüssel erhält dieses Budget, sofern er kein eigenes bekommt. Geld wird zurückgelegt, bevor eine Anfrage läuft; so gilt das Limit auf den Cent genau, auch bei vielen Anfragen zugleich.</translation>
        </message>
        <message>
            <source>In a day</source>
            <translation>An einem Tag</translation>
        </message>
        <message>
            <source>Empty: no limit</source>
            <translation>Leer: kein Limit</translation>
        </message>
        <message>
            <source>In a month</source>
            <translation>In einem Monat</translation>
        </message>
        <message>
            <source>What happens as it is used up</source>
            <translation>Was geschieht, wenn es aufgebraucht wird</translation>
        </message>
    </context>
    <context>
        <name>GuideKey</name>
        <message>
            <source>A key for your first tool</source>
            <translation>Ein Schlüssel für Ihr erstes Tool</translation>
        </message>
        <message>
            <source>A virtual key works only at this proxy, and only as far as its budget goes. Give each tool its own, and you see what each of them costs.</source>
            <translation>Ein virtueller Schlüssel gilt nur an diesem Proxy und nur so weit, wie sein Budget reicht. Mit einem eigenen Schlüssel für jedes Tool ist zu sehen, was jedes kostet.</translation>
        </message>
        <message>
            <source>Name</source>
            <translation>Name</translation>
        </message>
        <message>
            <source>In reports and alerts, such as laptop, ci or the name of the tool.</source>
            <translation>In Berichten und Meldungen, zum Beispiel laptop, ci oder der Name des Tools.</translation>
        </message>
        <message>
            <source>Copied. Keep it where secrets belong.</source>
            <translation>Kopiert. Dort aufbewahren, wo Geheimnisse hingehören.</translation>
        </message>
        <message>
            <source>Copy it now</source>
            <translation>Jetzt kopieren</translation>
        </message>
        <message>
            <source>It is shown this once: only a fingerprint of it is kept. The next step fills it in for you.</source>
            <translation>Er wird nur dieses eine Mal angezeigt: Aufbewahrt wird nur ein Fingerabdruck. Der nächste Schritt setzt ihn ein.</translation>
        </message>
        <message>
            <source>Key</source>
            <translation>Schlüssel</translation>
        </message>
        <message>
            <source>The key was made</source>
            <translation>Der Schlüssel wurde erstellt</translation>
        </message>
        <message>
            <source>It cannot be shown again. If you did not keep it, make another one.</source>
            <translation>Er kann nicht noch einmal angezeigt werden. Falls er nicht aufbewahrt wurde, einen weiteren erstellen.</translation>
        </message>
        <message>
            <source>Make another</source>
            <translation>Weiteren erstellen</translation>
        </message>
    </context>
    <context>
        <name>GuidePage</name>
        <message>
            <source>Guide</source>
            <translation>Einführung</translation>
        </message>
        <message>
            <source>That did not work</source>
            <translation>Das hat nicht funktioniert</translation>
        </message>
        <message>
            <source>Back</source>
            <translation>Zurück</translation>
        </message>
        <message>
            <source>Leave the guide</source>
            <translation>Einführung verlassen</translation>
        </message>
        <message>
            <source>Skip this step</source>
            <translation>Schritt überspringen</translation>
        </message>
    </context>
    <context>
        <name>GuideProgress</name>
        <message>
            <source>Step %1 of %2</source>
            <translation>Schritt %1 von %2</translation>
        </message>
        <message>
            <source>done</source>
            <translation>erledigt</translation>
        </message>
        <message>
            <source>this step</source>
            <translation>dieser Schritt</translation>
        </message>
    </context>
    <context>
        <name>GuideProvider</name>
        <message>
            <source>Who answers your requests?</source>
            <translation>Wer beantwortet Ihre Anfragen?</translation>
        </message>
        <message>
            <source>The proxy stands between your tools and a provider. The provider's key stays here: your tools get keys of their own, with a budget each.</source>
            <translation>Der Proxy steht zwischen Ihren Tools und einem Anbieter. Der Schlüssel des Anbieters bleibt hier: Ihre Tools erhalten eigene Schlüssel, jeden mit einem Budget.</translation>
        </message>
        <message>
            <source>A provider</source>
            <translation>Ein Anbieter</translation>
        </message>
        <message>
            <source>OpenAI, or whatever speaks its API</source>
            <translation>OpenAI oder was immer dessen API spricht</translation>
        </message>
        <message>
            <source>Try the demo provider</source>
            <translation>Demo-Anbieter ausprobieren</translation>
        </message>
        <message>
            <source>No key, no account, no money</source>
            <translation>Kein Schlüssel, kein Konto, kein Geld</translation>
        </message>
        <message>
            <source>API</source>
            <translation>API</translation>
        </message>
        <message>
            <source>Test</source>
            <translation>Testen</translation>
        </message>
        <message>
            <source>Keep it anyway</source>
            <translation>Trotzdem behalten</translation>
        </message>
        <message>
            <source>Asks for the list of models. It costs nothing.</source>
            <translation>Fragt die Liste der Modelle ab. Das kostet nichts.</translation>
        </message>
        <message>
            <source>The demo provider answers</source>
            <translation>Der Demo-Anbieter antwortet</translation>
        </message>
        <message>
            <source>A pretended provider inside this program</source>
            <translation>Ein simulierter Anbieter in diesem Programm</translation>
        </message>
        <message>
            <source>It answers with fixed words at pretended prices, so that budgets, meters and alerts can be seen at work. It stays until the program ends; your configuration is not touched.</source>
            <translation>Er antwortet mit festen Worten zu erfundenen Preisen, sodass Budgets, Anzeigen und Meldungen bei der Arbeit zu sehen sind. Er bleibt bis zum Ende des Programms; Ihre Konfiguration bleibt unberührt.</translation>
        </message>
    </context>
    <context>
        <name>GuideTool</name>
        <message>
            <source>Connect a tool</source>
            <translation>Tool verbinden</translation>
        </message>
        <message>
            <source>Two things change in it: the address and the key. Everything else stays as it is.</source>
            <translation>Zwei Dinge ändern sich darin: die Adresse und der Schlüssel. Alles andere bleibt, wie es ist.</translation>
        </message>
        <message>
            <source>Waiting for the first request …</source>
            <translation>Warten auf die erste Anfrage …</translation>
        </message>
        <message>
            <source>That is all. From here on every request is counted, priced and kept within its budget.</source>
            <translation>Das ist alles. Von hier an wird jede Anfrage gezählt, berechnet und in ihrem Budget gehalten.</translation>
        </message>
        <message>
            <source>Send one from the tool: this turns green when it arrives.</source>
            <translation>Eine Anfrage mit dem Tool senden: Dies wird grün, sobald sie eintrifft.</translation>
        </message>
        <message>
            <source>Tool</source>
            <translation>Tool</translation>
        </message>
        <message>
            <source>This version does not meter what this tool sends</source>
            <translation>Diese Version erfasst nicht, was dieses Tool sendet</translation>
        </message>
        <message>
            <source>Its requests are refused, so that nothing can be spent past a budget. Choose another one for now.</source>
            <translation>Seine Anfragen werden abgelehnt, damit nichts an einem Budget vorbei ausgegeben werden kann. Vorerst ein anderes wählen.</translation>
        </message>
        <message>
            <source>Copy</source>
            <translation>Kopieren</translation>
        </message>
        <message>
            <source>Copy the lines for %1</source>
            <translation>Zeilen für %1 kopieren</translation>
        </message>
        <message>
            <source>Shown with the key hidden; what you copy has it whole.</source>
            <translation>Angezeigt mit verborgenem Schlüssel; beim Kopieren ist er vollständig enthalten.</translation>
        </message>
        <message>
            <source>Put a virtual key in the place of lbp_YOUR_KEY.</source>
            <translation>Einen virtuellen Schlüssel anstelle von lbp_YOUR_KEY einsetzen.</translation>
        </message>
    </context>
    <context>
        <name>HeaderBar</name>
        <message>
            <source>State: %1. %2</source>
            <translation>Zustand: %1. %2</translation>
        </message>
        <message>
            <source>Copy the base URL %1</source>
            <translation>Basis-URL %1 kopieren</translation>
        </message>
        <message>
            <source>Base URL for your tools: click to copy</source>
            <translation>Basis-URL für Ihre Tools: zum Kopieren klicken</translation>
        </message>
        <message>
            <source>Demo: no real money</source>
            <translation>Demo: kein echtes Geld</translation>
        </message>
        <message numerus="yes">
            <source>%n running</source>
            <comment>requests</comment>
            <translation>
                <numerusform>%n läuft</numerusform>
                <numerusform>%n laufen</numerusform>
            </translation>
        </message>
        <message>
            <source>Today: %1 %2</source>
            <translation>Heute: %1 %2</translation>
        </message>
        <message>
            <source>Today</source>
            <translation>Heute</translation>
        </message>
        <message>
            <source>Resume</source>
            <translation>Fortsetzen</translation>
        </message>
        <message>
            <source>Pause</source>
            <translation>Pausieren</translation>
        </message>
        <message>
            <source>Pause all spending</source>
            <translation>Alle Ausgaben pausieren</translation>
        </message>
        <message>
            <source>For 15 minutes</source>
            <translation>Für 15 Minuten</translation>
        </message>
        <message>
            <source>Until tomorrow</source>
            <translation>Bis morgen</translation>
        </message>
        <message>
            <source>Find an action (Ctrl+K)</source>
            <translation>Aktion suchen (Strg+K)</translation>
        </message>
        <message>
            <source>· %1</source>
            <translation>· %1</translation>
        </message>
    </context>
    <context>
        <name>InlineNotice</name>
        <message>
            <source>Dismiss</source>
            <translation>Ausblenden</translation>
        </message>
    </context>
    <context>
        <name>Keys</name>
        <message>
            <source>Active</source>
            <comment>a key</comment>
            <translation>Aktiv</translation>
        </message>
        <message>
            <source>Paused: spent too fast</source>
            <translation>Pausiert: zu schnell ausgegeben</translation>
        </message>
        <message>
            <source>Paused</source>
            <comment>a key</comment>
            <translation>Pausiert</translation>
        </message>
        <message>
            <source>Being revoked</source>
            <comment>a key</comment>
            <translation>Wird widerrufen</translation>
        </message>
        <message>
            <source>Expired</source>
            <comment>a key</comment>
            <translation>Abgelaufen</translation>
        </message>
        <message>
            <source>Revoked</source>
            <comment>a key</comment>
            <translation>Widerrufen</translation>
        </message>
    </context>
    <context>
        <name>KeysDetailPanel</name>
        <message>
            <source>Undo</source>
            <translation>Rückgängig</translation>
        </message>
        <message>
            <source>Resume</source>
            <translation>Fortsetzen</translation>
        </message>
        <message>
            <source>Pause</source>
            <translation>Pausieren</translation>
        </message>
        <message>
            <source>Edit</source>
            <translation>Bearbeiten</translation>
        </message>
        <message>
            <source>Budgets that bind it</source>
            <translation>Budgets, die ihn binden</translation>
        </message>
        <message>
            <source>%1: %2</source>
            <translation>%1: %2</translation>
        </message>
        <message>
            <source>Limits</source>
            <translation>Limits</translation>
        </message>
        <message>
            <source>Terms</source>
            <translation>Bedingungen</translation>
        </message>
        <message>
            <source>Models</source>
            <translation>Modelle</translation>
        </message>
        <message>
            <source>every model</source>
            <translation>jedes Modell</translation>
        </message>
        <message>
            <source>Requests</source>
            <translation>Anfragen</translation>
        </message>
        <message>
            <source>Why blocked?</source>
            <translation>Warum gesperrt?</translation>
        </message>
        <message>
            <source>Rotate…</source>
            <translation>Erneuern…</translation>
        </message>
        <message>
            <source>Revoke</source>
            <translation>Widerrufen</translation>
        </message>
        <message>
            <source>For good; you have ten seconds to undo it</source>
            <translation>Endgültig; zehn Sekunden lang lässt es sich rückgängig machen</translation>
        </message>
    </context>
    <context>
        <name>KeysEditorDialog</name>
        <message>
            <source>Create key</source>
            <translation>Schlüssel erstellen</translation>
        </message>
        <message>
            <source>Save</source>
            <translation>Speichern</translation>
        </message>
        <message>
            <source>It could not be saved</source>
            <translation>Speichern nicht möglich</translation>
        </message>
        <message>
            <source>Name</source>
            <translation>Name</translation>
        </message>
        <message>
            <source>Who or what uses it.</source>
            <translation>Wer oder was ihn verwendet.</translation>
        </message>
        <message>
            <source>laptop</source>
            <translation>laptop</translation>
        </message>
        <message>
            <source>Team</source>
            <translation>Team</translation>
        </message>
        <message>
            <source>Project</source>
            <translation>Projekt</translation>
        </message>
        <message>
            <source>Budget</source>
            <translation>Budget</translation>
        </message>
        <message>
            <source>Limits</source>
            <translation>Limits</translation>
        </message>
        <message>
            <source>Requests a minute</source>
            <translation>Anfragen pro Minute</translation>
        </message>
        <message>
            <source>Tokens a minute</source>
            <translation>Token pro Minute</translation>
        </message>
        <message>
            <source>At the same time</source>
            <translation>Gleichzeitig</translation>
        </message>
        <message>
            <source>Runaway guard</source>
            <translation>Ausreißerschutz</translation>
        </message>
        <message>
            <source>off</source>
            <translation>aus</translation>
        </message>
        <message>
            <source>a minute</source>
            <translation>pro Minute</translation>
        </message>
        <message>
            <source>What is left empty is as in the settings; 0 means no limit. The guard pauses a key that spends more than this within a minute.</source>
            <translation>Für leere Felder gelten die Einstellungen; 0 bedeutet kein Limit. Der Schutz pausiert einen Schlüssel, der innerhalb einer Minute mehr als diesen Betrag ausgibt.</translation>
        </message>
        <message>
            <source>Terms</source>
            <translation>Bedingungen</translation>
        </message>
        <message>
            <source>Allowed models</source>
            <translation>Erlaubte Modelle</translation>
        </message>
        <message>
            <source>Every model. Type a name, or a pattern such as gpt-4o*, to allow only these.</source>
            <translation>Jedes Modell. Einen Namen oder ein Muster wie gpt-4o* eingeben, um nur diese zu erlauben.</translation>
        </message>
        <message>
            <source>Only these. A pattern may hold * and ?.</source>
            <translation>Nur diese. Ein Muster darf * und ? enthalten.</translation>
        </message>
        <message>
            <source>Add a model</source>
            <translation>Modell hinzufügen</translation>
        </message>
        <message>
            <source>Add</source>
            <translation>Hinzufügen</translation>
        </message>
        <message>
            <source>Expires</source>
            <translation>Ablauf</translation>
        </message>
        <message>
            <source>Last day</source>
            <translation>Letzter Tag</translation>
        </message>
        <message>
            <source>2027-01-31</source>
            <comment>a date as a sample</comment>
            <translation>2027-01-31</translation>
        </message>
        <message>
            <source>Allow paths that cannot be metered</source>
            <translation>Pfade erlauben, die nicht erfasst werden können</translation>
        </message>
        <message>
            <source>They may cost money that no budget sees. Off is right for nearly everybody.</source>
            <translation>Sie können Geld kosten, das kein Budget sieht. Aus ist für fast alle richtig.</translation>
        </message>
    </context>
    <context>
        <name>KeysPage</name>
        <message>
            <source>Keys</source>
            <translation>Schlüssel</translation>
        </message>
        <message>
            <source>A tool spends with a key of its own, so that it can be bounded, watched and stopped by itself.</source>
            <translation>Ein Tool gibt Geld mit einem eigenen Schlüssel aus, sodass es für sich begrenzt, beobachtet und gestoppt werden kann.</translation>
        </message>
        <message>
            <source>Why blocked?</source>
            <translation>Warum gesperrt?</translation>
        </message>
        <message>
            <source>Shows step by step what would happen to a request</source>
            <translation>Zeigt Schritt für Schritt, was mit einer Anfrage geschehen würde</translation>
        </message>
        <message>
            <source>Create key</source>
            <translation>Schlüssel erstellen</translation>
        </message>
        <message>
            <source>The amounts could not be read</source>
            <translation>Die Beträge konnten nicht gelesen werden</translation>
        </message>
        <message>
            <source>Search name, team, project</source>
            <translation>Name, Team, Projekt suchen</translation>
        </message>
        <message>
            <source>In use</source>
            <translation>In Gebrauch</translation>
        </message>
        <message>
            <source>Paused</source>
            <translation>Pausiert</translation>
        </message>
        <message>
            <source>Ended</source>
            <translation>Beendet</translation>
        </message>
        <message>
            <source>Which keys</source>
            <translation>Welche Schlüssel</translation>
        </message>
        <message>
            <source>Name</source>
            <translation>Name</translation>
        </message>
        <message>
            <source>Team</source>
            <translation>Team</translation>
        </message>
        <message>
            <source>Project</source>
            <translation>Projekt</translation>
        </message>
        <message>
            <source>Status</source>
            <translation>Status</translation>
        </message>
        <message>
            <source>Today</source>
            <translation>Heute</translation>
        </message>
        <message>
            <source>This month</source>
            <translation>Dieser Monat</translation>
        </message>
        <message>
            <source>Expires</source>
            <translation>Ablauf</translation>
        </message>
        <message>
            <source>Actions for %1</source>
            <translation>Aktionen für %1</translation>
        </message>
        <message>
            <source>No keys yet</source>
            <translation>Noch keine Schlüssel</translation>
        </message>
        <message>
            <source>Create one for each tool or person. It works in place of the provider's key, and stops at its budget.</source>
            <translation>Einen für jedes Tool oder jede Person erstellen. Er gilt anstelle des Schlüssels des Anbieters und endet an seinem Budget.</translation>
        </message>
        <message>
            <source>Create the first key</source>
            <translation>Ersten Schlüssel erstellen</translation>
        </message>
        <message>
            <source>No key fits</source>
            <translation>Kein Schlüssel passt</translation>
        </message>
        <message>
            <source>No key is paused</source>
            <translation>Kein Schlüssel ist pausiert</translation>
        </message>
        <message>
            <source>No key has ended</source>
            <translation>Kein Schlüssel ist beendet</translation>
        </message>
        <message>
            <source>No key is in use</source>
            <translation>Kein Schlüssel ist in Gebrauch</translation>
        </message>
        <message>
            <source>Search for a part of a name, a team or a project.</source>
            <translation>Nach einem Teil eines Namens, eines Teams oder eines Projekts suchen.</translation>
        </message>
        <message>
            <source>Clear the search</source>
            <translation>Suche zurücksetzen</translation>
        </message>
        <message>
            <source>Show details</source>
            <translation>Details anzeigen</translation>
        </message>
        <message>
            <source>Show its requests</source>
            <translation>Seine Anfragen anzeigen</translation>
        </message>
        <message>
            <source>Edit…</source>
            <translation>Bearbeiten…</translation>
        </message>
        <message>
            <source>Resume</source>
            <translation>Fortsetzen</translation>
        </message>
        <message>
            <source>Pause</source>
            <translation>Pausieren</translation>
        </message>
        <message>
            <source>Rotate…</source>
            <translation>Erneuern…</translation>
        </message>
        <message>
            <source>Revoke</source>
            <translation>Widerrufen</translation>
        </message>
    </context>
    <context>
        <name>KeysRevealDialog</name>
        <message>
            <source>Close without copying</source>
            <translation>Schließen ohne Kopieren</translation>
        </message>
        <message>
            <source>Done</source>
            <translation>Fertig</translation>
        </message>
        <message>
            <source>Back</source>
            <translation>Zurück</translation>
        </message>
        <message>
            <source>Connect a tool…</source>
            <translation>Tool verbinden…</translation>
        </message>
        <message>
            <source>You have not copied the key</source>
            <translation>Der Schlüssel wurde nicht kopiert</translation>
        </message>
        <message>
            <source>Copied. Keep it where secrets belong.</source>
            <translation>Kopiert. Dort aufbewahren, wo Geheimnisse hingehören.</translation>
        </message>
        <message>
            <source>Copy it now</source>
            <translation>Jetzt kopieren</translation>
        </message>
        <message>
            <source>Once this is closed it cannot be shown again; you would have to rotate the key.</source>
            <translation>Nach dem Schließen kann er nicht noch einmal angezeigt werden; der Schlüssel müsste erneuert werden.</translation>
        </message>
        <message>
            <source>It is shown this once: only a fingerprint of it is kept.</source>
            <translation>Er wird nur dieses eine Mal angezeigt: Aufbewahrt wird nur ein Fingerabdruck.</translation>
        </message>
        <message>
            <source>Key</source>
            <translation>Schlüssel</translation>
        </message>
        <message>
            <source>For tools that speak the API of</source>
            <translation>Für Tools mit der API von</translation>
        </message>
        <message>
            <source>API</source>
            <translation>API</translation>
        </message>
        <message>
            <source>Base URL</source>
            <translation>Basis-URL</translation>
        </message>
        <message>
            <source>In a shell</source>
            <translation>In einer Shell</translation>
        </message>
    </context>
    <context>
        <name>KeysRotateDialog</name>
        <message>
            <source>Rotate %1</source>
            <translation>%1 erneuern</translation>
        </message>
        <message>
            <source>The key gets a new secret. Its name, budgets and history stay.</source>
            <translation>Der Schlüssel erhält ein neues Geheimnis. Name, Budgets und Verlauf bleiben.</translation>
        </message>
        <message>
            <source>Rotate</source>
            <translation>Erneuern</translation>
        </message>
        <message>
            <source>The old secret goes on working for</source>
            <translation>Das alte Geheimnis gilt noch</translation>
        </message>
        <message>
            <source>Everything that uses it is refused at once.</source>
            <translation>Alles, was es verwendet, wird sofort abgelehnt.</translation>
        </message>
        <message>
            <source>Time to change it wherever it is used.</source>
            <translation>Zeit, es überall zu ändern, wo es verwendet wird.</translation>
        </message>
    </context>
    <context>
        <name>KeysSpendCell</name>
        <message>
            <source>%1 %2</source>
            <translation>%1 %2</translation>
        </message>
    </context>
    <context>
        <name>Main</name>
        <message>
            <source>LLM Budget Proxy</source>
            <translation>LLM Budget Proxy</translation>
        </message>
    </context>
    <context>
        <name>MoneyLabel</name>
        <message>
            <source>Estimated: the provider did not report what it counted</source>
            <translation>Geschätzt: Der Anbieter hat nicht gemeldet, was er gezählt hat</translation>
        </message>
        <message>
            <source>≈</source>
            <translation>≈</translation>
        </message>
    </context>
    <context>
        <name>Names</name>
        <message>
            <source>Running</source>
            <translation>Läuft</translation>
        </message>
        <message>
            <source>Completed</source>
            <translation>Abgeschlossen</translation>
        </message>
        <message>
            <source>Provider refused</source>
            <translation>Vom Anbieter abgelehnt</translation>
        </message>
        <message>
            <source>Provider failed</source>
            <translation>Anbieter ausgefallen</translation>
        </message>
        <message>
            <source>Client went away</source>
            <translation>Client hat abgebrochen</translation>
        </message>
        <message>
            <source>Ended at its budget</source>
            <translation>Am Budget beendet</translation>
        </message>
        <message>
            <source>From cache</source>
            <translation>Aus dem Cache</translation>
        </message>
        <message>
            <source>Refused here</source>
            <translation>Hier abgelehnt</translation>
        </message>
        <message>
            <source>Stopped</source>
            <translation>Gestoppt</translation>
        </message>
        <message>
            <source>Recovered after a crash</source>
            <translation>Nach Absturz wiederhergestellt</translation>
        </message>
        <message>
            <source>reserved: it still runs</source>
            <translation>reserviert: läuft noch</translation>
        </message>
        <message>
            <source>exact: from the usage that the provider reported</source>
            <translation>genau: aus dem vom Anbieter gemeldeten Verbrauch</translation>
        </message>
        <message>
            <source>estimated: tokens were counted here</source>
            <translation>geschätzt: Token wurden hier gezählt</translation>
        </message>
        <message>
            <source>recovered: booked in full after a crash</source>
            <translation>wiederhergestellt: nach einem Absturz voll gebucht</translation>
        </message>
        <message>
            <source>unknown: the model has no price</source>
            <translation>unbekannt: Modell ohne Preis</translation>
        </message>
        <message>
            <source>free: nothing was charged</source>
            <translation>kostenlos: nichts wurde berechnet</translation>
        </message>
        <message>
            <source>Input</source>
            <translation>Eingabe</translation>
        </message>
        <message>
            <source>Cached input</source>
            <translation>Eingabe aus dem Cache</translation>
        </message>
        <message>
            <source>Cache write (5 min)</source>
            <translation>Cache schreiben (5 min)</translation>
        </message>
        <message>
            <source>Cache write (1 h)</source>
            <translation>Cache schreiben (1 h)</translation>
        </message>
        <message>
            <source>Output</source>
            <translation>Ausgabe</translation>
        </message>
        <message>
            <source>Reasoning</source>
            <translation>Reasoning</translation>
        </message>
        <message>
            <source>Audio input</source>
            <translation>Audio-Eingabe</translation>
        </message>
        <message>
            <source>Audio output</source>
            <translation>Audio-Ausgabe</translation>
        </message>
        <message>
            <source>Image input</source>
            <translation>Bild-Eingabe</translation>
        </message>
        <message>
            <source>Image output</source>
            <translation>Bild-Ausgabe</translation>
        </message>
        <message>
            <source>Web searches</source>
            <translation>Websuchen</translation>
        </message>
        <message>
            <source>File searches</source>
            <translation>Dateisuchen</translation>
        </message>
        <message>
            <source>Code sessions</source>
            <translation>Code-Sitzungen</translation>
        </message>
        <message>
            <source>Speech</source>
            <translation>Sprache</translation>
        </message>
        <message>
            <source>Audio</source>
            <translation>Audio</translation>
        </message>
        <message>
            <source>Generated images</source>
            <translation>Erzeugte Bilder</translation>
        </message>
        <message>
            <source>Hour</source>
            <translation>Stunde</translation>
        </message>
        <message>
            <source>Day</source>
            <translation>Tag</translation>
        </message>
        <message>
            <source>Week</source>
            <translation>Woche</translation>
        </message>
        <message>
            <source>Month</source>
            <translation>Monat</translation>
        </message>
        <message>
            <source>Total</source>
            <translation>Gesamt</translation>
        </message>
        <message>
            <source>Everything</source>
            <translation>Alles</translation>
        </message>
        <message>
            <source>Team %1</source>
            <translation>Team %1</translation>
        </message>
        <message>
            <source>Project %1</source>
            <translation>Projekt %1</translation>
        </message>
        <message>
            <source>Key %1</source>
            <translation>Schlüssel %1</translation>
        </message>
        <message>
            <source>Budget warning</source>
            <translation>Budgetwarnung</translation>
        </message>
        <message>
            <source>Budget used up</source>
            <translation>Budget aufgebraucht</translation>
        </message>
        <message>
            <source>Cheaper model used</source>
            <translation>Günstigeres Modell verwendet</translation>
        </message>
        <message>
            <source>Key paused</source>
            <translation>Schlüssel pausiert</translation>
        </message>
        <message>
            <source>Provider not reachable</source>
            <translation>Anbieter nicht erreichbar</translation>
        </message>
        <message>
            <source>Model without a price</source>
            <translation>Modell ohne Preis</translation>
        </message>
    </context>
    <context>
        <name>OverviewBudgetCard</name>
        <message>
            <source>Budgets</source>
            <translation>Budgets</translation>
        </message>
        <message>
            <source>All budgets</source>
            <translation>Alle Budgets</translation>
        </message>
        <message>
            <source>Budgets, fullest first</source>
            <translation>Budgets, vollste zuerst</translation>
        </message>
        <message>
            <source>No budgets</source>
            <translation>Keine Budgets</translation>
        </message>
        <message>
            <source>Without a budget nothing stops what is spent.</source>
            <translation>Ohne Budget begrenzt nichts die Ausgaben.</translation>
        </message>
        <message>
            <source>Set a budget</source>
            <translation>Budget festlegen</translation>
        </message>
    </context>
    <context>
        <name>OverviewBudgetChart</name>
        <message>
            <source>%1 · %2</source>
            <comment>whose budget, period</comment>
            <translation>%1 · %2</translation>
        </message>
        <message>
            <source>of %1</source>
            <comment>a limit</comment>
            <translation>von %1</translation>
        </message>
    </context>
    <context>
        <name>OverviewBudgetRow</name>
        <message>
            <source>%1, %2: %3 of %4</source>
            <translation>%1, %2: %3 von %4</translation>
        </message>
        <message>
            <source>%1 · %2</source>
            <comment>whose budget, period</comment>
            <translation>%1 · %2</translation>
        </message>
        <message>
            <source>%1 of %2</source>
            <comment>spent and limit</comment>
            <translation>%1 von %2</translation>
        </message>
    </context>
    <context>
        <name>OverviewCustomRange</name>
        <message>
            <source>From</source>
            <translation>Von</translation>
        </message>
        <message>
            <source>First day</source>
            <translation>Erster Tag</translation>
        </message>
        <message>
            <source>to</source>
            <translation>bis</translation>
        </message>
        <message>
            <source>Last day</source>
            <translation>Letzter Tag</translation>
        </message>
        <message>
            <source>Show</source>
            <translation>Anzeigen</translation>
        </message>
    </context>
    <context>
        <name>OverviewFigures</name>
        <message>
            <source>%1: %2</source>
            <translation>%1: %2</translation>
        </message>
        <message>
            <source>Add prices</source>
            <translation>Preise hinzufügen</translation>
        </message>
        <message>
            <source>Spent</source>
            <translation>Ausgegeben</translation>
        </message>
        <message>
            <source>Requests</source>
            <translation>Anfragen</translation>
        </message>
        <message>
            <source>Tokens</source>
            <translation>Token</translation>
        </message>
        <message>
            <source>Saved by cache</source>
            <translation>Durch Cache gespart</translation>
        </message>
        <message>
            <source>Latency, median</source>
            <translation>Latenz, Median</translation>
        </message>
        <message>
            <source>First token, median</source>
            <translation>Erstes Token, Median</translation>
        </message>
    </context>
    <context>
        <name>OverviewPage</name>
        <message>
            <source>Overview</source>
            <translation>Übersicht</translation>
        </message>
        <message>
            <source>Cut into</source>
            <translation>Aufgeteilt in</translation>
        </message>
        <message>
            <source>Time shown</source>
            <translation>Angezeigter Zeitraum</translation>
        </message>
        <message>
            <source>Try again</source>
            <translation>Erneut versuchen</translation>
        </message>
        <message>
            <source>No requests yet</source>
            <translation>Noch keine Anfragen</translation>
        </message>
        <message>
            <source>Point a tool at this proxy and use one of your keys. What it spends shows up here while it runs.</source>
            <translation>Ein Tool auf diesen Proxy richten und einen Ihrer Schlüssel verwenden. Was es ausgibt, erscheint hier, während es läuft.</translation>
        </message>
        <message>
            <source>Connect a tool</source>
            <translation>Tool verbinden</translation>
        </message>
        <message>
            <source>Cost by key</source>
            <translation>Kosten nach Schlüssel</translation>
        </message>
        <message>
            <source>No key was used in this time.</source>
            <translation>In diesem Zeitraum wurde kein Schlüssel verwendet.</translation>
        </message>
        <message>
            <source>Cost by model</source>
            <translation>Kosten nach Modell</translation>
        </message>
        <message>
            <source>No model was used in this time.</source>
            <translation>In diesem Zeitraum wurde kein Modell verwendet.</translation>
        </message>
    </context>
    <context>
        <name>OverviewRecentCard</name>
        <message>
            <source>Recent requests</source>
            <translation>Letzte Anfragen</translation>
        </message>
        <message>
            <source>All requests</source>
            <translation>Alle Anfragen</translation>
        </message>
        <message>
            <source>Time</source>
            <translation>Zeit</translation>
        </message>
        <message>
            <source>Key</source>
            <translation>Schlüssel</translation>
        </message>
        <message>
            <source>Model</source>
            <translation>Modell</translation>
        </message>
        <message>
            <source>Status</source>
            <translation>Status</translation>
        </message>
        <message>
            <source>Tokens</source>
            <translation>Token</translation>
        </message>
        <message>
            <source>Duration</source>
            <translation>Dauer</translation>
        </message>
        <message>
            <source>Cost</source>
            <translation>Kosten</translation>
        </message>
        <message>
            <source>So far: it is still running</source>
            <translation>Bisher: läuft noch</translation>
        </message>
        <message>
            <source>Estimated: the provider did not report what it counted</source>
            <translation>Geschätzt: Der Anbieter hat nicht gemeldet, was er gezählt hat</translation>
        </message>
    </context>
    <context>
        <name>OverviewSpendTiles</name>
        <message>
            <source>Spent today</source>
            <translation>Heute ausgegeben</translation>
        </message>
        <message>
            <source>Spent this month</source>
            <translation>Diesen Monat ausgegeben</translation>
        </message>
        <message>
            <source>Forecast for today</source>
            <translation>Prognose für heute</translation>
        </message>
        <message>
            <source>Forecast for this month</source>
            <translation>Prognose für diesen Monat</translation>
        </message>
    </context>
    <context>
        <name>OverviewTrendCard</name>
        <message>
            <source>Cost over time</source>
            <translation>Kosten im Zeitverlauf</translation>
        </message>
        <message>
            <source>This time</source>
            <translation>Dieser Zeitraum</translation>
        </message>
        <message>
            <source>The time before</source>
            <translation>Zeitraum davor</translation>
        </message>
        <message>
            <source>Nothing was spent in this time</source>
            <translation>In diesem Zeitraum wurde nichts ausgegeben</translation>
        </message>
        <message>
            <source>Choose another time above, or send a request.</source>
            <translation>Oben einen anderen Zeitraum wählen oder eine Anfrage senden.</translation>
        </message>
    </context>
    <context>
        <name>OverviewTrendChart</name>
        <message>
            <source>not yet</source>
            <translation>noch nicht</translation>
        </message>
        <message>
            <source>before: %1 (%2)</source>
            <comment>amount and date</comment>
            <translation>davor: %1 (%2)</translation>
        </message>
        <message>
            <source>Cost over time</source>
            <translation>Kosten im Zeitverlauf</translation>
        </message>
    </context>
    <context>
        <name>Prices</name>
        <message>
            <source>free from then on</source>
            <translation>ab dann kostenlos</translation>
        </message>
        <message>
            <source>free until now</source>
            <translation>bisher kostenlos</translation>
        </message>
        <message>
            <source>×%1</source>
            <translation>×%1</translation>
        </message>
        <message>
            <source>÷%1</source>
            <translation>÷%1</translation>
        </message>
        <message>
            <source>%1, %2</source>
            <comment>tier and kind of price</comment>
            <translation>%1, %2</translation>
        </message>
        <message>
            <source>none</source>
            <comment>no price</comment>
            <translation>kein Preis</translation>
        </message>
        <message>
            <source>%1 %2 → %3</source>
            <comment>kind of price, before, after</comment>
            <translation>%1 %2 → %3</translation>
        </message>
        <message>
            <source>%1 (%2)</source>
            <comment>a change, how much</comment>
            <translation>%1 (%2)</translation>
        </message>
        <message>
            <source>%1 per 1,000</source>
            <comment>calls</comment>
            <translation>%1 pro 1.000</translation>
        </message>
        <message>
            <source>%1 per million characters</source>
            <translation>%1 pro Million Zeichen</translation>
        </message>
        <message>
            <source>%1 per hour</source>
            <translation>%1 pro Stunde</translation>
        </message>
        <message>
            <source>%1, each</source>
            <translation>%1, je Stück</translation>
        </message>
        <message>
            <source>%1 per 1,000 sessions</source>
            <translation>%1 pro 1.000 Sitzungen</translation>
        </message>
        <message>
            <source>%1 per 1,000 calls</source>
            <translation>%1 pro 1.000 Aufrufe</translation>
        </message>
        <message>
            <source>%1 per million characters</source>
            <comment>price</comment>
            <translation>%1 pro Million Zeichen</translation>
        </message>
        <message>
            <source>%1 per hour</source>
            <comment>price</comment>
            <translation>%1 pro Stunde</translation>
        </message>
        <message>
            <source>%1 each</source>
            <comment>price</comment>
            <translation>%1 pro Stück</translation>
        </message>
        <message>
            <source>%1 per million</source>
            <comment>price, tokens</comment>
            <translation>%1 pro Million</translation>
        </message>
        <message numerus="yes">
            <source>%1 sessions</source>
            <translation>
                <numerusform>%1 Sitzung</numerusform>
                <numerusform>%1 Sitzungen</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%1 calls</source>
            <translation>
                <numerusform>%1 Aufruf</numerusform>
                <numerusform>%1 Aufrufe</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%1 characters</source>
            <translation>
                <numerusform>%1 Zeichen</numerusform>
                <numerusform>%1 Zeichen</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%1 seconds</source>
            <translation>
                <numerusform>%1 Sekunde</numerusform>
                <numerusform>%1 Sekunden</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%1 images</source>
            <translation>
                <numerusform>%1 Bild</numerusform>
                <numerusform>%1 Bilder</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%1 tokens</source>
            <translation>
                <numerusform>%1 Token</numerusform>
                <numerusform>%1 Token</numerusform>
            </translation>
        </message>
        <message>
            <source>Flex</source>
            <comment>a service tier</comment>
            <translation>Flex</translation>
        </message>
        <message>
            <source>Priority</source>
            <comment>a service tier</comment>
            <translation>Priority</translation>
        </message>
        <message>
            <source>Batch</source>
            <comment>a service tier</comment>
            <translation>Batch</translation>
        </message>
        <message>
            <source>Above %1 tokens</source>
            <translation>Über %1 Token</translation>
        </message>
        <message>
            <source>none</source>
            <comment>no limit</comment>
            <translation>unbegrenzt</translation>
        </message>
        <message>
            <source>Longest input</source>
            <translation>Längste Eingabe</translation>
        </message>
        <message>
            <source>Longest answer</source>
            <translation>Längste Antwort</translation>
        </message>
        <message>
            <source>%1 %2</source>
            <comment>kind of price, price</comment>
            <translation>%1 %2</translation>
        </message>
        <message>
            <source>&gt; %1</source>
            <comment>a number of tokens</comment>
            <translation>&gt; %1</translation>
        </message>
    </context>
    <context>
        <name>PricesEditorDialog</name>
        <message>
            <source>Add price</source>
            <translation>Preis hinzufügen</translation>
        </message>
        <message>
            <source>Save</source>
            <translation>Speichern</translation>
        </message>
        <message>
            <source>It could not be saved</source>
            <translation>Speichern nicht möglich</translation>
        </message>
        <message>
            <source>Model</source>
            <translation>Modell</translation>
        </message>
        <message>
            <source>Exactly as your tools send it. A name with a date has the price of the name without it.</source>
            <translation>Genau so, wie Ihre Tools es senden. Für einen Namen mit Datum gilt der Preis des Namens ohne Datum.</translation>
        </message>
        <message>
            <source>Same as %1?</source>
            <translation>Wie %1?</translation>
        </message>
        <message>
            <source>Use its prices</source>
            <translation>Dessen Preise verwenden</translation>
        </message>
        <message>
            <source>US dollars per million tokens</source>
            <translation>US-Dollar pro Million Token</translation>
        </message>
        <message>
            <source>Thinking, sound, pictures, searches</source>
            <translation>Denken, Ton, Bilder, Suchen</translation>
        </message>
        <message>
            <source>Other tiers</source>
            <translation>Andere Stufen</translation>
        </message>
        <message>
            <source>Longest answer</source>
            <translation>Längste Antwort</translation>
        </message>
        <message>
            <source>tokens</source>
            <translation>Token</translation>
        </message>
        <message>
            <source>Source</source>
            <translation>Quelle</translation>
        </message>
        <message>
            <source>where the price is from, and its date</source>
            <translation>woher der Preis stammt, mit Datum</translation>
        </message>
        <message>
            <source>These are kept as they are; they are changed in the price file.</source>
            <translation>Diese bleiben, wie sie sind; geändert werden sie in der Preisdatei.</translation>
        </message>
        <message>
            <source>These are kept as they are; they are changed in the price file. %1.</source>
            <translation>Diese bleiben, wie sie sind; geändert werden sie in der Preisdatei. %1.</translation>
        </message>
        <message>
            <source>Open the file</source>
            <translation>Datei öffnen</translation>
        </message>
    </context>
    <context>
        <name>PricesImportDialog</name>
        <message>
            <source>Import prices</source>
            <translation>Preise importieren</translation>
        </message>
        <message>
            <source>A file in the form of pricing.yml. You see what it would change before anything is written.</source>
            <translation>Eine Datei in der Form von pricing.yml. Vor dem Schreiben ist zu sehen, was sich ändern würde.</translation>
        </message>
        <message>
            <source>Compare</source>
            <translation>Vergleichen</translation>
        </message>
        <message>
            <source>Close</source>
            <translation>Schließen</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>Abbrechen</translation>
        </message>
        <message>
            <source>Another file</source>
            <translation>Andere Datei</translation>
        </message>
        <message>
            <source>The prices were not taken over</source>
            <translation>Die Preise wurden nicht übernommen</translation>
        </message>
        <message>
            <source>This file cannot be used</source>
            <translation>Diese Datei ist nicht verwendbar</translation>
        </message>
        <message>
            <source>File</source>
            <translation>Datei</translation>
        </message>
        <message>
            <source>/home/you/pricing.yml</source>
            <translation>/home/you/pricing.yml</translation>
        </message>
        <message>
            <source>Browse…</source>
            <translation>Durchsuchen…</translation>
        </message>
        <message>
            <source>Changes</source>
            <translation>Änderungen</translation>
        </message>
        <message>
            <source>%1: %2</source>
            <comment>kind of change, what changes</comment>
            <translation>%1: %2</translation>
        </message>
    </context>
    <context>
        <name>PricesList</name>
        <message>
            <source>Search model, provider, source</source>
            <translation>Modell, Anbieter, Quelle suchen</translation>
        </message>
        <message>
            <source>Models and their prices</source>
            <translation>Modelle und ihre Preise</translation>
        </message>
        <message>
            <source>Model</source>
            <translation>Modell</translation>
        </message>
        <message>
            <source>Provider</source>
            <translation>Anbieter</translation>
        </message>
        <message>
            <source>Input</source>
            <translation>Eingabe</translation>
        </message>
        <message>
            <source>US dollars per million tokens</source>
            <translation>US-Dollar pro Million Token</translation>
        </message>
        <message>
            <source>Cached</source>
            <translation>Aus dem Cache</translation>
        </message>
        <message>
            <source>Input that is read from the provider's cache</source>
            <translation>Eingabe, die aus dem Cache des Anbieters gelesen wird</translation>
        </message>
        <message>
            <source>Cache write</source>
            <translation>Cache schreiben</translation>
        </message>
        <message>
            <source>Input that is written to the provider's cache</source>
            <translation>Eingabe, die in den Cache des Anbieters geschrieben wird</translation>
        </message>
        <message>
            <source>Output</source>
            <translation>Ausgabe</translation>
        </message>
        <message>
            <source>Context</source>
            <translation>Kontext</translation>
        </message>
        <message>
            <source>The most tokens of input that it takes</source>
            <translation>Höchstzahl der Eingabe-Token, die es annimmt</translation>
        </message>
        <message>
            <source>Other tiers</source>
            <translation>Andere Stufen</translation>
        </message>
        <message>
            <source>Source</source>
            <translation>Quelle</translation>
        </message>
        <message>
            <source>As of</source>
            <translation>Stand</translation>
        </message>
        <message>
            <source>No model fits</source>
            <translation>Kein Modell passt</translation>
        </message>
        <message>
            <source>No prices yet</source>
            <translation>Noch keine Preise</translation>
        </message>
        <message>
            <source>Search for a part of its name.</source>
            <translation>Nach einem Teil des Namens suchen.</translation>
        </message>
        <message>
            <source>Add the models that you use, or import a list.</source>
            <translation>Die verwendeten Modelle hinzufügen oder eine Liste importieren.</translation>
        </message>
        <message>
            <source>Clear the search</source>
            <translation>Suche zurücksetzen</translation>
        </message>
        <message>
            <source>Add a model</source>
            <translation>Modell hinzufügen</translation>
        </message>
        <message>
            <source>Actions for %1</source>
            <translation>Aktionen für %1</translation>
        </message>
        <message>
            <source>Edit…</source>
            <translation>Bearbeiten…</translation>
        </message>
        <message>
            <source>What if it had been used?</source>
            <translation>Was wäre, wenn es verwendet worden wäre?</translation>
        </message>
        <message>
            <source>Show its requests</source>
            <translation>Seine Anfragen anzeigen</translation>
        </message>
        <message>
            <source>Remove…</source>
            <translation>Entfernen…</translation>
        </message>
        <message>
            <source>Service tiers and long requests with prices of their own</source>
            <translation>Dienststufen und lange Anfragen mit eigenen Preisen</translation>
        </message>
    </context>
    <context>
        <name>PricesPage</name>
        <message>
            <source>Models and prices</source>
            <translation>Modelle und Preise</translation>
        </message>
        <message>
            <source>What a request will cost is known before it is sent. Prices are US dollars per million tokens.</source>
            <translation>Was eine Anfrage kostet, ist bekannt, bevor sie gesendet wird. Preise in US-Dollar pro Million Token.</translation>
        </message>
        <message>
            <source>Import…</source>
            <translation>Importieren…</translation>
        </message>
        <message>
            <source>Add model</source>
            <translation>Modell hinzufügen</translation>
        </message>
        <message>
            <source>The requests could not be searched for models without a price</source>
            <translation>Die Anfragen konnten nicht nach Modellen ohne Preis durchsucht werden</translation>
        </message>
        <message>
            <source>Price list</source>
            <translation>Preisliste</translation>
        </message>
        <message>
            <source>What if?</source>
            <translation>Was wäre, wenn?</translation>
        </message>
        <message>
            <source>Views</source>
            <translation>Ansichten</translation>
        </message>
        <message>
            <source>Remove the price of %1?</source>
            <translation>Preis von %1 entfernen?</translation>
        </message>
        <message>
            <source>Requests for it are then treated as for a model without a price. What was spent stays in the books.</source>
            <translation>Anfragen dafür werden dann wie bei einem Modell ohne Preis behandelt. Bisherige Ausgaben bleiben erfasst.</translation>
        </message>
        <message>
            <source>Remove price</source>
            <translation>Preis entfernen</translation>
        </message>
    </context>
    <context>
        <name>PricesUnpricedCard</name>
        <message>
            <source>Set price</source>
            <translation>Preis festlegen</translation>
        </message>
        <message>
            <source>Set the price of %1</source>
            <translation>Preis von %1 festlegen</translation>
        </message>
    </context>
    <context>
        <name>PricesWhatIf</name>
        <message>
            <source>The usage of</source>
            <translation>Nutzung von</translation>
        </message>
        <message>
            <source>which was sent to</source>
            <translation>gesendet an</translation>
        </message>
        <message>
            <source>at the prices of</source>
            <translation>zu den Preisen von</translation>
        </message>
        <message>
            <source>Type a model</source>
            <translation>Modell eingeben</translation>
        </message>
        <message>
            <source>It could not be computed</source>
            <translation>Berechnung nicht möglich</translation>
        </message>
        <message>
            <source>Which model would you have used instead?</source>
            <translation>Welches Modell wäre stattdessen verwendet worden?</translation>
        </message>
        <message>
            <source>Nothing was used in this time</source>
            <translation>In dieser Zeit wurde nichts genutzt</translation>
        </message>
        <message>
            <source>%1, for %2. Type a model to see what that would have cost.</source>
            <translation>%1 für %2. Modell eingeben, um zu sehen, was das gekostet hätte.</translation>
        </message>
        <message>
            <source>Choose another time.</source>
            <translation>Anderen Zeitraum wählen.</translation>
        </message>
        <message>
            <source>What it cost</source>
            <translation>Tatsächliche Kosten</translation>
        </message>
        <message>
            <source>What it would have cost</source>
            <translation>Kosten mit dem anderen Modell</translation>
        </message>
        <message>
            <source>exactly %1</source>
            <translation>genau %1</translation>
        </message>
        <message>
            <source>Difference</source>
            <translation>Differenz</translation>
        </message>
        <message>
            <source>How it comes about</source>
            <translation>Wie sich das ergibt</translation>
        </message>
        <message>
            <source>In all</source>
            <translation>Insgesamt</translation>
        </message>
    </context>
    <context>
        <name>ProviderFields</name>
        <message>
            <source>This version does not meter this API yet</source>
            <translation>Diese Version erfasst diese API noch nicht</translation>
        </message>
        <message>
            <source>The key can be kept and tested, but requests to it are refused, so that nothing is spent past a budget.</source>
            <translation>Der Schlüssel kann gespeichert und getestet werden, Anfragen an diese API werden aber abgelehnt, damit kein Budget überschritten wird.</translation>
        </message>
        <message>
            <source>Name</source>
            <translation>Name</translation>
        </message>
        <message>
            <source>In reports and messages.</source>
            <translation>In Berichten und Meldungen.</translation>
        </message>
        <message>
            <source>Key</source>
            <translation>Schlüssel</translation>
        </message>
        <message>
            <source>One is kept already. Leave this empty to go on with it. %1</source>
            <translation>Ein Schlüssel ist bereits gespeichert. Leer lassen, um ihn weiter zu verwenden. %1</translation>
        </message>
        <message>
            <source>sk-…</source>
            <translation>sk-…</translation>
        </message>
        <message>
            <source>Hide the key</source>
            <translation>Schlüssel verbergen</translation>
        </message>
        <message>
            <source>Show the key</source>
            <translation>Schlüssel anzeigen</translation>
        </message>
        <message>
            <source>Address</source>
            <translation>Adresse</translation>
        </message>
        <message>
            <source>As the tools of the provider have it. One on your own machine works too, such as http://127.0.0.1:11434/v1.</source>
            <translation>Wie in den Tools des Anbieters. Auch ein Anbieter auf dem eigenen Rechner ist möglich, etwa http://127.0.0.1:11434/v1.</translation>
        </message>
        <message>
            <source>Models</source>
            <translation>Modelle</translation>
        </message>
        <message>
            <source>Names or patterns such as gpt-*, with commas between. Empty: all that no other provider names.</source>
            <translation>Namen oder Muster wie gpt-*, durch Kommas getrennt. Leer: alle, die kein anderer Anbieter nennt.</translation>
        </message>
        <message>
            <source>It costs nothing</source>
            <translation>Kostenlos</translation>
        </message>
        <message>
            <source>A model on your own machine: tokens are counted, nothing is billed.</source>
            <translation>Ein Modell auf dem eigenen Rechner: Token werden gezählt, nichts wird berechnet.</translation>
        </message>
        <message>
            <source>It was not saved</source>
            <translation>Nicht gespeichert</translation>
        </message>
    </context>
    <context>
        <name>Requests</name>
        <message>
            <source>Running</source>
            <translation>Läuft</translation>
        </message>
        <message>
            <source>Cached</source>
            <translation>Aus dem Cache</translation>
        </message>
        <message>
            <source>Client left</source>
            <translation>Client getrennt</translation>
        </message>
        <message>
            <source>Cut short</source>
            <translation>Abgeschnitten</translation>
        </message>
        <message>
            <source>Stopped</source>
            <translation>Gestoppt</translation>
        </message>
        <message>
            <source>Recovered</source>
            <translation>Nachgebucht</translation>
        </message>
        <message>
            <source>No answer</source>
            <translation>Keine Antwort</translation>
        </message>
        <message>
            <source>%1 here</source>
            <comment>HTTP status of a refusal by this program</comment>
            <translation>%1 (hier)</translation>
        </message>
        <message>
            <source>Running: the answer is coming in.</source>
            <translation>Läuft: Die Antwort trifft ein.</translation>
        </message>
        <message>
            <source>Running: no content has come yet.</source>
            <translation>Läuft: Noch kein Inhalt eingetroffen.</translation>
        </message>
        <message>
            <source>The whole answer of the provider went to the client.</source>
            <translation>Die vollständige Antwort des Anbieters ging an den Client.</translation>
        </message>
        <message>
            <source>The provider refused it; its answer was passed on.</source>
            <translation>Der Anbieter hat die Anfrage abgelehnt; seine Antwort wurde weitergegeben.</translation>
        </message>
        <message>
            <source>The provider could not be reached, or broke off.</source>
            <translation>Der Anbieter war nicht erreichbar oder hat abgebrochen.</translation>
        </message>
        <message>
            <source>The client closed its connection before the end; the provider was stopped at once.</source>
            <translation>Der Client hat die Verbindung vor dem Ende geschlossen; der Anbieter wurde sofort gestoppt.</translation>
        </message>
        <message>
            <source>Ended here, because the amount that was set aside for it was used up.</source>
            <translation>Hier beendet, weil der dafür reservierte Betrag aufgebraucht war.</translation>
        </message>
        <message>
            <source>Answered from the cache; the provider was not asked.</source>
            <translation>Aus dem Cache beantwortet; der Anbieter wurde nicht gefragt.</translation>
        </message>
        <message>
            <source>Refused here; nothing was sent to the provider.</source>
            <translation>Hier abgelehnt; nichts wurde an den Anbieter gesendet.</translation>
        </message>
        <message>
            <source>Stopped by a person, or because the program ended.</source>
            <translation>Von einer Person gestoppt oder weil das Programm beendet wurde.</translation>
        </message>
        <message>
            <source>The program ended while it ran. It was booked with all that was set aside for it.</source>
            <translation>Das Programm endete, während die Anfrage lief. Gebucht wurde der gesamte dafür reservierte Betrag.</translation>
        </message>
        <message>
            <source>unknown</source>
            <translation>unbekannt</translation>
        </message>
        <message>
            <source>%1 %2</source>
            <comment>date and time</comment>
            <translation>%1 %2</translation>
        </message>
        <message>
            <source>for %1</source>
            <comment>this model was used in place of that one</comment>
            <translation>statt %1</translation>
        </message>
        <message>
            <source>shortened</source>
            <comment>the output limit of the request was lowered to fit the budget</comment>
            <translation>gekürzt</translation>
        </message>
        <message>
            <source>&lt;1 ms</source>
            <translation>&lt;1 ms</translation>
        </message>
    </context>
    <context>
        <name>RequestsCharge</name>
        <message>
            <source>Charge</source>
            <translation>Abrechnung</translation>
        </message>
        <message>
            <source>%1: %2 at %3 makes %4</source>
            <translation>%1: %2 zu %3 ergibt %4</translation>
        </message>
        <message>
            <source>no price</source>
            <translation>kein Preis</translation>
        </message>
        <message>
            <source>%1 × %2</source>
            <translation>%1 × %2</translation>
        </message>
        <message>
            <source>Cost</source>
            <translation>Kosten</translation>
        </message>
        <message>
            <source>Correct the cost…</source>
            <translation>Kosten korrigieren…</translation>
        </message>
        <message>
            <source>Budgets</source>
            <translation>Budgets</translation>
        </message>
    </context>
    <context>
        <name>RequestsCorrectDialog</name>
        <message>
            <source>Correct the cost</source>
            <translation>Kosten korrigieren</translation>
        </message>
        <message>
            <source>Take the amount from the provider's bill. Sums, charts and budgets follow; the row counts as exact from then on.</source>
            <translation>Den Betrag der Rechnung des Anbieters entnehmen. Summen, Diagramme und Budgets werden angepasst; die Zeile gilt danach als exakt.</translation>
        </message>
        <message>
            <source>Correct</source>
            <translation>Korrigieren</translation>
        </message>
        <message>
            <source>True cost</source>
            <translation>Tatsächliche Kosten</translation>
        </message>
    </context>
    <context>
        <name>RequestsDetailPanel</name>
        <message>
            <source>Stop</source>
            <translation>Stoppen</translation>
        </message>
        <message>
            <source>Ends it at the provider; what was generated is booked</source>
            <translation>Beendet die Anfrage beim Anbieter; bereits Erzeugtes wird gebucht</translation>
        </message>
        <message>
            <source>Copy as …</source>
            <translation>Kopieren als …</translation>
        </message>
        <message>
            <source>Copy as cURL</source>
            <translation>Als cURL kopieren</translation>
        </message>
        <message>
            <source>Copy as Python</source>
            <translation>Als Python kopieren</translation>
        </message>
        <message>
            <source>Copy as JavaScript</source>
            <translation>Als JavaScript kopieren</translation>
        </message>
        <message>
            <source>Copy its id</source>
            <translation>ID kopieren</translation>
        </message>
        <message>
            <source>Not found</source>
            <translation>Nicht gefunden</translation>
        </message>
    </context>
    <context>
        <name>RequestsExportDialog</name>
        <message>
            <source>Export requests</source>
            <translation>Anfragen exportieren</translation>
        </message>
        <message>
            <source>Everything that the present filter finds: %1.</source>
            <translation>Alles, was der aktuelle Filter findet: %1.</translation>
        </message>
        <message>
            <source>Replace the file</source>
            <translation>Datei ersetzen</translation>
        </message>
        <message>
            <source>Export</source>
            <translation>Exportieren</translation>
        </message>
        <message>
            <source>Format</source>
            <translation>Format</translation>
        </message>
        <message>
            <source>For spreadsheets. Text that looks like a formula is made harmless.</source>
            <translation>Für Tabellenkalkulationen. Text, der wie eine Formel aussieht, wird unschädlich gemacht.</translation>
        </message>
        <message>
            <source>For programs: one object a request, as the management API has it.</source>
            <translation>Für Programme: ein Objekt pro Anfrage, wie in der Verwaltungs-API.</translation>
        </message>
        <message>
            <source>CSV</source>
            <translation>CSV</translation>
        </message>
        <message>
            <source>JSON</source>
            <translation>JSON</translation>
        </message>
        <message>
            <source>File</source>
            <translation>Datei</translation>
        </message>
        <message>
            <source>There is a file of this name; it will be replaced.</source>
            <translation>Eine Datei mit diesem Namen existiert bereits; sie wird ersetzt.</translation>
        </message>
        <message>
            <source>Browse…</source>
            <translation>Durchsuchen…</translation>
        </message>
    </context>
    <context>
        <name>RequestsExportStrip</name>
        <message>
            <source>Exporting</source>
            <translation>Export läuft</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>Abbrechen</translation>
        </message>
    </context>
    <context>
        <name>RequestsFacts</name>
        <message>
            <source>Request</source>
            <translation>Anfrage</translation>
        </message>
        <message>
            <source>Only %1</source>
            <translation>Nur %1</translation>
        </message>
    </context>
    <context>
        <name>RequestsFilterBar</name>
        <message>
            <source>Filter: key:ci model:gpt-* status:4xx cost&gt;0.05 time:today …</source>
            <translation>Filter: key:ci model:gpt-* status:4xx cost&gt;0.05 time:today …</translation>
        </message>
        <message>
            <source>Filter</source>
            <translation>Filter</translation>
        </message>
        <message>
            <source>What could be typed</source>
            <translation>Mögliche Eingaben</translation>
        </message>
        <message>
            <source>Saved</source>
            <translation>Gespeichert</translation>
        </message>
        <message>
            <source>Filters that were given a name</source>
            <translation>Benannte Filter</translation>
        </message>
        <message>
            <source>Save this filter…</source>
            <translation>Diesen Filter speichern…</translation>
        </message>
        <message>
            <source>Use</source>
            <translation>Anwenden</translation>
        </message>
        <message>
            <source>Remove</source>
            <translation>Entfernen</translation>
        </message>
        <message>
            <source>None yet</source>
            <translation>Noch keine</translation>
        </message>
        <message>
            <source>Use “%1”</source>
            <translation>„%1“ anwenden</translation>
        </message>
        <message>
            <source>Clear all</source>
            <translation>Alle löschen</translation>
        </message>
    </context>
    <context>
        <name>RequestsHeader</name>
        <message>
            <source>Sorted, largest first</source>
            <translation>Sortiert, größte zuerst</translation>
        </message>
        <message>
            <source>Sorted, smallest first</source>
            <translation>Sortiert, kleinste zuerst</translation>
        </message>
    </context>
    <context>
        <name>RequestsList</name>
        <message>
            <source>Requests</source>
            <translation>Anfragen</translation>
        </message>
        <message>
            <source>Searching</source>
            <translation>Suche läuft</translation>
        </message>
        <message numerus="yes">
            <source>%n new</source>
            <comment>requests</comment>
            <translation>
                <numerusform>%n neue</numerusform>
                <numerusform>%n neue</numerusform>
            </translation>
        </message>
        <message>
            <source>Show the requests that came in meanwhile</source>
            <translation>Inzwischen eingetroffene Anfragen anzeigen</translation>
        </message>
        <message>
            <source>No requests yet</source>
            <translation>Noch keine Anfragen</translation>
        </message>
        <message>
            <source>Nothing fits this filter</source>
            <translation>Nichts passt zu diesem Filter</translation>
        </message>
        <message>
            <source>Every request that a tool sends through this proxy is listed here while it runs, with its cost.</source>
            <translation>Jede Anfrage, die ein Tool über diesen Proxy sendet, erscheint hier schon während der Ausführung, mit ihren Kosten.</translation>
        </message>
        <message>
            <source>Try a wider time, or take a term away.</source>
            <translation>Einen größeren Zeitraum wählen oder eine Bedingung entfernen.</translation>
        </message>
        <message>
            <source>Connect a tool</source>
            <translation>Tool verbinden</translation>
        </message>
        <message>
            <source>Clear the filter</source>
            <translation>Filter löschen</translation>
        </message>
        <message>
            <source>Searching…</source>
            <translation>Suche läuft…</translation>
        </message>
    </context>
    <context>
        <name>RequestsMessages</name>
        <message>
            <source>Headers and body</source>
            <translation>Header und Body</translation>
        </message>
        <message>
            <source>The headers of this request were not kept. They are held in memory for recent requests only, while this window is open.</source>
            <translation>Die Header dieser Anfrage wurden nicht aufbewahrt. Nur für neuere Anfragen bleiben sie im Arbeitsspeicher, solange dieses Fenster geöffnet ist.</translation>
        </message>
        <message>
            <source>Request</source>
            <translation>Anfrage</translation>
        </message>
        <message>
            <source>Answer</source>
            <translation>Antwort</translation>
        </message>
        <message>
            <source>No body was kept for this request.</source>
            <translation>Für diese Anfrage wurde kein Body aufbewahrt.</translation>
        </message>
        <message>
            <source>What is said is not kept. Switch on “Keep prompts and answers” in the settings to see it from then on; it is written to disk then.</source>
            <translation>Was gesagt wird, wird nicht aufbewahrt. Mit „Prompts und Antworten aufbewahren“ in den Einstellungen ist es von da an zu sehen; es wird dann auf die Festplatte geschrieben.</translation>
        </message>
        <message>
            <source>Open the setting</source>
            <translation>Einstellung öffnen</translation>
        </message>
    </context>
    <context>
        <name>RequestsPage</name>
        <message>
            <source>Requests</source>
            <translation>Anfragen</translation>
        </message>
        <message>
            <source>Hold</source>
            <translation>Anhalten</translation>
        </message>
        <message>
            <source>Go live</source>
            <translation>Live anzeigen</translation>
        </message>
        <message>
            <source>Requests that come in are shown at once. Hold the list to read it.</source>
            <translation>Eintreffende Anfragen werden sofort angezeigt. Zum Lesen die Liste anhalten.</translation>
        </message>
        <message>
            <source>The list is held. New requests are counted, not shown.</source>
            <translation>Die Liste ist angehalten. Neue Anfragen werden gezählt, nicht angezeigt.</translation>
        </message>
        <message>
            <source>Columns</source>
            <translation>Spalten</translation>
        </message>
        <message>
            <source>Export this list</source>
            <translation>Diese Liste exportieren</translation>
        </message>
        <message>
            <source>The requests could not be read</source>
            <translation>Die Anfragen konnten nicht gelesen werden</translation>
        </message>
        <message>
            <source>Try again</source>
            <translation>Erneut versuchen</translation>
        </message>
        <message>
            <source>Open</source>
            <translation>Öffnen</translation>
        </message>
        <message>
            <source>Stop</source>
            <translation>Stoppen</translation>
        </message>
        <message>
            <source>Copy as cURL</source>
            <translation>Als cURL kopieren</translation>
        </message>
        <message>
            <source>Copy as Python</source>
            <translation>Als Python kopieren</translation>
        </message>
        <message>
            <source>Copy as JavaScript</source>
            <translation>Als JavaScript kopieren</translation>
        </message>
        <message>
            <source>Copy its id</source>
            <translation>ID kopieren</translation>
        </message>
        <message>
            <source>Only this key</source>
            <translation>Nur dieser Schlüssel</translation>
        </message>
        <message>
            <source>Only this model</source>
            <translation>Nur dieses Modell</translation>
        </message>
        <message>
            <source>As at first</source>
            <translation>Auf Standard zurücksetzen</translation>
        </message>
    </context>
    <context>
        <name>RequestsRow</name>
        <message>
            <source>%1, %2, %3, %4, %5</source>
            <translation>%1, %2, %3, %4, %5</translation>
        </message>
        <message>
            <source>Loading</source>
            <translation>Wird geladen</translation>
        </message>
        <message>
            <source>≈ %1</source>
            <comment>an estimated amount</comment>
            <translation>≈ %1</translation>
        </message>
    </context>
    <context>
        <name>RequestsSaveFilterDialog</name>
        <message>
            <source>Save this filter</source>
            <translation>Diesen Filter speichern</translation>
        </message>
        <message>
            <source>Save</source>
            <translation>Speichern</translation>
        </message>
        <message>
            <source>Name</source>
            <translation>Name</translation>
        </message>
        <message>
            <source>Dear requests of today</source>
            <translation>Teure Anfragen von heute</translation>
        </message>
    </context>
    <context>
        <name>RequestsTimings</name>
        <message>
            <source>Time</source>
            <translation>Zeit</translation>
        </message>
        <message>
            <source>%1: %2</source>
            <translation>%1: %2</translation>
        </message>
    </context>
    <context>
        <name>SearchField</name>
        <message>
            <source>Clear</source>
            <translation>Löschen</translation>
        </message>
    </context>
    <context>
        <name>SettingLabels</name>
        <message>
            <source>seconds</source>
            <translation>Sekunden</translation>
        </message>
        <message>
            <source>minutes</source>
            <translation>Minuten</translation>
        </message>
        <message>
            <source>days</source>
            <translation>Tage</translation>
        </message>
        <message>
            <source>bytes</source>
            <translation>Bytes</translation>
        </message>
        <message>
            <source>connections</source>
            <translation>Verbindungen</translation>
        </message>
        <message>
            <source>requests per minute</source>
            <translation>Anfragen pro Minute</translation>
        </message>
        <message>
            <source>tokens per minute</source>
            <translation>Token pro Minute</translation>
        </message>
        <message>
            <source>requests</source>
            <translation>Anfragen</translation>
        </message>
        <message>
            <source>tokens</source>
            <translation>Token</translation>
        </message>
        <message>
            <source>Shorten the answer (clamp)</source>
            <translation>Antwort kürzen (clamp)</translation>
        </message>
        <message>
            <source>Refuse it (strict)</source>
            <translation>Ablehnen (strict)</translation>
        </message>
        <message>
            <source>Let it run (soft)</source>
            <translation>Laufen lassen (soft)</translation>
        </message>
        <message>
            <source>Tell me</source>
            <translation>Melden</translation>
        </message>
        <message>
            <source>Take a cheaper model</source>
            <translation>Günstigeres Modell verwenden</translation>
        </message>
        <message>
            <source>Refuse requests</source>
            <translation>Anfragen ablehnen</translation>
        </message>
        <message>
            <source>Each key for itself</source>
            <translation>Jeder Schlüssel für sich</translation>
        </message>
        <message>
            <source>The keys of a team</source>
            <translation>Die Schlüssel eines Teams</translation>
        </message>
        <message>
            <source>All keys</source>
            <translation>Alle Schlüssel</translation>
        </message>
        <message>
            <source>A crash of the program</source>
            <translation>Einen Programmabsturz</translation>
        </message>
        <message>
            <source>A power cut too</source>
            <translation>Auch einen Stromausfall</translation>
        </message>
        <message>
            <source>Everything</source>
            <translation>Alles</translation>
        </message>
        <message>
            <source>What happens</source>
            <translation>Alle Ereignisse</translation>
        </message>
        <message>
            <source>Warnings and errors</source>
            <translation>Warnungen und Fehler</translation>
        </message>
        <message>
            <source>Errors alone</source>
            <translation>Nur Fehler</translation>
        </message>
        <message>
            <source>Refuse it</source>
            <translation>Ablehnen</translation>
        </message>
        <message>
            <source>Allow it, at unknown cost</source>
            <translation>Zulassen, Kosten unbekannt</translation>
        </message>
        <message>
            <source>Address</source>
            <translation>Adresse</translation>
        </message>
        <message>
            <source>Port</source>
            <translation>Port</translation>
        </message>
        <message>
            <source>Further host names</source>
            <translation>Weitere Hostnamen</translation>
        </message>
        <message>
            <source>Largest request</source>
            <translation>Größte Anfrage</translation>
        </message>
        <message>
            <source>Time for a request's head</source>
            <translation>Zeit für den Kopf einer Anfrage</translation>
        </message>
        <message>
            <source>Longest pause in a request</source>
            <translation>Längste Pause in einer Anfrage</translation>
        </message>
        <message>
            <source>Unused connections close after</source>
            <translation>Ungenutzte Verbindungen schließen nach</translation>
        </message>
        <message>
            <source>Clients at the same time</source>
            <translation>Gleichzeitige Clients</translation>
        </message>
        <message>
            <source>TLS certificate</source>
            <translation>TLS-Zertifikat</translation>
        </message>
        <message>
            <source>TLS private key</source>
            <translation>Privater TLS-Schlüssel</translation>
        </message>
        <message>
            <source>Time to reach a provider</source>
            <translation>Zeit zum Erreichen eines Anbieters</translation>
        </message>
        <message>
            <source>Longest silence of a provider</source>
            <translation>Längstes Schweigen eines Anbieters</translation>
        </message>
        <message>
            <source>Connections to providers</source>
            <translation>Verbindungen zu Anbietern</translation>
        </message>
        <message>
            <source>Further authorities to trust</source>
            <translation>Weitere vertrauenswürdige Zertifizierungsstellen</translation>
        </message>
        <message>
            <source>Requests</source>
            <translation>Anfragen</translation>
        </message>
        <message>
            <source>Tokens</source>
            <translation>Token</translation>
        </message>
        <message>
            <source>At the same time</source>
            <translation>Gleichzeitig</translation>
        </message>
        <message>
            <source>Keys</source>
            <translation>Schlüssel</translation>
        </message>
        <message>
            <source>Budget of a day</source>
            <translation>Tagesbudget</translation>
        </message>
        <message>
            <source>Budget of a month</source>
            <translation>Monatsbudget</translation>
        </message>
        <message>
            <source>When so much is spent</source>
            <translation>Wenn so viel ausgegeben ist</translation>
        </message>
        <message>
            <source>This happens</source>
            <translation>Geschieht dies</translation>
        </message>
        <message>
            <source>Time zone</source>
            <translation>Zeitzone</translation>
        </message>
        <message>
            <source>A request that may not fit</source>
            <translation>Anfrage, die das Budget übersteigen könnte</translation>
        </message>
        <message>
            <source>Shortest answer</source>
            <translation>Kürzeste Antwort</translation>
        </message>
        <message>
            <source>Hold and ask for</source>
            <translation>Zurückhalten und nachfragen für</translation>
        </message>
        <message>
            <source>Take a cheaper model when a budget runs low</source>
            <translation>Günstigeres Modell verwenden, wenn ein Budget knapp wird</translation>
        </message>
        <message>
            <source>Instead of</source>
            <translation>Statt</translation>
        </message>
        <message>
            <source>Take</source>
            <translation>Verwenden</translation>
        </message>
        <message>
            <source>From</source>
            <translation>Von</translation>
        </message>
        <message>
            <source>Answer repeated requests from here</source>
            <translation>Wiederholte Anfragen von hier beantworten</translation>
        </message>
        <message>
            <source>Answers are kept for</source>
            <translation>Antworten werden aufbewahrt für</translation>
        </message>
        <message>
            <source>Most space</source>
            <translation>Maximaler Speicherplatz</translation>
        </message>
        <message>
            <source>Shared by</source>
            <translation>Gemeinsam genutzt durch</translation>
        </message>
        <message>
            <source>The same alert again after</source>
            <translation>Dieselbe Meldung erneut nach</translation>
        </message>
        <message>
            <source>Allow webhooks in the own network</source>
            <translation>Webhooks im eigenen Netz erlauben</translation>
        </message>
        <message>
            <source>Ledger</source>
            <translation>Kassenbuch</translation>
        </message>
        <message>
            <source>Single requests are kept for</source>
            <translation>Einzelne Anfragen werden aufbewahrt für</translation>
        </message>
        <message>
            <source>Survives</source>
            <translation>Übersteht</translation>
        </message>
        <message>
            <source>A model without a price</source>
            <translation>Modell ohne Preis</translation>
        </message>
        <message>
            <source>Price list</source>
            <translation>Preisliste</translation>
        </message>
        <message>
            <source>Keep prompts and answers</source>
            <translation>Prompts und Antworten aufbewahren</translation>
        </message>
        <message>
            <source>The log has</source>
            <translation>Das Protokoll enthält</translation>
        </message>
        <message>
            <source>Price it as another model (see the file)</source>
            <translation>Wie ein anderes Modell berechnen (siehe Datei)</translation>
        </message>
        <message>
            <source>Which model is written into the file itself: {assume: MODEL}.</source>
            <translation>Welches Modell, steht in der Datei selbst: {assume: MODEL}.</translation>
        </message>
        <message>
            <source>Status of a refusal</source>
            <translation>Status einer Ablehnung</translation>
        </message>
    </context>
    <context>
        <name>SettingsAboutCard</name>
        <message>
            <source>LLM Budget Proxy</source>
            <translation>LLM Budget Proxy</translation>
        </message>
        <message>
            <source>Version %1</source>
            <translation>Version %1</translation>
        </message>
        <message>
            <source>The source is under the MIT licence. Because Qt Charts is part of it, this desktop program as a whole is distributed under the GNU General Public License, version 3.</source>
            <translation>Der Quellcode steht unter der MIT-Lizenz. Da Qt Charts enthalten ist, wird dieses Desktop-Programm als Ganzes unter der GNU General Public License, Version 3, verbreitet.</translation>
        </message>
    </context>
    <context>
        <name>SettingsBackupCard</name>
        <message>
            <source>Backup and restore</source>
            <translation>Sicherung und Wiederherstellung</translation>
        </message>
        <message>
            <source>Write a copy to</source>
            <translation>Kopie schreiben nach</translation>
        </message>
        <message>
            <source>Requests, keys, budgets and alerts, while everything runs. It holds no plaintext keys.</source>
            <translation>Anfragen, Schlüssel, Budgets und Meldungen, im laufenden Betrieb. Schlüssel sind nicht im Klartext enthalten.</translation>
        </message>
        <message>
            <source>Back up</source>
            <translation>Sichern</translation>
        </message>
        <message>
            <source>Backup</source>
            <translation>Sicherung</translation>
        </message>
        <message>
            <source>Show it</source>
            <translation>Anzeigen</translation>
        </message>
        <message>
            <source>Restore from</source>
            <translation>Wiederherstellen aus</translation>
        </message>
        <message>
            <source>The copy is checked first. The present ledger is kept aside, and the proxy starts anew.</source>
            <translation>Die Kopie wird zuerst geprüft. Das aktuelle Kassenbuch wird beiseitegelegt, und der Proxy startet neu.</translation>
        </message>
        <message>
            <source>The path of a backup</source>
            <translation>Pfad einer Sicherung</translation>
        </message>
        <message>
            <source>Check</source>
            <translation>Prüfen</translation>
        </message>
        <message>
            <source>Restore</source>
            <translation>Wiederherstellen</translation>
        </message>
        <message>
            <source>A copy lies ready</source>
            <translation>Eine Kopie liegt bereit</translation>
        </message>
        <message>
            <source>The next start takes it into use.</source>
            <translation>Sie wird beim nächsten Start übernommen.</translation>
        </message>
        <message>
            <source>Do not restore</source>
            <translation>Nicht wiederherstellen</translation>
        </message>
        <message>
            <source>Browse…</source>
            <translation>Durchsuchen…</translation>
        </message>
    </context>
    <context>
        <name>SettingsListCard</name>
        <message>
            <source>Add</source>
            <translation>Hinzufügen</translation>
        </message>
        <message>
            <source>Change %1</source>
            <translation>%1 ändern</translation>
        </message>
        <message>
            <source>Remove %1</source>
            <translation>%1 entfernen</translation>
        </message>
        <message>
            <source>Save</source>
            <translation>Speichern</translation>
        </message>
        <message>
            <source>It was not saved</source>
            <translation>Nicht gespeichert</translation>
        </message>
    </context>
    <context>
        <name>SettingsLogCard</name>
        <message>
            <source>Latest messages</source>
            <translation>Letzte Meldungen</translation>
        </message>
        <message>
            <source>In memory only; what looks like a key is masked.</source>
            <translation>Nur im Arbeitsspeicher; was wie ein Schlüssel aussieht, wird maskiert.</translation>
        </message>
        <message>
            <source>Warnings only</source>
            <translation>Nur Warnungen</translation>
        </message>
        <message>
            <source>Copy</source>
            <translation>Kopieren</translation>
        </message>
        <message>
            <source>Nothing has been written yet.</source>
            <translation>Noch keine Einträge.</translation>
        </message>
    </context>
    <context>
        <name>SettingsPage</name>
        <message>
            <source>Settings</source>
            <translation>Einstellungen</translation>
        </message>
        <message>
            <source>Topics</source>
            <translation>Themen</translation>
        </message>
        <message>
            <source>Open config.yml</source>
            <translation>config.yml öffnen</translation>
        </message>
        <message>
            <source>config.yml has a mistake; the settings from before are in force</source>
            <translation>config.yml enthält einen Fehler; es gelten die bisherigen Einstellungen</translation>
        </message>
        <message>
            <source>The proxy has to start again for: %1</source>
            <translation>Der Proxy muss neu starten für: %1</translation>
        </message>
        <message>
            <source>Requests that are running may finish first.</source>
            <translation>Laufende Anfragen dürfen vorher fertig werden.</translation>
        </message>
        <message>
            <source>Restart now</source>
            <translation>Jetzt neu starten</translation>
        </message>
        <message>
            <source>config.yml was changed by somebody else meanwhile. Nothing was written.</source>
            <translation>config.yml wurde inzwischen anderweitig geändert. Nichts wurde geschrieben.</translation>
        </message>
        <message numerus="yes">
            <source>%n change(s) not saved yet</source>
            <translation>
                <numerusform>%n Änderung noch nicht gespeichert</numerusform>
                <numerusform>%n Änderungen noch nicht gespeichert</numerusform>
            </translation>
        </message>
        <message>
            <source>Take theirs</source>
            <translation>Fremde Änderungen übernehmen</translation>
        </message>
        <message>
            <source>Discard</source>
            <translation>Verwerfen</translation>
        </message>
        <message>
            <source>Read it again, keep mine</source>
            <translation>Neu einlesen, eigene behalten</translation>
        </message>
        <message>
            <source>Save</source>
            <translation>Speichern</translation>
        </message>
        <message>
            <source>Ctrl+S</source>
            <translation>Strg+S</translation>
        </message>
        <message>
            <source>Where it listens</source>
            <translation>Wo der Proxy lauscht</translation>
        </message>
        <message>
            <source>Management</source>
            <translation>Verwaltung</translation>
        </message>
        <message>
            <source>Admin key</source>
            <translation>Admin-Schlüssel</translation>
        </message>
        <message>
            <source>For the management API and for lbp on another machine. Whoever has it can change everything.</source>
            <translation>Für die Verwaltungs-API und für lbp auf einem anderen Rechner. Wer ihn hat, kann alles ändern.</translation>
        </message>
        <message>
            <source>Copy</source>
            <translation>Kopieren</translation>
        </message>
        <message>
            <source>Clients</source>
            <translation>Clients</translation>
        </message>
        <message>
            <source>Connections to providers</source>
            <translation>Verbindungen zu Anbietern</translation>
        </message>
        <message>
            <source>For keys without a budget of their own</source>
            <translation>Für Schlüssel ohne eigenes Budget</translation>
        </message>
        <message>
            <source>What happens as a budget is used up</source>
            <translation>Was geschieht, während ein Budget aufgebraucht wird</translation>
        </message>
        <message>
            <source>Add a threshold</source>
            <translation>Schwelle hinzufügen</translation>
        </message>
        <message>
            <source>Threshold</source>
            <translation>Schwelle</translation>
        </message>
        <message>
            <source>When the room gets tight</source>
            <translation>Wenn es knapp wird</translation>
        </message>
        <message>
            <source>Hold and ask</source>
            <translation>Zurückhalten und nachfragen</translation>
        </message>
        <message>
            <source>For each key</source>
            <translation>Für jeden Schlüssel</translation>
        </message>
        <message>
            <source>Other limits for some keys</source>
            <translation>Andere Limits für einzelne Schlüssel</translation>
        </message>
        <message>
            <source>Add</source>
            <translation>Hinzufügen</translation>
        </message>
        <message>
            <source>None: all keys have the limits above, or their own.</source>
            <translation>Keine: Für alle Schlüssel gelten die Limits oben oder ihre eigenen.</translation>
        </message>
        <message>
            <source>Limits by key name</source>
            <translation>Limits nach Schlüsselname</translation>
        </message>
        <message>
            <source>When a budget runs low</source>
            <translation>Wenn ein Budget knapp wird</translation>
        </message>
        <message>
            <source>Which model takes the place of which</source>
            <translation>Welches Modell welches ersetzt</translation>
        </message>
        <message>
            <source>Add a rule</source>
            <translation>Regel hinzufügen</translation>
        </message>
        <message>
            <source>No rules: every request gets the model it asks for.</source>
            <translation>Keine Regeln: Jede Anfrage erhält das gewünschte Modell.</translation>
        </message>
        <message>
            <source>Cheaper model</source>
            <translation>Günstigeres Modell</translation>
        </message>
        <message>
            <source>Prices</source>
            <translation>Preise</translation>
        </message>
        <message>
            <source>Prompts and answers are stored on this machine</source>
            <translation>Prompts und Antworten werden auf diesem Rechner gespeichert</translation>
        </message>
        <message>
            <source>Prompts and answers pass through and are not kept</source>
            <translation>Prompts und Antworten werden durchgereicht und nicht aufbewahrt</translation>
        </message>
        <message>
            <source>When on, the first part of each is stored without keys, beside the ledger, for as long as single requests are kept. Switched off, the file is deleted. The answer cache keeps answers for its own time.</source>
            <translation>Wenn eingeschaltet, wird jeweils der erste Teil ohne Schlüssel neben dem Kassenbuch gespeichert, so lange wie einzelne Anfragen. Beim Ausschalten wird die Datei gelöscht. Der Antwort-Cache bewahrt Antworten für seine eigene Dauer auf.</translation>
        </message>
        <message>
            <source>Where everything is</source>
            <translation>Wo alles liegt</translation>
        </message>
        <message>
            <source>Data folder</source>
            <translation>Datenordner</translation>
        </message>
        <message>
            <source>Open</source>
            <translation>Öffnen</translation>
        </message>
        <message>
            <source>Keeping</source>
            <translation>Aufbewahrung</translation>
        </message>
        <message>
            <source>Alerts</source>
            <translation>Meldungen</translation>
        </message>
        <message>
            <source>Webhook, events, quiet hours</source>
            <translation>Webhook, Ereignisse, Ruhezeiten</translation>
        </message>
    </context>
    <context>
        <name>SettingsProgramCard</name>
        <message>
            <source>Theme</source>
            <translation>Design</translation>
        </message>
        <message>
            <source>Desktop</source>
            <translation>Desktop</translation>
        </message>
        <message>
            <source>Light</source>
            <translation>Hell</translation>
        </message>
        <message>
            <source>Dark</source>
            <translation>Dunkel</translation>
        </message>
        <message>
            <source>Language</source>
            <translation>Sprache</translation>
        </message>
        <message>
            <source>Start with the desktop</source>
            <translation>Mit dem Desktop starten</translation>
        </message>
        <message>
            <source>In the tray, without a window.</source>
            <translation>Im Infobereich, ohne Fenster.</translation>
        </message>
        <message>
            <source>First steps</source>
            <translation>Erste Schritte</translation>
        </message>
        <message>
            <source>Provider, budget, key and tool, one after the other.</source>
            <translation>Anbieter, Budget, Schlüssel und Tool, eins nach dem anderen.</translation>
        </message>
        <message>
            <source>Open the guide</source>
            <translation>Anleitung öffnen</translation>
        </message>
        <message>
            <source>Save or discard the changed settings first.</source>
            <translation>Zuerst die geänderten Einstellungen speichern oder verwerfen.</translation>
        </message>
    </context>
    <context>
        <name>SettingsProvidersCard</name>
        <message>
            <source>Providers</source>
            <translation>Anbieter</translation>
        </message>
        <message>
            <source>Add a provider</source>
            <translation>Anbieter hinzufügen</translation>
        </message>
        <message>
            <source>not metered yet</source>
            <translation>noch nicht erfasst</translation>
        </message>
        <message>
            <source>Change</source>
            <translation>Ändern</translation>
        </message>
        <message>
            <source>Change %1, its key or address</source>
            <translation>%1 ändern, Schlüssel oder Adresse</translation>
        </message>
        <message>
            <source>Remove %1 and its key</source>
            <translation>%1 samt Schlüssel entfernen</translation>
        </message>
        <message>
            <source>Change %1</source>
            <translation>%1 ändern</translation>
        </message>
        <message>
            <source>Save</source>
            <translation>Speichern</translation>
        </message>
        <message>
            <source>Test</source>
            <translation>Testen</translation>
        </message>
        <message>
            <source>API</source>
            <translation>API</translation>
        </message>
        <message>
            <source>Remove %1?</source>
            <translation>%1 entfernen?</translation>
        </message>
        <message>
            <source>Its models cannot be reached any more, and its key is forgotten here.</source>
            <translation>Seine Modelle sind dann nicht mehr erreichbar, und sein Schlüssel wird hier vergessen.</translation>
        </message>
        <message>
            <source>Remove</source>
            <translation>Entfernen</translation>
        </message>
    </context>
    <context>
        <name>SettingsRow</name>
        <message>
            <source>changed</source>
            <translation>geändert</translation>
        </message>
        <message>
            <source>at the next start</source>
            <translation>beim nächsten Start</translation>
        </message>
        <message>
            <source>no limit</source>
            <translation>kein Limit</translation>
        </message>
    </context>
    <context>
        <name>SideBar</name>
        <message>
            <source>Pages</source>
            <translation>Seiten</translation>
        </message>
        <message>
            <source>%1 (%2)</source>
            <translation>%1 (%2)</translation>
        </message>
        <message>
            <source>Budget Proxy</source>
            <translation>Budget Proxy</translation>
        </message>
        <message>
            <source>Overview</source>
            <translation>Übersicht</translation>
        </message>
        <message>
            <source>Ctrl+1</source>
            <translation>Strg+1</translation>
        </message>
        <message>
            <source>Requests</source>
            <translation>Anfragen</translation>
        </message>
        <message>
            <source>Ctrl+2</source>
            <translation>Strg+2</translation>
        </message>
        <message>
            <source>Keys</source>
            <translation>Schlüssel</translation>
        </message>
        <message>
            <source>Ctrl+3</source>
            <translation>Strg+3</translation>
        </message>
        <message>
            <source>Budgets</source>
            <translation>Budgets</translation>
        </message>
        <message>
            <source>Ctrl+4</source>
            <translation>Strg+4</translation>
        </message>
        <message>
            <source>Models and prices</source>
            <translation>Modelle und Preise</translation>
        </message>
        <message>
            <source>Ctrl+5</source>
            <translation>Strg+5</translation>
        </message>
        <message>
            <source>Alerts</source>
            <translation>Meldungen</translation>
        </message>
        <message>
            <source>Ctrl+6</source>
            <translation>Strg+6</translation>
        </message>
        <message>
            <source>Connect a tool</source>
            <translation>Tool verbinden</translation>
        </message>
        <message>
            <source>Ctrl+7</source>
            <translation>Strg+7</translation>
        </message>
        <message>
            <source>Settings</source>
            <translation>Einstellungen</translation>
        </message>
        <message>
            <source>Ctrl+8</source>
            <translation>Strg+8</translation>
        </message>
    </context>
    <context>
        <name>SidePanel</name>
        <message>
            <source>Close</source>
            <translation>Schließen</translation>
        </message>
    </context>
    <context>
        <name>SimulatorPanel</name>
        <message>
            <source>Why would it be blocked?</source>
            <translation>Warum würde gesperrt?</translation>
        </message>
        <message>
            <source>Nothing is sent and nothing is spent.</source>
            <translation>Nichts wird gesendet und nichts wird ausgegeben.</translation>
        </message>
        <message>
            <source>passes</source>
            <translation>lässt durch</translation>
        </message>
        <message>
            <source>passes, with a warning</source>
            <translation>lässt durch, mit Warnung</translation>
        </message>
        <message>
            <source>blocks</source>
            <translation>sperrt</translation>
        </message>
        <message>
            <source>not reached</source>
            <translation>nicht erreicht</translation>
        </message>
        <message>
            <source>Key</source>
            <translation>Schlüssel</translation>
        </message>
        <message>
            <source>Name of a key</source>
            <translation>Name eines Schlüssels</translation>
        </message>
        <message>
            <source>Model</source>
            <translation>Modell</translation>
        </message>
        <message>
            <source>Input tokens</source>
            <translation>Eingabe-Token</translation>
        </message>
        <message>
            <source>At most, output</source>
            <translation>Ausgabe, höchstens</translation>
        </message>
        <message>
            <source>not named</source>
            <translation>nicht angegeben</translation>
        </message>
        <message>
            <source>Streamed</source>
            <translation>Gestreamt</translation>
        </message>
        <message>
            <source>It could not be decided</source>
            <translation>Keine Entscheidung möglich</translation>
        </message>
        <message>
            <source>%1: %2</source>
            <translation>%1: %2</translation>
        </message>
        <message>
            <source>The client would read</source>
            <translation>Der Client würde lesen</translation>
        </message>
    </context>
    <context>
        <name>Spinner</name>
        <message>
            <source>Working…</source>
            <translation>In Arbeit…</translation>
        </message>
    </context>
    <context>
        <name>StatTile</name>
        <message>
            <source>%1: %2</source>
            <translation>%1: %2</translation>
        </message>
        <message>
            <source>≈ %1</source>
            <translation>≈ %1</translation>
        </message>
    </context>
    <context>
        <name>TableHeaderCell</name>
        <message>
            <source>Sorted, largest first</source>
            <translation>Sortiert, größte zuerst</translation>
        </message>
        <message>
            <source>Sorted, smallest first</source>
            <translation>Sortiert, kleinste zuerst</translation>
        </message>
    </context>
    <context>
        <name>TableRow</name>
        <message>
            <source>%1: %2</source>
            <translation>%1: %2</translation>
        </message>
    </context>
    <context>
        <name>Toast</name>
        <message>
            <source>Dismiss</source>
            <translation>Ausblenden</translation>
        </message>
    </context>
    <context>
        <name>TrendChart</name>
        <message>
            <source>%1: %2</source>
            <translation>%1: %2</translation>
        </message>
        <message>
            <source>%1, %2</source>
            <translation>%1, %2</translation>
        </message>
    </context>
    <context>
        <name>Trouble</name>
        <message>
            <source>LLM Budget Proxy cannot start</source>
            <translation>LLM Budget Proxy kann nicht starten</translation>
        </message>
        <message>
            <source>The proxy cannot start yet</source>
            <translation>Der Proxy kann noch nicht starten</translation>
        </message>
        <message numerus="yes">
            <source>%n thing(s) to put right, then try again. Nothing was changed and nothing is lost.</source>
            <translation>
                <numerusform>%n Problem beheben, dann erneut versuchen. Nichts wurde geändert und nichts ist verloren.</numerusform>
                <numerusform>%n Probleme beheben, dann erneut versuchen. Nichts wurde geändert und nichts ist verloren.</numerusform>
            </translation>
        </message>
        <message>
            <source>Quit</source>
            <translation>Beenden</translation>
        </message>
        <message>
            <source>Open the file</source>
            <translation>Datei öffnen</translation>
        </message>
        <message>
            <source>Try again</source>
            <translation>Erneut versuchen</translation>
        </message>
    </context>
    <context>
        <name>lbp::gui::AlertHistory</name>
        <message>
            <source>history only</source>
            <translation>nur im Verlauf</translation>
        </message>
        <message>
            <source>webhook delivered</source>
            <translation>Webhook zugestellt</translation>
        </message>
        <message>
            <source>webhook failed: %1</source>
            <translation>Webhook fehlgeschlagen: %1</translation>
        </message>
    </context>
    <context>
        <name>lbp::gui::AlertsModel</name>
        <message>
            <source>Send a test alert</source>
            <translation>Testmeldung senden</translation>
        </message>
        <message>
            <source>Alerts</source>
            <translation>Meldungen</translation>
        </message>
        <message>
            <source>webhook try</source>
            <translation>Webhook testen Probe</translation>
        </message>
        <message>
            <source>All alerts</source>
            <translation>Alle Meldungen</translation>
        </message>
        <message>
            <source>A budget has reached its first threshold. Once in each period.</source>
            <translation>Ein Budget hat seine erste Schwelle erreicht. Einmal in jedem Zeitraum.</translation>
        </message>
        <message>
            <source>A request was refused because a budget is used up.</source>
            <translation>Eine Anfrage wurde abgelehnt, weil ein Budget aufgebraucht ist.</translation>
        </message>
        <message>
            <source>A cheaper model was used because a budget runs low.</source>
            <translation>Ein günstigeres Modell wurde verwendet, weil ein Budget knapp wird.</translation>
        </message>
        <message>
            <source>A key spent faster than it may and was paused.</source>
            <translation>Ein Schlüssel hat schneller ausgegeben, als er darf, und wurde pausiert.</translation>
        </message>
        <message>
            <source>A provider cannot be reached.</source>
            <translation>Ein Anbieter ist nicht erreichbar.</translation>
        </message>
        <message>
            <source>A request named a model that has no price.</source>
            <translation>Eine Anfrage nannte ein Modell ohne Preis.</translation>
        </message>
        <message>
            <source>Quiet until %1</source>
            <translation>Ruhe bis %1</translation>
        </message>
        <message>
            <source>Write it as 22:00-07:00, or leave it empty.</source>
            <translation>Als 22:00-07:00 schreiben oder leer lassen.</translation>
        </message>
        <message>
            <source>The setting was not saved</source>
            <translation>Die Einstellung wurde nicht gespeichert</translation>
        </message>
        <message>
            <source>No webhook is called any more</source>
            <translation>Es wird kein Webhook mehr aufgerufen</translation>
        </message>
        <message>
            <source>Webhook saved</source>
            <translation>Webhook gespeichert</translation>
        </message>
        <message>
            <source>Quiet hours are off</source>
            <translation>Ruhezeiten sind aus</translation>
        </message>
        <message>
            <source>Quiet hours saved</source>
            <translation>Ruhezeiten gespeichert</translation>
        </message>
        <message>
            <source>One alert has to stay on</source>
            <translation>Eine Meldung muss eingeschaltet bleiben</translation>
        </message>
        <message>
            <source>An empty list means all of them. Remove the webhook to hear of none.</source>
            <translation>Eine leere Liste bedeutet: alle. Den Webhook entfernen, um keine zu erhalten.</translation>
        </message>
        <message>
            <source>%1: on</source>
            <translation>%1: ein</translation>
        </message>
        <message>
            <source>%1: off</source>
            <translation>%1: aus</translation>
        </message>
        <message>
            <source>Delivered: status %1 after %2</source>
            <translation>Zugestellt: Status %1 nach %2</translation>
        </message>
        <message>
            <source>Refused with status %1 after %2. %3</source>
            <translation>Abgelehnt mit Status %1 nach %2. %3</translation>
        </message>
    </context>
    <context>
        <name>lbp::gui::BudgetForm</name>
        <message>
            <source>Type the name of the team.</source>
            <translation>Namen des Teams eingeben.</translation>
        </message>
        <message>
            <source>Type the name of the project.</source>
            <translation>Namen des Projekts eingeben.</translation>
        </message>
        <message>
            <source>Choose a key.</source>
            <translation>Schlüssel wählen.</translation>
        </message>
        <message>
            <source>There is no key with this name.</source>
            <translation>Es gibt keinen Schlüssel mit diesem Namen.</translation>
        </message>
        <message>
            <source>The name is too long or holds characters that cannot be seen.</source>
            <translation>Der Name ist zu lang oder enthält unsichtbare Zeichen.</translation>
        </message>
        <message>
            <source>Everything</source>
            <translation>Alles</translation>
        </message>
        <message>
            <source>Team</source>
            <translation>Team</translation>
        </message>
        <message>
            <source>Project</source>
            <translation>Projekt</translation>
        </message>
        <message>
            <source>Key</source>
            <translation>Schlüssel</translation>
        </message>
        <message>
            <source>It takes the place of %1 from the settings.</source>
            <translation>Ersetzt %1 aus den Einstellungen.</translation>
        </message>
        <message>
            <source>There is one already: its limit of %1 is replaced.</source>
            <translation>Es gibt bereits eines: Sein Limit von %1 wird ersetzt.</translation>
        </message>
        <message>
            <source>It counts the requests of all keys together.</source>
            <translation>Zählt die Anfragen aller Schlüssel zusammen.</translation>
        </message>
        <message>
            <source>It counts the requests of all keys of the team together.</source>
            <translation>Zählt die Anfragen aller Schlüssel des Teams zusammen.</translation>
        </message>
        <message>
            <source>It counts the requests of all keys of the project together.</source>
            <translation>Zählt die Anfragen aller Schlüssel des Projekts zusammen.</translation>
        </message>
        <message>
            <source>It counts the requests of this key.</source>
            <translation>Zählt die Anfragen dieses Schlüssels.</translation>
        </message>
    </context>
    <context>
        <name>lbp::gui::BudgetTree</name>
        <message>
            <source>Everything</source>
            <translation>Alles</translation>
        </message>
        <message>
            <source>Keys</source>
            <translation>Schlüssel</translation>
        </message>
        <message>
            <source>Keys without a team</source>
            <translation>Schlüssel ohne Team</translation>
        </message>
        <message>
            <source>%1, raised by %2</source>
            <comment>a limit</comment>
            <translation>%1, um %2 erhöht</translation>
        </message>
        <message>
            <source>from settings</source>
            <translation>aus den Einstellungen</translation>
        </message>
        <message>
            <source>never</source>
            <comment>resets</comment>
            <translation>nie</translation>
        </message>
        <message>
            <source>Resets on %1</source>
            <translation>Wird am %1 zurückgesetzt</translation>
        </message>
        <message>
            <source>no limit of its own</source>
            <translation>kein eigenes Limit</translation>
        </message>
    </context>
    <context>
        <name>lbp::gui::BudgetsModel</name>
        <message>
            <source>Limit added</source>
            <translation>Limit hinzugefügt</translation>
        </message>
        <message>
            <source>%1: %2</source>
            <comment>whose budget: its limit</comment>
            <translation>%1: %2</translation>
        </message>
        <message>
            <source>Add a budget</source>
            <translation>Budget hinzufügen</translation>
        </message>
        <message>
            <source>Budgets</source>
            <translation>Budgets</translation>
        </message>
        <message>
            <source>new limit cap team project key</source>
            <translation>neu Limit Obergrenze Team Projekt Schlüssel</translation>
        </message>
        <message>
            <source>That did not work</source>
            <translation>Das hat nicht funktioniert</translation>
        </message>
        <message>
            <source>%1, %2</source>
            <comment>whose budget, per day</comment>
            <translation>%1, %2</translation>
        </message>
        <message>
            <source>at %1 it warns</source>
            <translation>ab %1 wird gewarnt</translation>
        </message>
        <message>
            <source>at %1 it turns to a cheaper model, where a rule names one</source>
            <translation>ab %1 wird ein günstigeres Modell verwendet, wo eine Regel eines nennt</translation>
        </message>
        <message>
            <source>at %1 it blocks</source>
            <translation>ab %1 wird gesperrt</translation>
        </message>
        <message>
            <source>Of each limit, %1.</source>
            <translation>Bei jedem Limit gilt: %1.</translation>
        </message>
        <message>
            <source>Limit changed</source>
            <translation>Limit geändert</translation>
        </message>
        <message>
            <source>%1: %2 instead of %3</source>
            <comment>whose budget: new limit instead of old limit</comment>
            <translation>%1: %2 statt %3</translation>
        </message>
        <message>
            <source>Undo</source>
            <translation>Rückgängig</translation>
        </message>
        <message>
            <source>Limit removed</source>
            <translation>Limit entfernt</translation>
        </message>
        <message>
            <source>Raise %1</source>
            <comment>whose budget</comment>
            <translation>%1 erhöhen</translation>
        </message>
        <message>
            <source>+%1</source>
            <comment>an amount more</comment>
            <translation>+%1</translation>
        </message>
        <message>
            <source>Raised by %1</source>
            <translation>Um %1 erhöht</translation>
        </message>
        <message>
            <source>%1, until it resets.</source>
            <comment>whose budget</comment>
            <translation>%1, bis zum Zurücksetzen.</translation>
        </message>
        <message>
            <source>More room until it resets, at %1. From then on the limit of %2 counts again.</source>
            <translation>Mehr Spielraum bis zum Zurücksetzen (%1). Danach gilt wieder das Limit von %2.</translation>
        </message>
    </context>
    <context>
        <name>lbp::gui::ConnectModel</name>
        <message>
            <source>Connect %1</source>
            <translation>%1 verbinden</translation>
        </message>
        <message>
            <source>Connect a tool</source>
            <translation>Tool verbinden</translation>
        </message>
        <message>
            <source>Copied</source>
            <translation>Kopiert</translation>
        </message>
        <message>
            <source>The key is in it: paste it now, it is not shown again.</source>
            <translation>Der Schlüssel ist enthalten: Jetzt einfügen, er wird nicht noch einmal angezeigt.</translation>
        </message>
        <message>
            <source>The key was not made</source>
            <translation>Der Schlüssel wurde nicht erstellt</translation>
        </message>
        <message>
            <source>Connected: a request for %1 arrived at %2</source>
            <translation>Verbunden: Anfrage für %1 eingetroffen (%2)</translation>
        </message>
    </context>
    <context>
        <name>lbp::gui::GuideModel</name>
        <message>
            <source>Less than a day's budget: the month would be over on its first day.</source>
            <translation>Weniger als ein Tagesbudget: Der Monat wäre schon am ersten Tag vorbei.</translation>
        </message>
        <message>
            <source>Give the key a name, such as that of your tool.</source>
            <translation>Dem Schlüssel einen Namen geben, etwa den des Tools.</translation>
        </message>
        <message>
            <source>There is a key with this name already; choose another one.</source>
            <translation>Es gibt bereits einen Schlüssel mit diesem Namen; einen anderen wählen.</translation>
        </message>
        <message>
            <source>The name is too long or holds characters that cannot be seen.</source>
            <translation>Der Name ist zu lang oder enthält unsichtbare Zeichen.</translation>
        </message>
        <message>
            <source>Provider</source>
            <translation>Anbieter</translation>
        </message>
        <message>
            <source>Budget</source>
            <translation>Budget</translation>
        </message>
        <message>
            <source>First key</source>
            <translation>Erster Schlüssel</translation>
        </message>
        <message>
            <source>Connect a tool</source>
            <translation>Tool verbinden</translation>
        </message>
        <message>
            <source>Continue</source>
            <translation>Weiter</translation>
        </message>
        <message>
            <source>Use the demo provider</source>
            <translation>Demo-Anbieter verwenden</translation>
        </message>
        <message>
            <source>Save and continue</source>
            <translation>Speichern und weiter</translation>
        </message>
        <message>
            <source>Test and continue</source>
            <translation>Testen und weiter</translation>
        </message>
        <message>
            <source>Make the key</source>
            <translation>Schlüssel erstellen</translation>
        </message>
        <message>
            <source>Open the overview</source>
            <translation>Übersicht öffnen</translation>
        </message>
        <message>
            <source>You are told</source>
            <translation>Eine Meldung erscheint</translation>
        </message>
        <message>
            <source>A notification, once in each day or month. Work goes on.</source>
            <translation>Eine Benachrichtigung, einmal pro Tag oder Monat. Die Arbeit geht weiter.</translation>
        </message>
        <message>
            <source>A cheaper model takes over</source>
            <translation>Ein günstigeres Modell übernimmt</translation>
        </message>
        <message>
            <source>Only where you have named one, in the settings. Without a rule nothing changes.</source>
            <translation>Nur wo in den Einstellungen eines angegeben ist. Ohne Regel ändert sich nichts.</translation>
        </message>
        <message>
            <source>Requests are refused</source>
            <translation>Anfragen werden abgelehnt</translation>
        </message>
        <message>
            <source>Before they cost anything, with a clear message, until the next day or month begins. You can raise the limit at any time.</source>
            <translation>Bevor sie etwas kosten, mit klarer Meldung, bis der nächste Tag oder Monat beginnt. Das Limit lässt sich jederzeit erhöhen.</translation>
        </message>
        <message>
            <source>The guide waits for you</source>
            <translation>Die Anleitung wartet</translation>
        </message>
        <message>
            <source>Open it again from the settings, or with Ctrl+K: “Set up again”.</source>
            <translation>Erneut öffnen in den Einstellungen oder mit Strg+K: „Erneut einrichten“.</translation>
        </message>
        <message>
            <source>Connected: a request for %1 arrived at %2</source>
            <translation>Verbunden: Anfrage für %1 eingetroffen (%2)</translation>
        </message>
    </context>
    <context>
        <name>lbp::gui::KeyDetail</name>
        <message>
            <source>Team %1, project %2</source>
            <translation>Team %1, Projekt %2</translation>
        </message>
        <message>
            <source>Team %1</source>
            <translation>Team %1</translation>
        </message>
        <message>
            <source>Project %1</source>
            <translation>Projekt %1</translation>
        </message>
        <message>
            <source>All spending is paused, so it is refused for now.</source>
            <translation>Alle Ausgaben sind pausiert, daher wird er vorerst abgelehnt.</translation>
        </message>
        <message>
            <source>It spent more in a minute than its guard allows (%1). Look at its requests before you resume it.</source>
            <translation>In einer Minute wurde mehr ausgegeben, als der Schutz erlaubt (%1). Vor dem Fortsetzen die Anfragen prüfen.</translation>
        </message>
        <message>
            <source>no limit</source>
            <translation>kein Limit</translation>
        </message>
        <message>
            <source>Its requests are refused until you resume it.</source>
            <translation>Seine Anfragen werden bis zum Fortsetzen abgelehnt.</translation>
        </message>
        <message>
            <source>It is refused already, and revoked for good in a moment.</source>
            <translation>Er wird bereits abgelehnt und gleich endgültig widerrufen.</translation>
        </message>
        <message>
            <source>It stopped working on %1. Edit it to let it work longer.</source>
            <translation>Gültig war er bis %1. Zum Verlängern bearbeiten.</translation>
        </message>
        <message>
            <source>It never works again. Its requests stay in the ledger.</source>
            <translation>Er funktioniert nie wieder. Seine Anfragen bleiben im Kassenbuch.</translation>
        </message>
        <message>
            <source>This key</source>
            <translation>Dieser Schlüssel</translation>
        </message>
        <message>
            <source>%1, %2</source>
            <comment>whose budget, per day</comment>
            <translation>%1, %2</translation>
        </message>
        <message>
            <source>%1 of %2</source>
            <comment>spent of a limit</comment>
            <translation>%1 von %2</translation>
        </message>
        <message>
            <source>%1 left</source>
            <translation>%1 übrig</translation>
        </message>
        <message>
            <source>resets %1</source>
            <comment>in 3 h</comment>
            <translation>wird %1 zurückgesetzt</translation>
        </message>
        <message>
            <source>never resets</source>
            <translation>wird nie zurückgesetzt</translation>
        </message>
        <message>
            <source>from settings</source>
            <translation>aus den Einstellungen</translation>
        </message>
        <message>
            <source>%1 of %2</source>
            <comment>used of a limit</comment>
            <translation>%1 von %2</translation>
        </message>
        <message>
            <source>%1, no limit</source>
            <comment>used</comment>
            <translation>%1, kein Limit</translation>
        </message>
        <message>
            <source>Requests in the last minute</source>
            <translation>Anfragen in der letzten Minute</translation>
        </message>
        <message>
            <source>Tokens in the last minute</source>
            <translation>Token in der letzten Minute</translation>
        </message>
        <message>
            <source>Running now</source>
            <translation>Laufen gerade</translation>
        </message>
        <message>
            <source>Ends with</source>
            <translation>Endet auf</translation>
        </message>
        <message>
            <source>Created</source>
            <translation>Erstellt</translation>
        </message>
        <message>
            <source>Expires</source>
            <translation>Ablauf</translation>
        </message>
        <message>
            <source>never</source>
            <translation>nie</translation>
        </message>
        <message>
            <source>Old secret works until</source>
            <translation>Altes Geheimnis gilt bis</translation>
        </message>
        <message>
            <source>Runaway guard</source>
            <translation>Ausreißerschutz</translation>
        </message>
        <message>
            <source>%1 a minute</source>
            <translation>%1 pro Minute</translation>
        </message>
        <message>
            <source>off</source>
            <translation>aus</translation>
        </message>
        <message>
            <source>Paths without a meter</source>
            <translation>Pfade ohne Erfassung</translation>
        </message>
        <message>
            <source>allowed</source>
            <translation>erlaubt</translation>
        </message>
        <message>
            <source>refused</source>
            <translation>abgelehnt</translation>
        </message>
    </context>
    <context>
        <name>lbp::gui::KeyEditor</name>
        <message>
            <source>Give it a name that says who uses it, such as laptop or ci.</source>
            <translation>Einen Namen vergeben, der sagt, wer ihn nutzt, etwa laptop oder ci.</translation>
        </message>
        <message>
            <source>The name holds characters that cannot be seen; type it again.</source>
            <translation>Der Name enthält unsichtbare Zeichen; neu eingeben.</translation>
        </message>
        <message>
            <source>There is already a key with this name.</source>
            <translation>Es gibt bereits einen Schlüssel mit diesem Namen.</translation>
        </message>
        <message numerus="yes">
            <source>That is too long: at most %n character(s).</source>
            <translation>
                <numerusform>Zu lang: höchstens %n Zeichen.</numerusform>
                <numerusform>Zu lang: höchstens %n Zeichen.</numerusform>
            </translation>
        </message>
        <message>
            <source>It holds characters that cannot be seen; type it again.</source>
            <translation>Enthält unsichtbare Zeichen; neu eingeben.</translation>
        </message>
        <message>
            <source>Type the last day on which it works, such as %1.</source>
            <translation>Den letzten gültigen Tag eingeben, etwa %1.</translation>
        </message>
        <message>
            <source>This is not a date; write it like %1.</source>
            <translation>Das ist kein Datum; Schreibweise wie %1.</translation>
        </message>
        <message>
            <source>This day is over; choose a later one.</source>
            <translation>Dieser Tag ist vorbei; einen späteren wählen.</translation>
        </message>
        <message>
            <source>Create a key</source>
            <translation>Schlüssel erstellen</translation>
        </message>
        <message>
            <source>Edit %1</source>
            <comment>a key</comment>
            <translation>%1 bearbeiten</translation>
        </message>
        <message>
            <source>no limit</source>
            <translation>kein Limit</translation>
        </message>
        <message>
            <source>Never</source>
            <comment>a key expires</comment>
            <translation>Nie</translation>
        </message>
        <message>
            <source>In 1 day</source>
            <translation>In 1 Tag</translation>
        </message>
        <message>
            <source>In 7 days</source>
            <translation>In 7 Tagen</translation>
        </message>
        <message>
            <source>In 30 days</source>
            <translation>In 30 Tagen</translation>
        </message>
        <message>
            <source>In 90 days</source>
            <translation>In 90 Tagen</translation>
        </message>
        <message>
            <source>In a year</source>
            <translation>In einem Jahr</translation>
        </message>
        <message>
            <source>At the end of a day</source>
            <translation>Am Ende eines Tages</translation>
        </message>
        <message>
            <source>It works until it is revoked.</source>
            <translation>Er gilt, bis er widerrufen wird.</translation>
        </message>
        <message>
            <source>It stops working on %1.</source>
            <translation>Er gilt bis %1.</translation>
        </message>
        <message>
            <source>%1 %2</source>
            <comment>an amount, per day</comment>
            <translation>%1 %2</translation>
        </message>
        <message>
            <source>Without a budget of its own it may spend whatever its team and everything may.</source>
            <translation>Ohne eigenes Budget kann er alles ausgeben, was für sein Team und insgesamt erlaubt ist.</translation>
        </message>
        <message>
            <source>It can spend at most %1.</source>
            <translation>Er kann höchstens %1 ausgeben.</translation>
        </message>
    </context>
    <context>
        <name>lbp::gui::KeyReveal</name>
        <message>
            <source>The old key works until %1.</source>
            <translation>Der alte Schlüssel gilt bis %1.</translation>
        </message>
        <message>
            <source>The old key stopped working just now.</source>
            <translation>Der alte Schlüssel gilt ab sofort nicht mehr.</translation>
        </message>
        <message>
            <source>New secret for %1</source>
            <comment>a key</comment>
            <translation>Neues Geheimnis für %1</translation>
        </message>
        <message>
            <source>%1 is ready</source>
            <comment>a key</comment>
            <translation>%1 ist bereit</translation>
        </message>
    </context>
    <context>
        <name>lbp::gui::KeyTable</name>
        <message numerus="yes">
            <source>%n key(s)</source>
            <translation>
                <numerusform>%n Schlüssel</numerusform>
                <numerusform>%n Schlüssel</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%1 of %n key(s)</source>
            <translation>
                <numerusform>%1 von %n Schlüssel</numerusform>
                <numerusform>%1 von %n Schlüsseln</numerusform>
            </translation>
        </message>
        <message>
            <source>of %1</source>
            <comment>a limit</comment>
            <translation>von %1</translation>
        </message>
        <message>
            <source>%1 spent, %2 reserved, %3 left. Resets %4.</source>
            <translation>%1 ausgegeben, %2 reserviert, %3 übrig. Zurücksetzung %4.</translation>
        </message>
        <message>
            <source>Never</source>
            <comment>a key expires</comment>
            <translation>Nie</translation>
        </message>
    </context>
    <context>
        <name>lbp::gui::KeysModel</name>
        <message>
            <source>%1 was changed</source>
            <comment>a key</comment>
            <translation>%1 wurde geändert</translation>
        </message>
        <message>
            <source>It is in force for the next request.</source>
            <translation>Gilt ab der nächsten Anfrage.</translation>
        </message>
        <message>
            <source>That did not work</source>
            <translation>Das hat nicht funktioniert</translation>
        </message>
        <message>
            <source>%1 is paused</source>
            <comment>a key</comment>
            <translation>%1 ist pausiert</translation>
        </message>
        <message>
            <source>Its requests are refused until you resume it.</source>
            <translation>Seine Anfragen werden bis zum Fortsetzen abgelehnt.</translation>
        </message>
        <message>
            <source>Resume</source>
            <translation>Fortsetzen</translation>
        </message>
        <message>
            <source>%1 works again</source>
            <comment>a key</comment>
            <translation>%1 funktioniert wieder</translation>
        </message>
        <message>
            <source>Not at all</source>
            <translation>Gar nicht</translation>
        </message>
        <message>
            <source>1 hour</source>
            <translation>1 Stunde</translation>
        </message>
        <message>
            <source>1 day</source>
            <translation>1 Tag</translation>
        </message>
        <message>
            <source>7 days</source>
            <translation>7 Tage</translation>
        </message>
        <message>
            <source>30 days</source>
            <translation>30 Tage</translation>
        </message>
        <message>
            <source>%1 is revoked</source>
            <comment>a key</comment>
            <translation>%1 ist widerrufen</translation>
        </message>
        <message numerus="yes">
            <source>Its requests are refused from now on. In %n second(s) this is final.</source>
            <translation>
                <numerusform>Seine Anfragen werden ab jetzt abgelehnt. In %n Sekunde ist das endgültig.</numerusform>
                <numerusform>Seine Anfragen werden ab jetzt abgelehnt. In %n Sekunden ist das endgültig.</numerusform>
            </translation>
        </message>
        <message>
            <source>Undo</source>
            <translation>Rückgängig</translation>
        </message>
        <message>
            <source>%1 was not revoked</source>
            <comment>a key</comment>
            <translation>%1 wurde nicht widerrufen</translation>
        </message>
        <message>
            <source>It is as it was before.</source>
            <translation>Alles ist wie zuvor.</translation>
        </message>
        <message>
            <source>Create a key</source>
            <translation>Schlüssel erstellen</translation>
        </message>
        <message>
            <source>Keys</source>
            <translation>Schlüssel</translation>
        </message>
        <message>
            <source>new add virtual token</source>
            <translation>neu hinzufügen anlegen virtuell Token</translation>
        </message>
        <message>
            <source>Why would a request be blocked?</source>
            <translation>Warum würde eine Anfrage gesperrt?</translation>
        </message>
        <message>
            <source>simulator check test refused</source>
            <translation>Simulator prüfen testen abgelehnt</translation>
        </message>
        <message>
            <source>Show key %1</source>
            <translation>Schlüssel %1 anzeigen</translation>
        </message>
        <message>
            <source>open details</source>
            <translation>öffnen Details</translation>
        </message>
        <message>
            <source>Pause key %1</source>
            <translation>Schlüssel %1 pausieren</translation>
        </message>
        <message>
            <source>stop block</source>
            <translation>anhalten stoppen sperren</translation>
        </message>
        <message>
            <source>Resume key %1</source>
            <translation>Schlüssel %1 fortsetzen</translation>
        </message>
        <message>
            <source>continue start</source>
            <translation>weiter starten</translation>
        </message>
        <message>
            <source>Undo revoking key %1</source>
            <translation>Widerruf von Schlüssel %1 rückgängig machen</translation>
        </message>
        <message>
            <source>restore back</source>
            <translation>wiederherstellen zurück</translation>
        </message>
        <message>
            <source>Requests of key %1</source>
            <translation>Anfragen von Schlüssel %1</translation>
        </message>
        <message>
            <source>log history</source>
            <translation>Protokoll Verlauf</translation>
        </message>
        <message>
            <source>Edit key %1</source>
            <translation>Schlüssel %1 bearbeiten</translation>
        </message>
        <message>
            <source>change limits rename</source>
            <translation>ändern Limits umbenennen</translation>
        </message>
        <message>
            <source>Why would %1 be blocked?</source>
            <comment>a key</comment>
            <translation>Warum würde %1 gesperrt?</translation>
        </message>
        <message>
            <source>Rotate key %1</source>
            <translation>Schlüssel %1 erneuern</translation>
        </message>
        <message>
            <source>renew new secret</source>
            <translation>neu Geheimnis rotieren</translation>
        </message>
        <message>
            <source>Revoke key %1</source>
            <translation>Schlüssel %1 widerrufen</translation>
        </message>
        <message>
            <source>delete remove</source>
            <translation>löschen entfernen</translation>
        </message>
    </context>
    <context>
        <name>lbp::gui::MainContext</name>
        <message>
            <source>Overview</source>
            <translation>Übersicht</translation>
        </message>
        <message>
            <source>home dashboard charts</source>
            <translation>Start Dashboard Diagramme</translation>
        </message>
        <message>
            <source>Requests</source>
            <translation>Anfragen</translation>
        </message>
        <message>
            <source>log live history</source>
            <translation>Protokoll live Verlauf</translation>
        </message>
        <message>
            <source>Keys</source>
            <translation>Schlüssel</translation>
        </message>
        <message>
            <source>virtual tokens</source>
            <translation>virtuell Token</translation>
        </message>
        <message>
            <source>Budgets</source>
            <translation>Budgets</translation>
        </message>
        <message>
            <source>limits caps</source>
            <translation>Limits Obergrenzen</translation>
        </message>
        <message>
            <source>Models and prices</source>
            <translation>Modelle und Preise</translation>
        </message>
        <message>
            <source>rates cost</source>
            <translation>Tarife Kosten</translation>
        </message>
        <message>
            <source>Alerts</source>
            <translation>Meldungen</translation>
        </message>
        <message>
            <source>webhook notifications</source>
            <translation>Webhook Benachrichtigungen</translation>
        </message>
        <message>
            <source>Connect a tool</source>
            <translation>Tool verbinden</translation>
        </message>
        <message>
            <source>sdk codex claude base url</source>
            <translation>sdk codex claude base url basis-url</translation>
        </message>
        <message>
            <source>Settings</source>
            <translation>Einstellungen</translation>
        </message>
        <message>
            <source>preferences options theme</source>
            <translation>Einstellungen Optionen Design</translation>
        </message>
        <message>
            <source>Go to</source>
            <translation>Gehe zu</translation>
        </message>
        <message>
            <source>Set up again</source>
            <translation>Erneut einrichten</translation>
        </message>
        <message>
            <source>guide first start welcome</source>
            <translation>Anleitung erster Start Willkommen</translation>
        </message>
        <message>
            <source>Window</source>
            <translation>Fenster</translation>
        </message>
        <message>
            <source>theme colours mode</source>
            <translation>Design Farben Modus</translation>
        </message>
        <message>
            <source>Light theme</source>
            <translation>Helles Design</translation>
        </message>
        <message>
            <source>Dark theme</source>
            <translation>Dunkles Design</translation>
        </message>
        <message>
            <source>Theme of the desktop</source>
            <translation>Design des Desktops</translation>
        </message>
    </context>
    <context>
        <name>lbp::gui::Notifications</name>
        <message>
            <source>Raise today's limit by %1</source>
            <translation>Heutiges Limit um %1 erhöhen</translation>
        </message>
        <message>
            <source>Raise this limit by %1 for now</source>
            <translation>Dieses Limit vorläufig um %1 erhöhen</translation>
        </message>
        <message>
            <source>Keep blocked</source>
            <translation>Gesperrt lassen</translation>
        </message>
        <message>
            <source>Open</source>
            <translation>Öffnen</translation>
        </message>
        <message numerus="yes">
            <source>%n alert(s) during quiet hours</source>
            <translation>
                <numerusform>%n Meldung während der Ruhezeiten</numerusform>
                <numerusform>%n Meldungen während der Ruhezeiten</numerusform>
            </translation>
        </message>
        <message>
            <source>%1 wants to spend %2</source>
            <comment>key and amount</comment>
            <translation>%1 möchte %2 ausgeben</translation>
        </message>
        <message>
            <source>%1 does not fit into %2: %3 of %4 left. Blocked in %5 unless you allow it.</source>
            <translation>%1 passt nicht in %2: noch %3 von %4 übrig. Wird in %5 gesperrt, wenn nicht erlaubt.</translation>
        </message>
        <message>
            <source>Allow once (%1)</source>
            <translation>Einmal erlauben (%1)</translation>
        </message>
        <message>
            <source>+%1 today</source>
            <translation>+%1 heute</translation>
        </message>
        <message>
            <source>+%1 for now</source>
            <translation>+%1 vorläufig</translation>
        </message>
        <message>
            <source>Block</source>
            <translation>Sperren</translation>
        </message>
        <message>
            <source>Blocked: nobody answered in time</source>
            <translation>Gesperrt: keine rechtzeitige Antwort</translation>
        </message>
        <message>
            <source>Raised by %1</source>
            <translation>Um %1 erhöht</translation>
        </message>
        <message>
            <source>The limit is back to what it was when the period ends.</source>
            <translation>Am Ende des Zeitraums gilt wieder das bisherige Limit.</translation>
        </message>
        <message>
            <source>That did not work</source>
            <translation>Das hat nicht funktioniert</translation>
        </message>
    </context>
    <context>
        <name>lbp::gui::OverviewBarsModel</name>
        <message>
            <source>All other keys</source>
            <translation>Alle anderen Schlüssel</translation>
        </message>
        <message>
            <source>All other models</source>
            <translation>Alle anderen Modelle</translation>
        </message>
        <message>
            <source>Unknown key</source>
            <translation>Unbekannter Schlüssel</translation>
        </message>
        <message>
            <source>Unknown model</source>
            <translation>Unbekanntes Modell</translation>
        </message>
        <message>
            <source>%1, %2</source>
            <comment>requests and tokens</comment>
            <translation>%1, %2</translation>
        </message>
        <message numerus="yes">
            <source>%n request(s)</source>
            <translation>
                <numerusform>%n Anfrage</numerusform>
                <numerusform>%n Anfragen</numerusform>
            </translation>
        </message>
        <message>
            <source>%1 tokens</source>
            <translation>%1 Token</translation>
        </message>
        <message>
            <source>%1; %2</source>
            <comment>counts, and what is not among them</comment>
            <translation>%1; %2</translation>
        </message>
        <message numerus="yes">
            <source>%n without a price</source>
            <translation>
                <numerusform>%n ohne Preis</numerusform>
                <numerusform>%n ohne Preis</numerusform>
            </translation>
        </message>
        <message>
            <source>unknown</source>
            <translation>unbekannt</translation>
        </message>
    </context>
    <context>
        <name>lbp::gui::OverviewBudgetsModel</name>
        <message>
            <source>resets %1</source>
            <comment>in a time span</comment>
            <translation>wird %1 zurückgesetzt</translation>
        </message>
        <message numerus="yes">
            <source>%n more budget(s)</source>
            <translation>
                <numerusform>%n weiteres Budget</numerusform>
                <numerusform>%n weitere Budgets</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>lbp::gui::OverviewModel</name>
        <message>
            <source>no budget is set</source>
            <translation>kein Budget festgelegt</translation>
        </message>
        <message>
            <source>of %1</source>
            <comment>a limit</comment>
            <translation>von %1</translation>
        </message>
        <message>
            <source>%1: %2 of %3</source>
            <comment>a key or team, spent, limit</comment>
            <translation>%1: %2 von %3</translation>
        </message>
        <message>
            <source>%1 left; resets %2</source>
            <comment>amount, in a time span</comment>
            <translation>noch %1; wird %2 zurückgesetzt</translation>
        </message>
        <message>
            <source>%1 left, %2 reserved by running requests; resets %3</source>
            <comment>amounts, in a time span</comment>
            <translation>noch %1, %2 von laufenden Anfragen reserviert; wird %3 zurückgesetzt</translation>
        </message>
        <message>
            <source>as much as before</source>
            <translation>so viel wie zuvor</translation>
        </message>
        <message>
            <source>%1 more than before</source>
            <translation>%1 mehr als zuvor</translation>
        </message>
        <message>
            <source>%1 less than before</source>
            <translation>%1 weniger als zuvor</translation>
        </message>
        <message>
            <source>The sums could not be read: %1</source>
            <translation>Die Summen konnten nicht gelesen werden: %1</translation>
        </message>
        <message numerus="yes">
            <source>%n request(s) in it are estimated.</source>
            <translation>
                <numerusform>%n Anfrage darin ist geschätzt.</numerusform>
                <numerusform>%n Anfragen darin sind geschätzt.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n request(s) without a price</source>
            <translation>
                <numerusform>%n Anfrage ohne Preis</numerusform>
                <numerusform>%n Anfragen ohne Preis</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n request(s) of unknown cost are not in it: their models have no price.</source>
            <translation>
                <numerusform>%n Anfrage mit unbekannten Kosten ist nicht enthalten: Ihr Modell hat keinen Preis.</numerusform>
                <numerusform>%n Anfragen mit unbekannten Kosten sind nicht enthalten: Ihre Modelle haben keinen Preis.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n failed or refused</source>
            <translation>
                <numerusform>%n fehlgeschlagen oder abgelehnt</numerusform>
                <numerusform>%n fehlgeschlagen oder abgelehnt</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n request(s)</source>
            <translation>
                <numerusform>%n Anfrage</numerusform>
                <numerusform>%n Anfragen</numerusform>
            </translation>
        </message>
        <message>
            <source>%1 in, %2 out</source>
            <comment>tokens</comment>
            <translation>%1 ein, %2 aus</translation>
        </message>
        <message>
            <source>%1 of input, %2 of output</source>
            <comment>tokens</comment>
            <translation>%1 Eingabe, %2 Ausgabe</translation>
        </message>
        <message>
            <source>What answers from the cache and cheaper models did not cost</source>
            <translation>Was durch Antworten aus dem Cache und günstigere Modelle gespart wurde</translation>
        </message>
        <message>
            <source>not available</source>
            <translation>nicht verfügbar</translation>
        </message>
        <message>
            <source>after three days of use</source>
            <translation>nach drei Tagen Nutzung</translation>
        </message>
        <message>
            <source>A forecast needs three whole days to go by.</source>
            <translation>Für eine Prognose müssen drei ganze Tage vergangen sein.</translation>
        </message>
        <message>
            <source>%1 to %2</source>
            <comment>amounts</comment>
            <translation>%1 bis %2</translation>
        </message>
        <message numerus="yes">
            <source>Four of five times it ends within this range. It rests on %n day(s).</source>
            <translation>
                <numerusform>In vier von fünf Fällen liegt das Ergebnis in diesem Bereich. Grundlage: %n Tag.</numerusform>
                <numerusform>In vier von fünf Fällen liegt das Ergebnis in diesem Bereich. Grundlage: %n Tage.</numerusform>
            </translation>
        </message>
        <message>
            <source>no answers yet</source>
            <translation>noch keine Antworten</translation>
        </message>
        <message>
            <source>p95 %1</source>
            <comment>95th percentile of a duration</comment>
            <translation>p95 %1</translation>
        </message>
        <message>
            <source>%1 Median, and what 95 of 100 stay below, of %2 answers.</source>
            <translation>%1 Median und der Wert, unter dem 95 von 100 bleiben, aus %2 Antworten.</translation>
        </message>
        <message>
            <source>%1 Median, and what 95 of 100 stay below, from a sample of %2 answers.</source>
            <translation>%1 Median und der Wert, unter dem 95 von 100 bleiben, aus einer Stichprobe von %2 Antworten.</translation>
        </message>
        <message>
            <source>From the request to the end of its answer.</source>
            <translation>Von der Anfrage bis zum Ende ihrer Antwort.</translation>
        </message>
        <message>
            <source>Time to first token: until the first content of an answer.</source>
            <translation>Zeit bis zum ersten Token: bis zum ersten Inhalt einer Antwort.</translation>
        </message>
        <message>
            <source>Hours</source>
            <translation>Stunden</translation>
        </message>
        <message>
            <source>Days</source>
            <translation>Tage</translation>
        </message>
        <message>
            <source>Weeks</source>
            <translation>Wochen</translation>
        </message>
        <message>
            <source>Months</source>
            <translation>Monate</translation>
        </message>
        <message>
            <source>Today</source>
            <translation>Heute</translation>
        </message>
        <message>
            <source>Yesterday</source>
            <translation>Gestern</translation>
        </message>
        <message>
            <source>Last 7 days</source>
            <translation>Letzte 7 Tage</translation>
        </message>
        <message>
            <source>Last 30 days</source>
            <translation>Letzte 30 Tage</translation>
        </message>
        <message>
            <source>Last 90 days</source>
            <translation>Letzte 90 Tage</translation>
        </message>
        <message>
            <source>This week</source>
            <translation>Diese Woche</translation>
        </message>
        <message>
            <source>Last week</source>
            <translation>Letzte Woche</translation>
        </message>
        <message>
            <source>This month</source>
            <translation>Dieser Monat</translation>
        </message>
        <message>
            <source>Last month</source>
            <translation>Letzter Monat</translation>
        </message>
        <message>
            <source>From … to …</source>
            <translation>Von … bis …</translation>
        </message>
        <message>
            <source>The latest requests could not be read: %1</source>
            <translation>Die neuesten Anfragen konnten nicht gelesen werden: %1</translation>
        </message>
        <message>
            <source>“%1” is no date; write it as in %2.</source>
            <translation>„%1“ ist kein Datum; Schreibweise wie in %2.</translation>
        </message>
        <message numerus="yes">
            <source>At most %n day(s) can be shown.</source>
            <translation>
                <numerusform>Höchstens %n Tag kann angezeigt werden.</numerusform>
                <numerusform>Höchstens %n Tage können angezeigt werden.</numerusform>
            </translation>
        </message>
        <message>
            <source>d MMM yyyy</source>
            <comment>date with year</comment>
            <translation>d. MMM yyyy</translation>
        </message>
        <message>
            <source>ddd d MMM yyyy</source>
            <comment>date with weekday</comment>
            <translation>ddd, d. MMM yyyy</translation>
        </message>
        <message>
            <source>%1 to %2</source>
            <comment>dates</comment>
            <translation>%1 bis %2</translation>
        </message>
        <message>
            <source>d MMM</source>
            <comment>date without year</comment>
            <translation>d. MMM</translation>
        </message>
        <message>
            <source>none from the cache</source>
            <translation>keine aus dem Cache</translation>
        </message>
        <message>
            <source>%1 from the cache</source>
            <comment>a percentage of requests</comment>
            <translation>%1 aus dem Cache</translation>
        </message>
    </context>
    <context>
        <name>lbp::gui::OverviewRecentModel</name>
        <message numerus="yes">
            <source>%n running</source>
            <translation>
                <numerusform>%n läuft</numerusform>
                <numerusform>%n laufen</numerusform>
            </translation>
        </message>
        <message>
            <source>unknown</source>
            <translation>unbekannt</translation>
        </message>
    </context>
    <context>
        <name>lbp::gui::OverviewTrend</name>
        <message>
            <source>Nothing was spent in this time</source>
            <translation>In diesem Zeitraum wurde nichts ausgegeben</translation>
        </message>
        <message>
            <source>%1 in all; most in %2: %3</source>
            <translation>%1 insgesamt; am meisten: %2 mit %3</translation>
        </message>
        <message>
            <source>ddd d MMM, HH:mm</source>
            <comment>date and time of an hour</comment>
            <translation>ddd, d. MMM, HH:mm</translation>
        </message>
        <message>
            <source>Week of %1</source>
            <translation>Woche vom %1</translation>
        </message>
        <message>
            <source>d MMM yyyy</source>
            <comment>date with year</comment>
            <translation>d. MMM yyyy</translation>
        </message>
        <message>
            <source>ddd d MMM yyyy</source>
            <comment>date with weekday</comment>
            <translation>ddd, d. MMM yyyy</translation>
        </message>
        <message>
            <source>ddd d</source>
            <comment>weekday and day</comment>
            <translation>ddd d.</translation>
        </message>
        <message>
            <source>d MMM</source>
            <comment>date without year</comment>
            <translation>d. MMM</translation>
        </message>
        <message numerus="yes">
            <source>%n request(s)</source>
            <translation>
                <numerusform>%n Anfrage</numerusform>
                <numerusform>%n Anfragen</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>lbp::gui::PriceForm</name>
        <message>
            <source>It cannot be taken away here, only changed.</source>
            <translation>Er kann hier nicht entfernt, nur geändert werden.</translation>
        </message>
        <message>
            <source>Type the name as your tools send it, such as gpt-4o.</source>
            <translation>Den Namen so eingeben, wie Ihre Tools ihn senden, etwa gpt-4o.</translation>
        </message>
        <message>
            <source>The name of a model has no blanks and no *.</source>
            <translation>Ein Modellname enthält keine Leerzeichen und kein *.</translation>
        </message>
        <message>
            <source>This model has a price already; edit that one.</source>
            <translation>Dieses Modell hat schon einen Preis; bitte diesen bearbeiten.</translation>
        </message>
        <message>
            <source>Type at least one price; 0 means free.</source>
            <translation>Mindestens einen Preis eingeben; 0 bedeutet kostenlos.</translation>
        </message>
        <message>
            <source>At most nine digits after the point, and below 9 million.</source>
            <translation>Höchstens neun Nachkommastellen und weniger als 9 Millionen.</translation>
        </message>
        <message>
            <source>At most twelve digits after the point, and below 9 million.</source>
            <translation>Höchstens zwölf Nachkommastellen und weniger als 9 Millionen.</translation>
        </message>
        <message>
            <source>At most six digits after the point, and below 9 million.</source>
            <translation>Höchstens sechs Nachkommastellen und weniger als 9 Millionen.</translation>
        </message>
        <message>
            <source>Edit %1</source>
            <comment>the price of a model</comment>
            <translation>%1 bearbeiten</translation>
        </message>
        <message>
            <source>Add a model</source>
            <translation>Modell hinzufügen</translation>
        </message>
        <message>
            <source>Price %1</source>
            <comment>a model</comment>
            <translation>Preis für %1</translation>
        </message>
        <message>
            <source>unknown</source>
            <comment>price</comment>
            <translation>unbekannt</translation>
        </message>
        <message>
            <source>as input</source>
            <comment>price</comment>
            <translation>wie Eingabe</translation>
        </message>
        <message>
            <source>as cache write</source>
            <comment>price</comment>
            <translation>wie Cache schreiben</translation>
        </message>
        <message>
            <source>as output</source>
            <comment>price</comment>
            <translation>wie Ausgabe</translation>
        </message>
        <message>
            <source>same as %1</source>
            <comment>another model</comment>
            <translation>wie %1</translation>
        </message>
        <message>
            <source>Without a price for output, requests that answer with text are not covered.</source>
            <translation>Ohne Preis für die Ausgabe sind Anfragen, die mit Text beantwortet werden, nicht abgedeckt.</translation>
        </message>
        <message>
            <source>Line %1 of %2</source>
            <comment>of a file</comment>
            <translation>Zeile %1 von %2</translation>
        </message>
    </context>
    <context>
        <name>lbp::gui::PriceImporter</name>
        <message>
            <source>Choose a file, or type where it is.</source>
            <translation>Eine Datei wählen oder ihren Ort eingeben.</translation>
        </message>
        <message>
            <source>Type the whole path, from / on.</source>
            <translation>Den vollständigen Pfad ab / eingeben.</translation>
        </message>
        <message>
            <source>Import prices</source>
            <translation>Preise importieren</translation>
        </message>
        <message>
            <source>Price lists (*.yml *.yaml *.json)</source>
            <translation>Preislisten (*.yml *.yaml *.json)</translation>
        </message>
        <message>
            <source>All files (*)</source>
            <translation>Alle Dateien (*)</translation>
        </message>
        <message numerus="yes">
            <source>All %n price(s) of this file are in the list already.</source>
            <translation>
                <numerusform>Der %n Preis dieser Datei ist schon in der Liste.</numerusform>
                <numerusform>Alle %n Preise dieser Datei sind schon in der Liste.</numerusform>
            </translation>
        </message>
        <message>
            <source>%1 new, %2 changed, %3 suspicious, %4 the same.</source>
            <translation>%1 neu, %2 geändert, %3 verdächtig, %4 unverändert.</translation>
        </message>
        <message numerus="yes">
            <source>%n price(s) move ten times or more, or to or from nothing. Tick them only if you have checked them.</source>
            <translation>
                <numerusform>%n Preis ändert sich um das Zehnfache oder mehr, oder von oder auf null. Nur nach Prüfung ankreuzen.</numerusform>
                <numerusform>%n Preise ändern sich um das Zehnfache oder mehr, oder von oder auf null. Nur nach Prüfung ankreuzen.</numerusform>
            </translation>
        </message>
        <message>
            <source>The list as it is now is kept in %1.</source>
            <translation>Die jetzige Liste wird in %1 aufbewahrt.</translation>
        </message>
        <message numerus="yes">
            <source>Take over %n price(s)</source>
            <translation>
                <numerusform>%n Preis übernehmen</numerusform>
                <numerusform>%n Preise übernehmen</numerusform>
            </translation>
        </message>
        <message>
            <source>Suspicious</source>
            <comment>a change of a price</comment>
            <translation>Verdächtig</translation>
        </message>
        <message>
            <source>Changed</source>
            <comment>a price</comment>
            <translation>Geändert</translation>
        </message>
        <message>
            <source>New</source>
            <comment>a price</comment>
            <translation>Neu</translation>
        </message>
    </context>
    <context>
        <name>lbp::gui::PriceTable</name>
        <message numerus="yes">
            <source>%n model(s)</source>
            <translation>
                <numerusform>%n Modell</numerusform>
                <numerusform>%n Modelle</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%1 of %n model(s)</source>
            <translation>
                <numerusform>%1 von %n Modell</numerusform>
                <numerusform>%1 von %n Modellen</numerusform>
            </translation>
        </message>
        <message>
            <source>none set up</source>
            <comment>provider</comment>
            <translation>keiner eingerichtet</translation>
        </message>
        <message>
            <source>At most %1 tokens of input.</source>
            <translation>Höchstens %1 Eingabe-Token.</translation>
        </message>
        <message>
            <source>At most %1 tokens of answer.</source>
            <translation>Höchstens %1 Token für die Antwort.</translation>
        </message>
    </context>
    <context>
        <name>lbp::gui::PriceUnpriced</name>
        <message numerus="yes">
            <source>%n model(s) in use without a price</source>
            <translation>
                <numerusform>%n verwendetes Modell ohne Preis</numerusform>
                <numerusform>%n verwendete Modelle ohne Preis</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n request(s)</source>
            <translation>
                <numerusform>%n Anfrage</numerusform>
                <numerusform>%n Anfragen</numerusform>
            </translation>
        </message>
        <message>
            <source>%1, refused</source>
            <comment>requests</comment>
            <translation>%1, abgelehnt</translation>
        </message>
        <message>
            <source>%1, %2 of them refused, %3 tokens at an unknown cost</source>
            <translation>%1, davon %2 abgelehnt, %3 Token mit unbekannten Kosten</translation>
        </message>
        <message>
            <source>%1, %2 tokens at an unknown cost</source>
            <translation>%1, %2 Token mit unbekannten Kosten</translation>
        </message>
        <message>
            <source>last seen %1</source>
            <translation>zuletzt gesehen %1</translation>
        </message>
    </context>
    <context>
        <name>lbp::gui::PriceWhatIf</name>
        <message>
            <source>This model has no price.</source>
            <translation>Dieses Modell hat keinen Preis.</translation>
        </message>
        <message>
            <source>Today</source>
            <translation>Heute</translation>
        </message>
        <message>
            <source>Yesterday</source>
            <translation>Gestern</translation>
        </message>
        <message>
            <source>This week</source>
            <translation>Diese Woche</translation>
        </message>
        <message>
            <source>Last week</source>
            <translation>Letzte Woche</translation>
        </message>
        <message>
            <source>This month</source>
            <translation>Dieser Monat</translation>
        </message>
        <message>
            <source>Last month</source>
            <translation>Letzter Monat</translation>
        </message>
        <message>
            <source>The last 30 days</source>
            <translation>Die letzten 30 Tage</translation>
        </message>
        <message>
            <source>The last 90 days</source>
            <translation>Die letzten 90 Tage</translation>
        </message>
        <message>
            <source>Every model</source>
            <translation>Jedes Modell</translation>
        </message>
        <message numerus="yes">
            <source>%n request(s), %1 tokens in, %2 out</source>
            <translation>
                <numerusform>%n Anfrage, %1 Token ein, %2 aus</numerusform>
                <numerusform>%n Anfragen, %1 Token ein, %2 aus</numerusform>
            </translation>
        </message>
        <message>
            <source>−%1</source>
            <comment>an amount less</comment>
            <translation>−%1</translation>
        </message>
        <message>
            <source>+%1</source>
            <comment>an amount more</comment>
            <translation>+%1</translation>
        </message>
        <message>
            <source>the same</source>
            <translation>gleich viel</translation>
        </message>
        <message>
            <source>it cost nothing</source>
            <translation>es hat nichts gekostet</translation>
        </message>
        <message>
            <source>%1 times as much</source>
            <translation>%1-mal so viel</translation>
        </message>
        <message>
            <source>%1 less</source>
            <translation>%1 weniger</translation>
        </message>
        <message>
            <source>%1 more</source>
            <translation>%1 mehr</translation>
        </message>
        <message>
            <source>no price</source>
            <translation>kein Preis</translation>
        </message>
        <message>
            <source>unknown</source>
            <comment>amount</comment>
            <translation>unbekannt</translation>
        </message>
        <message>
            <source>The price of a related class: none of its own is known.</source>
            <translation>Der Preis einer verwandten Klasse: Ein eigener ist nicht bekannt.</translation>
        </message>
        <message>
            <source>%1 has no price for: %2. What was used of it is not in the amount, which is too low.</source>
            <translation>%1 hat keinen Preis für: %2. Was davon verbraucht wurde, fehlt im Betrag; er ist zu niedrig.</translation>
        </message>
        <message numerus="yes">
            <source>%n request(s) had no known cost; they are missing from what it really cost.</source>
            <translation>
                <numerusform>%n Anfrage hatte keine bekannten Kosten; sie fehlt in den tatsächlichen Kosten.</numerusform>
                <numerusform>%n Anfragen hatten keine bekannten Kosten; sie fehlen in den tatsächlichen Kosten.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n answer(s) came from the cache and cost nothing; here their tokens are counted in full. The cache saved %1.</source>
            <translation>
                <numerusform>%n Antwort kam aus dem Cache und kostete nichts; hier werden ihre Token voll gezählt. Der Cache hat %1 gespart.</numerusform>
                <numerusform>%n Antworten kamen aus dem Cache und kosteten nichts; hier werden ihre Token voll gezählt. Der Cache hat %1 gespart.</numerusform>
            </translation>
        </message>
        <message>
            <source>Long requests cost more with this model; all are taken at its usual prices here.</source>
            <translation>Lange Anfragen kosten bei diesem Modell mehr; hier gelten für alle die üblichen Preise.</translation>
        </message>
        <message>
            <source>The same number of tokens is assumed; another model may use more or fewer.</source>
            <translation>Angenommen wird die gleiche Zahl von Token; ein anderes Modell kann mehr oder weniger verbrauchen.</translation>
        </message>
    </context>
    <context>
        <name>lbp::gui::PricesModel</name>
        <message>
            <source>%1 has a price</source>
            <comment>a model</comment>
            <translation>%1 hat einen Preis</translation>
        </message>
        <message>
            <source>%1 was changed</source>
            <comment>a model</comment>
            <translation>%1 wurde geändert</translation>
        </message>
        <message>
            <source>It holds for the next request; what was spent stays as it was.</source>
            <translation>Es gilt ab der nächsten Anfrage; bisherige Ausgaben bleiben, wie sie sind.</translation>
        </message>
        <message numerus="yes">
            <source>%n price(s) were taken over</source>
            <translation>
                <numerusform>%n Preis wurde übernommen</numerusform>
                <numerusform>%n Preise wurden übernommen</numerusform>
            </translation>
        </message>
        <message>
            <source>The list as it was is in %1.</source>
            <translation>Die bisherige Liste liegt in %1.</translation>
        </message>
        <message>
            <source>Add a model</source>
            <translation>Modell hinzufügen</translation>
        </message>
        <message>
            <source>Models and prices</source>
            <translation>Modelle und Preise</translation>
        </message>
        <message>
            <source>new price rate cost</source>
            <translation>neu Preis Tarif Kosten</translation>
        </message>
        <message>
            <source>Import prices</source>
            <translation>Preise importieren</translation>
        </message>
        <message>
            <source>file list update yaml</source>
            <translation>Datei Liste Aktualisierung yaml</translation>
        </message>
        <message>
            <source>What would another model have cost?</source>
            <translation>Was hätte ein anderes Modell gekostet?</translation>
        </message>
        <message>
            <source>what-if compare cheaper</source>
            <translation>was-wäre-wenn vergleichen günstiger</translation>
        </message>
        <message>
            <source>%1 has no price any more</source>
            <comment>a model</comment>
            <translation>%1 hat keinen Preis mehr</translation>
        </message>
        <message>
            <source>The price was not removed</source>
            <translation>Der Preis wurde nicht entfernt</translation>
        </message>
    </context>
    <context>
        <name>lbp::gui::ProviderForm</name>
        <message>
            <source>Give it a name, such as openai.</source>
            <translation>Einen Namen eingeben, etwa openai.</translation>
        </message>
        <message>
            <source>Another provider has this name.</source>
            <translation>Ein anderer Anbieter hat diesen Namen.</translation>
        </message>
        <message>
            <source>Type the address, such as %1.</source>
            <translation>Die Adresse eingeben, etwa %1.</translation>
        </message>
        <message>
            <source>A key has no blanks and only plain characters. Copy it again.</source>
            <translation>Ein Schlüssel enthält keine Leerzeichen und nur einfache Zeichen. Bitte erneut kopieren.</translation>
        </message>
        <message>
            <source>The key is kept in %1, not in a file.</source>
            <translation>Der Schlüssel wird in %1 aufbewahrt, nicht in einer Datei.</translation>
        </message>
        <message>
            <source>There is no keychain here: the key is kept in %1, which only you can read.</source>
            <translation>Hier gibt es keinen Schlüsselbund: Der Schlüssel wird in %1 aufbewahrt; nur Sie können das lesen.</translation>
        </message>
        <message>
            <source>It works</source>
            <translation>Es funktioniert</translation>
        </message>
        <message numerus="yes">
            <source>%n model(s) can be used; answered in %1.</source>
            <translation>
                <numerusform>%n Modell ist verwendbar; Antwort nach %1.</numerusform>
                <numerusform>%n Modelle sind verwendbar; Antwort nach %1.</numerusform>
            </translation>
        </message>
        <message>
            <source>It does not work yet</source>
            <translation>Es funktioniert noch nicht</translation>
        </message>
    </context>
    <context>
        <name>lbp::gui::RequestColumns</name>
        <message>
            <source>Status</source>
            <translation>Status</translation>
        </message>
        <message>
            <source>Time</source>
            <translation>Zeit</translation>
        </message>
        <message>
            <source>Key</source>
            <translation>Schlüssel</translation>
        </message>
        <message>
            <source>Team</source>
            <translation>Team</translation>
        </message>
        <message>
            <source>Project</source>
            <translation>Projekt</translation>
        </message>
        <message>
            <source>Model</source>
            <translation>Modell</translation>
        </message>
        <message>
            <source>Provider</source>
            <translation>Anbieter</translation>
        </message>
        <message>
            <source>Endpoint</source>
            <translation>Endpunkt</translation>
        </message>
        <message>
            <source>Input</source>
            <translation>Eingabe</translation>
        </message>
        <message>
            <source>Output</source>
            <translation>Ausgabe</translation>
        </message>
        <message>
            <source>Cost</source>
            <translation>Kosten</translation>
        </message>
        <message>
            <source>Saved</source>
            <translation>Gespeichert</translation>
        </message>
        <message>
            <source>Duration</source>
            <translation>Dauer</translation>
        </message>
        <message>
            <source>First token</source>
            <translation>Erstes Token</translation>
        </message>
        <message>
            <source>Error</source>
            <translation>Fehler</translation>
        </message>
    </context>
    <context>
        <name>lbp::gui::RequestDetail</name>
        <message>
            <source>There is no such request any more. It may have been older than what is kept.</source>
            <translation>Diese Anfrage gibt es nicht mehr. Vielleicht war sie älter als das, was aufbewahrt wird.</translation>
        </message>
        <message>
            <source>The request could not be stopped</source>
            <translation>Die Anfrage konnte nicht gestoppt werden</translation>
        </message>
        <message>
            <source>Write an amount in dollars, such as %1.</source>
            <translation>Einen Betrag in Dollar eingeben, etwa %1.</translation>
        </message>
        <message>
            <source>The cost is corrected</source>
            <translation>Die Kosten sind korrigiert</translation>
        </message>
        <message>
            <source>Sums and budgets count %1 now.</source>
            <translation>Summen und Budgets rechnen jetzt mit %1.</translation>
        </message>
        <message>
            <source>Set %1 to the virtual key before you run it.</source>
            <translation>Vor dem Ausführen %1 auf den virtuellen Schlüssel setzen.</translation>
        </message>
        <message>
            <source>Copied as Python</source>
            <translation>Als Python kopiert</translation>
        </message>
        <message>
            <source>Copied as JavaScript</source>
            <translation>Als JavaScript kopiert</translation>
        </message>
        <message>
            <source>Copied as cURL</source>
            <translation>Als cURL kopiert</translation>
        </message>
        <message>
            <source>%1 Its body was not kept: a sample stands in its place.</source>
            <translation>%1 Der Body wurde nicht aufbewahrt: An seiner Stelle steht ein Beispiel.</translation>
        </message>
        <message>
            <source>Request</source>
            <translation>Anfrage</translation>
        </message>
        <message>
            <source>%1 · %2</source>
            <comment>key and time</comment>
            <translation>%1 · %2</translation>
        </message>
        <message>
            <source>%1 was asked for. %2 was used, because the budget “%3” (%4) was at %5.</source>
            <translation>%1 war angefragt. %2 wurde verwendet, weil das Budget „%3“ (%4) bei %5 lag.</translation>
        </message>
        <message>
            <source>%1 was asked for. %2 was used, because a budget was under pressure.</source>
            <translation>%1 war angefragt. %2 wurde verwendet, weil ein Budget knapp war.</translation>
        </message>
        <message>
            <source>Its output limit was lowered from %1 to %2 tokens, so that it fits the budget.</source>
            <translation>Das Ausgabelimit wurde von %1 auf %2 Token gesenkt, damit die Anfrage ins Budget passt.</translation>
        </message>
        <message>
            <source>Its output limit was lowered to %1 tokens, so that it fits the budget.</source>
            <translation>Das Ausgabelimit wurde auf %1 Token gesenkt, damit die Anfrage ins Budget passt.</translation>
        </message>
        <message>
            <source>It waited %1 for an answer.</source>
            <translation>Sie hat %1 auf eine Entscheidung gewartet.</translation>
        </message>
        <message>
            <source>It was allowed to go over its budget by %1.</source>
            <translation>Sie durfte ihr Budget um %1 überschreiten.</translation>
        </message>
        <message>
            <source>So far; tokens are counted here until the provider reports.</source>
            <translation>Bisher; Token werden hier gezählt, bis der Anbieter sie meldet.</translation>
        </message>
        <message>
            <source>Exact: from the usage that the provider reported.</source>
            <translation>Exakt: aus dem Verbrauch, den der Anbieter gemeldet hat.</translation>
        </message>
        <message>
            <source>Estimated: the provider reported no usage, so tokens were counted here.</source>
            <translation>Geschätzt: Der Anbieter hat keinen Verbrauch gemeldet, daher wurden die Token hier gezählt.</translation>
        </message>
        <message>
            <source>Recovered after a crash: booked with all that was set aside. The true cost may be less.</source>
            <translation>Nach einem Absturz wiederhergestellt: mit dem gesamten reservierten Betrag gebucht. Die wahren Kosten können niedriger sein.</translation>
        </message>
        <message>
            <source>Unknown: the model has no price.</source>
            <translation>Unbekannt: Das Modell hat keinen Preis.</translation>
        </message>
        <message>
            <source>Nothing was charged.</source>
            <translation>Nichts wurde berechnet.</translation>
        </message>
        <message numerus="yes">
            <source>%1 tokens</source>
            <translation>
                <numerusform>%1 Token</numerusform>
                <numerusform>%1 Token</numerusform>
            </translation>
        </message>
        <message>
            <source>The price of a related class: none of its own is known.</source>
            <translation>Der Preis einer verwandten Klasse: Ein eigener ist nicht bekannt.</translation>
        </message>
        <message>
            <source>Replayed from the cache: the tokens are those of the first answer and cost nothing now.</source>
            <translation>Aus dem Cache wiedergegeben: Die Token sind die der ersten Antwort und kosten jetzt nichts.</translation>
        </message>
        <message>
            <source>Nothing was charged for these tokens.</source>
            <translation>Für diese Token wurde nichts berechnet.</translation>
        </message>
        <message>
            <source>The amount is what was set aside, not the sum of the lines.</source>
            <translation>Der Betrag ist das Reservierte, nicht die Summe der Zeilen.</translation>
        </message>
        <message>
            <source>The amount was written by hand over the sum of the lines.</source>
            <translation>Der Betrag wurde von Hand anstelle der Summe der Zeilen eingetragen.</translation>
        </message>
        <message>
            <source>Prices as of %1.</source>
            <translation>Preise vom %1.</translation>
        </message>
        <message>
            <source>Prices as of %1, from: %2.</source>
            <translation>Preise vom %1, aus: %2.</translation>
        </message>
        <message>
            <source>%1 saved</source>
            <translation>%1 gespart</translation>
        </message>
        <message>
            <source>%1 set aside for it</source>
            <translation>%1 dafür reserviert</translation>
        </message>
        <message>
            <source>%1, %2</source>
            <comment>budget and period</comment>
            <translation>%1, %2</translation>
        </message>
        <message>
            <source>%1 of %2</source>
            <translation>%1 von %2</translation>
        </message>
        <message>
            <source>Right after this request was admitted.</source>
            <translation>Unmittelbar nach der Zulassung dieser Anfrage.</translation>
        </message>
        <message>
            <source>No budget binds this key.</source>
            <translation>Kein Budget gilt für diesen Schlüssel.</translation>
        </message>
        <message>
            <source>As they stand now.</source>
            <translation>Aktueller Stand.</translation>
        </message>
        <message>
            <source>Here, before it was sent</source>
            <translation>Hier, vor dem Senden</translation>
        </message>
        <message>
            <source>Until the first token</source>
            <translation>Bis zum ersten Token</translation>
        </message>
        <message>
            <source>Answer</source>
            <translation>Antwort</translation>
        </message>
        <message>
            <source>Waiting for the provider</source>
            <translation>Warten auf den Anbieter</translation>
        </message>
        <message>
            <source>Provider</source>
            <translation>Anbieter</translation>
        </message>
        <message>
            <source>In all</source>
            <translation>Insgesamt</translation>
        </message>
        <message>
            <source>%1 tokens per second</source>
            <translation>%1 Token pro Sekunde</translation>
        </message>
        <message>
            <source>Began</source>
            <translation>Beginn</translation>
        </message>
        <message>
            <source>Key</source>
            <translation>Schlüssel</translation>
        </message>
        <message>
            <source>Team</source>
            <translation>Team</translation>
        </message>
        <message>
            <source>Project</source>
            <translation>Projekt</translation>
        </message>
        <message>
            <source>Model</source>
            <translation>Modell</translation>
        </message>
        <message>
            <source>Asked for</source>
            <translation>Angefragt</translation>
        </message>
        <message>
            <source>Endpoint</source>
            <translation>Endpunkt</translation>
        </message>
        <message>
            <source>%1, streamed</source>
            <translation>%1, gestreamt</translation>
        </message>
        <message>
            <source>HTTP status</source>
            <translation>HTTP-Status</translation>
        </message>
        <message>
            <source>Output limit</source>
            <translation>Ausgabelimit</translation>
        </message>
        <message>
            <source>Provider's id</source>
            <translation>ID beim Anbieter</translation>
        </message>
        <message>
            <source>Id</source>
            <translation>ID</translation>
        </message>
        <message>
            <source>The beginning of %1.</source>
            <translation>Der Anfang von %1.</translation>
        </message>
        <message>
            <source>The request could not be copied</source>
            <translation>Die Anfrage konnte nicht kopiert werden</translation>
        </message>
    </context>
    <context>
        <name>lbp::gui::RequestExport</name>
        <message>
            <source>Say where the file goes.</source>
            <translation>Angeben, wohin die Datei soll.</translation>
        </message>
        <message>
            <source>Give the whole path, such as %1.</source>
            <translation>Den vollständigen Pfad angeben, etwa %1.</translation>
        </message>
        <message>
            <source>This is a folder. Add a name for the file.</source>
            <translation>Das ist ein Ordner. Einen Dateinamen anfügen.</translation>
        </message>
        <message>
            <source>There is no folder %1.</source>
            <translation>Es gibt keinen Ordner %1.</translation>
        </message>
        <message>
            <source>This file cannot be written there. Choose another folder.</source>
            <translation>Die Datei kann dort nicht geschrieben werden. Einen anderen Ordner wählen.</translation>
        </message>
        <message>
            <source>Export cancelled</source>
            <translation>Export abgebrochen</translation>
        </message>
        <message>
            <source>Nothing was written.</source>
            <translation>Nichts wurde geschrieben.</translation>
        </message>
        <message>
            <source>The list could not be exported</source>
            <translation>Die Liste konnte nicht exportiert werden</translation>
        </message>
        <message numerus="yes">
            <source>%n request(s) exported</source>
            <translation>
                <numerusform>%n Anfrage exportiert</numerusform>
                <numerusform>%n Anfragen exportiert</numerusform>
            </translation>
        </message>
        <message>
            <source>Show in folder</source>
            <translation>Im Ordner anzeigen</translation>
        </message>
        <message>
            <source>%1 of %2 requests</source>
            <translation>%1 von %2 Anfragen</translation>
        </message>
        <message>
            <source>%1 requests</source>
            <translation>%1 Anfragen</translation>
        </message>
        <message>
            <source>Export requests</source>
            <translation>Anfragen exportieren</translation>
        </message>
        <message>
            <source>JSON files (*.json)</source>
            <translation>JSON-Dateien (*.json)</translation>
        </message>
        <message>
            <source>CSV files (*.csv)</source>
            <translation>CSV-Dateien (*.csv)</translation>
        </message>
        <message>
            <source>All files (*)</source>
            <translation>Alle Dateien (*)</translation>
        </message>
    </context>
    <context>
        <name>lbp::gui::RequestFilterInput</name>
        <message>
            <source>key</source>
            <translation>Schlüssel</translation>
        </message>
        <message>
            <source>model</source>
            <translation>Modell</translation>
        </message>
    </context>
    <context>
        <name>lbp::gui::RequestListModel</name>
        <message>
            <source>%1 and more</source>
            <translation>%1 und mehr</translation>
        </message>
        <message numerus="yes">
            <source>%1 requests</source>
            <translation>
                <numerusform>%1 Anfrage</numerusform>
                <numerusform>%1 Anfragen</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%1 found</source>
            <translation>
                <numerusform>%1 gefunden</numerusform>
                <numerusform>%1 gefunden</numerusform>
            </translation>
        </message>
        <message>
            <source>Only the first %1 are listed here. A filter reaches the others; an export has all of them.</source>
            <translation>Hier stehen nur die ersten %1. Ein Filter erreicht die übrigen; ein Export enthält alle.</translation>
        </message>
    </context>
    <context>
        <name>lbp::gui::RequestsModel</name>
        <message>
            <source>Requests</source>
            <translation>Anfragen</translation>
        </message>
        <message>
            <source>Find requests</source>
            <translation>Anfragen suchen</translation>
        </message>
        <message>
            <source>filter search key model status cost</source>
            <translation>Filter suchen Schlüssel Modell Status Kosten</translation>
        </message>
        <message>
            <source>Show running requests</source>
            <translation>Laufende Anfragen anzeigen</translation>
        </message>
        <message>
            <source>live streams active</source>
            <translation>live Streams aktiv</translation>
        </message>
        <message>
            <source>Show failed requests</source>
            <translation>Fehlgeschlagene Anfragen anzeigen</translation>
        </message>
        <message>
            <source>errors 4xx 5xx</source>
            <translation>Fehler 4xx 5xx</translation>
        </message>
        <message>
            <source>Show today's requests</source>
            <translation>Heutige Anfragen anzeigen</translation>
        </message>
        <message>
            <source>day</source>
            <translation>Tag</translation>
        </message>
        <message>
            <source>Show estimated costs</source>
            <translation>Geschätzte Kosten anzeigen</translation>
        </message>
        <message>
            <source>recovered correct</source>
            <translation>wiederhergestellt korrigieren</translation>
        </message>
        <message>
            <source>save file download list</source>
            <translation>speichern Datei herunterladen Liste</translation>
        </message>
        <message>
            <source>Export requests as CSV</source>
            <translation>Anfragen als CSV exportieren</translation>
        </message>
        <message>
            <source>Export requests as JSON</source>
            <translation>Anfragen als JSON exportieren</translation>
        </message>
    </context>
    <context>
        <name>lbp::gui::SettingsBackup</name>
        <message numerus="yes">
            <source>%n request(s)</source>
            <translation>
                <numerusform>%n Anfrage</numerusform>
                <numerusform>%n Anfragen</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n key(s)</source>
            <translation>
                <numerusform>%n Schlüssel</numerusform>
                <numerusform>%n Schlüssel</numerusform>
            </translation>
        </message>
        <message>
            <source>%1, %2, %3; the newest request is from %4.</source>
            <translation>%1, %2, %3; die neueste Anfrage ist vom %4.</translation>
        </message>
        <message>
            <source>%1, %2, %3.</source>
            <translation>%1, %2, %3.</translation>
        </message>
        <message>
            <source>Where to?</source>
            <translation>Wohin?</translation>
        </message>
        <message>
            <source>Type the whole path of the file, beginning with a slash.</source>
            <translation>Den vollständigen Pfad der Datei eingeben, beginnend mit einem Schrägstrich.</translation>
        </message>
        <message>
            <source>The backup is complete</source>
            <translation>Die Sicherung ist vollständig</translation>
        </message>
        <message>
            <source>There is no backup</source>
            <translation>Es gibt keine Sicherung</translation>
        </message>
        <message>
            <source>The copy is sound</source>
            <translation>Die Kopie ist in Ordnung</translation>
        </message>
        <message>
            <source>It cannot be restored</source>
            <translation>Wiederherstellen nicht möglich</translation>
        </message>
        <message>
            <source>The copy lies ready</source>
            <translation>Die Kopie liegt bereit</translation>
        </message>
        <message>
            <source>The proxy starts anew and takes it into use. The present ledger is kept aside.</source>
            <translation>Der Proxy startet neu und verwendet sie. Das aktuelle Kassenbuch wird beiseitegelegt.</translation>
        </message>
        <message>
            <source>Nothing will be restored</source>
            <translation>Nichts wird wiederhergestellt</translation>
        </message>
        <message>
            <source>It still lies ready</source>
            <translation>Sie liegt noch bereit</translation>
        </message>
        <message>
            <source>Backups (*.sqlite)</source>
            <translation>Sicherungen (*.sqlite)</translation>
        </message>
        <message>
            <source>All files (*)</source>
            <translation>Alle Dateien (*)</translation>
        </message>
        <message>
            <source>Write a copy to</source>
            <translation>Kopie schreiben nach</translation>
        </message>
        <message>
            <source>Restore from</source>
            <translation>Wiederherstellen aus</translation>
        </message>
    </context>
    <context>
        <name>lbp::gui::SettingsModel</name>
        <message>
            <source>At %1</source>
            <translation>Bei %1</translation>
        </message>
        <message>
            <source>You are told</source>
            <translation>Eine Meldung erscheint</translation>
        </message>
        <message>
            <source>Requests are refused</source>
            <translation>Anfragen werden abgelehnt</translation>
        </message>
        <message>
            <source>A cheaper model takes over, where there is a rule</source>
            <translation>Ein günstigeres Modell übernimmt, wo es eine Regel gibt</translation>
        </message>
        <message>
            <source>%1 requests a minute</source>
            <translation>%1 Anfragen pro Minute</translation>
        </message>
        <message>
            <source>any number of requests</source>
            <translation>beliebig viele Anfragen</translation>
        </message>
        <message>
            <source>%1 tokens a minute</source>
            <translation>%1 Token pro Minute</translation>
        </message>
        <message>
            <source>any number of tokens</source>
            <translation>beliebig viele Token</translation>
        </message>
        <message>
            <source>%1 at the same time</source>
            <translation>%1 gleichzeitig</translation>
        </message>
        <message>
            <source>any number at the same time</source>
            <translation>beliebig viele gleichzeitig</translation>
        </message>
        <message>
            <source>%1 becomes %2</source>
            <translation>%1 wird zu %2</translation>
        </message>
        <message>
            <source>From the threshold that takes a cheaper model</source>
            <translation>Ab der Schwelle für ein günstigeres Modell</translation>
        </message>
        <message>
            <source>From %1</source>
            <translation>Ab %1</translation>
        </message>
        <message>
            <source>Settings</source>
            <translation>Einstellungen</translation>
        </message>
        <message>
            <source>Open the data folder</source>
            <translation>Datenordner öffnen</translation>
        </message>
        <message>
            <source>files ledger directory</source>
            <translation>Dateien Kassenbuch Verzeichnis</translation>
        </message>
        <message>
            <source>Restart the proxy</source>
            <translation>Proxy neu starten</translation>
        </message>
        <message>
            <source>Proxy</source>
            <translation>Proxy</translation>
        </message>
        <message>
            <source>reload again</source>
            <translation>neu laden erneut</translation>
        </message>
        <message>
            <source>address port tls certificate admin key</source>
            <translation>Adresse Port tls Zertifikat Admin-Schlüssel</translation>
        </message>
        <message>
            <source>Providers</source>
            <translation>Anbieter</translation>
        </message>
        <message>
            <source>openai api key base url upstream</source>
            <translation>openai api Schlüssel base url upstream</translation>
        </message>
        <message>
            <source>Budgets</source>
            <translation>Budgets</translation>
        </message>
        <message>
            <source>thresholds default hold ask clamp</source>
            <translation>Schwellen Standard zurückhalten fragen begrenzen</translation>
        </message>
        <message>
            <source>Rate limits</source>
            <translation>Ratenlimits</translation>
        </message>
        <message>
            <source>rpm tpm parallel overrides</source>
            <translation>rpm tpm parallel Ausnahmen</translation>
        </message>
        <message>
            <source>Cheaper models</source>
            <translation>Günstigere Modelle</translation>
        </message>
        <message>
            <source>downgrade rules unpriced</source>
            <translation>downgrade Regeln ohne Preis</translation>
        </message>
        <message>
            <source>Cache</source>
            <translation>Cache</translation>
        </message>
        <message>
            <source>repeat answers ttl</source>
            <translation>wiederholen Antworten ttl</translation>
        </message>
        <message>
            <source>Privacy</source>
            <translation>Datenschutz</translation>
        </message>
        <message>
            <source>prompts bodies retention</source>
            <translation>Prompts Bodys Aufbewahrung</translation>
        </message>
        <message>
            <source>Data and backup</source>
            <translation>Daten und Sicherung</translation>
        </message>
        <message>
            <source>restore ledger folder storage</source>
            <translation>wiederherstellen Kassenbuch Ordner Speicher</translation>
        </message>
        <message>
            <source>Program</source>
            <translation>Programm</translation>
        </message>
        <message>
            <source>language theme autostart guide alerts</source>
            <translation>Sprache Design Autostart Anleitung Meldungen</translation>
        </message>
        <message>
            <source>Log</source>
            <translation>Protokoll</translation>
        </message>
        <message>
            <source>messages level</source>
            <translation>Nachrichten Stufe log</translation>
        </message>
        <message>
            <source>About</source>
            <translation>Info</translation>
        </message>
        <message>
            <source>version licences</source>
            <translation>Version Lizenzen</translation>
        </message>
        <message>
            <source>Settings saved</source>
            <translation>Einstellungen gespeichert</translation>
        </message>
        <message>
            <source>The file has changed meanwhile</source>
            <translation>Die Datei wurde inzwischen geändert</translation>
        </message>
        <message>
            <source>It was read again. Please look, and do it once more.</source>
            <translation>Sie wurde neu gelesen. Bitte prüfen und die Änderung wiederholen.</translation>
        </message>
        <message>
            <source>The setting was not saved</source>
            <translation>Die Einstellung wurde nicht gespeichert</translation>
        </message>
        <message>
            <source>That could not be changed</source>
            <translation>Das konnte nicht geändert werden</translation>
        </message>
        <message>
            <source>Copied</source>
            <translation>Kopiert</translation>
        </message>
        <message>
            <source>Whoever has it can change everything here.</source>
            <translation>Wer ihn hat, kann hier alles ändern.</translation>
        </message>
        <message>
            <source>Log copied</source>
            <translation>Protokoll kopiert</translation>
        </message>
        <message>
            <source>The source of this program</source>
            <translation>Der Quelltext dieses Programms</translation>
        </message>
        <message>
            <source>Charts. It makes this desktop program as a whole one under the GPL, version 3</source>
            <translation>Diagramme. Dadurch steht dieses Desktop-Programm als Ganzes unter der GPL, Version 3</translation>
        </message>
        <message>
            <source>Window, network, database access</source>
            <translation>Fenster, Netzwerk, Datenbankzugriff</translation>
        </message>
        <message>
            <source>Secrets in the keychain of the desktop</source>
            <translation>Geheimnisse im Schlüsselbund des Desktops</translation>
        </message>
        <message>
            <source>public domain</source>
            <translation>gemeinfrei</translation>
        </message>
        <message>
            <source>The ledger</source>
            <translation>Das Kassenbuch</translation>
        </message>
        <message>
            <source>TLS</source>
            <translation>TLS</translation>
        </message>
        <message>
            <source>Reads the configuration</source>
            <translation>Liest die Konfiguration</translation>
        </message>
        <message>
            <source>Reads JSON</source>
            <translation>Liest JSON</translation>
        </message>
        <message>
            <source>Compressed answers</source>
            <translation>Komprimierte Antworten</translation>
        </message>
        <message>
            <source>Metrics</source>
            <translation>Metriken</translation>
        </message>
        <message>
            <source>Containers</source>
            <translation>Container</translation>
        </message>
        <message>
            <source>The command line</source>
            <translation>Die Befehlszeile</translation>
        </message>
        <message>
            <source>Memory</source>
            <translation>Speicherverwaltung</translation>
        </message>
        <message>
            <source>Results that may be errors</source>
            <translation>Ergebnisse, die Fehler sein können</translation>
        </message>
        <message>
            <source>The font</source>
            <translation>Die Schrift</translation>
        </message>
        <message>
            <source>The font of code</source>
            <translation>Die Schrift für Code</translation>
        </message>
        <message>
            <source>The icons</source>
            <translation>Die Symbole</translation>
        </message>
        <message>
            <source>That of the desktop</source>
            <translation>Die des Desktops</translation>
        </message>
        <message>
            <source>Language: %1</source>
            <translation>Sprache: %1</translation>
        </message>
        <message>
            <source>speak words translation</source>
            <translation>sprechen Wörter Übersetzung</translation>
        </message>
        <message>
            <source>Save or discard the changed settings first</source>
            <translation>Zuerst die geänderten Einstellungen speichern oder verwerfen</translation>
        </message>
        <message>
            <source>For another language the window is made anew.</source>
            <translation>Für eine andere Sprache wird das Fenster neu aufgebaut.</translation>
        </message>
    </context>
    <context>
        <name>lbp::gui::SettingsProviders</name>
        <message>
            <source>Provider saved</source>
            <translation>Anbieter gespeichert</translation>
        </message>
        <message>
            <source>The provider was not removed</source>
            <translation>Der Anbieter wurde nicht entfernt</translation>
        </message>
        <message>
            <source>Provider %1 removed</source>
            <translation>Anbieter %1 entfernt</translation>
        </message>
        <message>
            <source>Its key is still kept</source>
            <translation>Sein Schlüssel wird noch aufbewahrt</translation>
        </message>
        <message>
            <source>%1, for %2</source>
            <translation>%1, für %2</translation>
        </message>
        <message>
            <source>no key</source>
            <translation>kein Schlüssel</translation>
        </message>
        <message>
            <source>key set</source>
            <translation>Schlüssel gesetzt</translation>
        </message>
    </context>
    <context>
        <name>lbp::gui::ShellModel</name>
        <message>
            <source>Starting</source>
            <translation>Startet</translation>
        </message>
        <message>
            <source>Running</source>
            <translation>Läuft</translation>
        </message>
        <message>
            <source>Paused until %1</source>
            <translation>Pausiert bis %1</translation>
        </message>
        <message>
            <source>Paused</source>
            <translation>Pausiert</translation>
        </message>
        <message>
            <source>Provider not reachable</source>
            <translation>Anbieter nicht erreichbar</translation>
        </message>
        <message>
            <source>Not listening</source>
            <translation>Nimmt keine Verbindungen an</translation>
        </message>
        <message>
            <source>Ledger not writable</source>
            <translation>Kassenbuch nicht beschreibbar</translation>
        </message>
        <message>
            <source>The proxy is about to listen.</source>
            <translation>Der Proxy nimmt gleich Verbindungen an.</translation>
        </message>
        <message>
            <source>Requests are served.</source>
            <translation>Anfragen werden bedient.</translation>
        </message>
        <message>
            <source>Every request that would cost money is refused until you resume.</source>
            <translation>Jede Anfrage, die Geld kosten würde, wird bis zum Fortsetzen abgelehnt.</translation>
        </message>
        <message>
            <source>Cannot reach: %1. Requests are tried all the same.</source>
            <translation>Nicht erreichbar: %1. Anfragen werden trotzdem versucht.</translation>
        </message>
        <message>
            <source>%1 Nothing that costs money is let through until it can be written again.</source>
            <translation>%1 Was Geld kostet, wird erst durchgelassen, wenn wieder geschrieben werden kann.</translation>
        </message>
        <message>
            <source>of %1</source>
            <comment>an amount</comment>
            <translation>von %1</translation>
        </message>
        <message numerus="yes">
            <source>Waiting for %n request(s) to finish</source>
            <translation>
                <numerusform>Warten auf das Ende von %n Anfrage</numerusform>
                <numerusform>Warten auf das Ende von %n Anfragen</numerusform>
            </translation>
        </message>
        <message>
            <source>Address copied</source>
            <translation>Adresse kopiert</translation>
        </message>
        <message>
            <source>That did not work</source>
            <translation>Das hat nicht funktioniert</translation>
        </message>
        <message>
            <source>Paused: nothing can be spent until you resume</source>
            <translation>Pausiert: Bis zum Fortsetzen kann nichts ausgegeben werden</translation>
        </message>
        <message>
            <source>Paused until tomorrow</source>
            <translation>Bis morgen pausiert</translation>
        </message>
        <message>
            <source>Resumed: requests are served again</source>
            <translation>Fortgesetzt: Anfragen werden wieder bedient</translation>
        </message>
        <message>
            <source>The proxy goes on in the tray</source>
            <translation>Der Proxy läuft im Infobereich weiter</translation>
        </message>
        <message>
            <source>Your tools stay connected. Quit from the icon's menu, or with Ctrl+Q.</source>
            <translation>Ihre Tools bleiben verbunden. Beenden im Menü des Symbols oder mit Strg+Q.</translation>
        </message>
        <message>
            <source>Proxy</source>
            <translation>Proxy</translation>
        </message>
        <message>
            <source>Pause all spending</source>
            <translation>Alle Ausgaben pausieren</translation>
        </message>
        <message>
            <source>stop block halt</source>
            <translation>stoppen sperren anhalten</translation>
        </message>
        <message>
            <source>Pause for 15 minutes</source>
            <translation>Für 15 Minuten pausieren</translation>
        </message>
        <message>
            <source>Pause until tomorrow</source>
            <translation>Bis morgen pausieren</translation>
        </message>
        <message>
            <source>Resume spending</source>
            <translation>Ausgaben fortsetzen</translation>
        </message>
        <message>
            <source>start unblock continue</source>
            <translation>starten entsperren weiter</translation>
        </message>
        <message>
            <source>Copy the base URL</source>
            <translation>Basis-URL kopieren</translation>
        </message>
        <message>
            <source>address endpoint host port</source>
            <translation>Adresse Endpunkt Host Port</translation>
        </message>
        <message>
            <source>Quit</source>
            <translation>Beenden</translation>
        </message>
        <message>
            <source>exit close end</source>
            <translation>beenden schließen Ende</translation>
        </message>
        <message>
            <source>%1: %2 of %3</source>
            <comment>whose budget, spent, limit</comment>
            <translation>%1: %2 von %3</translation>
        </message>
    </context>
    <context>
        <name>lbp::gui::SimulatorModel</name>
        <message>
            <source>Key</source>
            <translation>Schlüssel</translation>
        </message>
        <message>
            <source>Pause</source>
            <translation>Pausieren</translation>
        </message>
        <message>
            <source>Model</source>
            <translation>Modell</translation>
        </message>
        <message>
            <source>Provider</source>
            <translation>Anbieter</translation>
        </message>
        <message>
            <source>Rate limits</source>
            <translation>Ratenlimits</translation>
        </message>
        <message>
            <source>Cheaper model</source>
            <translation>Günstigeres Modell</translation>
        </message>
        <message>
            <source>Price</source>
            <translation>Preis</translation>
        </message>
        <message>
            <source>Budget</source>
            <translation>Budget</translation>
        </message>
        <message>
            <source>Decision</source>
            <translation>Entscheidung</translation>
        </message>
        <message>
            <source>Choose a key.</source>
            <translation>Schlüssel wählen.</translation>
        </message>
        <message>
            <source>There is no key with this name.</source>
            <translation>Es gibt keinen Schlüssel mit diesem Namen.</translation>
        </message>
        <message>
            <source>Type the name of a model.</source>
            <translation>Den Namen eines Modells eingeben.</translation>
        </message>
        <message>
            <source>It would wait for your answer, then be blocked</source>
            <translation>Sie würde auf Ihre Antwort warten und dann gesperrt</translation>
        </message>
        <message>
            <source>It would be blocked</source>
            <translation>Sie würde gesperrt</translation>
        </message>
        <message>
            <source>It would run, with a shorter answer</source>
            <translation>Sie würde laufen, mit kürzerer Antwort</translation>
        </message>
        <message>
            <source>It would run</source>
            <translation>Sie würde laufen</translation>
        </message>
        <message>
            <source>The client would get HTTP status %1.</source>
            <translation>Der Client erhielte HTTP-Status %1.</translation>
        </message>
        <message>
            <source>%1 at %2, at most %3 tokens of output; %4 would be set aside.</source>
            <translation>%1 bei %2, höchstens %3 Ausgabe-Token; %4 würden reserviert.</translation>
        </message>
        <message>
            <source>%1 at %2; %3 would be set aside until it ends.</source>
            <translation>%1 bei %2; %3 würden bis zum Ende reserviert.</translation>
        </message>
        <message>
            <source>Active until %1.</source>
            <translation>Aktiv bis %1.</translation>
        </message>
        <message>
            <source>Active.</source>
            <translation>Aktiv.</translation>
        </message>
        <message>
            <source>It was revoked, so it is unknown to the proxy.</source>
            <translation>Er wurde widerrufen und ist dem Proxy daher unbekannt.</translation>
        </message>
        <message>
            <source>It expired on %1.</source>
            <translation>Er ist am %1 abgelaufen.</translation>
        </message>
        <message>
            <source>It has expired.</source>
            <translation>Er ist abgelaufen.</translation>
        </message>
        <message>
            <source>It exists and is paused.</source>
            <translation>Er existiert und ist pausiert.</translation>
        </message>
        <message>
            <source>Nothing is paused.</source>
            <translation>Nichts ist pausiert.</translation>
        </message>
        <message>
            <source>All spending is paused until %1.</source>
            <translation>Alle Ausgaben sind bis %1 pausiert.</translation>
        </message>
        <message>
            <source>All spending is paused until you resume it.</source>
            <translation>Alle Ausgaben sind bis zum Fortsetzen pausiert.</translation>
        </message>
        <message>
            <source>This key is paused until you resume it.</source>
            <translation>Dieser Schlüssel ist bis zum Fortsetzen pausiert.</translation>
        </message>
        <message>
            <source>Every model is allowed.</source>
            <translation>Jedes Modell ist erlaubt.</translation>
        </message>
        <message>
            <source>This key may only use: %1.</source>
            <translation>Dieser Schlüssel darf nur verwenden: %1.</translation>
        </message>
        <message>
            <source>It is one of those that this key may use.</source>
            <translation>Es gehört zu denen, die dieser Schlüssel verwenden darf.</translation>
        </message>
        <message>
            <source>It would go to %1.</source>
            <translation>Sie ginge an %1.</translation>
        </message>
        <message>
            <source>%1 of %2 requests were made within the last minute.</source>
            <translation>%1 von %2 Anfragen wurden in der letzten Minute gestellt.</translation>
        </message>
        <message>
            <source>%1 of %2 tokens were used within the last minute; this takes about %3 more.</source>
            <translation>%1 von %2 Token wurden in der letzten Minute verbraucht; diese Anfrage braucht etwa %3 weitere.</translation>
        </message>
        <message>
            <source>%1 of %2 requests are running side by side.</source>
            <translation>%1 von %2 Anfragen laufen gleichzeitig.</translation>
        </message>
        <message>
            <source>%1 of %2 requests a minute</source>
            <translation>%1 von %2 Anfragen pro Minute</translation>
        </message>
        <message>
            <source>%1 of %2 tokens a minute</source>
            <translation>%1 von %2 Token pro Minute</translation>
        </message>
        <message>
            <source>%1 of %2 running</source>
            <translation>%1 von %2 laufen</translation>
        </message>
        <message>
            <source>There are none.</source>
            <translation>Keine vorhanden.</translation>
        </message>
        <message>
            <source>In use: %1.</source>
            <translation>In Verwendung: %1.</translation>
        </message>
        <message>
            <source>Not needed, or no rule fits: the model stays.</source>
            <translation>Nicht nötig, oder keine Regel passt: Das Modell bleibt.</translation>
        </message>
        <message>
            <source>Its budgets are at %1 %, so %2 is used instead of %3.</source>
            <translation>Seine Budgets liegen bei %1 %, daher wird %2 statt %3 verwendet.</translation>
        </message>
        <message>
            <source>This provider is free of charge.</source>
            <translation>Dieser Anbieter ist kostenlos.</translation>
        </message>
        <message>
            <source>It has no price, so its cost cannot be bounded. Add one under Models and prices.</source>
            <translation>Es hat keinen Preis, daher lassen sich die Kosten nicht begrenzen. Unter „Modelle und Preise“ einen hinzufügen.</translation>
        </message>
        <message>
            <source>It has no price; its cost would be unknown.</source>
            <translation>Es hat keinen Preis; die Kosten wären unbekannt.</translation>
        </message>
        <message>
            <source>It has no price of its own; assumed are %1 for a million tokens of input and %2 of output.</source>
            <translation>Es hat keinen eigenen Preis; angenommen werden %1 für eine Million Eingabe-Token und %2 für Ausgabe-Token.</translation>
        </message>
        <message>
            <source>%1 for a million tokens of input, %2 of output.</source>
            <translation>%1 für eine Million Eingabe-Token, %2 für Ausgabe-Token.</translation>
        </message>
        <message>
            <source>No budget binds this key.</source>
            <translation>Kein Budget gilt für diesen Schlüssel.</translation>
        </message>
        <message>
            <source>%1, %2: %3 left of %4 (%5 spent, %6 reserved). At worst this costs %7.</source>
            <translation>%1, %2: noch %3 von %4 (%5 ausgegeben, %6 reserviert). Dies kostet schlimmstenfalls %7.</translation>
        </message>
        <message>
            <source>The worst case fits: %1 would be set aside.</source>
            <translation>Der ungünstigste Fall passt: %1 würden reserviert.</translation>
        </message>
        <message>
            <source>The worst case (%1) does not fit, so the answer is bounded to %2 tokens instead of %3.</source>
            <translation>Der ungünstigste Fall (%1) passt nicht, daher wird die Antwort auf %2 statt %3 Token begrenzt.</translation>
        </message>
        <message>
            <source>The worst case (%1) does not fit, and a shorter answer would be too short.</source>
            <translation>Der ungünstigste Fall (%1) passt nicht, und eine kürzere Antwort wäre zu kurz.</translation>
        </message>
        <message>
            <source>The worst case (%1) does not fit: the request waits while you are asked.</source>
            <translation>Der ungünstigste Fall (%1) passt nicht: Die Anfrage wartet, während Sie gefragt werden.</translation>
        </message>
        <message>
            <source>A budget has reached its threshold of %1 %, which blocks.</source>
            <translation>Ein Budget hat seine Schwelle von %1 % erreicht und sperrt.</translation>
        </message>
        <message>
            <source>Allowed without a price: nothing is set aside.</source>
            <translation>Ohne Preis erlaubt: Nichts wird reserviert.</translation>
        </message>
        <message>
            <source>Not asked any more.</source>
            <translation>Wird nicht mehr geprüft.</translation>
        </message>
    </context>
    <context>
        <name>lbp::gui::Tray</name>
        <message>
            <source>Pause spending</source>
            <translation>Ausgaben pausieren</translation>
        </message>
        <message>
            <source>Until resumed</source>
            <translation>Bis zum Fortsetzen</translation>
        </message>
        <message>
            <source>For 15 minutes</source>
            <translation>Für 15 Minuten</translation>
        </message>
        <message>
            <source>Until tomorrow</source>
            <translation>Bis morgen</translation>
        </message>
        <message>
            <source>Resume spending</source>
            <translation>Ausgaben fortsetzen</translation>
        </message>
        <message>
            <source>Copy base URL</source>
            <translation>Basis-URL kopieren</translation>
        </message>
        <message>
            <source>Open</source>
            <translation>Öffnen</translation>
        </message>
        <message>
            <source>Quit</source>
            <translation>Beenden</translation>
        </message>
        <message>
            <source>LLM Budget Proxy: %1</source>
            <translation>LLM Budget Proxy: %1</translation>
        </message>
        <message>
            <source>Today %1</source>
            <translation>Heute %1</translation>
        </message>
        <message>
            <source>Today %1 %2</source>
            <translation>Heute %1 %2</translation>
        </message>
        <message>
            <source>This month %1</source>
            <translation>Dieser Monat %1</translation>
        </message>
        <message numerus="yes">
            <source>%n request(s) running</source>
            <translation>
                <numerusform>%n Anfrage läuft</numerusform>
                <numerusform>%n Anfragen laufen</numerusform>
            </translation>
        </message>
        <message>
            <source>Today: %1</source>
            <translation>Heute: %1</translation>
        </message>
        <message>
            <source>Today: %1 %2</source>
            <translation>Heute: %1 %2</translation>
        </message>
        <message>
            <source>This month: %1</source>
            <translation>Dieser Monat: %1</translation>
        </message>
        <message>
            <source>Most today</source>
            <translation>Heute am meisten</translation>
        </message>
        <message>
            <source>%1: %2</source>
            <comment>key and amount</comment>
            <translation>%1: %2</translation>
        </message>
        <message numerus="yes">
            <source>%n running</source>
            <comment>requests</comment>
            <translation>
                <numerusform>%n läuft</numerusform>
                <numerusform>%n laufen</numerusform>
            </translation>
        </message>
        <message>
            <source>%1, %2: %3</source>
            <comment>key, model and amount</comment>
            <translation>%1, %2: %3</translation>
        </message>
        <message>
            <source>Today %1 · %2</source>
            <translation>Heute %1 · %2</translation>
        </message>
        <message>
            <source>Today: %1 · %2</source>
            <translation>Heute: %1 · %2</translation>
        </message>
    </context>
    <context>
        <name>main</name>
        <message>
            <source>A local reverse proxy for LLM APIs whose budgets hold to the cent.</source>
            <translation>Ein lokaler Reverse-Proxy für LLM-APIs, dessen Budgets auf den Cent genau gelten.</translation>
        </message>
    </context>
</TS>
