#!/usr/bin/env python3
"""Make static/catalog from genai-prices, enriched and cross-checked. `make catalog` runs this.

Reads three pinned wheels, converts, checks today's prices against two other catalogs, merges with what
static/catalog already knows, and writes one file for the providers the page loads first and one for each other.
"""

import argparse
import datetime
import decimal
import json
import pathlib
import re
import sys

import catalog_check
import catalog_merge
import catalog_read
from catalog_tokens import is_resold, vocabulary

ROOT = pathlib.Path(__file__).resolve().parent.parent
OUT = ROOT / "static" / "catalog"
MARK = "by tools/catalog.py (make catalog); do not edit"

# Loaded with the page, makers before sellers: the first of two that sell a model is found first.
# Who sells models of its own; every other provider hosts those of others.
MAKERS = "openai anthropic google x-ai mistral deepseek meta cohere moonshotai zai minimax perplexity".split()
MAIN = MAKERS + "aws azure groq cerebras together fireworks".split()

NAMES = {"deepseek": "DeepSeek", "moonshotai": "Moonshot AI", "x-ai": "xAI", "zai": "Z.ai", "meta": "Meta"}

# Our name for a variant's condition.
VARIANTS = {
    ("processing", "batch"): "batch",
    ("service_tier", "flex"): "flex",
    ("service_tier", "priority"): "priority",
    ("service_tier", "fast"): "fast",
    ("speed", "fast"): "fast",
    ("search_type", "fast"): "search-fast",
    ("search_type", "web"): "search-web",
    ("route", "mistral/eu"): "eu",
}

# Tiers the source still lists although requests of that size have been refused since that day.
TIERS_RETIRED = {("anthropic", "claude-sonnet-4-5"): "2026-04-30"}

# Long gone, and in nobody's list of what is gone: the makers' own announcements.
REMOVED = {
    "anthropic": ["claude-v1", "claude-2"],
    "google": "gemini-1.0-pro-vision-001 gemini-pro gemini-flash-1.5 gemini-flash-1.5-8b gemini-pro-1.5".split(),
    "openai": """ada babbage curie davinci text-davinci-002 text-davinci-003 gpt-3.5-0301 gpt-3.5-turbo-0613 gpt-4-32k
                 gpt-4-vision-preview""".split(),
}

# xAI words its threshold "at least"; the source writes one token less because its engine asks "more than".
AT_LEAST = {199999: 200000}

# The source has hours but no weekdays. DeepSeek's peak began on the first day, was for every day until the second, and
# for Monday to Friday since; from the third it has left out Chinese public holidays (model-prices, COUNTING 5.11).
DEEPSEEK_PEAK = ("2026-08-17", "2026-08-23", "2026-09-19")
DEEPSEEK_HOURS = {"01:00-04:00", "06:00-10:00"}


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--today", default=datetime.datetime.now(datetime.timezone.utc).date().isoformat())
    today = parser.parse_args().today
    source = catalog_read.genai_providers()
    checked = catalog_read.CHECKED
    litellm, history = catalog_read.litellm_models(), catalog_read.model_prices()
    providers = {each["id"]: provider(each, history, checked) for each in in_order(source)}
    enrich(providers, litellm)
    # The wheels are pinned, so they are compared as of their own day: a price that changes later is no disagreement.
    catalog_check.run(providers, litellm, history, checked, ROOT / "tools" / "catalog_allow.json")
    write(catalog_merge.catalog(written(), providers, today), checked)


def in_order(source):
    place = {key: index for index, key in enumerate(MAIN)}
    return sorted(source, key=lambda each: place.get(each["id"], len(MAIN)))


# --- from the source's shape to ours ---------------------------------------------------------------------------------


def provider(source, history, checked):
    models = [model(each, source["id"], history) for each in source["models"]]
    return {
        "id": source["id"],
        "name": NAMES.get(source["id"], source["name"]),
        "source": source["pricing_urls"][0],
        "checked": checked,
        "models": models,
    }


def model(source, provider_id, history):
    encoding, basis = vocabulary(source["id"])
    made = {"id": source["id"], "name": display_name(source), "match": clauses(source["match"], source["id"])}
    made["context"] = source.get("context_window")
    made["status"] = status(source, provider_id, history)
    made["encoding"] = encoding
    if provider_id in MAKERS and is_resold(provider_id, encoding):
        made["resold"] = True
    prices = source["prices"] if isinstance(source["prices"], list) else [{"prices": source["prices"]}]
    made["prices"] = cards(prices, provider_id, source["id"])
    if provider_id == "deepseek":
        made["prices"] = with_peak_days(made["prices"], source["id"], history)
    # The source asks its variants first to last, ours are asked last to first, as the cards are.
    variants = reversed(source.get("price_variants") or [])
    made["variants"] = sorted(cards(variants, provider_id, source["id"]), key=lambda card: card["is"])
    priced = [card["usd"] for card in made["prices"]]
    answers = any("input" in usd and "output" in usd for usd in priced) or not any(priced)
    made["basis"] = basis if answers else "not_text"
    return {key: value for key, value in made.items() if value not in (None, [])}


def status(source, provider_id, history):
    """`removed` where requests are refused, `deprecated` where the provider advises against it, else None."""
    if source["id"] in REMOVED.get(provider_id, []):
        return "removed"
    known = history["status"].get(catalog_check.MODEL_PRICES.get(provider_id, ""), {})
    stated = known.get(source["id"].lower())
    return stated or ("deprecated" if source.get("deprecated") else None)


def display_name(source):
    """None where the name only writes the id with spaces."""
    name = source.get("name")
    if name is None or (name == name.lower() and letters(name) == letters(source["id"])):
        return None
    return None if name == source["id"] else name


def letters(text):
    return re.sub(r"[^a-z0-9]", "", text.lower())


def cards(conditions, provider_id, model_id):
    made = []
    for condition in conditions:
        card = window(condition.get("constraint"))
        if "when" in condition:
            card = {"is": variant_name(condition["when"]), **card}
        card["usd"] = {price_key(key): price(value) for key, value in condition["prices"].items() if key != "_"}
        if card["usd"] or "is" not in card:
            made.extend(dated(card, provider_id, model_id))
    return made


def variant_name(when):
    (condition,) = when.items()
    if condition == ("service_tier", "default"):
        return "default"
    return VARIANTS[condition]


def window(constraint):
    if constraint is None:
        return {}
    if constraint["_"] == "StartDateConstraint":
        return {"from": constraint["start_date"]}
    return {"hours": f"{constraint['start_time']}-{constraint['end_time']}"}


def dated(card, provider_id, model_id):
    """Bound by days the tiers that the source keeps but that no request can reach any more."""
    end = TIERS_RETIRED.get((provider_id, model_id))
    if end is None:
        return [card]
    flat = {key: value[0] if isinstance(value, list) else value for key, value in card["usd"].items()}
    if card.get("from", "") >= end:
        return [{**card, "usd": flat}]
    return [{**card, "to": end}, {**card, "from": end, "usd": flat}]


def with_peak_days(made, model_id, history):
    """DeepSeek's peak prices, each for the days it was asked on: they are twice the price off peak of the time."""
    peaks = [card for card in made if card.get("hours") in DEEPSEEK_HOURS]
    if not peaks:
        return made
    began, weekdays, holidays = DEEPSEEK_PEAK
    usual = [card for card in made if card not in peaks]
    if any(card["usd"] != twice(usual[-1]) for card in peaks):
        sys.exit(f"deepseek {model_id}: the peak is no longer twice the price off peak; see how its price list reads now")
    except_days = [day for day in history["schedules"]["holidays"]["cn"]["dates"] if day >= holidays]
    made_peaks = []
    for card, after in zip(usual, [*usual[1:], {}]):
        start, end = max(card.get("from", ""), began), after.get("from", "9999")
        for hours in sorted(DEEPSEEK_HOURS):
            made_peaks += spans(start, end, weekdays, {"hours": hours, "usd": twice(card)}, except_days)
    return usual + made_peaks


def spans(start, end, weekdays, peak, except_days):
    """One peak from day to day: every day of the week at first, Monday to Friday since."""
    if start < min(end, weekdays):
        yield {"from": start, "to": min(end, weekdays), **peak}
    if max(start, weekdays) < end:
        until = {"to": end} if end != "9999" else {}
        yield {"from": max(start, weekdays), **until, "days": "12345", "except": except_days, **peak}


def twice(card):
    return {key: catalog_check.plain(2 * decimal.Decimal(value)) for key, value in card["usd"].items()}


def price_key(key):
    """Token prices lose their unit; the others keep theirs where it is not plain."""
    return key.removesuffix("_mtok").removesuffix("_kcount").replace("_kpages", "_pages")


def price(value):
    if isinstance(value, str):
        return value
    made = [value["base"]]
    for tier in sorted(value["tiers"], key=lambda tier: tier["start"]):
        start = tier["start"]
        bound = f">={AT_LEAST[start]}" if start in AT_LEAST else f">{start}"
        made += [bound, tier["price"]]
    return made


# --- matching: every clause becomes a pattern with * (anything) and # (one digit) --------------------------------------

DATED = re.compile(r"([-@])(########|####-##-##)$")


def clauses(match, model_id):
    """Patterns for a model's names. Its id, and its id with a date, need none: finding tries those anyway."""
    made = [pattern.lower() for pattern in patterns(match)]
    needless = {model_id.lower()}
    return sorted({each for each in made if each not in needless and DATED.sub("", each) not in needless})


def patterns(match):
    kind = match["_"]
    if kind == "ClauseOr":
        return [pattern for each in match["or_"] for pattern in patterns(each)]
    if kind == "ClauseAnd":
        fits = [each for each in match["and_"] if each["_"] != "ClauseRegex"]
        (rule,) = [each["regex"] for each in match["and_"] if each["_"] == "ClauseRegex"]
        if rule != "^(?!.*-[tT][tT][sS](?:$|-))":
            sys.exit(f"cannot rewrite the regular expression {rule} as patterns")
        return [f"{pattern} !*-tts !*-tts-*" for each in fits for pattern in patterns(each)]
    if kind == "ClauseRegex":
        return rewritten(match["regex"])
    text = {"ClauseEquals": "{equals}", "ClauseStartsWith": "{starts_with}*", "ClauseEndsWith": "*{ends_with}",
            "ClauseContains": "*{contains}*"}[kind].format(**match)
    if re.search(r"[#! ]", text):
        sys.exit(f"a model's name holds a sign of our patterns: {text}")
    return [text]


def rewritten(rule):
    """The few shapes of regular expression the source uses: digits, one optional group, one of two letters."""
    group = re.search(r"\(([^()|]*)\)\?", rule)
    if group:
        with_it, without = rule.replace(group[0], group[1]), rule.replace(group[0], "")
        return rewritten(with_it) + rewritten(without)
    either = re.search(r"\[(.)(.)\]", rule)
    if either and "\\[" not in rule:
        return [made for letter in either.groups() for made in rewritten(rule.replace(either[0], letter))]
    made = re.sub(r"\\d(?:\{(\d+)\})?", lambda found: "#" * int(found[1] or 1), rule)
    made = re.sub(r"\\([.\[\]])", r"\1", made)
    made = made[1:] if made.startswith("^") else f"*{made}"
    made = made[:-1] if made.endswith("$") else f"{made}*"
    if re.search(r"[\\()|?+{}^$]", made):
        sys.exit(f"cannot rewrite the regular expression {rule} as patterns: got {made}")
    return [made]


# --- what litellm knows beyond prices ---------------------------------------------------------------------------------


def enrich(providers, litellm):
    for key, each in providers.items():
        for made in each["models"]:
            known = catalog_check.litellm_entry(key, made["id"], litellm)
            if known:
                made.update(limits(made, known))


def limits(made, known):
    found = {}
    context = made.get("context")
    longest, most = known.get("max_output_tokens"), known.get("max_input_tokens")
    if isinstance(longest, int) and longest > 0 and longest <= (context or longest):
        found["max_output"] = longest
    if isinstance(most, int) and most > 0 and most < (context or most + 1):
        found["max_input"] = most
    if known.get("deprecation_date"):
        found["retires"] = known["deprecation_date"]
    return found


# --- files ------------------------------------------------------------------------------------------------------------


def written():
    """What static/catalog holds already, by provider."""
    known = {}
    for path in sorted(OUT.glob("*.json")):
        file = json.loads(path.read_text())
        for each in file.get("providers", []):
            known[each["id"]] = {**each, "checked": file["checked"]}
    return known


def write(providers, checked):
    OUT.mkdir(parents=True, exist_ok=True)
    main_file = [providers[key] for key in MAIN]
    files = {"main.json": main_file}
    files |= {f"{key}.json": [each] for key, each in providers.items() if key not in MAIN}
    for name, held in files.items():
        (OUT / name).write_text(catalog_text(held, checked))
    (OUT / "index.json").write_text(json.dumps(index(files, checked), ensure_ascii=False, indent=1) + "\n")
    (OUT / "NOTICE.txt").write_text(catalog_read.notices())


def catalog_text(providers, checked):
    """A line for each model, so that a change of price is a change of one line."""
    blocks = [provider_text(each) for each in providers]
    head = f'{{"generated":{dump(MARK)},"checked":{dump(checked)},"providers":[\n'
    return head + ",\n".join(blocks) + "\n]}\n"


def provider_text(each):
    models = ",\n".join(dump(ordered(model)) for model in each["models"])
    head = {key: each[key] for key in ("id", "name", "source")}
    if each["id"] not in MAKERS:
        head["host"] = True
    return dump(head)[:-1] + ',"models":[\n' + models + "\n]}"


ORDER = ["id", "name", "match", "context", "max_input", "max_output", "retires", "status", "encoding", "basis", "resold", "agree",
         "prices", "variants"]


def ordered(model):
    return {key: model[key] for key in ORDER if key in model}


def dump(value):
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def index(files, checked):
    used = {
        "genai-prices": "prices, context windows, name matching",
        "litellm": "longest output, retirement dates, cross-check",
        "model-prices": "holidays, cross-check",
    }
    return {
        "generated": MARK,
        "checked": checked,
        "sources": [
            {"name": name, "version": catalog_read.WHEELS[name][0], "licence": "MIT", "used_for": purpose}
            for name, purpose in used.items()
        ],
        "notice": "NOTICE.txt",
        "files": [
            {"file": name, "first": name == "main.json", "providers": [listed(each) for each in held]}
            for name, held in files.items()
        ],
    }


def listed(provider):
    return {"id": provider["id"], "name": provider["name"], "models": len(provider["models"])}


if __name__ == "__main__":
    main()
