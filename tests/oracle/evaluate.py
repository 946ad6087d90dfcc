"""`bill`: a plan and a usage document become a bill, as docs/plans.md says."""

import datetime
from fractions import Fraction

import adjust
import credits
import interim
from exact import PlanError, write
from read_plan import read_plan, read_usage
from scene import Scene

ZERO = Fraction(0)
CREDITS_FIRST = ("openmeter", "orb", "stripe")
NET_ONLY = ("flexprice", "zuora")

__all__ = ["PlanError", "bill", "evaluate", "so_far"]


def bill(plan, usage, period, catalog):
    """The bill, or a PlanError. `period` is {"from", "until"}, both days included, in the plan's time zone."""
    return evaluate(plan, usage, period, catalog)[0]


def evaluate(plan, usage, period, catalog):
    """The bill, and what in it hangs on something the document leaves open."""
    days = tuple(datetime.date.fromisoformat(period[name]) for name in ("from", "until"))
    if days[0] > days[1]:
        raise PlanError("the period ends before it begins")
    scene = Scene(read_plan(plan), read_usage(usage), days, catalog)
    state = adjust.standing(scene)
    order = scene.plan["order"]
    if order in CREDITS_FIRST:
        purse = credits.draw(scene, lambda day: dues(scene, up_to(scene, state, day), None))
        state.lines += adjust.tax_lines(scene, state.total - purse.paid)
    else:
        pays = "net" if order in NET_ONLY else "all"
        state.lines += adjust.tax_lines(scene, state.total)
        purse = credits.draw(scene, lambda day: dues(scene, up_to(scene, state, day), pays))
    for credit in purse.order:
        used = purse.used[credit["id"]]
        if used:
            name = credit["name"] if credit["name"] is not None else credit["id"]
            state.lines.append({**adjust.adjustment(scene, "credit", name, -used), "amount": -used})
    return finish(scene, state, purse), scene.doubts


def so_far(plan, usage, period, catalog, day):
    """What was charged by the end of a day, before tax and credits and nothing rounded."""
    unrounded = {**plan, "rounding": {"where": "bill"}}
    days = tuple(datetime.date.fromisoformat(period[name]) for name in ("from", "until"))
    scene = Scene(read_plan(unrounded), read_usage(usage), days, catalog)
    total = adjust.standing(scene.until(datetime.date.fromisoformat(day))).total
    if is_inclusive(scene.plan):
        total = total * 100 / (100 + sum(rate["percent"] for rate in scene.plan["tax"]["rates"]))
    return write(total)


def up_to(scene, state, day):
    return state if day == scene.last else adjust.standing(scene.until(day))


def is_inclusive(plan):
    return plan["tax"] is not None and plan["tax"]["mode"] == "inclusive"


def dues(scene, state, pays):
    """What credits may pay in all (before tax, with tax, or the net alone), and what is left of each charge."""
    tax = sum((line["amount"] for line in adjust.tax_lines(scene, state.total)), ZERO)
    due = state.total
    if pays == "all" and not is_inclusive(scene.plan):
        due += tax
    elif pays == "net" and is_inclusive(scene.plan):
        due -= tax
    return due, {key: left for key, left in state.left.items() if key is not None}


def finish(scene, state, purse):
    plan = scene.plan
    return {
        "plan": plan["name"], "currency": plan["currency"],
        "period": {"from": scene.first.isoformat(), "until": scene.last.isoformat()},
        "lines": [written(line) for line in state.lines],
        "totals": totals(scene, state.lines),
        "included": [written(entry) for entry in state.included],
        "credits": [written(entry) for entry in credits.report(scene, purse)],
        "left_out": scene.left_out,
        **({} if scene.plan["progressive"] is None else {"interim": written(interim.bills(scene, state))}),
    }


def totals(scene, lines):
    def of(*kinds):
        return sum((line["amount"] for line in lines if line["kind"] in kinds), ZERO)

    figures = {
        "fixed": of("fixed"), "usage": of("usage"), "discounts": of("discount"), "limits": of("minimum", "maximum"),
        "commitment": of("commitment"),
    }
    inclusive = is_inclusive(scene.plan)
    stands, tax = sum(figures.values(), ZERO), of("tax")
    figures |= {"net": stands - tax if inclusive else stands, "tax": tax, "credits": of("credit")}
    if scene.plan["rounding"]["where"] == "bill":
        figures = {name: scene.round_total(value) for name, value in figures.items()}
        if inclusive:  # the total stays
            rounds = scene.plan["tax"]["inclusive_rounds"]
            rest = "tax" if rounds == "net" else "net"
            figures[rest] = scene.round_total(stands) - figures[rounds]
        figures["credits"] = max(figures["credits"], -figures["net"] - figures["tax"])
    figures["total"] = figures["net"] + figures["tax"] + figures["credits"]
    return {name: write(value) for name, value in figures.items()}


def written(value):
    """Figures as text, whatever they stand in."""
    if isinstance(value, Fraction):
        return write(value)
    if isinstance(value, dict):
        return {name: written(each) for name, each in value.items() if each is not None}
    if isinstance(value, list):
        return [written(each) for each in value]
    return value
