"""Random usage for a plan: quantities on the plan's bounds, just above them, zero, fractional and very large."""

import datetime
import re
from fractions import Fraction

from exact import write
from generate_charges import KEYS, MODELS, OWN, REGIONS, TOKENS, chance, some

BOUND = re.compile(r'"(?:up_to|above|size|units|free_units|free_amount|tokens_per_unit_hour)": "([\d.]+)"')
PLAIN_FIGURES = ("0", "1", "2", "3", "5", "7", "10", "100", "1000", "0.5", "1.25", "9500")


def catalogue(rng):
    def model(name, usd, *variants):
        return {"id": name, "basis": "probable", "prices": [{"usd": usd}],
                "variants": [{"is": variant, "usd": prices} for variant, prices in variants]}

    def provider(name, entry):
        return {"id": name, "name": name, "source": "https://example.com/prices", "models": [entry]}

    cheap = rng.choice(("0.1", "1", "0.05"))
    return {"checked": "2026-11-09", "providers": [
        provider("openai", model(
            "gpt-6.1-sol", {"input": ["2", ">100", "4"], "cache_read": ["0.2", ">100", "0.4"],
                            "output": ["10", ">100", "15"]},
            ("batch", {"input": "1", "output": "5"}), ("priority", {"output": ["20", ">=50", "30"]}))),
        provider("anthropic", model(
            "claude-nova-5", {"input": "3", "cache_read": "0.3", "cache_write": "3.75", "output": "15"},
            ("batch", {"input": "1.5", "output": "7.5"}))),
        provider("x-ai", model(
            "grok-9", {"input": ["2", ">=100", "4", ">=1000", "6"], "output": "6", "output_reasoning": "8"})),
        provider("mistral", model("small-4", {"input": cheap, "output": "0.3", "requests": "5"})),
    ]}


def bounds_of(text):
    """Every bound in a plan, as written."""
    return sorted(set(BOUND.findall(text)))


def figure(rng, bounds):
    how = rng.random()
    if bounds and how < 0.45:
        value = Fraction(rng.choice(bounds)) + rng.choice((0, 0, 1, -1, Fraction(1, 2)))
        return write(max(Fraction(0), value))
    if how < 0.5:
        return rng.choice(("1000000000000", "250000", "1000000"))
    return rng.choice(PLAIN_FIGURES)


def instant(rng, first, last, zone):
    """Mostly inside the period; sometimes on an edge of a day of the plan's time zone, sometimes outside."""
    day = first + datetime.timedelta(days=rng.randint(0, (last - first).days))
    if chance(rng, 6):
        day = rng.choice((first - datetime.timedelta(days=1), last + datetime.timedelta(days=1)))
    clock = rng.choice(((0, 0, 0), (23, 59, 59), (12, 0, 0), (18, 30, 0), (8, 0, 0), (rng.randint(0, 23), 15, 7)))
    return datetime.datetime(day.year, day.month, day.day, *clock) - zone


def usage(rng, plan_text, first, last, zone, needs):
    bounds = bounds_of(plan_text)
    days = [instant(rng, first, last, zone) for _ in range(rng.choice((0, 1, 2, 3, 4, 5, 6, 8, 12, 25)))]
    if len(days) > 2:
        days[1] = days[0]
    return {"version": 1, "records": [record(rng, at, bounds, needs) for at in days]}


def record(rng, at, bounds, needs):
    modelled = needs["models"] or chance(rng, 65)
    result = {"at": at.strftime("%Y-%m-%dT%H:%M:%SZ")}
    requests = rng.choice((1,) * 8 + (2, 3, 5, 10, 0, 40))
    if modelled:
        result["model"] = rng.choice(MODELS)
        result |= some(rng, 30, variant=rng.choice(("batch", "flex", "priority")))
    meters = [meter for meter in (TOKENS if modelled else OWN) if chance(rng, 60)]
    if modelled and not needs["models"]:
        meters += [meter for meter in OWN if chance(rng, 30)]
    if needs["all_meters"]:
        meters = [*(TOKENS if modelled else ()), *(() if needs["models"] else OWN)]
    result["quantities"] = {meter: figure(rng, bounds) for meter in meters}
    if requests != 1 or chance(rng, 10):
        result["requests"] = str(requests)
    if requests != 1 or chance(rng, 30):
        result["context"] = rng.choice(("0", "50", "99", "100", "101", "1000"))
    if requests and (needs["amounts"] or chance(rng, 50)):
        result["amount"] = rng.choice(("10", "10", "0", "5", "15", "0.5", "100", "1234.56"))
    result |= some(rng, 70, score=rng.choice(("0.9", "0.92", "0.899", "0", "-1", "1")))
    properties = some(rng, 90, region=rng.choice(REGIONS)) | some(rng, 70, key=rng.choice(KEYS))
    return result | {"properties": properties}


def aim(rng, plan, document):
    """Make one charge's total land exactly on one of its bounds, by what the last record adds."""
    able = [charge for charge in plan["charges"] if "quantity" in charge and charge["quantity"].get("of")]
    if not able or not document["records"] or not chance(rng, 50):
        return
    charge = rng.choice(able)
    meter = charge["quantity"]["of"][0]
    bounds = [Fraction(each) for each in bounds_of(str(charge).replace("'", '"'))]
    last = document["records"][-1]
    if not bounds or meter not in last["quantities"]:
        return
    target = rng.choice(bounds) * Fraction(charge["quantity"].get("convert", {}).get("divide_by", "1"))
    others = sum((Fraction(record["quantities"].get(name, "0")) for record in document["records"]
                  for name in charge["quantity"]["of"]), Fraction(0)) - Fraction(last["quantities"][meter])
    if target >= others:
        last["quantities"][meter] = write(target - others + rng.choice((0, 0, 0, 1, Fraction(1, 1000))))
