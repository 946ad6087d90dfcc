"""The prices of one quantity. Each shape makes slices (quantity, rate, per, amount) whose amounts sum to the price."""

from fractions import Fraction

from exact import PlanError, whole

ZERO, ONE = Fraction(0), Fraction(1)


def slice_of(part, quantity, rate, per=ONE):
    return {"part": part, "quantity": quantity, "rate": rate, "per": per, "amount": quantity * rate / per}


def flat_fee(number, amount):
    return slice_of({"flat": {"tier": number}}, ONE, amount)


def tier_part(number, low, top):
    tier = {"number": number, "above": low}
    return {"tier": tier if top is None else {**tier, "up_to": top}}


def bounds(price, q):
    """(number, low, top, tier), with top None where nothing ends it. Refuses what `above` refuses."""
    tiers, result, low = price["tiers"], [], ZERO
    last = tiers[-1]["up_to"]
    if last is not None and q > last and price["above"] == "refuse":
        raise PlanError("the quantity is above the last tier")
    for number, tier in enumerate(tiers, 1):
        top = tier["up_to"]
        if number == len(tiers) and price["above"] == "extend":
            top = None
        result.append((number, low, top, tier))
        low = tier["up_to"]
    return result


def enters(price, number, low, q):
    """Whether a tier's flat fee is due."""
    return q > low or (number == 1 and q == 0 and price["at_zero"] == "first_tier")


def chosen(price, q):
    """The first tier with q ≤ U, or nothing where q is 0 and nothing is to be paid then."""
    for number, low, top, tier in bounds(price, q):
        if top is None or q <= top:
            return number, low, top, tier
    raise AssertionError("bounds() leaves no gap")


def unit(price, q):
    return [slice_of("all", q, price["amount"], price["per"])]


def graduated(price, q):
    return graduate(price, q, price["per"], "amount")


def graduated_percentage(price, q):
    return graduate(price, q, Fraction(100), "percent")


def graduate(price, q, per, rate):
    slices = []
    for number, low, top, tier in bounds(price, q):
        units = (q if top is None else min(q, top)) - low
        if units > 0:
            slices.append(slice_of(tier_part(number, low, top), units, tier[rate], per))
        if tier["flat"] and enters(price, number, low, q):
            slices.append(flat_fee(number, tier["flat"]))
    last = price["tiers"][-1]["up_to"]
    if isinstance(price["above"], dict) and last is not None and q > last:
        slices.append(slice_of("overage", q - last, price["above"]["overage"], per))
    return slices


def volume(price, q):
    number, low, top, tier = chosen(price, q)
    slices = [slice_of(tier_part(number, low, top), q, tier["amount"], price["per"])]
    if enters(price, number, low, q):
        slices.append(flat_fee(number, tier["flat"]))
    return slices


def stairstep(price, q):
    number, low, top, tier = chosen(price, q)
    if q == 0 and price["at_zero"] == "none":
        return []
    return [slice_of(tier_part(number, low, top), ONE, tier["amount"])]


def threshold_total(price, q):
    passed = [each["total"] for each in price["thresholds"] if q > each["above"]]
    return [slice_of("threshold", ONE, passed[-1])] if passed else []


def package(price, q):
    packages = whole(max(ZERO, q - price["free_units"]) / price["size"], price["round"])
    return [slice_of("packages", max(packages, price["minimum_packages"]), price["amount"])]


def tiered_package(price, q):
    size, mode = price["size"], price["round"]
    if price["order"] == "round_then_tier":
        q = whole(q / size, mode) * size
    if price["kind"] == "volume":
        number, low, top, tier = chosen(price, q)
        slices = [slice_of(tier_part(number, low, top), whole(q / size, mode), tier["amount"])]
        return slices + ([flat_fee(number, tier["flat"])] if enters(price, number, low, q) else [])
    slices = []
    for number, low, top, tier in bounds(price, q):
        units = (q if top is None else min(q, top)) - low
        if units > 0:
            slices.append(slice_of(tier_part(number, low, top), whole(units / size, mode), tier["amount"]))
        if tier["flat"] and enters(price, number, low, q):
            slices.append(flat_fee(number, tier["flat"]))
    return slices


SHAPES = {
    "unit": unit, "graduated": graduated, "volume": volume, "stairstep": stairstep, "threshold_total": threshold_total,
    "package": package, "tiered_package": tiered_package, "graduated_percentage": graduated_percentage,
}
