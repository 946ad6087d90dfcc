"""What a bill is made from: the plan, the records that count and the days."""

import datetime
from fractions import Fraction

from exact import rounded, whole

DAY = datetime.timedelta(days=1)


class Scene:
    """`doubts` collects where a result hangs on something the document leaves open: such a case proves nothing."""

    def __init__(self, plan, records, period, catalog):
        self.plan, self.catalog = plan, catalog
        self.first, self.last = period
        self.doubts = set()
        active = plan["active"]
        self.start = max(self.first, active["from"] or self.first)
        self.end = min(self.last, active["until"] or self.last)
        self.today = self.last
        for record in records:
            record["local"] = record["at"] + plan["time_zone"]
            record["day"] = record["local"].date()
        self.records = [record for record in records if self.start <= record["day"] <= self.end]
        self.left_out = len(records) - len(self.records)

    @property
    def days(self):
        return max(0, (self.end - self.start).days + 1)

    @property
    def part(self):
        """The part of the period the plan is active."""
        return Fraction(self.days, (self.last - self.first).days + 1)

    @property
    def days_gone(self):
        """The active days that have gone by."""
        return max(0, (min(self.end, self.today) - self.start).days + 1)

    @property
    def closes(self):
        """Whether it is the last day of the period: minimums and the commitment are added then."""
        return self.today == self.last

    def until(self, day):
        """The same scene with the records up to the end of a day."""
        earlier = Scene(self.plan, [], (self.first, self.last), self.catalog)
        earlier.records = [record for record in self.records if record["day"] <= day]
        earlier.today, earlier.doubts = day, self.doubts
        return earlier

    def prorated(self, amount):
        """A minimum or a commitment: rounded where the plan is active for a part of the period only."""
        return amount if self.part == 1 else self.round(amount * self.part)

    def round(self, value):
        """A line of the bill."""
        rounding = self.plan["rounding"]
        return value if rounding["where"] == "bill" else self.round_total(value)

    def round_total(self, value):
        rounding = self.plan["rounding"]
        return rounded(value, rounding["decimals"], rounding["mode"])

    def convert(self, convert, quantity):
        if convert is None:
            return quantity
        value = quantity / convert["divide_by"]
        return value if convert["round"] == "none" else whole(value, convert["round"])


def attribute(record, name):
    """A property, or one of the three fields that can be used like one. None where the record has none."""
    if name == "provider":
        return record["model"].split("/", 1)[0] if record["model"] is not None else None
    if name in ("model", "variant"):
        return record[name]
    return record["properties"].get(name)


def fits(where, record, meter=None):
    """Whether a record has one of the values for every property named."""
    return all(
        (meter if name == "meter" else attribute(record, name)) in values for name, values in (where or {}).items()
    )


def measure(record, meter):
    """What a record has of a meter."""
    if meter == "requests":
        return record["requests"]
    if meter == "amount":
        return record["amount"] or Fraction(0)
    return record["quantities"].get(meter, Fraction(0))


def names(record, meter):
    """Whether a record says anything about a meter."""
    return meter == "requests" or (
        record["amount"] is not None if meter == "amount" else meter in record["quantities"]
    )
