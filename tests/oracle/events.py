"""The prices that look at single records. Each gives [(group, quantity, slices)]: a line for each."""

from fractions import Fraction

import list_price
from exact import PlanError
from scene import attribute, fits, measure, names
from shapes import slice_of

ZERO, ONE, HUNDRED = Fraction(0), Fraction(1), Fraction(100)


def each_event(scene, records):
    """(money, running total before) of every event in order. A record without an amount is none."""
    running = ZERO
    for record in records:
        if record["amount"] is None:
            continue
        if record["requests"] == 0:
            if record["amount"]:
                scene.doubts.add("money carried by no request")
            continue
        money = record["amount"] / record["requests"]
        for _ in range(int(record["requests"])):
            yield money, running
            running += money


def percentage(scene, price, _of, records):
    events = list(each_event(scene, records))
    total = sum((money for money, _ in events), ZERO)
    if total == 0:
        return [({}, ZERO, [])]
    limit, count = price["free_amount"], price["free_events"]
    if count is None:
        free = ZERO if limit is None else min(total, limit)
    else:
        free = sum((money for money, _ in events[: int(count)]), ZERO)
        free = free if limit is None else min(free, limit)
    clamped = price["event_minimum"] is not None or price["event_maximum"] is not None
    parts = [event_charge(price, free, number, *event) for number, event in enumerate(events, 1)]
    if clamped:
        return [({}, total, [amount_slice("events", total, sum((clamp(price, *part) for part in parts), ZERO))])]
    fees = sum(1 for _, fixed, _ in parts if fixed)
    slices = [slice_of("percent", total - free, price["percent"], HUNDRED)]
    return [({}, total, slices + [slice_of("fixed", Fraction(fees), price["fixed"])])]


def event_charge(price, free, number, money, before):
    """(the part to be charged, whether the fixed fee is due, whether it costs nothing at all) of one event."""
    after = before + money
    count, limit = price["free_events"], price["free_amount"]
    waived = (count is not None and number <= count) or (count is None and limit is not None)
    waived = waived and (limit is None or after < limit)
    charged = money - max(ZERO, min(after, free) - before)
    return charged, not waived, waived and after <= free


def clamp(price, charged, fixed, nothing):
    if nothing:
        return ZERO
    value = charged * price["percent"] / HUNDRED + (price["fixed"] if fixed else ZERO)
    if price["event_minimum"] is not None:
        value = max(value, price["event_minimum"])
    return value if price["event_maximum"] is None else min(value, price["event_maximum"])


def amount_slice(part, quantity, amount):
    return {"part": part, "quantity": quantity, "rate": None, "per": None, "amount": amount}


def basis_points(scene, price, _of, records):
    events = list(each_event(scene, records))
    total, amount = sum((money for money, _ in events), ZERO), ZERO
    for money, before in events:
        tier = points_tier(price, total, before)
        charge = money * tier["basis_points"] / 10_000
        amount += charge if tier["event_maximum"] is None else min(charge, tier["event_maximum"])
    return [({}, total, [amount_slice("events", total, amount)])]


def points_tier(price, total, before):
    for tier in price["tiers"]:
        top = tier["up_to"]
        if top is None or (total <= top if price["by"] == "total" else before < top):
            return tier
    return price["tiers"][-1]


def cost_plus(scene, price, of, records):
    if price["of"] == "carried":
        money = sum((record["amount"] or ZERO for record in records), ZERO)
        amount = sum(((record["amount"] or ZERO) * markup(price, record, None) for record in records), ZERO)
        return [({}, money, [amount_slice("carried", money, amount)])]
    found = {}
    for record in records:
        for meter, quantity in priced_meters(scene, of, record):
            cost = list_price.cost(scene.catalog, record, meter, quantity) * markup(price, record, meter)
            line = found.setdefault((record["model"] or "", meter), [ZERO, ZERO])
            line[0] += quantity
            line[1] += cost
    lines = sorted(found.items())
    return [({"model": key[0], "meter": key[1]}, q, [amount_slice("list", q, cost)]) for key, (q, cost) in lines]


def priced_meters(scene, of, record):
    wanted = record["quantities"].items()
    meters = [(meter, quantity) for meter, quantity in wanted if of is None or meter in of]
    asked = of is not None and "requests" in of
    if asked or (of is None and list_price.has_request_fee(scene.catalog, record)):
        meters.append(("requests", record["requests"]))
    return [(meter, quantity) for meter, quantity in meters if quantity]


def markup(price, record, meter):
    for rule in price["rules"]:
        if fits(rule["where"], record, meter):
            return 1 + rule["markup_percent"] / HUNDRED
    return 1 + price["markup_percent"] / HUNDRED


def matrix(_scene, price, of, records):
    found = {}
    for record in records:
        for meter in of:
            quantity = measure(record, meter)
            if not names(record, meter) or quantity == 0:
                continue
            number, amount = cell_of(price, record, meter)
            found[number] = (found.get(number, (ZERO,))[0] + quantity, amount)
    lines = []
    for number, (quantity, amount) in sorted(found.items()):
        values = price["cells"][number]["is"] if number < len(price["cells"]) else ["*"] * len(price["by"])
        lines.append((dict(zip(price["by"], values)), quantity, [slice_of("cell", quantity, amount, price["per"])]))
    return lines


def cell_of(price, record, meter):
    values = [meter if name == "meter" else attribute(record, name) for name in price["by"]]
    for number, cell in enumerate(price["cells"]):
        if all(wanted in ("*", value) for wanted, value in zip(cell["is"], values)):
            return number, cell["amount"]
    if price["default"] is None:
        raise PlanError(f"no cell of the matrix fits {values}")
    return len(price["cells"]), price["default"]


def outcome(_scene, price, of, records):
    if price["missing_score"] == "refuse" and any(record["score"] is None for record in records):
        raise PlanError("a record has no score")
    good = [record for record in records if is_good(price, record)]
    quantity = sum((measure(record, meter) for record in good for meter in of), ZERO)
    attempts = sum((record["requests"] for record in records), ZERO)
    slices = [slice_of("outcomes", quantity, price["amount"], price["per"])]
    return [({}, quantity, slices + [slice_of("attempts", attempts, price["each_attempt"])])]


def is_good(price, record):
    if record["score"] is None:
        return price["missing_score"] == "billed"
    return record["score"] >= price["score_at_least"]


EVENTS = {
    "percentage": percentage, "basis_points": basis_points, "cost_plus": cost_plus, "matrix": matrix,
    "outcome": outcome,
}
