"""Aggregate → convert and round → included units."""

from fractions import Fraction

from scene import attribute, measure, names

ZERO = Fraction(0)


def total(record, of):
    return sum((measure(record, meter) for meter in of), ZERO)


def aggregate(quantity, of, records):
    how = quantity["aggregate"] or "sum"
    if how == "sum":
        return sum((total(record, of) for record in records), ZERO)
    if how == "count":
        return sum((record["requests"] for record in records), ZERO)
    asked = [record for record in records if record["requests"] > 0]
    if how == "unique":
        values = {attribute(record, quantity["unique_by"]) for record in asked}
        return Fraction(len(values - {None}))
    each = [total(record, of) / record["requests"] for record in asked if any(names(record, meter) for meter in of)]
    if not each:
        return ZERO
    return max(each) if how == "max" else each[-1]


def windows(quantity, records):
    """The records of each hour or day, earliest first. Windows without a record do not appear."""
    found = {}
    for record in records:
        key = (record["day"], record["local"].hour if quantity["every"] == "hour" else None)
        found.setdefault(key, []).append(record)
    return [found[key] for key in sorted(found)]


class Measured:
    """A quantity on its way to its price; `billed` has one figure, or one for each window."""

    def __init__(self, measured, converted, billed, included=ZERO, entry=None):
        self.measured, self.converted, self.billed = measured, converted, billed
        self.included, self.entry = included, entry


def prepare(scene, quantity, of, records):
    convert = quantity["convert"]
    if quantity["every"] is None:
        if quantity["included"] and quantity["included"]["every"] == "day":
            return daily(scene, quantity, of, records)
        measured = aggregate(quantity, of, records)
    else:
        values = [aggregate(quantity, of, members) for members in windows(quantity, records)]
        measured = sum(values, ZERO)
        if quantity["each_window"] != "summed":
            billed = [scene.convert(convert, value) for value in values]
            return Measured(measured, sum(billed, ZERO), billed)
    converted = scene.convert(convert, measured)
    if quantity["included"] is None:
        return Measured(measured, converted, [converted])
    entry = allowance(scene, quantity["included"], converted)
    return Measured(measured, converted, [converted - entry["used"]], entry["used"], entry)


def allowance(scene, included, converted):
    units, carried = included["units"], included["carried"] or ZERO
    if included["prorate"]:
        units *= scene.part
    used = min(units + carried, converted)
    left = units + carried - used
    carried_out, rollover = ZERO, included["rollover"]
    if rollover:
        carried_out = max(rollover["at_least"], left)
        if rollover["at_most"] is not None:
            carried_out = min(rollover["at_most"], carried_out)
    return {"units": units, "carried": carried, "used": used, "left": left, "carried_out": carried_out}


def daily(scene, quantity, of, records):
    """Each day is converted by itself, and its units come off that."""
    units = quantity["included"]["units"]
    measured = converted = used = ZERO
    for day in sorted({record["day"] for record in records}):
        members = [record for record in records if record["day"] == day]
        of_day = aggregate(quantity, of, members)
        now = scene.convert(quantity["convert"], of_day)
        measured, converted, used = measured + of_day, converted + now, used + min(units, now)
    given = units * scene.days
    entry = {"units": given, "carried": ZERO, "used": used, "left": given - used, "carried_out": ZERO}
    return Measured(measured, converted, [converted - used], used, entry)
