"""Adjustments, orders of calculation and bills before the end, against figures worked by hand; and what holds for any bill."""

import pathlib
import random
import sys
import unittest
from datetime import date
from decimal import Decimal

sys.path.insert(0, str(pathlib.Path(__file__).parent))

import generate  # noqa: E402
from cases import cases  # noqa: E402
from evaluate import PlanError, bill, so_far  # noqa: E402
from worked import ARTICLE, CATALOG, MARCH, MONTH, at, flat, kinds, make  # noqa: E402


class Adjustments(unittest.TestCase):
    def test_stacked_percentages(self):  # 9 [Flexprice]: 10 % and then 20 % take 28 of 100
        discounts = [{"name": "a", "percent": "10"}, {"name": "b", "percent": "20"}]
        self.assertEqual(make(flat("100"), discounts=discounts)["totals"]["discounts"], "-28")

    def test_amounts_come_first(self):
        discounts = [{"name": "a", "percent": "10"}, {"name": "b", "amount": "20"}]
        self.assertEqual(make(flat("100"), discounts=discounts)["totals"]["net"], "72")
        self.assertEqual(make(flat("100"), discounts=discounts, discount_order="as_listed")["totals"]["net"], "70")

    def test_shared_discount(self):  # 9 [Orb]: 20 over 100 and 25 is 16 and 4; then half of what is left of the first
        discounts = [{"name": "a", "amount": "20"}, {"name": "b", "percent": "50", "on": ["c0"]}]
        made = make([flat("100"), flat("25")], discounts=discounts)
        self.assertEqual(kinds(made, "discount"), ["-20", "-42"])

    def test_bands_of_spend(self):  # 9 [Orb]
        tiers = [{"up_to": "100", "percent": "0"}, {"percent": "10"}]
        self.assertEqual(make(flat("250"), discounts=[{"name": "a", "tiers": tiers}])["totals"]["discounts"], "-15")

    def test_prorated_minimum(self):  # 4 [Lago]: 10.00 × 25/28 − 8.00 = 0.93
        charge = {"quantity": {"of": ["m"]}, "price": {"unit": {"amount": "1"}}, "minimum": "10"}
        period = {"from": "2026-02-01", "until": "2026-02-28"}
        record = {"at": "2026-02-20T00:00:00Z", "quantities": {"m": "8"}}
        made = make(charge, [record], period, active={"from": "2026-02-04"})
        self.assertEqual(kinds(made, "minimum"), ["0.93"])
        whole = make({**charge, "prorate": False}, [record], period, active={"from": "2026-02-04"})
        self.assertEqual(kinds(whole, "minimum"), ["2"])

    def test_minimum_sees_the_rounded_amount(self):  # 4 [Flexprice]: 9.997 is 10.00
        charge = {"quantity": {"of": ["m"]}, "price": {"unit": {"amount": "9.997"}}, "minimum": "10"}
        self.assertEqual(kinds(make(charge, [at(1, quantities={"m": "1"})]), "minimum"), [])

    def test_maximum_after_the_discount(self):  # 5: 200 − 100 = 100
        made = make(flat("200"), discounts=[{"name": "a", "percent": "25"}], maximum="100")
        self.assertEqual((made["totals"]["limits"], made["totals"]["net"]), ("-50", "100"))

    def test_prorated_fee(self):  # 10: 15–31 March is 17 of 31 days
        made = make(flat("9.49"), period=MARCH, active={"from": "2026-03-15"})
        self.assertEqual(made["totals"]["total"], "5.2")  # 5.2041…
        whole = make(flat("9.49", prorate=False), period=MARCH, active={"from": "2026-03-15"})
        self.assertEqual(whole["totals"]["total"], "9.49")

    def test_commitment(self):  # 6 [Flexprice]
        def of(fee, **fields):
            return make(flat(fee), commitment={"amount": "100", **fields})["totals"]["total"]

        self.assertEqual(of("140", overage_factor="1.5"), "160")
        self.assertEqual(of("60"), "100")
        self.assertEqual(of("60", true_up=False), "60")

    def test_inclusive_tax(self):  # 12 [Zuora]: 2.99 / 1.04
        def of(rounds):
            tax = {"mode": "inclusive", "rates": [{"name": "t", "percent": "4"}], "inclusive_rounds": rounds}
            totals = make(flat("2.99"), tax=tax)["totals"]
            return totals["net"], totals["tax"], totals["total"]

        self.assertEqual(of("net"), ("2.88", "0.11", "2.99"))  # 2.875 is rounded up
        self.assertEqual(of("tax"), ("2.87", "0.12", "2.99"))  # 0.115 is rounded up

    def test_rounding(self):  # F7, F8: 0.125 + 0.125
        tiers = [{"up_to": "1", "amount": "0.125"}, {"amount": "0.125"}]
        charge = {"quantity": {"of": ["m"]}, "price": {"graduated": {"tiers": tiers}}}

        def of(where, mode):
            made = make(charge, [at(1, quantities={"m": "2"})], rounding={"where": where, "mode": mode})
            return made["totals"]["total"]

        self.assertEqual([of("line", mode) for mode in ("half_up", "up", "down")], ["0.25", "0.25", "0.25"])
        self.assertEqual([of("tier_line", mode) for mode in ("half_up", "half_even", "up", "down")],
                         ["0.26", "0.24", "0.26", "0.24"])
        two = [{**charge, "id": "x"}, {**charge, "id": "y"}]
        half = [at(1, quantities={"m": "1"})]
        self.assertEqual(make(two, half)["totals"]["total"], "0.26")
        self.assertEqual(make(two, half, rounding={"where": "bill"})["totals"]["total"], "0.25")


class Orders(unittest.TestCase):
    def total(self, order, credit="30", **plan):
        made = make(flat("100"), order=order, credits=[{"id": "k", "amount": credit}],
                    tax={"rates": [{"name": "t", "percent": "10"}]}, **plan)
        return made["totals"]["total"]

    def test_credits_and_tax(self):  # 11
        self.assertEqual(self.total("foretoken"), "80")  # 110 − 30
        self.assertEqual(self.total("lago"), "80")
        self.assertEqual([self.total(order) for order in ("openmeter", "orb", "stripe")], ["77"] * 3)  # 70 + 10 %
        self.assertEqual([self.total(order) for order in ("flexprice", "zuora")], ["80", "80"])
        self.assertEqual(self.total("foretoken", "200"), "0")
        self.assertEqual(self.total("openmeter", "200"), "0")
        self.assertEqual(self.total("zuora", "200"), "10")  # the tax stays

    def test_lago_discounts_last(self):  # 4: the minimum sees the undiscounted sum
        plan = {"minimum": "100", "discounts": [{"name": "d", "amount": "20"}]}
        self.assertEqual(make(flat("90"), order="lago", **plan)["totals"]["net"], "80")
        self.assertEqual(make(flat("90"), **plan)["totals"]["net"], "100")

    def test_credits_and_the_minimum(self):  # 7 [Orb]: 300 used, minimum 400, credits 500
        made = make(flat("300"), order="orb", minimum="400", credits=[{"id": "k", "amount": "500"}])
        self.assertEqual((made["totals"]["total"], made["credits"][0]["left"]), ("0", "100"))

    def test_opposite_drawdown(self):  # 7: free and late against paid and early
        credits = [{"id": "free", "amount": "50", "cost_basis": "0", "expires": "2027-06-30"},
                   {"id": "paid", "amount": "50", "expires": "2026-12-31"}]

        def used(drawdown):
            made = make(flat("40"), credits=credits, drawdown=drawdown)
            return {entry["id"]: entry["used"] for entry in made["credits"]}

        self.assertEqual(used("orb"), {"free": "0", "paid": "40"})
        self.assertEqual(used("metronome"), {"free": "40", "paid": "0"})

    def test_a_credit_covers_what_was_charged_while_it_was_valid(self):
        charge = {"quantity": {"of": ["m"]}, "price": {"unit": {"amount": "1"}}}
        records = [at(5, quantities={"m": "10"}), at(20, quantities={"m": "30"})]
        credits = [{"id": "k", "amount": "100", "expires": "2026-11-10"}]
        made = make(charge, records, credits=credits)
        self.assertEqual(made["credits"], [{"id": "k", "opening": "100", "used": "10", "expired": "90", "left": "0"}])
        self.assertEqual(made["totals"]["total"], "30")
        self.assertEqual(make(charge, records, credits=credits, credits_draw="at_bill")["totals"]["total"], "40")

    def test_charges_that_fall_after_they_were_paid(self):  # 10 × 10 by the tenth, 15 × 1 in the end
        charge = {"quantity": {"of": ["m"]}, "price": {"volume": {"tiers": [{"up_to": "10", "amount": "10"}, {"amount": "1"}]}}}
        records = [at(5, quantities={"m": "10"}), at(20, quantities={"m": "5"})]
        made = make(charge, records, credits=[{"id": "k", "amount": "100", "expires": "2026-11-10"}])
        self.assertEqual((made["totals"]["total"], made["credits"][0]["used"], made["credits"][0]["expired"]), ("0", "15", "85"))

    def test_what_lowers_is_shared(self):  # 400 → 250: of the second 100 are 62.50 left
        made = make([flat("300"), flat("100")], commitment={"amount": "100", "overage_factor": "0.5"},
                    credits=[{"id": "k", "amount": "500", "on": ["c1"]}])
        self.assertEqual((kinds(made, "commitment"), kinds(made, "credit")), (["-150"], ["-62.5"]))

    def test_a_credit_bound_to_a_charge(self):
        made = make([flat("10"), flat("20")], credits=[{"id": "k", "amount": "50", "on": ["c0"]}])
        self.assertEqual((made["totals"]["total"], made["credits"][0]["left"]), ("20", "40"))


class InTheMiddle(unittest.TestCase):
    def test_a_day_in_the_middle(self):  # 500 at 0.05 and 500 at 0.04 per thousand
        plan = {"version": 1, "charges": [{"id": "c", "quantity": {"of": ["m"]}, "price": {"graduated": ARTICLE}}], "minimum": "9"}
        usage = {"version": 1, "records": [at(1, quantities={"m": "9500"}), at(2, quantities={"m": "1000"})]}

        def charged(day):
            return so_far(plan, usage, MONTH, CATALOG, f"2026-11-{day}")

        self.assertEqual([charged(day) for day in ("01", "02", "29", "30")], ["0.475", "0.52", "0.52", "9"])

    def test_interim_bills(self):  # 120, 120, then 480 at once, and the rest
        charge = {"quantity": {"of": ["m"]}, "price": {"unit": {"amount": "1"}}}
        records = [at(day, quantities={"m": q}) for day, q in ((1, "120"), (3, "0"), (4, "480"), (9, "1"))]
        made = make(charge, records, progressive={"thresholds": ["100"], "every": "250"})
        self.assertEqual(made["interim"], [
            {"day": "2026-11-01", "reached": ["100"], "amount": "120"},
            {"day": "2026-11-04", "reached": ["350", "600"], "amount": "480"},
            {"day": "2026-11-30", "reached": [], "amount": "1"}])


class Laws(unittest.TestCase):
    def test_bills_add_up(self):
        """The lines sum to the totals; a credit neither makes a total negative nor spends more than it has."""
        for case in cases(11, 300, {}):
            made = case["expected"]
            if "error" in made:
                continue
            totals = {name: Decimal(text) for name, text in made["totals"].items()}
            self.assertEqual(totals["total"], totals["net"] + totals["tax"] + totals["credits"])
            self.assertGreaterEqual(totals["total"], 0)
            for entry in made["credits"]:
                self.assertEqual(Decimal(entry["opening"]), sum(Decimal(entry[n]) for n in ("used", "expired", "left")))
            if case["plan"].get("rounding", {}).get("where") == "bill":
                continue
            inclusive = case["plan"].get("tax", {}).get("mode") == "inclusive"
            shown = sum(Decimal(line["amount"]) for line in made["lines"] if not (inclusive and line["kind"] == "tax"))
            self.assertEqual(totals["total"], shown)


class Refusals(unittest.TestCase):
    def test_the_generator_and_the_evaluator_agree(self):
        """A spoilt case is always refused."""
        rng = random.Random(3)
        for _ in range(200):
            case = generate.case(rng)
            generate.spoil(rng, case["plan"], case["usage"], date.fromisoformat(case["period"]["from"]))
            with self.assertRaises(PlanError):
                bill(case["plan"], case["usage"], case["period"], case["catalog"])

    def test_the_same_seed_makes_the_same_cases(self):
        self.assertEqual(list(cases(5, 20, {})), list(cases(5, 20, {})))


if __name__ == "__main__":
    unittest.main()
