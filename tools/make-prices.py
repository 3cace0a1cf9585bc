#!/usr/bin/env python3
"""Writes config/prices.yml, the price list that the program carries.

    tools/make-prices.py MODEL-PRICES.csv MODEL-PRICE-CHANGES.csv > config/prices.yml

The first file has a row for each provider and model, the second the dated steps and the hours of the day with a price
of their own; their columns are those read below. The same input gives the same bytes. Nothing is computed in floating
point, and what a file does not state is left out: an empty cell is "not known", never 0.
"""

import csv
import re
import sys
from decimal import Decimal

# Providers whose own models these are: their names stand alone. Those of a host that serves other people's models hold
# for that host only and are written "host/model".
MAKERS = ["openai", "anthropic", "gemini", "mistral", "deepseek", "xai"]
HOSTS = ["groq", "together", "azure"]
TITLES = {"openai": "OpenAI", "anthropic": "Anthropic", "gemini": "Google Gemini", "mistral": "Mistral",
          "deepseek": "DeepSeek", "xai": "xAI", "groq": "Groq", "together": "Together AI",
          "azure": "Azure OpenAI, where it differs from OpenAI or has names of its own"}
# What no API that is metered here bills by: seconds of video, pages, and calls that only a web socket can make.
LEFT_OUT_MODES = {"video", "ocr", "classifier"}
# Open weights that their maker does not serve, so that every host has a price of its own, and names that only a router
# knows.
LEFT_OUT_NAMES = re.compile(r"^gpt-oss|^gpt-5-image|-$|#")
# The same, of a maker that does serve them: listed for that provider alone.
OPEN_WEIGHTS = re.compile(r"^gemma|-gemma")
# "fast" speed of Anthropic costs a multiple of every rate; it is the priority tier here.
FAST = {"claude-opus-5": 2, "claude-opus-4-6": 6, "claude-opus-4-6-20260205": 6, "claude-opus-4-7": 6,
        "claude-opus-4-7-20260416": 6}
CODE_SESSION_PER_1K = "30"  # OpenAI: 0.03 USD for a code interpreter's container

RATES = [("inputPer1M", "input_per_1m_usd"), ("cachedInputPer1M", "cached_input_per_1m_usd"),
         ("cacheWritePer1M", "cache_write_5m_per_1m_usd"), ("cacheWrite1hPer1M", "cache_write_1h_per_1m_usd"),
         ("outputPer1M", "output_per_1m_usd"), ("reasoningPer1M", "reasoning_output_per_1m_usd"),
         ("audioInputPer1M", "audio_input_per_1m_usd"), ("audioOutputPer1M", "audio_output_per_1m_usd"),
         ("imageInputPer1M", "image_input_per_1m_usd"), ("imageOutputPer1M", "image_output_per_1m_usd"),
         ("speechPer1MCharacters", "chars_per_1m_usd"), ("audioPerHour", "audio_per_hour_usd"),
         ("imageEach", "image_each_usd"), ("webSearchPer1kCalls", "web_search_per_1k_calls_usd"),
         ("fileSearchPer1kCalls", "file_search_per_1k_calls_usd")]
LONG = [("inputPer1M", "long_ctx_input_per_1m_usd"), ("cachedInputPer1M", "long_ctx_cached_input_per_1m_usd"),
        ("cacheWritePer1M", "long_ctx_cache_write_per_1m_usd"), ("outputPer1M", "long_ctx_output_per_1m_usd")]
TOOLS = ["webSearchPer1kCalls", "fileSearchPer1kCalls", "codeSessionsPer1k"]
TOKEN_RATES = ["inputPer1M", "outputPer1M", "audioOutputPer1M", "imageOutputPer1M"]


def plain(value):
    """A decimal without exponent and without zeros that say nothing."""
    text = format(Decimal(value), "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def stated(row, columns):
    return {key: plain(row[column]) for key, column in columns if row.get(column)}


def threshold(provider, value):
    """OpenAI and xAI publish "below 272K" and "from 200k": their long prices begin one token earlier."""
    tokens = int(value)
    return tokens - 1 if provider in ("openai", "azure", "xai") and tokens % 1000 == 0 else tokens


def long_context(provider, row, name="long_ctx_threshold_tokens"):
    prices = stated(row, LONG)
    if provider == "anthropic" and "cacheWritePer1M" in prices:
        # Writes for an hour cost twice the input there, which no source repeats for long requests.
        prices["cacheWrite1hPer1M"] = plain(Decimal(prices["inputPer1M"]) * 2)
    return {"threshold": threshold(provider, row[name]), **prices} if row.get(name) and prices else None


def images(row):
    """quality/size=price pairs of the note."""
    pairs = re.findall(r"([a-z]+/\d+x\d+)=([\d.]+)", row["note"])
    return {variant: plain(price) for variant, price in pairs}


def prices_of(provider, row):
    entry = stated(row, RATES)
    if any(key in entry for key in TOKEN_RATES):
        # Billed by tokens; the other number is somebody's conversion.
        entry.pop("audioPerHour", None)
        entry.pop("imageEach", None)
    if Decimal(entry.get("cachedInputPer1M", "0")) > Decimal(entry.get("inputPer1M", "Infinity")):
        entry.pop("cachedInputPer1M")  # of another time than the price beside it
    # Reasoning costs what output costs. A source that says otherwise is older than the price beside it.
    if entry.get("reasoningPer1M") != entry.get("outputPer1M"):
        entry.pop("reasoningPer1M", None)
    if provider == "openai" and "fileSearchPer1kCalls" in entry:
        entry["codeSessionsPer1k"] = CODE_SESSION_PER_1K
    if found := images(row):
        entry["images"] = found
    if found := long_context(provider, row):
        entry["longContext"] = found
    tiers = {}
    for tier in ("flex", "priority", "batch"):
        prices = stated(row, [(key, f"{tier}_{column}") for key, column in RATES[:5]])
        if prices:
            tiers[tier] = prices
    if provider == "anthropic" and row["model"] in FAST:
        factor = FAST[row["model"]]
        tiers["priority"] = {key: plain(Decimal(entry[key]) * factor) for key, _ in RATES[:5] if key in entry}
    if tiers:
        entry["tiers"] = tiers
    return entry


def source_of(row):
    return " ".join(filter(None, [row["base_source"], row["base_source_date"]]))


def windows_of(row):
    """Hours of the day that only the note tells of."""
    found = re.search(r"time of day price: (.*)", row["note"])
    if not found:
        return []
    return [{"utc": hours, "inputPer1M": plain(inp), "outputPer1M": plain(out)}
            for hours, inp, out in re.findall(r"(\d\d:\d\d-\d\d:\d\d)Z in ([\d.]+) out ([\d.]+)", found[1])]


def step_of(provider, row, entry):
    step = stated(row, RATES[:5])
    for tool in TOOLS:
        if tool in entry:
            step[tool] = entry[tool]
    if found := long_context(provider, row, "long_ctx_above_tokens"):
        step["longContext"] = found
    step["source"] = row["source"]
    return step


def add_steps(provider, entry, changes):
    """The dated steps before and after the present one, and the hours of the day of the newest."""
    dated = [row for row in changes if not row["utc_daily_window"] and row["input_per_1m_usd"]]
    hours = [row for row in changes if row["utc_daily_window"]]
    if hours:
        # The row itself may have been taken at any hour: the newest step has the price of all others.
        newest = max(dated, key=lambda row: row["from_date"])
        entry.update(stated(newest, RATES[:5]))
        entry["daily"] = [{"utc": row["utc_daily_window"].rstrip("Z"), "days": "mon-fri", **stated(row, RATES[:5])}
                          for row in hours]
        entry["from"] = newest["from_date"]
        entry["source"] = newest["source"]
    same = [row for row in dated if all(entry.get(key) == value for key, value in stated(row, RATES[:2]).items())
            and entry.get("outputPer1M") == plain(row["output_per_1m_usd"])]
    if not same:
        return  # a newer source than that of the steps has another price: they did not come, or ended
    # Several steps may have this price where only the long-context rates changed: the newest is the present one.
    present = max(same, key=lambda row: row["from_date"])
    if present["from_date"]:
        entry["from"] = present["from_date"]
    steps = []
    for row in sorted(dated, key=lambda row: row["from_date"]):
        if row is present:
            continue
        steps.append(({"from": row["from_date"]} if row["from_date"] else {}) | step_of(provider, row, entry))
    if steps:
        entry["steps"] = steps


def quoted(text):
    return text if re.fullmatch(r"[A-Za-z][A-Za-z0-9._/ +-]*", text) else '"' + text + '"'


def flow(value):
    if isinstance(value, dict):
        return "{" + ", ".join(f"{quoted(key)}: {flow(inner)}" for key, inner in value.items()) + "}"
    text = str(value)
    return text if re.fullmatch(r"[0-9.]+", text) or re.fullmatch(r"\d{4}-\d\d-\d\d", text) else quoted(text)


ORDER = ["from", "inputPer1M", "cachedInputPer1M", "cacheWritePer1M", "cacheWrite1hPer1M", "outputPer1M",
         "reasoningPer1M", "audioInputPer1M", "audioOutputPer1M", "imageInputPer1M", "imageOutputPer1M",
         "speechPer1MCharacters", "audioPerHour", "imageEach", "images", "longContext", "tiers", "daily", "steps",
         "webSearchPer1kCalls", "fileSearchPer1kCalls", "codeSessionsPer1k", "maxInputTokens", "maxOutputTokens",
         "source"]


def lines_of(name, entry):
    yield f"  {quoted(name)}:"
    for key in ORDER:
        if key not in entry:
            continue
        value = entry[key]
        if key == "tiers":
            yield "    tiers:"
            for tier, prices in value.items():
                yield f"      {tier}: {flow(prices)}"
        elif isinstance(value, list):
            yield f"    {key}:"
            for item in value:
                yield f"      - {flow(item)}"
        else:
            yield f"    {key}: {flow(value)}"


def adds_to(own, other):
    """Whether a host's row says anything that the maker's does not."""
    ignored = {"maxInputTokens", "maxOutputTokens", "source", "from", "steps"}
    for key, value in own.items():
        if key in ignored:
            continue
        if isinstance(value, dict) and isinstance(other.get(key), dict):
            if adds_to(value, other[key]):
                return True
        elif value != other.get(key):
            return True
    return False


def read(path):
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    rows, changes = read(sys.argv[1]), read(sys.argv[2])
    steps = {}
    for row in changes:
        if row["source"].startswith("genai-prices"):
            steps.setdefault((row["provider"], row["model"]), []).append(row)
    sections, makers = {}, {}
    for provider in MAKERS + HOSTS:
        mine = [row for row in rows if row["provider"] == provider and row["mode"] not in LEFT_OUT_MODES
                and not LEFT_OUT_NAMES.search(row["model"])]
        # "quality/1024-x-1024/model" is a variant of the model, not a model.
        variants = {}
        for row in mine:
            if found := re.fullmatch(r"(?:(\w+)/)?(\d+)-x-(\d+)/(.+)", row["model"]):
                if row["image_each_usd"] and found[1]:
                    variants.setdefault(found[4], {})[f"{found[1]}/{found[2]}x{found[3]}"] = plain(row["image_each_usd"])
        section = {}
        for row in mine:
            name = row["model"]
            if re.search(r"\d+-x-\d+/", name):
                continue
            entry = prices_of(provider, row)
            if row["mode"] == "realtime" and "inputPer1M" not in entry:
                continue
            if "images" not in entry and name in variants:
                entry["images"] = variants[name]
            if not any(key.startswith(("input", "output", "audio", "image", "speech")) for key in entry):
                continue
            if row["effective_from"]:
                entry["from"] = row["effective_from"]
            if hours := windows_of(row):
                entry["daily"] = hours
            add_steps(provider, entry, steps.get((provider, name), []))
            for key, column in (("maxInputTokens", "max_input_tokens"), ("maxOutputTokens", "max_output_tokens")):
                if row[column] and int(row[column]) > 0:
                    entry[key] = row[column]
            entry.setdefault("source", source_of(row))
            # A model that its maker gives away may cost money elsewhere under the same name.
            free = row["mode"] != "moderation" and all(
                Decimal(entry.get(key, "0")) == 0 for key in TOKEN_RATES + ["imageEach", "speechPer1MCharacters",
                                                                           "audioPerHour"])
            if provider == "azure" and name in makers and not adds_to(entry, makers[name]):
                continue
            section[f"{provider}/{name}" if provider in HOSTS or free or OPEN_WEIGHTS.search(name) else name] = entry
        if provider == "openai":
            makers = dict(section)
        sections[provider] = section
    print(HEAD, end="")
    for provider, section in sections.items():
        print(f"\n  # {TITLES[provider]}")
        for name in sorted(section):
            print("\n".join(lines_of(name, section[name])))


HEAD = """\
# The price list that comes with the program, in US dollars. Do not edit it: your own prices go into pricing.yml, which
# wins over this list model by model, and has the words explained at its head. `lbp prices explain MODEL` tells which
# price holds, and why.
#
# A name alone is the price of the model at its maker. "azure/gpt-4o" holds for the provider azure only and wins there.
# A model that is free at its maker is listed for that maker alone: elsewhere the same name may cost money.
# What no source stated is left out: a missing price is unknown, and 0 means that it is free.
#
# These are facts of the providers' public price lists as public collections had them at the date beside each name:
#   pi-ai            npm package @earendil-works/pi-ai
#   genai-prices     npm package @pydantic/genai-prices
#   portkey-models   github.com/Portkey-AI/models
#   openrouter-api   the public list of models of OpenRouter
#   litellm          github.com/BerriAI/litellm, model_prices_and_context_window.json
# Made by tools/make-prices.py. Newer lists can be read with `lbp prices import`.
models:
"""

if __name__ == "__main__":
    main()
