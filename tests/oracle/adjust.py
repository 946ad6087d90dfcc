"""Discounts, minimum and maximum, commitment and tax, in the order of each engine."""

from fractions import Fraction

from charges import adjustment, lines_of

ZERO, HUNDRED = Fraction(0), Fraction(100)

ORDERS = {
    "foretoken": ("discounts", "minimum", "maximum", "commitment"),
    "openmeter": ("discounts", "maximum", "minimum", "commitment"),
    "orb": ("discounts", "minimum", "maximum", "commitment"),
    "lago": ("minimum", "commitment", "maximum", "discounts"),
    "flexprice": ("commitment", "minimum", "maximum", "discounts"),
    "zuora": ("minimum", "maximum", "commitment", "discounts"),
    "stripe": ("discounts", "minimum", "maximum", "commitment"),
}


class Standing:
    """The lines so far, their sum, and what is left of each charge; what is the plan's own stands under None."""

    def __init__(self, scene):
        self.scene = scene
        self.lines, self.included, self.left, self.total = [], [], {}, ZERO
        for charge in scene.plan["charges"]:
            lines, entries = lines_of(scene, charge)
            self.lines += lines
            self.included += entries
            self.left[charge["id"]] = sum((line["amount"] for line in lines), ZERO)
        self.total = sum(self.left.values(), ZERO)
        self.left[None] = ZERO

    def add(self, kind, name, exact, amount=None):
        """A line of the plan; the amount it has."""
        line = adjustment(self.scene, kind, name, exact)
        if amount is not None:
            line["amount"] = amount
        self.lines.append(line)
        self.total += line["amount"]
        return line["amount"]

    def lift(self, kind, name, exact):
        self.left[None] += self.add(kind, name, exact)

    def lower(self, kind, name, exact):
        """What is taken off everything is shared by what is left of each."""
        before = self.total
        taken = self.add(kind, name, exact)
        for key in self.left:
            self.left[key] += taken * self.left[key] / before


def standing(scene):
    """What stands before tax and credits."""
    state = Standing(scene)
    for stage in ORDERS[scene.plan["order"]]:
        STAGES[stage](state)
    return state


def discounts(state):
    plan = state.scene.plan
    ordered = list(plan["discounts"])
    if plan["discount_order"] == "amounts_first":
        ordered.sort(key=lambda discount: discount["amount"] is None)
    for discount in ordered:
        take_off(state, discount)


def take_off(state, discount):
    keys = list(state.left) if discount["on"] is None else set(discount["on"])
    base = state.total if discount["on"] is None else sum((state.left[key] for key in keys), ZERO)
    if base <= 0:
        return
    exact = worth(discount, base)
    # Rounded, it may take a part of a coin more than is left of its charges, but never more than stands.
    amount = min(state.scene.round(exact), state.total)
    state.add("discount", discount["name"], -exact, -amount)
    for key in keys:
        state.left[key] -= min(amount, base) * state.left[key] / base


def worth(discount, base):
    if discount["amount"] is not None:
        return min(discount["amount"], base)
    if discount["percent"] is not None:
        return base * discount["percent"] / HUNDRED
    result = low = ZERO
    for band in discount["tiers"]:
        top = base if band["up_to"] is None else min(base, band["up_to"])
        result += max(ZERO, top - low) * band["percent"] / HUNDRED
        low = max(low, top)
    return result


def minimum(state):
    plan, scene = state.scene.plan, state.scene
    if plan["minimum"] is not None and scene.closes:
        missing = scene.prorated(plan["minimum"]) - state.total
        if missing > 0:
            state.lift("minimum", "Minimum", missing)


def maximum(state):
    limit = state.scene.plan["maximum"]
    if limit is not None and state.total > limit:
        state.lower("maximum", "Maximum", limit - state.total)


def commitment(state):
    promised, scene = state.scene.plan["commitment"], state.scene
    if promised is None or not scene.closes:
        return
    m = scene.prorated(promised["amount"])
    if state.total >= m:
        change = (state.total - m) * (promised["overage_factor"] - 1)
    else:
        change = m - state.total if promised["true_up"] else ZERO
    if change > 0:
        state.lift("commitment", "Commitment", change)
    elif change < 0:
        state.lower("commitment", "Commitment", change)


STAGES = {"discounts": discounts, "minimum": minimum, "maximum": maximum, "commitment": commitment}


def tax_lines(scene, base):
    """Tax on what stands, a line per rate. With inclusive prices it is inside what stands."""
    plan = scene.plan
    if plan["tax"] is None or not plan["tax"]["rates"]:
        return []
    rates = plan["tax"]["rates"]
    if plan["tax"]["mode"] == "exclusive":
        return [adjustment(scene, "tax", rate["name"], base * rate["percent"] / HUNDRED) for rate in rates]
    whole = 1 + sum((rate["percent"] for rate in rates), ZERO) / HUNDRED
    if plan["tax"]["inclusive_rounds"] == "net":
        rest = base - scene.round(base / whole)
    else:
        rest = scene.round(base - base / whole)
    lines = [adjustment(scene, "tax", rate["name"], base * rate["percent"] / HUNDRED / whole) for rate in rates]
    lines[-1]["amount"] = rest - sum((line["amount"] for line in lines[:-1]), ZERO)
    return lines
