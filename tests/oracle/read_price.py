"""The price shapes of a charge, read and checked."""

from fractions import Fraction

from fields import REQUIRED, WHERE, amount, choice, decimal, listing, members, positive, refuse, text, whole_number

ZERO, ONE = Fraction(0), Fraction(1)
NEEDED, NONE = REQUIRED, None

PRICED = listing(members({"up_to": (positive, NONE), "amount": (amount, NEEDED), "flat": (amount, ZERO)}), 1)
STEPS = listing(members({"up_to": (positive, NONE), "amount": (amount, NEEDED)}), 1)
SHARES = listing(members({"up_to": (positive, NONE), "percent": (amount, NEEDED), "flat": (amount, ZERO)}), 1)
POINTS = listing(
    members({"up_to": (positive, NONE), "basis_points": (amount, NEEDED), "event_maximum": (amount, NONE)}), 1
)


def above(value, where):
    if isinstance(value, dict):
        return members({"overage": (amount, NEEDED)})(value, where)
    return choice("extend", "refuse")(value, where)


AT_ZERO = (choice("first_tier", "none"), "first_tier")
ABOVE = (above, "extend")
ROUND = (choice("up", "down"), "up")
PER = (positive, ONE)



def markup(value, where):
    percent = decimal(value, where)
    return percent if percent >= -100 else refuse(where, "takes off more than everything")


SPILL = members({
    "of": (listing(text, 1), NEEDED), "tokens_per_unit_hour": (positive, NEEDED), "markup_percent": (markup, ZERO),
})
RULE = members({"where": (WHERE, NEEDED), "markup_percent": (markup, NEEDED)})
CELL = members({"is": (listing(text, 1), NEEDED), "amount": (amount, NEEDED)})
PASSED = members({"above": (amount, NEEDED), "total": (amount, NEEDED)})

SHAPES = {
    "unit": {"amount": (amount, NEEDED), "per": PER},
    "flat": {"amount": (amount, NEEDED), "seats": (amount, ONE)},
    "graduated": {"per": PER, "tiers": (PRICED, NEEDED), "at_zero": AT_ZERO, "above": ABOVE},
    "volume": {"per": PER, "tiers": (PRICED, NEEDED), "at_zero": AT_ZERO, "above": ABOVE},
    "stairstep": {"tiers": (STEPS, NEEDED), "at_zero": AT_ZERO, "above": ABOVE},
    "threshold_total": {"thresholds": (listing(PASSED, 1), NEEDED)},
    "package": {
        "size": (positive, NEEDED), "amount": (amount, NEEDED), "free_units": (amount, ZERO), "round": ROUND,
        "minimum_packages": (whole_number, ZERO),
    },
    "tiered_package": {
        "size": (positive, NEEDED), "kind": (choice("graduated", "volume"), "graduated"),
        "order": (choice("round_then_tier", "tier_then_round"), "round_then_tier"), "round": ROUND,
        "tiers": (PRICED, NEEDED), "at_zero": AT_ZERO, "above": ABOVE,
    },
    "percentage": {
        "percent": (amount, NEEDED), "fixed": (amount, ZERO), "free_events": (whole_number, NONE),
        "free_amount": (amount, NONE), "event_minimum": (amount, NONE), "event_maximum": (amount, NONE),
    },
    "graduated_percentage": {"tiers": (SHARES, NEEDED), "at_zero": AT_ZERO, "above": ABOVE},
    "basis_points": {"by": (choice("event", "total", "position"), "event"), "tiers": (POINTS, NEEDED)},
    "cost_plus": {
        "of": (choice("list", "carried"), "list"), "markup_percent": (markup, ZERO), "rules": (listing(RULE), ()),
    },
    "matrix": {
        "by": (listing(text, 1), NEEDED), "cells": (listing(CELL), NEEDED), "default": (amount, NONE), "per": PER,
    },
    "capacity": {
        "units": (amount, NEEDED), "amount": (amount, NEEDED), "reserved": (amount, ZERO), "hours": (amount, NONE),
        "spill_over": (SPILL, NONE),
    },
    "outcome": {
        "amount": (amount, NEEDED), "per": PER, "score_at_least": (decimal, NEEDED),
        "missing_score": (choice("not_billed", "billed", "refuse"), "not_billed"), "each_attempt": (amount, ZERO),
    },
}


def price(value, where):
    """The shape's name and its members."""
    if not isinstance(value, dict) or len(value) != 1:
        refuse(where, "expected one price shape")
    ((shape, written),) = value.items()
    if shape not in SHAPES:
        refuse(where, f"{shape} is no price shape")
    inner = f"{where}.{shape}"
    result = members(SHAPES[shape])(written, inner)
    if "tiers" in result:
        ascending(result["tiers"], inner)
    CHECKS.get(shape, lambda *_: None)(result, inner)
    return shape, result


def ascending(tiers, where):
    bounds = [tier["up_to"] for tier in tiers]
    if None in bounds[:-1]:
        refuse(where, "only the last tier may be open")
    closed = [bound for bound in bounds if bound is not None]
    if any(high <= low for low, high in zip(closed, closed[1:])):
        refuse(where, "each tier must end above the one before it")


def no_overage(result, where):
    if isinstance(result["above"], dict):
        refuse(where, "an overage is only for graduated tiers")


def packages(result, where):
    no_overage(result, where)
    bounds = [tier["up_to"] for tier in result["tiers"] if tier["up_to"] is not None]
    if result["order"] == "round_then_tier" and any((bound / result["size"]).denominator != 1 for bound in bounds):
        refuse(where, "bounds must be multiples of the size")


def percentage(result, where):
    low, high = result["event_minimum"], result["event_maximum"]
    if low is not None and high is not None and low > high:
        refuse(where, "event_minimum above event_maximum")


def basis_points(result, where):
    if result["tiers"][-1]["up_to"] is not None:
        refuse(where, "the last tier must be open")
    if result["by"] == "event" and (len(result["tiers"]) > 1 or result["tiers"][0]["up_to"] is not None):
        refuse(where, "by event has one open tier")


def matrix(result, where):
    if any(len(cell["is"]) != len(result["by"]) for cell in result["cells"]):
        refuse(where, "each cell needs a value for each name")


def capacity(result, where):
    if result["reserved"] > result["units"]:
        refuse(where, "more reserved than there is")


def thresholds(result, where):
    bounds = [each["above"] for each in result["thresholds"]]
    if any(high <= low for low, high in zip(bounds, bounds[1:])):
        refuse(where, "thresholds must rise")


CHECKS = {
    "volume": no_overage, "stairstep": no_overage, "tiered_package": packages, "percentage": percentage,
    "basis_points": basis_points, "matrix": matrix, "capacity": capacity, "threshold_total": thresholds,
}
