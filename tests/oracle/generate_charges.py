"""Random charges of every shape and flag. Small whole numbers, so that quantities land on bounds by design."""

TOKENS = ("input", "output", "cache_read", "output_reasoning")
OWN = ("compute_minutes", "pages")
REGIONS = ("eu", "us", "apac")
KEYS = ("a", "b", "c")
MODELS = ("openai/gpt-6.1-sol", "anthropic/claude-nova-5", "x-ai/grok-9", "mistral/small-4")
RATES = ("0.05", "0.04", "0.001", "0.000000001", "0.000002", "1", "2", "3", "7", "0.125", "0.333", "0.1", "12.5", "0")
FEES = ("0", "1", "2.5", "5", "10", "200", "0.01", "300")
PERCENTS = ("0", "1", "2.9", "5", "10", "12.5", "20", "100", "0.35")
UNITS = ("first_tier", "none")


def chance(rng, percent):
    return rng.random() * 100 < percent


def some(rng, part, **members):
    """Each member in a part of the cases, so that defaults are tried too."""
    return {name: value for name, value in members.items() if chance(rng, part)}


def rising(rng, count, step=1, unit=None):
    """Bounds of `count` tiers; the last may be open."""
    unit = unit or rng.choice((1, 1, 5, 10, 100, 1000))
    bounds, low = [], 0
    for _ in range(count):
        low += rng.randint(1, 6) * unit * step
        bounds.append(str(low))
    if step == 1 and unit == 1 and chance(rng, 10):
        bounds = [f"{bound}.5" for bound in bounds]
    return bounds if chance(rng, 30) else bounds[:-1] + [None]


def tiers(rng, names, bounds, rates=RATES):
    result = []
    for bound in bounds:
        tier = {} if bound is None else {"up_to": bound}
        tier |= {name: rng.choice(rates) for name in names}
        if "amount" in names and "steps" not in names and chance(rng, 40):
            tier["flat"] = rng.choice(FEES)
        result.append(tier)
    return result


def ends(rng, price, bounds, overage=None, quiet=False):
    """`at_zero` and `above`. Refusing is rare: it makes the whole case an error."""
    if quiet:
        price["at_zero"] = "none"
    else:
        price |= some(rng, 50, at_zero=rng.choice(UNITS))
    if bounds[-1] is not None:
        price |= some(rng, 60, above="refuse" if chance(rng, 4) else overage or "extend")
    return price


def graduated(rng, quiet=False):
    bounds = rising(rng, rng.randint(1, 4))
    over = {"overage": rng.choice(RATES)} if chance(rng, 60) else None
    price = {"tiers": tiers(rng, ["amount"], bounds)} | some(rng, 40, per=rng.choice(("1", "10", "1000")))
    return ends(rng, price, bounds, over, quiet)


def volume(rng, quiet=False):
    bounds = rising(rng, rng.randint(1, 4))
    price = {"tiers": tiers(rng, ["amount"], bounds)} | some(rng, 40, per=rng.choice(("1", "10", "1000")))
    return ends(rng, price, bounds, None, quiet)


def stairstep(rng, quiet=False):
    bounds = rising(rng, rng.randint(1, 4))
    steps = [{name: value for name, value in tier.items() if name != "flat"}
             for tier in tiers(rng, ["amount"], bounds, FEES)]
    return ends(rng, {"tiers": steps}, bounds, None, quiet)


def graduated_percentage(rng, quiet=False):
    bounds = rising(rng, rng.randint(1, 4))
    over = {"overage": rng.choice(PERCENTS)} if chance(rng, 60) else None
    shares = [tier | some(rng, 40, flat=rng.choice(FEES)) for tier in tiers(rng, ["percent"], bounds, PERCENTS)]
    return ends(rng, {"tiers": shares}, bounds, over, quiet)


def threshold_total(rng, **_quiet):
    bounds = [bound for bound in rising(rng, rng.randint(1, 4)) if bound]
    bounds = bounds or ["10"]
    if chance(rng, 15):
        bounds.insert(0, "0")
    return {"thresholds": [{"above": bound, "total": rng.choice(FEES)} for bound in bounds]}


def package(rng, quiet=False):
    least = {} if quiet else some(rng, 25, minimum_packages=rng.choice(("0", "1", "3")))
    return {"size": rng.choice(("10", "5", "7", "1000", "1", "2.5")), "amount": rng.choice(RATES)} | least | some(
        rng, 40, free_units=rng.choice(("0", "10", "5", "1.5"))) | some(rng, 40, round=rng.choice(("up", "down")))


def tiered_package(rng, quiet=False):
    size, order = rng.choice((1, 5, 10, 100)), rng.choice(("round_then_tier", "tier_then_round"))
    fixed = order == "round_then_tier"
    bounds = rising(rng, rng.randint(1, 3), size if fixed else 1, 1 if fixed else None)
    if fixed:
        bounds = [bound and bound.replace(".5", "") for bound in bounds]
    price = {"size": str(size), "tiers": tiers(rng, ["amount"], bounds)}
    price |= some(rng, 70, kind=rng.choice(("graduated", "volume")), round=rng.choice(("up", "down")))
    if not fixed or chance(rng, 50):
        price["order"] = order
    return ends(rng, price, bounds, None, quiet)


def unit(rng, **_quiet):
    return {"amount": rng.choice(RATES)} | some(rng, 50, per=rng.choice(("1", "10", "1000", "1000000")))


def percentage(rng):
    price = {"percent": rng.choice(PERCENTS)} | some(rng, 60, fixed=rng.choice(("0.1", "0.3", "1", "0.005")))
    price |= some(rng, 40, free_events=str(rng.randint(0, 5)))
    price |= some(rng, 40, free_amount=rng.choice(("10", "15", "20", "100", "0", "12.5")))
    price |= some(rng, 25, event_minimum=rng.choice(("0.05", "0.5", "1")))
    return price | some(rng, 25, event_maximum=rng.choice(("1", "2", "5")))


def basis_points(rng):
    by = rng.choice(("event", "total", "position"))
    bounds = [None] if by == "event" else rising(rng, rng.randint(2, 4))[:-1] + [None]
    points = [({} if bound is None else {"up_to": bound}) | {"basis_points": rng.choice(("10", "25", "100", "290", "5000"))}
              | some(rng, 40, event_maximum=rng.choice(("1", "0.5", "10"))) for bound in bounds]
    return {"tiers": points} | ({} if by == "event" and chance(rng, 50) else {"by": by})


def cost_plus(rng):
    price = some(rng, 70, of="list", markup_percent=rng.choice(("0", "20", "7.5", "30")))
    if chance(rng, 35):
        price["of"] = "carried"
    if chance(rng, 50):
        names = ["model", "provider", "region"] + ([] if price.get("of") == "carried" else ["meter", "variant"])
        price["rules"] = [{"where": {name: value_of(rng, name) for name in rng.sample(names, rng.randint(1, 2))},
                           "markup_percent": rng.choice(("0", "10", "50"))} for _ in range(rng.randint(1, 2))]
    return price


def value_of(rng, name):
    values = {"model": MODELS, "provider": [model.split("/")[0] for model in MODELS], "variant": ("batch", "flex"),
              "meter": TOKENS, "region": REGIONS, "key": KEYS}[name]
    return rng.sample(list(values), rng.randint(1, 2))


def matrix(rng):
    by = rng.sample(["model", "provider", "region", "meter", "variant"], rng.randint(1, 2))
    cells = [{"is": [rng.choice(value_of(rng, name) + ["*"] * chance(rng, 30)) for name in by],
              "amount": rng.choice(RATES)} for _ in range(rng.randint(1, 3))]
    distinct = {tuple(cell["is"]): cell for cell in cells if cell["is"] != ["*"] * len(by)}
    price = {"by": by, "cells": list(distinct.values())} | some(rng, 50, per=rng.choice(("1", "1000")))
    if not chance(rng, 2):
        price["default"] = rng.choice(RATES)
    return price


def flat(rng):
    return {"amount": rng.choice(("10", "9.49", "5000", "20", "0.31", "99.99"))} | some(
        rng, 40, seats=rng.choice(("1", "3", "0", "2.5")))


def capacity(rng):
    units = rng.randint(1, 400)
    price = {"units": str(units), "amount": rng.choice(("1", "0.02", "2.5"))}
    price |= some(rng, 40, reserved=str(rng.randint(0, units)), hours=rng.choice(("0", "10", "720", "1.5")))
    if chance(rng, 50):
        price["spill_over"] = {"of": rng.choice((["input"], ["input", "output"])),
                               "tokens_per_unit_hour": rng.choice(("1", "10", "1000", "3"))} | some(
            rng, 50, markup_percent=rng.choice(("0", "20")))
    return price


def outcome(rng):
    price = {"amount": rng.choice(RATES), "score_at_least": rng.choice(("0.9", "0", "-1", "0.5"))}
    price |= some(rng, 40, per=rng.choice(("1", "10")), each_attempt=rng.choice(("0", "0.01", "1")))
    return price | some(rng, 40, missing_score="refuse" if chance(rng, 10) else rng.choice(("billed", "not_billed")))


PLAIN = (unit, graduated, volume, stairstep, threshold_total, package, tiered_package, graduated_percentage)
SINGLE = (percentage, basis_points, cost_plus, matrix, outcome)
FIXED = (flat, capacity)


def quantity(rng, shape, windows):
    """The quantity of a shape that looks at totals."""
    money = shape is graduated_percentage
    result = {} if money else {"of": rng.choice((["input"], ["output"], ["input", "output"], ["compute_minutes"],
                                                 ["pages"], ["requests"], ["cache_read", "input"]))}
    aggregate = "sum" if money else rng.choice(("sum",) * 6 + ("count", "max", "unique", "latest"))
    if aggregate != "sum" or chance(rng, 20):
        result["aggregate"] = aggregate
    if aggregate == "unique":
        result["unique_by"] = rng.choice(("key", "region", "model", "provider"))
    if windows:
        result["every"] = rng.choice(("hour", "day"))
        result |= some(rng, 60, each_window=windows)
        windows = result.get("each_window", "priced")
    if chance(rng, 30):
        divide = rng.choice(("10", "1000", "5", "3", "0.5"))
        result["convert"] = {"divide_by": divide} | some(rng, 60, round=rng.choice(("up", "down", "half_up", "none")))
    if windows != "priced" and chance(rng, 35):
        result["included"] = included(rng, windows or aggregate not in ("sum", "count"))
    return result


def included(rng, whole):
    units = rng.choice(("10", "0", "100", "5", "1000", "2.5", "1"))
    if not whole and chance(rng, 30):
        return {"units": units, "every": "day"}
    result = {"units": units} | some(rng, 40, carried=rng.choice(("0", "5", "20")), every="period")
    if chance(rng, 50):
        least, most = rng.choice((("0", "0"), ("0", "10"), ("0", "1000"), ("5", "5"), ("5", "10"), ("5", "1000")))
        result["rollover"] = some(rng, 80, at_least=least, at_most=most)
    return result | some(rng, 20, prorate=rng.choice((True, False)))


def charge(rng, number, plain_only=False):
    """One charge; `plain_only` leaves out what has no slices of its own."""
    kind = rng.choice((PLAIN, PLAIN, PLAIN, SINGLE, SINGLE, FIXED)) if not plain_only else PLAIN
    shape = rng.choice(kind)
    windows = rng.choice((None,) * 5 + ("priced", "summed")) if kind is PLAIN and not plain_only else None
    if shape is graduated_percentage:
        windows = None
    result = {"id": f"c{number}"} | some(rng, 30, name=f"Charge {number}")
    price = shape(rng, quiet=bool(windows)) if kind is PLAIN else shape(rng)
    result["price"] = {shape.__name__: price}
    if kind is PLAIN:
        result["quantity"] = quantity(rng, shape, windows)
    elif kind is SINGLE:
        result["quantity"] = single(rng, shape, price)
    if kind is not FIXED and chance(rng, 30):
        names = rng.sample(["region", "model", "key", "variant", "provider"], rng.randint(1, 2))
        result["quantity"]["where"] = {name: value_of(rng, name) for name in names[: rng.randint(1, 2)]}
    if shape not in (matrix, cost_plus, *FIXED) and chance(rng, 25):
        result["group_by"] = grouping(rng, kind, shape, result["quantity"])
        if kind is PLAIN and not plain_only:
            result |= some(rng, 50, group_tiers=rng.choice(("shared", "restart")))
    if chance(rng, 15):
        result |= some(rng, 70, minimum=rng.choice(("5", "25", "100")), maximum=rng.choice(("100", "150", "1000")))
    return result | some(rng, 15, prorate=rng.choice((True, False)))


def grouping(rng, kind, shape, measured):
    if kind is PLAIN and shape is not graduated_percentage and measured.get("aggregate", "sum") == "sum":
        if chance(rng, 40):
            return ["meter"]
    return rng.choice((["region"], ["model"], ["key"], ["provider"], ["region", "key"]))


def single(rng, shape, price):
    if shape is outcome:
        return {"of": rng.choice((["requests"], ["output"], ["pages"]))}
    if shape is matrix:
        return {"of": rng.choice((["input"], ["input", "output"], ["requests"], ["compute_minutes"]))}
    if shape is cost_plus and price.get("of") != "carried":
        return rng.choice(({}, {"of": ["input", "output"]}, {"of": ["output"]}))
    return {}
