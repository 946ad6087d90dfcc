"""A plan and a usage document, read and checked: what docs/plans.md refuses is refused here."""

import datetime
from fractions import Fraction

from fields import (
    REQUIRED, WHERE, amount, boolean, by_name, choice, day, decimal, instant, integer, listing, members, offset,
    positive, refuse, text, whole_number,
)
from read_price import ascending, price

ZERO, ONE = Fraction(0), Fraction(1)
NEEDED, NONE = REQUIRED, None

INCLUDED = members({
    "units": (amount, NEEDED), "every": (choice("period", "day"), "period"), "carried": (amount, NONE),
    "rollover": (members({"at_least": (amount, ZERO), "at_most": (amount, NONE)}), NONE), "prorate": (boolean, False),
})
CONVERT = members({"divide_by": (positive, ONE), "round": (choice("none", "up", "down", "half_up"), "none")})
QUANTITY = members({
    "of": (listing(text, 1), NONE), "where": (WHERE, NONE),
    "aggregate": (choice("sum", "count", "max", "unique", "latest"), NONE), "unique_by": (text, NONE),
    "every": (choice("hour", "day"), NONE), "each_window": (choice("priced", "summed"), NONE),
    "convert": (CONVERT, NONE), "included": (INCLUDED, NONE),
})
CHARGE = members({
    "id": (text, NEEDED), "name": (text, NONE), "quantity": (QUANTITY, NONE), "price": (price, NEEDED),
    "group_by": (listing(text, 1), ()), "group_tiers": (choice("restart", "shared"), "restart"),
    "minimum": (amount, NONE), "maximum": (amount, NONE), "prorate": (boolean, True),
})
DISCOUNT = members({
    "name": (text, ""), "amount": (amount, NONE), "percent": (amount, NONE),
    "tiers": (listing(members({"up_to": (positive, NONE), "percent": (amount, NEEDED)}), 1), NONE),
    "on": (listing(text, 1), NONE), "reason": (text, NONE),
})
CREDIT = members({
    "id": (text, NEEDED), "name": (text, NONE), "amount": (amount, NEEDED), "granted": (day, NONE),
    "expires": (day, NONE), "priority": (integer(-(2**31), 2**31 - 1), 0), "cost_basis": (amount, ONE),
    "on": (listing(text, 1), NONE), "rollover": (choice("none", "first", "last"), "none"),
})
PLAN = members({
    "$schema": (text, NONE),
    "version": (integer(1, 1), NEEDED), "name": (text, ""), "note": (text, NONE), "currency": (choice("USD"), "USD"),
    "active": (members({"from": (day, NONE), "until": (day, NONE)}), {"from": None, "until": None}),
    "day_count": (choice("days", "seconds"), "days"), "time_zone": (offset, datetime.timedelta(0)),
    "charges": (listing(CHARGE), NEEDED), "discounts": (listing(DISCOUNT), ()),
    "discount_order": (choice("amounts_first", "as_listed"), "amounts_first"),
    "minimum": (amount, NONE), "maximum": (amount, NONE),
    "commitment": (
        members({"amount": (amount, NEEDED), "overage_factor": (amount, ONE), "true_up": (boolean, True)}), NONE),
    "tax": (members({
        "mode": (choice("exclusive", "inclusive"), "exclusive"),
        "rates": (listing(members({"name": (text, NEEDED), "percent": (amount, NEEDED)})), NEEDED),
        "inclusive_rounds": (choice("net", "tax"), "net"),
    }), NONE),
    "credits": (listing(CREDIT), ()),
    "drawdown": (
        choice("foretoken", "lago", "openmeter", "stripe", "orb", "metronome", "zuora"), "foretoken"),
    "credits_draw": (choice("as_used", "at_bill"), "as_used"),
    "order": (choice("foretoken", "openmeter", "orb", "lago", "flexprice", "zuora", "stripe"), "foretoken"),
    "rounding": (members({
        "mode": (choice("half_up", "half_even", "up", "down"), "half_up"),
        "where": (choice("line", "tier_line", "bill"), "line"), "decimals": (integer(0, 12), 2),
    }), {"mode": "half_up", "where": "line", "decimals": 2}),
    "progressive": (members({"thresholds": (listing(positive), ()), "every": (positive, NONE)}), NONE),
})
RESERVED = ("model", "provider", "variant")
RECORD = members({
    "at": (instant, NEEDED), "model": (text, NONE), "variant": (text, NONE), "requests": (whole_number, ONE),
    "context": (amount, NONE), "quantities": (by_name(amount), {}), "amount": (amount, NONE), "score": (decimal, NONE),
    "properties": (by_name(text), {}),
})
USAGE = members({"$schema": (text, NONE), "version": (integer(1, 1), NEEDED), "records": (listing(RECORD), NEEDED)})

NO_QUANTITY = ("flat", "capacity")
SINGLE_RECORDS = ("percentage", "basis_points", "cost_plus", "outcome", "matrix")
MONEY = ("percentage", "graduated_percentage", "basis_points", "cost_plus")


def read_usage(document):
    records = USAGE(document, "usage")["records"]
    for number, record in enumerate(records):
        where = f"records[{number}]"
        if "requests" in record["quantities"]:
            refuse(where, "requests is a field of the record, not a meter")
        if any(name in record["properties"] for name in RESERVED):
            refuse(where, "model, provider and variant may not be properties")
    return sorted(records, key=lambda record: record["at"])


def read_plan(document):
    plan = PLAN(document, "plan")
    ids = [charge["id"] for charge in plan["charges"]]
    unique(ids, "charges")
    unique([credit["id"] for credit in plan["credits"]], "credits")
    for charge in plan["charges"]:
        check_charge(charge)
    for part in (*plan["discounts"], *plan["credits"]):
        if any(name not in ids for name in part["on"] or ()):
            refuse("on", "names a charge the plan does not have")
    for discount in plan["discounts"]:
        if sum(discount[name] is not None for name in ("amount", "percent", "tiers")) != 1:
            refuse("discounts", "expected one of amount, percent and tiers")
        ascending(discount["tiers"] or [], "discounts")
    low_high(plan, "plan")
    active = plan["active"]
    if active["from"] and active["until"] and active["from"] > active["until"]:
        refuse("active", "ends before it begins")
    return plan


def unique(ids, where):
    if len(set(ids)) != len(ids):
        refuse(where, "an id stands twice")


def low_high(part, where):
    if part["minimum"] is not None and part["maximum"] is not None and part["minimum"] > part["maximum"]:
        refuse(where, "the minimum is above the maximum")


def check_charge(charge):
    where, (shape, members_of_price) = charge["id"], charge["price"]
    low_high(charge, where)
    quantity = charge["quantity"]
    if shape in NO_QUANTITY:
        if quantity is not None:
            refuse(where, f"{shape} takes no quantity")
        return
    if quantity is None:
        quantity = charge["quantity"] = QUANTITY({}, where)
    if shape in SINGLE_RECORDS:
        for name in ("aggregate", "unique_by", "every", "each_window", "convert", "included"):
            if quantity[name] is not None:
                refuse(where, f"{shape} looks at single records and takes no {name}")
    check_quantity(quantity, where)
    whole = shape in ("percentage", "basis_points", "graduated_percentage") or (
        shape == "cost_plus" and members_of_price["of"] == "carried"
    ) or (shape == "outcome" and members_of_price["each_attempt"])
    if whole and "meter" in charge["group_by"]:
        refuse(where, "bills what is no meter's own and cannot be grouped by meter")
    if quantity["of"] is None and needs_meters(shape, members_of_price, quantity):
        refuse(where, "needs the meters it is of")


def needs_meters(shape, _price, quantity):
    return shape not in MONEY and quantity["aggregate"] not in ("count", "unique")


def check_quantity(quantity, where):
    included, aggregate = quantity["included"], quantity["aggregate"]
    if quantity["where"] and "meter" in quantity["where"]:
        refuse(where, "meter is not a property: use of")
    if aggregate == "unique" and quantity["unique_by"] is None:
        refuse(where, "unique needs unique_by")
    if quantity["every"] is None and quantity["each_window"] is not None:
        refuse(where, "each_window needs every")
    if included is None:
        return
    rollover = included["rollover"]
    if rollover and rollover["at_most"] is not None and rollover["at_least"] > rollover["at_most"]:
        refuse(where, "rollover of at least more than at most")
    if quantity["every"] and quantity["each_window"] != "summed":
        refuse(where, "windows priced by themselves take no included units")
    if included["every"] == "day":
        if quantity["every"]:
            refuse(where, "windows and daily included units exclude each other")
        if aggregate not in (None, "sum", "count"):
            refuse(where, f"{aggregate} takes no daily included units")
        if included["carried"] is not None or included["rollover"] is not None:
            refuse(where, "daily included units are not carried")
