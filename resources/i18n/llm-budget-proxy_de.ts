<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
<context>
    <name>AlertsPage</name>
    <message>
        <source>Alerts</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>AppButton</name>
    <message>
        <source>Working…</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>AppDialog</name>
    <message>
        <source>OK</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>AppTextArea</name>
    <message>
        <source>Needs a correction</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>AppTextField</name>
    <message>
        <source>Needs a correction</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>BarChart</name>
    <message>
        <source>%1: %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1, %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <comment>amount and its share</comment>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>BudgetDoughnut</name>
    <message>
        <source>spent</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>reserved</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>left</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: %2 spent, %3 left</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>BudgetsAddDialog</name>
    <message>
        <source>Add a limit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A request must fit into every limit that applies to it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add limit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It could not be saved</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>For</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>For whom</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Limit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>USD</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Counted</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>BudgetsHead</name>
    <message>
        <source>Who</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Resets</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Used</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Spent</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reserved</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Left</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Limit</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>BudgetsLegend</name>
    <message>
        <source>spent</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>reserved by running requests</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>threshold</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>BudgetsLimitField</name>
    <message>
        <source>New limit</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>BudgetsPage</name>
    <message>
        <source>Budgets</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add limit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The budgets could not be read</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Search team, project, key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing found</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No team, project or key fits.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Clear the search</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Change the limit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Enter</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Raise for now…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>+</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add another limit…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show requests</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Remove the limit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Del</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>BudgetsRaiseDialog</name>
    <message>
        <source>Raise</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>By</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>USD</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>BudgetsRow</name>
    <message>
        <source>%1, %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 spent, %2 left of %3</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n key(s)</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>–</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Change the limit of %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Raise for now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add a limit for %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Actions for %1</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Chip</name>
    <message>
        <source>Remove %1</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>CloseDialog</name>
    <message>
        <source>Quit the proxy?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This desktop has no tray for the program to stay in. Without the proxy your tools cannot reach their providers. Start the program again to bring the window back.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keep it running</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Quit</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>CodeBlock</name>
    <message>
        <source>Code</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>CommandPalette</name>
    <message>
        <source>%1: %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What do you want to do?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing found</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Try another word.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ConnectCard</name>
    <message>
        <source>%1: %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: %2 Not metered by this version yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>not yet</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ConnectDetail</name>
    <message>
        <source>This version does not meter what this tool sends</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Its requests are refused, so that nothing can be spent past a budget. The lines below are what it will need.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The key “%1” is filled in. Copy the lines now: the key is not shown again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Put a virtual key in the place of lbp_YOUR_KEY, or let one be made for this tool.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Make a key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy the lines for %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Waiting for the first request …</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Send one from the tool: this line turns green when it arrives.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ConnectPage</name>
    <message>
        <source>Connect a tool</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Give a tool the address of this proxy and a virtual key. Nothing else in it changes.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ConnectTools</name>
    <message>
        <source>One request from a terminal, to see that everything works.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Terminal</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Environment variables</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>For every program that reads the usual variables.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Terminal or ~/.profile</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>One command, with a budget of its own</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>lbp run makes a key that is revoked when the command ends.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>OpenAI SDK for Python</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The official package openai.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Your program</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>OpenAI SDK for JavaScript</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The official package openai from npm.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>OpenAI&apos;s coding agent.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It repeats a refused request up to five times by itself; the two lines about retries switch that off.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Anthropic&apos;s coding agent.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Without the third line it also talks to Anthropic past the proxy, for telemetry and updates.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The open coding agent for the terminal.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It sends two requests for the first prompt of a session: one is for the title.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Google&apos;s coding agent.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The package ai from npm, with any provider that is compatible with OpenAI.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>ChatOpenAI in JavaScript and Python.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>JavaScript</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Python</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Anthropic SDK</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The official package @anthropic-ai/sdk.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>CopyButton</name>
    <message>
        <source>Copy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copied</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>CopyField</name>
    <message>
        <source>Hidden</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Hide</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy %1</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>DataTable</name>
    <message>
        <source>Table</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Loading</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>DrainBar</name>
    <message>
        <source>Quit now</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Form</name>
    <message>
        <source>Type an amount in US dollars.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>That is more than can be counted here; at most %1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This is not an amount; write it like %1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>An amount cannot be negative.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It must be more than zero.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Type a whole number.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This is not a whole number; write it like %1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It must be between %1 and %2.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>FormField</name>
    <message>
        <source>required</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>optional</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Format</name>
    <message>
        <source>%1 B</source>
        <comment>billions</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 M</source>
        <comment>millions</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 k</source>
        <comment>thousands</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 %</source>
        <comment>percent</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 ms</source>
        <comment>milliseconds</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 s</source>
        <comment>seconds</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 min %2 s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 h %2 min</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n days</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>yesterday %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 %2</source>
        <comment>date and time</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 %2 %3</source>
        <comment>date, time and time zone</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>in less than a minute</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>in %1</source>
        <comment>a time span</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 min</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>per hour</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>per day</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>per week</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>per month</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>in total</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>GuidePage</name>
    <message>
        <source>Guide</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>HeaderBar</name>
    <message>
        <source>State: %1. %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy the base URL %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Base URL for your tools: click to copy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Demo: no real money</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n running</source>
        <comment>requests</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Today: %1 %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Today</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Resume</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pause</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pause all spending</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>For 15 minutes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Until tomorrow</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Find an action (Ctrl+K)</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>InlineNotice</name>
    <message>
        <source>Dismiss</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Keys</name>
    <message>
        <source>Active</source>
        <comment>a key</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Paused: spent too fast</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Paused</source>
        <comment>a key</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Being revoked</source>
        <comment>a key</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Expired</source>
        <comment>a key</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Revoked</source>
        <comment>a key</comment>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>KeysDetailPanel</name>
    <message>
        <source>Undo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Resume</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pause</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Edit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Budgets that bind it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Limits</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Terms</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Models</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>every model</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Requests</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Why blocked?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rotate…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Revoke</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>For good; you have ten seconds to undo it</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>KeysEditorDialog</name>
    <message>
        <source>Create key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It could not be saved</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Who or what uses it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>laptop</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Team</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Project</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Budget</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Limits</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Requests a minute</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tokens a minute</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>At the same time</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Runaway guard</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>off</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a minute</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What is left empty is as in the settings; 0 means no limit. The guard pauses a key that spends more than this within a minute.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Terms</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Allowed models</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Every model. Type a name, or a pattern such as gpt-4o*, to allow only these.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Only these. A pattern may hold * and ?.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add a model</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Expires</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Last day</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>2027-01-31</source>
        <comment>a date as a sample</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Allow paths that cannot be metered</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>They may cost money that no budget sees. Off is right for nearly everybody.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>KeysPage</name>
    <message>
        <source>Keys</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A tool spends with a key of its own, so that it can be bounded, watched and stopped by itself.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Why blocked?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Shows step by step what would happen to a request</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Create key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The amounts could not be read</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Search name, team, project</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>In use</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Paused</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ended</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Which keys</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Team</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Project</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Status</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Today</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This month</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Expires</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Actions for %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No keys yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Create one for each tool or person. It works in place of the provider&apos;s key, and stops at its budget.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Create the first key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No key fits</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No key is paused</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No key has ended</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No key is in use</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Search for a part of a name, a team or a project.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Clear the search</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show details</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show its requests</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Edit…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Resume</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pause</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rotate…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Revoke</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>KeysRevealDialog</name>
    <message>
        <source>Close without copying</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Done</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Back</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Connect a tool…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>You have not copied the key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copied. Keep it where secrets belong.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy it now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Once this is closed it cannot be shown again; you would have to rotate the key.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It is shown this once: only a fingerprint of it is kept.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>For tools that speak the API of</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>API</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Base URL</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>In a shell</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>KeysRotateDialog</name>
    <message>
        <source>Rotate %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The key gets a new secret. Its name, budgets and history stay.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rotate</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The old secret goes on working for</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Everything that uses it is refused at once.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Time to change it wherever it is used.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>KeysSpendCell</name>
    <message>
        <source>%1 %2</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Main</name>
    <message>
        <source>LLM Budget Proxy</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>MoneyLabel</name>
    <message>
        <source>Estimated: the provider did not report what it counted</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>≈</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Names</name>
    <message>
        <source>Running</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Completed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Provider refused</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Provider failed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Client went away</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ended at its budget</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>From cache</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Refused here</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Recovered after a crash</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>reserved: it still runs</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>exact: from the usage that the provider reported</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>estimated: tokens were counted here</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>recovered: booked in full after a crash</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>unknown: the model has no price</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>free: nothing was charged</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Input</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cached input</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cache write (5 min)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cache write (1 h)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Output</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reasoning</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Audio input</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Audio output</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Image input</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Image output</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Web searches</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>File searches</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Hour</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Day</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Week</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Month</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Total</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Everything</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Team %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Project %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Key %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Budget warning</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Budget used up</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cheaper model used</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Key paused</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Provider not reachable</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Model without a price</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>OverviewBudgetCard</name>
    <message>
        <source>Budgets</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All budgets</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Budgets, fullest first</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No budgets</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Without a budget nothing stops what is spent.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Set a budget</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>OverviewBudgetChart</name>
    <message>
        <source>%1 · %2</source>
        <comment>whose budget, period</comment>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>OverviewBudgetRow</name>
    <message>
        <source>%1, %2: %3 of %4</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 · %2</source>
        <comment>whose budget, period</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <comment>spent and limit</comment>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>OverviewCustomRange</name>
    <message>
        <source>From</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>First day</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>to</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Last day</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>OverviewFigures</name>
    <message>
        <source>%1: %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add prices</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Spent</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Requests</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tokens</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Saved by cache</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Latency, median</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>First token, median</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>OverviewPage</name>
    <message>
        <source>Overview</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cut into</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Time shown</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Try again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No requests yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Point a tool at this proxy and use one of your keys. What it spends shows up here while it runs.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Connect a tool</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cost by key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No key was used in this time.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cost by model</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No model was used in this time.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>OverviewRecentCard</name>
    <message>
        <source>Recent requests</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All requests</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Time</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Model</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Status</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tokens</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Duration</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cost</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>So far: it is still running</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Estimated: the provider did not report what it counted</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>OverviewSpendTiles</name>
    <message>
        <source>Spent today</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Spent this month</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Forecast for today</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Forecast for this month</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>OverviewTrendCard</name>
    <message>
        <source>Cost over time</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This time</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The time before</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing was spent in this time</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose another time above, or send a request.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>OverviewTrendChart</name>
    <message>
        <source>not yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>before: %1 (%2)</source>
        <comment>amount and date</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cost over time</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>PricesPage</name>
    <message>
        <source>Prices</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Requests</name>
    <message>
        <source>Running</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cached</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Client left</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cut short</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Recovered</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No answer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 here</source>
        <comment>HTTP status of a refusal by this program</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Running: the answer is coming in.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Running: no content has come yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The whole answer of the provider went to the client.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The provider refused it; its answer was passed on.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The provider could not be reached, or broke off.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The client closed its connection before the end; the provider was stopped at once.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ended here, because the amount that was set aside for it was used up.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Answered from the cache; the provider was not asked.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Refused here; nothing was sent to the provider.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stopped by a person, or because the program ended.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The program ended while it ran. It was booked with all that was set aside for it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>unknown</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 %2</source>
        <comment>date and time</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>for %1</source>
        <comment>this model was used in place of that one</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>shortened</source>
        <comment>the output limit of the request was lowered to fit the budget</comment>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>RequestsPage</name>
    <message>
        <source>Requests</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>SearchField</name>
    <message>
        <source>Clear</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>SettingsPage</name>
    <message>
        <source>Settings</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>SideBar</name>
    <message>
        <source>Pages</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Budget Proxy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Overview</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ctrl+1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Requests</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ctrl+2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keys</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ctrl+3</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Budgets</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ctrl+4</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Models and prices</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ctrl+5</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Alerts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ctrl+6</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Connect a tool</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ctrl+7</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Settings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ctrl+8</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>SidePanel</name>
    <message>
        <source>Close</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>SimulatorPanel</name>
    <message>
        <source>Why would it be blocked?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing is sent and nothing is spent.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>passes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>passes, with a warning</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>blocks</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>not reached</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Name of a key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Model</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Input tokens</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>At most, output</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>not named</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Streamed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It could not be decided</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The client would read</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Spinner</name>
    <message>
        <source>Working…</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>StatTile</name>
    <message>
        <source>%1: %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>≈ %1</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>TableHeaderCell</name>
    <message>
        <source>Sorted, largest first</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sorted, smallest first</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>TableRow</name>
    <message>
        <source>%1: %2</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Toast</name>
    <message>
        <source>Dismiss</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>TrendChart</name>
    <message>
        <source>%1: %2</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Trouble</name>
    <message>
        <source>LLM Budget Proxy cannot start</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The proxy cannot start yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n thing(s) to put right, then try again. Nothing was changed and nothing is lost.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Quit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open the file</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Try again</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>lbp::gui::BudgetForm</name>
    <message>
        <source>Type the name of the team.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Type the name of the project.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose a key.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no key with this name.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The name is too long or holds characters that cannot be seen.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Everything</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Team</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Project</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It takes the place of %1 from the settings.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is one already: its limit of %1 is replaced.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It counts the requests of all keys together.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It counts the requests of all keys of the team together.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It counts the requests of all keys of the project together.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It counts the requests of this key.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>lbp::gui::BudgetTree</name>
    <message>
        <source>Everything</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keys</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keys without a team</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1, raised by %2</source>
        <comment>a limit</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>from settings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>never</source>
        <comment>resets</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Resets on %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no limit of its own</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>lbp::gui::BudgetsModel</name>
    <message>
        <source>Limit added</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>whose budget: its limit</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add a budget</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Budgets</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>new limit cap team project key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>That did not work</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1, %2</source>
        <comment>whose budget, per day</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>at %1 it warns</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>at %1 it turns to a cheaper model, where a rule names one</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>at %1 it blocks</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Of each limit, %1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Limit changed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: %2 instead of %3</source>
        <comment>whose budget: new limit instead of old limit</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Undo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Limit removed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Raise %1</source>
        <comment>whose budget</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>More room until it resets, on %1. From then on the limit of %2 counts again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>+%1</source>
        <comment>an amount more</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Raised by %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1, until it resets.</source>
        <comment>whose budget</comment>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>lbp::gui::ConnectModel</name>
    <message>
        <source>Connect %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Connect a tool</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copied</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The key is in it: paste it now, it is not shown again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The key was not made</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Connected: a request for %1 arrived at %2</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>lbp::gui::KeyDetail</name>
    <message>
        <source>Team %1, project %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Team %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Project %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All spending is paused, so it is refused for now.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It spent more in a minute than its guard allows (%1). Look at its requests before you resume it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no limit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Its requests are refused until you resume it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It is refused already, and revoked for good in a moment.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It stopped working on %1. Edit it to let it work longer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It never works again. Its requests stay in the ledger.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1, %2</source>
        <comment>whose budget, per day</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <comment>spent of a limit</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 left</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>resets %1</source>
        <comment>in 3 h</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>never resets</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>from settings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <comment>used of a limit</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1, no limit</source>
        <comment>used</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Requests in the last minute</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tokens in the last minute</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Running now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ends with</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Created</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Expires</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>never</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Old secret works until</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Runaway guard</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 a minute</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>off</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Paths without a meter</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>allowed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>refused</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>lbp::gui::KeyEditor</name>
    <message>
        <source>Give it a name that says who uses it, such as laptop or ci.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The name holds characters that cannot be seen; type it again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is already a key with this name.</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>That is too long: at most %n character(s).</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>It holds characters that cannot be seen; type it again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Type the last day on which it works, such as %1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This is not a date; write it like %1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This day is over; choose a later one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Create a key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Edit %1</source>
        <comment>a key</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no limit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Never</source>
        <comment>a key expires</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>In 1 day</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>In 7 days</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>In 30 days</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>In 90 days</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>In a year</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>At the end of a day</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It works until it is revoked.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It stops working on %1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 %2</source>
        <comment>an amount, per day</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Without a budget of its own it may spend whatever its team and everything may.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It can spend at most %1.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>lbp::gui::KeyReveal</name>
    <message>
        <source>The old key works until %1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The old key stopped working just now.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>New secret for %1</source>
        <comment>a key</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 is ready</source>
        <comment>a key</comment>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>lbp::gui::KeyTable</name>
    <message numerus="yes">
        <source>%n key(s)</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 of %n key(s)</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>of %1</source>
        <comment>a limit</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 spent, %2 reserved, %3 left. Resets %4.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Never</source>
        <comment>a key expires</comment>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>lbp::gui::KeysModel</name>
    <message>
        <source>%1 was changed</source>
        <comment>a key</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It is in force for the next request.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>That did not work</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 is paused</source>
        <comment>a key</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Its requests are refused until you resume it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Resume</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 works again</source>
        <comment>a key</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not at all</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>1 hour</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>1 day</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>7 days</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>30 days</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 is revoked</source>
        <comment>a key</comment>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>Its requests are refused from now on. In %n second(s) this is final.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Undo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 was not revoked</source>
        <comment>a key</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It is as it was before.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Create a key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keys</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>new add virtual token</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Why would a request be blocked?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>simulator check test refused</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show key %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>open details</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pause key %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>stop block</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Resume key %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>continue start</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Undo revoking key %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>restore back</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Requests of key %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>log history</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Edit key %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>change limits rename</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Why would %1 be blocked?</source>
        <comment>a key</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rotate key %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>renew new secret</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Revoke key %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>delete remove</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>lbp::gui::MainContext</name>
    <message>
        <source>Overview</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>home dashboard charts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Requests</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>log live history</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keys</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>virtual tokens</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Budgets</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>limits caps</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Models and prices</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>rates cost</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Alerts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>webhook notifications</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Connect a tool</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>sdk codex claude base url</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Settings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>preferences options theme</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Go to</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Set up again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>guide first start welcome</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Window</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>theme colours mode</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Light theme</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Dark theme</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Theme of the desktop</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>lbp::gui::Notifications</name>
    <message>
        <source>Raise today&apos;s limit by %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Raise this limit by %1 for now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keep blocked</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n alert(s) during quiet hours</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>%1 wants to spend %2</source>
        <comment>key and amount</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 does not fit into %2: %3 of %4 left. Blocked in %5 unless you allow it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Allow once (%1)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>+%1 today</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>+%1 for now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Block</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Blocked: nobody answered in time</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Raised by %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The limit is back to what it was when the period ends.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>That did not work</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>lbp::gui::OverviewBarsModel</name>
    <message>
        <source>All other keys</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All other models</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Unknown key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Unknown model</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1, %2</source>
        <comment>requests and tokens</comment>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n request(s)</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>%1 tokens</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1; %2</source>
        <comment>counts, and what is not among them</comment>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n without a price</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
</context>
<context>
    <name>lbp::gui::OverviewBudgetsModel</name>
    <message>
        <source>resets %1</source>
        <comment>in a time span</comment>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n more budget(s)</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
</context>
<context>
    <name>lbp::gui::OverviewModel</name>
    <message>
        <source>no budget is set</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>of %1</source>
        <comment>a limit</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: %2 of %3</source>
        <comment>a key or team, spent, limit</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 left; resets %2</source>
        <comment>amount, in a time span</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 left, %2 reserved by running requests; resets %3</source>
        <comment>amounts, in a time span</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>as much as before</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 more than before</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 less than before</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The sums could not be read: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n request(s) in it are estimated.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n request(s) without a price</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n request(s) of unknown cost are not in it: their models have no price.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n failed or refused</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n request(s)</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>%1 in, %2 out</source>
        <comment>tokens</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 of input, %2 of output</source>
        <comment>tokens</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no answers from the cache</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 of requests from the cache</source>
        <comment>a percentage</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What answers from the cache and cheaper models did not cost</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>not available</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>after three days of use</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A forecast needs three whole days to go by.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 to %2</source>
        <comment>amounts</comment>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>Four of five times it ends within this range. It rests on %n day(s).</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>no answers yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>p95 %1</source>
        <comment>95th percentile of a duration</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 Median, and what 95 of 100 stay below, of %2 answers.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 Median, and what 95 of 100 stay below, from a sample of %2 answers.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>From the request to the end of its answer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Time to first token: until the first content of an answer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Hours</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Days</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Weeks</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Months</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Today</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Yesterday</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Last 7 days</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Last 30 days</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Last 90 days</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This week</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Last week</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This month</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Last month</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>From … to …</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The latest requests could not be read: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>“%1” is no date; write it as in %2.</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>At most %n day(s) can be shown.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>d MMM yyyy</source>
        <comment>date with year</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>ddd d MMM yyyy</source>
        <comment>date with weekday</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 to %2</source>
        <comment>dates</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>d MMM</source>
        <comment>date without year</comment>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>lbp::gui::OverviewRecentModel</name>
    <message numerus="yes">
        <source>%n running</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>unknown</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>lbp::gui::OverviewTrend</name>
    <message>
        <source>Nothing was spent in this time</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 in all; most in %2: %3</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>ddd d MMM, HH:mm</source>
        <comment>date and time of an hour</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Week of %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>d MMM yyyy</source>
        <comment>date with year</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>ddd d MMM yyyy</source>
        <comment>date with weekday</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>ddd d</source>
        <comment>weekday and day</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>d MMM</source>
        <comment>date without year</comment>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n request(s)</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
</context>
<context>
    <name>lbp::gui::RequestColumns</name>
    <message>
        <source>Status</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Time</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Team</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Project</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Model</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Provider</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Endpoint</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Input</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Output</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cost</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Saved</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Duration</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>First token</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Error</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>lbp::gui::RequestDetail</name>
    <message>
        <source>There is no such request any more. It may have been older than what is kept.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The request could not be stopped</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Write an amount in dollars, such as %1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The cost is corrected</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sums and budgets count %1 now.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Set %1 to the virtual key before you run it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copied as Python</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copied as JavaScript</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copied as cURL</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 Its body was not kept: a sample stands in its place.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Request</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 · %2</source>
        <comment>key and time</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 was asked for. %2 was used, because the budget “%3” (%4) was at %5.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 was asked for. %2 was used, because a budget was under pressure.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Its output limit was lowered from %1 to %2 tokens, so that it fits the budget.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Its output limit was lowered to %1 tokens, so that it fits the budget.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It waited %1 for an answer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It was allowed to go over its budget by %1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>So far; tokens are counted here until the provider reports.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Exact: from the usage that the provider reported.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Estimated: the provider reported no usage, so tokens were counted here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Recovered after a crash: booked with all that was set aside. The true cost may be less.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Unknown: the model has no price.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing was charged.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 per 1,000 calls</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 per million</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n call(s)</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 tokens</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>The price of a related class: none of its own is known.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Replayed from the cache: the tokens are those of the first answer and cost nothing now.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing was charged for these tokens.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The amount is what was set aside, not the sum of the lines.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The amount was written by hand over the sum of the lines.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Prices as of %1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Prices as of %1, from: %2.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 saved</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 set aside for it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1, %2</source>
        <comment>budget and period</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Right after this request was admitted.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No budget binds this key.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>As they stand now.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Here, before it was sent</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Until the first token</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Answer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Waiting for the provider</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Provider</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>In all</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 tokens per second</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Began</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Team</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Project</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Model</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Asked for</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Endpoint</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1, streamed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>HTTP status</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Output limit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Provider&apos;s id</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Id</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The beginning of %1.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>lbp::gui::RequestExport</name>
    <message>
        <source>Say where the file goes.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Give the whole path, such as %1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This is a folder. Add a name for the file.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no folder %1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This file cannot be written there. Choose another folder.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Export cancelled</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing was written.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The list could not be exported</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n request(s) exported</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Show in folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 of %2 requests</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 requests</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Export requests</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>JSON files (*.json)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>CSV files (*.csv)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>lbp::gui::RequestFilterInput</name>
    <message>
        <source>key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>model</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>lbp::gui::RequestListModel</name>
    <message>
        <source>%1 and more</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%1 requests</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 found</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
</context>
<context>
    <name>lbp::gui::RequestsModel</name>
    <message>
        <source>Requests</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Find requests</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>filter search key model status cost</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show running requests</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>live streams active</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show failed requests</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>errors 4xx 5xx</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show today&apos;s requests</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>day</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show estimated costs</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>recovered correct</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>save file download list</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Export requests as CSV</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Export requests as JSON</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>lbp::gui::ShellModel</name>
    <message>
        <source>Starting</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Running</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Paused until %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Paused</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Provider not reachable</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not listening</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ledger not writable</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The proxy is about to listen.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Requests are served.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Every request that would cost money is refused until you resume.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cannot reach: %1. Requests are tried all the same.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 Nothing that costs money is let through until it can be written again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>of %1</source>
        <comment>an amount</comment>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>Waiting for %n request(s) to finish</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Address copied</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>That did not work</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Paused: nothing can be spent until you resume</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Paused until tomorrow</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Resumed: requests are served again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The proxy goes on in the tray</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Your tools stay connected. Quit from the icon&apos;s menu, or with Ctrl+Q.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Proxy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pause all spending</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>stop block halt</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pause for 15 minutes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pause until tomorrow</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Resume spending</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>start unblock continue</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy the base URL</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>address endpoint host port</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Quit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>exit close end</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>lbp::gui::SimulatorModel</name>
    <message>
        <source>Key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pause</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Model</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Provider</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rate limits</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cheaper model</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Price</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Budget</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Decision</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose a key.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no key with this name.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Type the name of a model.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It would wait for your answer, then be blocked</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It would be blocked</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It would run, with a shorter answer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It would run</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The client would get HTTP status %1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 at %2, at most %3 tokens of output; %4 would be set aside.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 at %2; %3 would be set aside until it ends.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Active until %1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Active.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It was revoked, so it is unknown to the proxy.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It expired on %1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It has expired.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It exists and is paused.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing is paused.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All spending is paused until %1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All spending is paused until you resume it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This key is paused until you resume it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Every model is allowed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This key may only use: %1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It is one of those that this key may use.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It would go to %1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 of %2 requests were made within the last minute.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 of %2 tokens were used within the last minute; this takes about %3 more.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 of %2 requests are running side by side.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 of %2 requests a minute</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 of %2 tokens a minute</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 of %2 running</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There are none.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>In use: %1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not needed, or no rule fits: the model stays.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Its budgets are at %1 %, so %2 is used instead of %3.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This provider is free of charge.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It has no price, so its cost cannot be bounded. Add one under Models and prices.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It has no price; its cost would be unknown.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It has no price of its own; assumed are %1 for a million tokens of input and %2 of output.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 for a million tokens of input, %2 of output.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No budget binds this key.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1, %2: %3 left of %4 (%5 spent, %6 reserved). At worst this costs %7.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The worst case fits: %1 would be set aside.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The worst case (%1) does not fit, so the answer is bounded to %2 tokens instead of %3.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The worst case (%1) does not fit, and a shorter answer would be too short.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The worst case (%1) does not fit: the request waits while you are asked.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A budget has reached its threshold of %1 %, which blocks.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Allowed without a price: nothing is set aside.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not asked any more.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>lbp::gui::Tray</name>
    <message>
        <source>Pause spending</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Until resumed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>For 15 minutes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Until tomorrow</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Resume spending</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy base URL</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Quit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>LLM Budget Proxy: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Today %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Today %1 %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This month %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n request(s) running</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Today: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Today: %1 %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This month: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Most today</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>key and amount</comment>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n running</source>
        <comment>requests</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>%1, %2: %3</source>
        <comment>key, model and amount</comment>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>main</name>
    <message>
        <source>A local reverse proxy for LLM APIs whose budgets hold to the cent.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
</TS>
