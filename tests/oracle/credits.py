"""Which credit pays what, in which order, and what is left of it."""

import datetime
from fractions import Fraction

from exact import rounded
from scene import DAY

ZERO = Fraction(0)
ALWAYS, NEVER = datetime.date.min, datetime.date.max
ROLLOVER = {"first": 0, "none": 1, "last": 2}


def ordered(plan):
    """The credits in the order of the plan's drawdown; sorting is stable, so ties keep the order of the plan."""
    return sorted(plan["credits"], key=KEYS[plan["drawdown"]])


def granted(credit):
    return credit["granted"] or ALWAYS


def expiry(credit):
    return credit["expires"] or NEVER


def narrow(credit):
    """Credits bound to charges first, those with the fewest before."""
    return len(credit["on"]) if credit["on"] else float("inf")


def by_rules(credit):
    return credit["priority"], expiry(credit), granted(credit), credit["id"]


KEYS = {
    "foretoken": by_rules,
    "openmeter": by_rules,
    "lago": lambda c: (c["priority"], granted(c)),
    "stripe": lambda c: (c["priority"], expiry(c), c["cost_basis"] != 0, granted(c)),
    "orb": lambda c: (c["on"] is None, expiry(c), c["cost_basis"], granted(c)),
    "metronome": lambda c: (
        c["rollover"] != "first", c["priority"], c["cost_basis"] != 0, narrow(c), expiry(c), granted(c)),
    "zuora": lambda c: (ROLLOVER[c["rollover"]], c["priority"]),
}


class Purse:
    """What is left of each credit, and what was paid or can be paid no longer: in all, and of each charge."""

    def __init__(self, scene):
        self.scene = scene
        self.order = ordered(scene.plan)
        self.left = {credit["id"]: credit["amount"] for credit in self.order}
        self.used = {credit["id"]: ZERO for credit in self.order}
        self.settled, self.settled_of = ZERO, {charge["id"]: ZERO for charge in scene.plan["charges"]}

    @property
    def paid(self):
        return sum(self.used.values(), ZERO)

    def draw(self, due, of_charges, day):
        """Pay what is due by the end of a day with the credits valid on it."""
        for credit in self.order:
            if granted(credit) <= day <= expiry(credit):
                self.pay(credit, due, of_charges)
        self.settled = max(self.settled, due)
        for key, owed in of_charges.items():
            self.settled_of[key] = max(self.settled_of[key], owed)

    def pay(self, credit, due, of_charges):
        own = [key for key in of_charges if credit["on"] is None or key in credit["on"]]
        room = max(ZERO, due - self.settled)
        if credit["on"] is not None:
            room = min(room, sum((self.owed(of_charges, key) for key in own), ZERO))
        use = min(self.scene.round(room), self.coins(self.left[credit["id"]]))
        self.left[credit["id"]] -= use
        self.used[credit["id"]] += use
        self.settled += use
        for key in own:
            part = min(use, self.owed(of_charges, key))
            self.settled_of[key] += part
            use -= part

    def owed(self, of_charges, key):
        return max(ZERO, of_charges[key] - self.settled_of[key])

    def coins(self, amount):
        """The whole coins in it."""
        rounding = self.scene.plan["rounding"]
        return amount if rounding["where"] == "bill" else rounded(amount, rounding["decimals"], "down")

    def give_back(self, due):
        """Charges that fell: what would make the total negative goes back, to the last credit first."""
        for credit in reversed(self.order):
            back = min(self.used[credit["id"]], max(ZERO, self.paid - due))
            self.used[credit["id"]] -= back
            self.left[credit["id"]] += back


def draw(scene, dues_until):
    """`dues_until(day)` is what was due up to the end of a day, and of it what is each charge's. The purse after it all."""
    purse, plan = Purse(scene), scene.plan
    ends = {scene.last}
    if plan["credits_draw"] == "as_used":
        for credit in plan["credits"]:
            ends |= {day for day in (granted(credit) - DAY if credit["granted"] else None, credit["expires"])
                     if day is not None and scene.first <= day < scene.last}
    for day in sorted(ends) if plan["credits"] else ():
        due, of_charges = dues_until(day)
        purse.draw(due, of_charges, day)
        if day == scene.last:
            purse.give_back(max(ZERO, due))
    return purse


def report(scene, purse):
    """Opening, used, expired and left of each credit, as the plan lists them."""
    entries = []
    for credit in scene.plan["credits"]:
        left, gone = purse.left[credit["id"]], ZERO
        if expiry(credit) <= scene.last:
            left, gone = ZERO, left
        entries.append({"id": credit["id"], "opening": credit["amount"], "used": purse.used[credit["id"]],
                        "expired": gone, "left": left})
    return entries
