"""`bill`: a plan and a usage document become a bill, as docs/plans.md says."""

import datetime
from fractions import Fraction

import adjust
import credits
from exact import PlanError, write
from read_plan import read_plan, read_usage
from scene import Scene

ZERO = Fraction(0)
CREDITS_FIRST = ("openmeter", "orb", "stripe")
NET_ONLY = ("flexprice", "zuora")

__all__ = ["PlanError", "bill", "evaluate"]


def bill(plan, usage, period, catalog):
    """The bill, or a PlanError. `period` is {"from", "until"}, both days included, in the plan's time zone."""
    return evaluate(plan, usage, period, catalog)[0]


def evaluate(plan, usage, period, catalog):
    """The bill, and what in it hangs on something the document leaves open."""
    made, scene = compute(plan, usage, period, catalog, False)
    if scene.endless:
        other, _ = compute(plan, usage, period, catalog, True)
        if shown(made) != shown(other):
            scene.doubts.add("the 29th digit of a quotient decides a rounding")
    return made, scene.doubts


def shown(made):
    """The rounded figures of a bill; what is not rounded is compared to 20 digits."""
    return [round_off(line["amount"]) for line in made["lines"]], [round_off(value) for value in made["totals"].values()]


def round_off(text):
    return format(float(text), ".12g")


def compute(plan, usage, period, catalog, turned):
    days = tuple(datetime.date.fromisoformat(period[name]) for name in ("from", "until"))
    if days[0] > days[1]:
        raise PlanError("the period ends before it begins")
    scene = Scene(read_plan(plan), read_usage(usage), days, catalog, turned)
    state = adjust.standing(scene)
    stands = state.total
    order = scene.plan["order"]
    inclusive = scene.plan["tax"] is not None and scene.plan["tax"]["mode"] == "inclusive"
    if order in CREDITS_FIRST:
        purse = credits.draw(scene, lambda day: dict(up_to(scene, state, day).left))
        paid = sum(purse.used.values(), ZERO)
        if inclusive and paid:
            scene.doubts.add("credits before an inclusive tax")
        state.lines += adjust.tax_lines(scene, stands - paid)
    else:
        state.lines += adjust.tax_lines(scene, stands)
        purse = credits.draw(scene, lambda day: dues(scene, up_to(scene, state, day), order in NET_ONLY))
    for credit in purse.order:
        name = credit["name"] if credit["name"] is not None else credit["id"]
        used = purse.used[credit["id"]]
        if used:
            line = adjust.adjustment(scene, "credit", name, -purse.exact[credit["id"]])
            state.lines.append({**line, "amount": -used})
    return finish(scene, state, purse, inclusive), scene


def up_to(scene, state, day):
    return state if day == scene.last else adjust.standing(scene.until(day), last_day=False)


def dues(scene, state, net_only):
    """What credits may pay, by charge: with tax, or the net alone (inclusive prices hold the tax)."""
    owed = dict(state.left)
    tax = sum((line["amount"] for line in adjust.tax_lines(scene, state.total)), ZERO)
    inclusive = scene.plan["tax"] is not None and scene.plan["tax"]["mode"] == "inclusive"
    if net_only != (not inclusive):
        owed["tax"] = -tax if net_only else tax
    return owed


def finish(scene, state, purse, inclusive):
    plan = scene.plan
    return {
        "plan": plan["name"], "currency": plan["currency"],
        "period": {"from": scene.first.isoformat(), "until": scene.last.isoformat()},
        "lines": [written(line) for line in state.lines],
        "totals": totals(scene, state.lines, inclusive),
        "included": [written(entry) for entry in state.included],
        "credits": [written(entry) for entry in credits.report(scene, purse)],
        "left_out": scene.left_out,
    }


def totals(scene, lines, inclusive):
    def of(*kinds):
        return sum((line["amount"] for line in lines if line["kind"] in kinds), ZERO)

    figures = {
        "fixed": of("fixed"), "usage": of("usage"), "discounts": of("discount"), "limits": of("minimum", "maximum"),
        "commitment": of("commitment"),
    }
    net, tax = sum(figures.values(), ZERO), of("tax")
    figures |= {"net": net - tax if inclusive else net, "tax": tax, "credits": of("credit")}
    figures["total"] = figures["net"] + tax + figures["credits"]
    if scene.plan["rounding"]["where"] == "bill":
        figures = {name: scene.round_total(value) for name, value in figures.items()}
        if inclusive:
            whole = scene.round_total(net)
            rest = "tax" if scene.plan["tax"]["inclusive_rounds"] == "net" else "net"
            figures[rest] = whole - figures["net" if rest == "tax" else "tax"]
        if figures["total"] != figures["net"] + figures["tax"] + figures["credits"]:
            scene.doubts.add("rounded totals that do not add up")
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
