"""Which credit pays what, in which order, and what is left of it."""

import datetime
from fractions import Fraction

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
    def __init__(self, scene):
        self.scene = scene
        self.order = ordered(scene.plan)
        self.left = {credit["id"]: credit["amount"] for credit in self.order}
        self.used = {credit["id"]: ZERO for credit in self.order}
        self.exact = dict(self.used)

    def draw(self, dues, day):
        """Pay what is due with the credits valid on a day. What was paid leaves the dues."""
        general = False
        for credit in self.order:
            if not granted(credit) <= day <= expiry(credit):
                continue
            pool = {key: due for key, due in dues.items() if due > 0 and (credit["on"] is None or key in credit["on"])}
            reach = sum(pool.values(), ZERO)
            limit = max(ZERO, min(reach, sum(dues.values(), ZERO)))
            exact = min(self.left[credit["id"]], limit)
            use = self.scene.round(exact)
            self.doubt(credit, general, use, dues)
            general |= credit["on"] is None and use > 0
            self.left[credit["id"]] -= use
            self.used[credit["id"]] += use
            self.exact[credit["id"]] += exact
            for key, due in pool.items():
                dues[key] = due - self.scene.share(use * due / reach)

    def doubt(self, credit, general, use, dues):
        if credit["on"] is None:
            return
        if general and use:
            self.scene.doubts.add("a general credit before one bound to charges")
        if use < self.left[credit["id"]] and dues.get("tax", ZERO) > 0:
            self.scene.doubts.add("whether a bound credit pays tax")
        if use < self.left[credit["id"]] and dues.get(None, ZERO) > 0:
            self.scene.doubts.add("whether a bound credit pays the plan's minimum")


def draw(scene, dues_until):
    """`dues_until(day)` is what was due up to the end of a day, by charge. The purse after the period."""
    purse, plan = Purse(scene), scene.plan
    if not plan["credits"]:
        return purse
    if plan["credits_draw"] == "at_bill":
        purse.draw(dues_until(scene.last), scene.last)
        return purse
    ends = {scene.last}
    for credit in plan["credits"]:
        ends |= {day for day in (granted(credit) - DAY if credit["granted"] else None, credit["expires"])
                 if day is not None and scene.first <= day < scene.last}
    before, carried = {}, {}
    for day in sorted(ends):
        now = dues_until(day)
        dues = {key: due - before.get(key, ZERO) + carried.get(key, ZERO) for key, due in now.items()}
        carried = {key: due for key, due in dues.items() if due < 0 and key not in (None, "tax")}
        if carried or sum(dues.values()) < 0:
            scene.doubts.add("a bill that falls while credits come and go")
        before = now
        purse.draw(dues, day)
    return purse


def report(scene, purse):
    """Opening, used, expired and left of each credit, as the plan lists them."""
    entries = []
    for credit in scene.plan["credits"]:
        left, gone = purse.left[credit["id"]], ZERO
        if credit["expires"] and scene.first <= credit["expires"] <= scene.last:
            left, gone = ZERO, left
        entries.append({"id": credit["id"], "opening": credit["amount"], "used": purse.used[credit["id"]],
                        "expired": gone, "left": left})
    return entries
