"""Write random cases with their expected bills, one JSON object a line: cases.py --seed 1 --count 100."""

import argparse
import json
import random
import sys

from evaluate import PlanError, evaluate, so_far
from generate import case


def expected(each):
    """The bill or the error, and whether the document leaves it open."""
    try:
        return evaluate(each["plan"], each["usage"], each["period"], each["catalog"])
    except PlanError as error:
        return {"error": str(error)}, set()


def cases(seed, count, dropped):
    """`count` cases whose bill the document decides. Those it leaves open are counted in `dropped` by their reason."""
    rng = random.Random(seed)
    made = 0
    while made < count:
        each = case(rng)
        each["expected"], doubts = expected(each)
        if doubts:
            for doubt in doubts:
                dropped[doubt] = dropped.get(doubt, 0) + 1
            continue
        made += 1
        if made % 4 == 0 and "error" not in each["expected"]:
            each["so_far"] = in_the_middle(each, made)
        yield each


def in_the_middle(each, number):
    """What was charged by the end of some day of the period."""
    period = each["period"]
    days = int(period["until"][-2:])
    day = f"{period['until'][:-2]}{number // 4 % days + 1:02}"
    try:
        charged = so_far(each["plan"], each["usage"], period, each["catalog"], day)
    except PlanError as error:
        return {"day": day, "error": str(error)}
    return {"day": day, "charged": charged}


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=100)
    parser.add_argument("--dropped", action="store_true", help="say on stderr what was left out as undecided")
    given, dropped = parser.parse_args(), {}
    for each in cases(given.seed, given.count, dropped):
        sys.stdout.write(json.dumps(each, separators=(",", ":")) + "\n")
    if given.dropped:
        sys.stderr.write(json.dumps(dropped, indent=1) + "\n")


if __name__ == "__main__":
    main()
