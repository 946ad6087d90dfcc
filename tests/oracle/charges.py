"""The lines of one charge, rounded where they are made, with its own minimum and maximum."""

from fractions import Fraction

import list_price
from events import EVENTS, amount_slice
from quantity import prepare, total, windows
from scene import attribute, fits, names
from shapes import SHAPES, slice_of

ZERO, HUNDRED = Fraction(0), Fraction(100)


def lines_of(scene, charge):
    """The lines and the entries of included units."""
    shape, price = charge["price"]
    if shape == "flat":
        return with_limits(scene, charge, {}, [flat(scene, charge, price)]), []
    if shape == "capacity":
        return with_limits(scene, charge, {}, capacity(scene, charge, price)), []
    records = [record for record in scene.records if fits(charge["quantity"]["where"], record)]
    of = charge["quantity"]["of"] or (None if shape == "cost_plus" else ["amount"])
    if charge["group_by"] and charge["group_tiers"] == "shared":
        lines, entries = shared(scene, charge, of, records)
        return with_limits(scene, charge, {}, lines), entries
    lines, entries = [], []
    for group, members, meters in groups(charge, of, records):
        made, entry = priced(scene, charge, group, meters, members)
        lines += with_limits(scene, charge, group, made)
        entries += entry
    return lines, entries


def line(scene, charge, kind, group, slices, quantity=None):
    exact = sum((each["amount"] for each in slices), ZERO)
    amount = scene.round(exact)
    if scene.plan["rounding"]["where"] == "tier_line":
        amount = sum((scene.round(each["amount"]) for each in slices), ZERO)
    name = charge["name"] if charge["name"] is not None else charge["id"]
    return {
        "kind": kind, "charge": charge["id"], "name": name, "group": group, "quantity": quantity, "slices": slices,
        "exact": exact, "amount": amount,
    }


def adjustment(scene, kind, name, exact, charge=None, group=None):
    return {
        "kind": kind, "charge": charge, "name": name, "group": group or {}, "quantity": None, "slices": [],
        "exact": exact, "amount": scene.round(exact),
    }


def flat(scene, charge, price):
    fee = price["amount"] * price["seats"] * (scene.part if charge["prorate"] else 1)
    return line(scene, charge, "fixed", {}, [amount_slice("fee", price["seats"], fee)])


def capacity(scene, charge, price):
    hours = Fraction(scene.days_gone * 24) if price["hours"] is None else price["hours"]
    rented = slice_of("capacity", (price["units"] - price["reserved"]) * hours, price["amount"])
    lines = [line(scene, charge, "fixed", {}, [rented])]
    if price["spill_over"]:
        lines.append(line(scene, charge, "usage", {}, spill_over(scene, price["units"], price["spill_over"])))
    return lines


def spill_over(scene, units, spill):
    holds, slices = units * spill["tokens_per_unit_hour"], []
    for members in windows({"every": "hour"}, scene.records):
        used = sum((total(record, spill["of"]) for record in members), ZERO)
        if used <= holds:
            continue
        pairs = [(record, meter) for record in members for meter in spill["of"]]
        cost = sum(
            (list_price.cost(scene.catalog, record, meter, total(record, [meter])) for record, meter in pairs), ZERO)
        cost = cost * (1 + spill["markup_percent"] / HUNDRED) * (used - holds) / used
        slices.append(amount_slice("hour", used - holds, cost))
    return slices


def groups(charge, of, records):
    """(group, its records, its meters). Without group_by there is one group, whatever was used."""
    by = charge["group_by"]
    if not by:
        return [({}, records, of)]
    found = {}
    for record in records:
        for meter in of if "meter" in by else [None]:
            if meter is None or names(record, meter):
                key = tuple((meter if name == "meter" else attribute(record, name)) or "" for name in by)
                found.setdefault(key, []).append(record)
    meter_at = by.index("meter") if "meter" in by else None
    return [
        (dict(zip(by, key)), members, of if meter_at is None else [key[meter_at]])
        for key, members in sorted(found.items())
    ]


def priced(scene, charge, group, of, records):
    shape, price = charge["price"]
    if shape in EVENTS:
        parts = EVENTS[shape](scene, price, of, records)
        return [
            line(scene, charge, "usage", {**group, **inner}, slices, figures(q, q, ZERO, q))
            for inner, q, slices in parts
        ], []
    measured = prepare(scene, charge["quantity"], of or [], records)
    slices = [each for q in measured.billed for each in SHAPES[shape](price, q)]
    made = line(scene, charge, "usage", group, slices, figures_of(measured))
    entry = [] if measured.entry is None else [{"charge": charge["id"], "group": group, **measured.entry}]
    return [made], entry


def figures(measured, converted, included, billed):
    return {"measured": measured, "converted": converted, "included": included, "billed": billed}


def figures_of(measured):
    return figures(measured.measured, measured.converted, measured.included, sum(measured.billed, ZERO))


def shared(scene, charge, of, records):
    """One price for all, shared out by what each group measured: each line is the rest of a running total."""
    (whole,), entries = priced(scene, charge, {}, of, records)
    members = [(group, prepare(scene, charge["quantity"], meters or [], own).measured)
               for group, own, meters in groups(charge, of, records)]
    everything = sum((measured for _, measured in members), ZERO)
    lines, running = [], ZERO
    for group, measured in members:
        share = measured / everything if everything else Fraction(1, len(members))
        part = whole["exact"] * share
        made = line(scene, charge, "usage", group, [amount_slice("shared", measured, part)])
        lines.append({**made, "amount": scene.round(running + part) - scene.round(running)})
        running += part
    return lines, entries


def with_limits(scene, charge, group, lines):
    stands = sum((each["amount"] for each in lines), ZERO)
    name = charge["name"] if charge["name"] is not None else charge["id"]
    added = []
    if charge["minimum"] is not None and scene.closes:
        minimum = scene.prorated(charge["minimum"]) if charge["prorate"] else charge["minimum"]
        if stands < minimum:
            added.append(adjustment(scene, "minimum", name, minimum - stands, charge["id"], group))
    if charge["maximum"] is not None and stands > charge["maximum"]:
        added.append(adjustment(scene, "maximum", name, charge["maximum"] - stands, charge["id"], group))
    return lines + added
