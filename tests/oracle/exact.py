"""Exact figures: reading them, rounding them, writing them. Everything inside is a Fraction."""

import decimal
import re
from fractions import Fraction

DIGITS = 28
PLAIN = re.compile(r"-?\d+(\.\d+)?")
WRITER = decimal.Context(prec=DIGITS, rounding=decimal.ROUND_HALF_EVEN)


class PlanError(Exception):
    """What docs/plans.md refuses or calls an error."""


def read(text, where):
    """A decimal as the documents write it: a string of at most 28 digits."""
    if not isinstance(text, str) or not PLAIN.fullmatch(text):
        raise PlanError(f"{where}: {text!r} is not a decimal in a string")
    if len(text.lstrip("-").replace(".", "").strip("0")) > DIGITS:
        raise PlanError(f"{where}: {text} has more than {DIGITS} digits")
    return Fraction(text)


def write(value):
    """At most 28 significant digits, no exponent, no zeros at the end."""
    value = Fraction(value)
    quotient = WRITER.divide(decimal.Decimal(value.numerator), decimal.Decimal(value.denominator))
    text = format(quotient, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


def whole(value, mode):
    """To whole units. Quantities are never negative, money may be: `up` is away from zero, `down` towards it."""
    sign = -1 if value < 0 else 1
    size = abs(value)
    floor = size.numerator // size.denominator
    rest = size - floor
    if mode == "up":
        floor += rest > 0
    elif mode == "half_up":
        floor += rest >= Fraction(1, 2)
    elif mode == "half_even":
        floor += rest > Fraction(1, 2) or (rest == Fraction(1, 2) and floor % 2 == 1)
    elif mode != "down":
        raise ValueError(mode)
    return Fraction(sign * floor)


def rounded(value, decimals, mode):
    factor = 10**decimals
    return whole(Fraction(value) * factor, mode) / factor
