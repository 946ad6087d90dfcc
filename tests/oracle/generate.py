"""Random plans with their usage, and a few that must be refused. All of it follows from the seed."""

import calendar
import datetime
import json

from generate_charges import chance, charge, some
from generate_usage import aim, catalogue, usage

ZONES = {"+00:00": 0, "+05:30": 330, "-08:00": -480}
ORDERS = ("foretoken", "openmeter", "orb", "lago", "flexprice", "zuora", "stripe")
DRAWDOWNS = ("foretoken", "lago", "openmeter", "stripe", "orb", "metronome", "zuora")


def case(rng):
    """A plan, its usage, the period and the catalogue."""
    year, month = rng.choice(((2026, 12), (2026, 11), (2027, 2), (2028, 2)))
    first = datetime.date(year, month, 1)
    last = datetime.date(year, month, calendar.monthrange(year, month)[1])
    plan = make_plan(rng, first, last)
    zone = datetime.timedelta(minutes=ZONES[plan.get("time_zone", "+00:00")])
    text = json.dumps(plan)
    document = usage(rng, text, first, last, zone, needs_of(plan))
    aim(rng, plan, document)
    if chance(rng, 2):
        spoil(rng, plan, document, first)
    return {"plan": plan, "usage": document, "period": {"from": first.isoformat(), "until": last.isoformat()},
            "catalog": catalogue(rng)}


def needs_of(plan):
    """What records must carry so that the case says something."""
    prices = [(next(iter(each["price"].items())), each.get("quantity", {})) for each in plan["charges"]]
    listed = any(shape == "cost_plus" and price.get("of", "list") == "list" and "of" not in quantity
                 for (shape, price), quantity in prices)
    return {
        "models": listed, "amounts": any(shape == "percentage" for (shape, _), _ in prices),
        "all_meters": any(quantity.get("aggregate") == "latest" for _, quantity in prices),
    }


def make_plan(rng, first, last):
    plan = {"version": 1, "name": "Random"} | some(rng, 20, currency="USD", note="made by a generator")
    if chance(rng, 20):
        plan["rounding"] = {"where": "tier_line", "decimals": rng.choice((2, 3, 4))}
    elif chance(rng, 30):
        plan["rounding"] = some(rng, 60, where=rng.choice(("line", "line", "bill")),
                                decimals=rng.choice((0, 2, 3, 6, 12)))
    if "rounding" in plan:
        plan["rounding"] |= some(rng, 70, mode=rng.choice(("half_up", "half_even", "up", "down")))
    by_tier = plan.get("rounding", {}).get("where") == "tier_line"
    plan["charges"] = [charge(rng, number, by_tier) for number in range(rng.choice((1, 1, 2, 3, 4)))]
    ids = [each["id"] for each in plan["charges"]]
    plan |= some(rng, 25, time_zone=rng.choice(list(ZONES)), day_count=rng.choice(("days", "seconds")))
    if chance(rng, 25):
        days = sorted((first + datetime.timedelta(days=rng.randint(0, (last - first).days))).isoformat() for _ in "ab")
        plan["active"] = some(rng, 70, **{"from": days[0], "until": days[1]})
    plan |= adjustments(rng, ids)
    if chance(rng, 40):
        plan["credits"] = [credit(rng, number, ids, first, last) for number in range(rng.randint(1, 4))]
        plan |= some(rng, 70, drawdown=rng.choice(DRAWDOWNS)) | some(rng, 40, credits_draw=rng.choice(("as_used", "at_bill")))
    if chance(rng, 5):
        plan["progressive"] = {"thresholds": ["100", "500"], "every": "250"}
    return plan


def adjustments(rng, ids):
    result = {}
    if chance(rng, 40):
        result["discounts"] = [discount(rng, ids) for _ in range(rng.randint(1, 3))]
        result |= some(rng, 40, discount_order=rng.choice(("amounts_first", "as_listed")))
    if chance(rng, 25):
        result |= some(rng, 70, minimum=rng.choice(("10", "40", "400")), maximum=rng.choice(("400", "1000", "450.5")))
    if chance(rng, 20):
        result["commitment"] = {"amount": rng.choice(("10", "100", "1000"))} | some(
            rng, 60, overage_factor=rng.choice(("1", "1.5", "0.8", "0")), true_up=rng.choice((True, False)))
    if chance(rng, 40):
        rates = [{"name": "VAT", "percent": rng.choice(("4", "19", "21", "25", "0", "7.7"))}]
        rates += [{"name": "City", "percent": "1.5"}] if chance(rng, 20) else []
        result["tax"] = {"rates": rates} | some(
            rng, 50, mode=rng.choice(("exclusive", "inclusive")), inclusive_rounds=rng.choice(("net", "tax")))
    return result | some(rng, 60, order=rng.choice(ORDERS))


def discount(rng, ids):
    kinds = (
        {"amount": rng.choice(("1", "5", "20", "0.05"))},
        {"percent": rng.choice(("5", "10", "20", "12.5", "100"))},
        {"tiers": [{"up_to": rng.choice(("10", "100")), "percent": "0"}, {"percent": rng.choice(("10", "25"))}]},
    )
    return {"name": "Discount"} | rng.choice(kinds) | on(rng, ids, 30)


def on(rng, ids, part):
    return some(rng, part, on=rng.sample(ids, rng.randint(1, min(2, len(ids)))))


def credit(rng, number, ids, first, last):
    days = sorted(first + datetime.timedelta(days=rng.randint(-20, 40)) for _ in "ab")
    dates = {"granted": days[0].isoformat()} if days[0] <= last else {}
    if days[1] >= first:
        dates["expires"] = days[1].isoformat()
    result = {"id": f"g{rng.randint(0, 9)}{number}", "amount": rng.choice(("5", "10", "50", "100", "500"))}
    result |= some(rng, 50, name=f"Credit {number}") | some(rng, 40, **dates)
    result |= some(rng, 60, priority=rng.choice((0, 0, 1, 10)), cost_basis=rng.choice(("0", "1", "0.5")))
    return result | some(rng, 40, rollover=rng.choice(("none", "first", "last"))) | on(rng, ids, 25)


def spoil(rng, plan, document, day):
    """Turn a case into one that must be refused, by something the document says so of."""
    first = plan["charges"][0]
    spoils = (
        lambda: plan.update(colour="red"),
        lambda: plan.update(version=2),
        lambda: plan.update(minimum="10", maximum="9"),
        lambda: plan["charges"].append({**first}),
        lambda: document["records"].append({"at": "2026-12-01T00:00:00Z", "quantities": {"requests": "1"}}),
        lambda: document["records"].append({"at": "2026-12-01T00:00:00Z", "properties": {"model": "x"}}),
        lambda: document["records"].append({"at": "2026-12-01T00:00:00Z", "quantities": {"input": "-1"}}),
        lambda: document["records"].append({"at": "2026-12-01T00:00:00Z", "requests": "1.5"}),
        lambda: document["records"].append({"at": "2026-12-01T00:00:00Z", "amount": "1.23456789012345678901234567891"}),
        lambda: document["records"].append({"at": "yesterday"}),
        lambda: first.update(price={"volume": {"tiers": [{"up_to": "5", "amount": "1"}], "above": {"overage": "1"}}},
                             quantity={"of": ["input"]}),
        lambda: first.update(price={"unit": {"amount": "1"}}, quantity={
            "of": ["input"], "every": "day", "included": {"units": "1"}}),
        lambda: first.update(price={"unit": {"amount": "1"}}, quantity={
            "of": ["input"], "every": "day", "each_window": "summed", "included": {"units": "1", "every": "day"}}),
        lambda: first.update(price={"unit": {"amount": "1"}}, quantity={
            "of": ["input"], "aggregate": "max", "included": {"units": "1", "every": "day"}}),
        lambda: first.update(price={"unit": {"amount": "1"}}, quantity={
            "of": ["input"], "included": {"units": "1", "every": "day", "carried": "3"}}),
        lambda: first.update(price={"unit": {"amount": "1"}}, quantity={
            "of": ["input"], "included": {"units": "1", "rollover": {"at_least": "5", "at_most": "3"}}}),
        lambda: first.update(price={"cost_plus": {"markup_percent": "-100.1"}}, quantity={}),
        lambda: first.update(price={"basis_points": {"by": "total", "tiers": [{"up_to": "5", "basis_points": "1"}]}}, quantity={}),
        lambda: first.update(price={"tiered_package": {
            "size": "10", "tiers": [{"up_to": "15", "amount": "1"}, {"amount": "1"}]}}, quantity={"of": ["input"]}),
        lambda: first.update(price={"outcome": {"amount": "1", "score_at_least": "0"}}, quantity={
            "of": ["requests"], "convert": {"divide_by": "2"}}),
        lambda: first.update(price={"flat": {"amount": "1"}}, quantity={"of": ["input"]}),
    )
    rng.choice((*spoils, *[lambda: unpriced(rng, plan, document, day)] * 5))()


def unpriced(rng, plan, document, day):
    """A charge and a record on an active day for which there is no price."""
    plan.pop("active", None)
    record = rng.choice((
        {"model": "openai/none", "quantities": {"input": "1"}},
        {"model": "anthropic/claude-nova-5", "quantities": {"cache_write_1h": "1"}},
        {"model": "openai/gpt-6.1-sol", "requests": "2", "quantities": {"input": "10"}},
        {"quantities": {"pages": "1"}},
    ))
    shape = rng.choice(({"cost_plus": {}}, {"cost_plus": {"markup_percent": "10"}}))
    if chance(rng, 25):
        record = {"quantities": {"input": "1"}}
        shape = {"matrix": {"by": ["region"], "cells": [{"is": ["moon"], "amount": "1"}]}}
    document["records"].append({"at": f"{day.isoformat()}T12:00:00Z", **record})
    quantity = {"of": ["input"]} if "matrix" in shape else {}
    plan["charges"].append({"id": "unpriced", "quantity": quantity, "price": shape})
