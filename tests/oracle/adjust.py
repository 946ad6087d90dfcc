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
    """The lines so far, and what is left of each charge; what belongs to the plan stands under None."""

    def __init__(self, scene, last_day=True):
        self.scene, self.last_day = scene, last_day
        self.lines, self.included, self.left = [], [], {None: ZERO}
        for charge in scene.plan["charges"]:
            lines, entries = lines_of(scene, charge, last_day)
            self.lines += lines
            self.included += entries
            self.left[charge["id"]] = sum((line["amount"] for line in lines), ZERO)

    @property
    def total(self):
        return sum(self.left.values(), ZERO)

    def add(self, kind, name, exact):
        if exact == 0:
            return ZERO
        line = adjustment(self.scene, kind, name, exact)
        self.lines.append(line)
        return line["amount"]


def standing(scene, last_day=True):
    """What stands before tax and credits."""
    state = Standing(scene, last_day)
    for stage in ORDERS[scene.plan["order"]]:
        STAGES[stage](state)
    return state


def discounts(state):
    plan = state.scene.plan
    ordered = list(plan["discounts"])
    if plan["discount_order"] == "amounts_first":
        ordered.sort(key=lambda discount: discount["amount"] is None)
    for discount in ordered:
        keys = list(state.left) if discount["on"] is None else discount["on"]
        base = sum((state.left[key] for key in keys), ZERO)
        if base <= 0:
            continue
        taken = state.add("discount", discount["name"], -worth(discount, base))
        for key in keys:
            state.left[key] += state.scene.share(taken * state.left[key] / base)


def worth(discount, base):
    if discount["amount"] is not None:
        return min(discount["amount"], base)
    if discount["percent"] is not None:
        return base * discount["percent"] / HUNDRED
    result = low = ZERO
    for number, band in enumerate(discount["tiers"], 1):
        top = base if band["up_to"] is None or number == len(discount["tiers"]) else min(base, band["up_to"])
        result += max(ZERO, top - low) * band["percent"] / HUNDRED
        low = max(low, top)
    return result


def minimum(state):
    plan, scene = state.scene.plan, state.scene
    if plan["minimum"] is not None and state.last_day:
        lift = scene.share(plan["minimum"] * scene.part) - state.total
        if lift > 0:
            state.left[None] += state.add("minimum", "Minimum", lift)


def maximum(state):
    limit = state.scene.plan["maximum"]
    if limit is not None and state.total > limit:
        state.left[None] += state.add("maximum", "Maximum", limit - state.total)


def commitment(state):
    promised, scene = state.scene.plan["commitment"], state.scene
    if promised is None or not state.last_day:
        return
    stands = state.total
    m = scene.share(promised["amount"] * scene.part)
    if stands >= m:
        change = (stands - m) * (promised["overage_factor"] - 1)
    else:
        change = m - stands if promised["true_up"] else ZERO
    state.left[None] += state.add("commitment", "Commitment", change)


STAGES = {"discounts": discounts, "minimum": minimum, "maximum": maximum, "commitment": commitment}


def tax_lines(scene, base):
    """Tax on what stands, a line per rate. With inclusive prices it is inside what stands."""
    plan = scene.plan
    if plan["tax"] is None or base == 0 or not plan["tax"]["rates"]:
        return []
    rates = plan["tax"]["rates"]
    if plan["tax"]["mode"] == "exclusive":
        return [adjustment(scene, "tax", rate["name"], base * rate["percent"] / HUNDRED) for rate in rates]
    whole = 1 + sum((rate["percent"] for rate in rates), ZERO) / HUNDRED
    parts = [scene.share(base * rate["percent"] / HUNDRED / whole) for rate in rates]
    if plan["tax"]["inclusive_rounds"] == "net":
        if len(rates) > 1:
            scene.doubts.add("net rounded with several inclusive rates")
        tax = base - scene.round(scene.share(base / whole))
        parts[-1] = tax - sum((scene.round(part) for part in parts[:-1]), ZERO)
    return [adjustment(scene, "tax", rate["name"], part) for rate, part in zip(rates, parts)]
