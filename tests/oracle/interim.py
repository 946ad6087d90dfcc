"""Bills made before the end of a period, as soon as so much was charged."""

from fractions import Fraction

import adjust
from scene import DAY

ZERO = Fraction(0)


def bills(scene, state):
    """Day, thresholds reached on it, and what is billed: the rounded net since the bill before. The last is the rest."""
    made, highest, billed, day = [], ZERO, ZERO, scene.first
    while day <= scene.last:
        now = net(scene, state if day == scene.last else adjust.standing(scene.until(day)))
        reached = crossed(scene.plan["progressive"], highest, now)
        highest = max(highest, now)
        if reached or day == scene.last:
            made.append({"day": day.isoformat(), "reached": reached, "amount": now - billed})
            billed = now
        day += DAY
    return made


def net(scene, state):
    """Before tax: without what prices hold of it."""
    plan, stands = scene.plan, state.total
    if plan["tax"] is not None and plan["tax"]["mode"] == "inclusive":
        tax = sum((line["amount"] for line in adjust.tax_lines(scene, stands)), ZERO)
        if plan["credits"] and plan["order"] in ("openmeter", "orb", "stripe"):
            scene.doubts.add("interim bills where credits lower the tax in the prices")
        if plan["rounding"]["where"] == "bill" and plan["tax"]["inclusive_rounds"] == "tax":
            return scene.round_total(stands) - scene.round_total(tax)
        stands -= tax
    return scene.round_total(stands) if plan["rounding"]["where"] == "bill" else stands


def crossed(progressive, before, now):
    """The thresholds above what was charged before and up to what is charged now."""
    reached = [each for each in progressive["thresholds"] if before < each <= now]
    every = progressive["every"]
    if every is not None:
        start = max(progressive["thresholds"], default=ZERO)
        step, last = (max(ZERO, (amount - start) // every) for amount in (before, now))
        # A jump over very many steps is told by its last thousand.
        reached += [start + number * every for number in range(int(max(step, last - 1000)) + 1, int(last) + 1)]
    return reached
