"""The evaluator against figures worked by hand. Sections are those of the pricing notes (1.3 graduated, 7 credits, ...);
a name in brackets is the engine whose published example it is."""

import pathlib
import random
import sys
import unittest
from datetime import date
from decimal import Decimal

sys.path.insert(0, str(pathlib.Path(__file__).parent))

import generate  # noqa: E402
from cases import cases  # noqa: E402
from evaluate import PlanError, bill  # noqa: E402

MONTH = {"from": "2026-11-01", "until": "2026-11-30"}
MARCH = {"from": "2026-03-01", "until": "2026-03-31"}
GPT = "openai/gpt-6.1-sol"
CATALOG = {"checked": "2026-11-09", "providers": [{"id": "openai", "name": "OpenAI", "source": "https://example.com", "models": [
    {"id": "gpt-6.1-sol", "basis": "probable",
     "prices": [{"usd": {"input": ["2", ">272000", "4"], "output": ["30", ">272000", "45"]}}],
     "variants": [{"is": "batch", "usd": {"input": "1"}}]}]}]}


def at(day, **fields):
    return {"at": f"2026-11-{day:02}T12:00:00Z", **fields}


def make(charges, records=(), period=None, **plan):
    if isinstance(charges, dict):
        charges = [charges]
    charges = [{"id": f"c{number}", **charge} for number, charge in enumerate(charges)]
    usage = {"version": 1, "records": list(records)}
    return bill({"version": 1, "name": "p", "charges": charges, **plan}, usage, period or MONTH, CATALOG)


def priced(q, price, **quantity):
    """The unrounded amount of one charge on a quantity."""
    return priced_records([at(1, quantities={"m": q})], price, **quantity)


def priced_records(records, price, **quantity):
    charge = {"quantity": {"of": ["m"], **quantity}, "price": price}
    return make(charge, records)["lines"][0]["exact"]


def flat(amount, **fields):
    return {"price": {"flat": {"amount": amount}}, **fields}


def amounts(*values):
    return [at(number, amount=value) for number, value in enumerate(values, 1)]


def kinds(made, kind):
    return [line["amount"] for line in made["lines"] if line["kind"] == kind]


ARTICLE = {"per": "1000", "tiers": [{"up_to": "10000", "amount": "0.05"}, {"up_to": "50000", "amount": "0.04"}]}
MINUTES = [{"up_to": "1000", "amount": "0.05"}, {"amount": "0.04"}]


class Tiers(unittest.TestCase):
    def test_a_day_is_the_difference_of_two_cumulative_prices(self):  # 1.3
        before, after = (Decimal(priced(q, {"graduated": ARTICLE})) for q in ("9500", "10500"))
        self.assertEqual(after - before, Decimal("0.045"))

    def test_marginal_and_all_units(self):  # 1.4
        self.assertEqual(priced("1500", {"graduated": {"tiers": MINUTES}}), "70")
        self.assertEqual(priced("1500", {"volume": {"tiers": MINUTES}}), "60")
        self.assertEqual(priced("1001", {"volume": {"tiers": MINUTES}}), "40.04")
        self.assertEqual(priced("1000", {"volume": {"tiers": MINUTES}}), "50")

    def test_above_a_closed_last_tier(self):  # 1.3, 1.13
        def over(above):
            return priced("60000", {"graduated": {**ARTICLE, **above}})

        self.assertEqual(over({}), "2.5")  # 0.50 + 50,000 × 0.04 / 1000
        self.assertEqual(over({"above": {"overage": "0.06"}}), "2.7")  # 0.50 + 1.60 + 0.60
        with self.assertRaises(PlanError):
            over({"above": "refuse"})

    def test_flat_fees_of_tiers(self):  # F2, F3 [OpenMeter: 5.001 enters tier 2]
        tiers = [{"up_to": "5", "amount": "0", "flat": "200"}, {"amount": "0", "flat": "300"}]
        self.assertEqual(priced("5", {"graduated": {"tiers": tiers}}), "200")
        self.assertEqual(priced("5.001", {"graduated": {"tiers": tiers}}), "500")
        self.assertEqual(priced("5.001", {"volume": {"tiers": tiers}}), "300")
        self.assertEqual(priced("0", {"graduated": {"tiers": tiers}}), "200")
        self.assertEqual(priced("0", {"volume": {"tiers": tiers, "at_zero": "none"}}), "0")

    def test_stairstep_and_threshold(self):  # 1.5
        steps = {"tiers": [{"up_to": "10", "amount": "5"}, {"amount": "8"}]}
        self.assertEqual([priced(q, {"stairstep": steps}) for q in ("0", "10", "10.5")], ["5", "5", "8"])
        self.assertEqual(priced("0", {"stairstep": {**steps, "at_zero": "none"}}), "0")
        total = {"thresholds": [{"above": "10", "total": "3"}, {"above": "20", "total": "9"}]}
        self.assertEqual([priced(q, {"threshold_total": total}) for q in ("10", "11", "21")], ["0", "3", "9"])

    def test_packages(self):  # 1.6
        self.assertEqual(priced("121", {"package": {"size": "10", "amount": "1", "free_units": "10"}}), "12")
        self.assertEqual(priced("0", {"package": {"size": "10", "amount": "1", "minimum_packages": "1"}}), "1")
        self.assertEqual(priced("19", {"package": {"size": "10", "amount": "1", "round": "down"}}), "1")

    def test_packages_in_tiers(self):  # 1.7, F6: 101 of size 10, first tier to 55
        tiers = [{"up_to": "55", "amount": "2"}, {"amount": "1"}]
        price = {"size": "10", "tiers": tiers, "order": "tier_then_round"}
        self.assertEqual(priced("101", {"tiered_package": price}), "17")  # 6 × 2 + 5 × 1
        price = {"size": "10", "tiers": [{"up_to": "50", "amount": "2"}, {"amount": "1"}]}
        self.assertEqual(priced("101", {"tiered_package": price}), "16")  # 11 packages: 5 × 2 + 6 × 1
        self.assertEqual(priced("101", {"tiered_package": {**price, "kind": "volume"}}), "11")

    def test_graduated_percentage(self):  # 1.9 [Lago]: 20.5 % of nothing, but the fees
        tiers = [{"up_to": "1000", "percent": "1", "flat": "200"}, {"percent": "2", "flat": "300"}]
        made = make({"price": {"graduated_percentage": {"tiers": tiers}}}, amounts("1050"))
        self.assertEqual(made["lines"][0]["exact"], "511")  # 10 + 1 + 200 + 300


class Quantities(unittest.TestCase):
    def test_hybrid(self):  # 1.12: 5,000 + 1,200,000 above the included five million
        made = make(
            [flat("5000"), {"quantity": {"of": ["output"], "included": {"units": "5000000"}},
                            "price": {"unit": {"amount": "0.03", "per": "1000"}}}],
            [at(3, quantities={"output": "6200000"})])
        self.assertEqual(made["totals"]["total"], "5036")
        self.assertEqual(made["included"], [
            {"charge": "c1", "group": {}, "units": "5000000", "carried": "0", "used": "5000000", "left": "0",
             "carried_out": "0"}])

    def test_convert_then_round_then_included(self):  # 2 [OpenMeter]: ceil(1.4) − 0.5 = 1.5
        got = priced("1400", {"unit": {"amount": "10"}}, convert={"divide_by": "1000", "round": "up"},
                     included={"units": "0.5"})
        self.assertEqual(got, "15")

    def test_daily_units_are_lost(self):  # 1.12 [Flexprice]: 15, 3, 12 with 10 a day
        records = [at(day, quantities={"m": q}) for day, q in ((1, "15"), (2, "3"), (3, "12"))]
        self.assertEqual(priced_records(records, {"unit": {"amount": "1"}}, included={"units": "10", "every": "day"}), "7")

    def test_rollover(self):  # 8: min(at_most, max(at_least, left))
        def out(q, least):
            charge = {"quantity": {"of": ["m"], "included": {
                "units": "10", "carried": "5", "rollover": {"at_least": least, "at_most": "8"}}},
                "price": {"unit": {"amount": "1"}}}
            return make(charge, [at(1, quantities={"m": q})])["included"][0]["carried_out"]

        self.assertEqual([out("1", "0"), out("12", "0"), out("40", "2")], ["8", "3", "2"])

    def test_aggregates(self):  # 2; two requests of 7 each, then one of 9 without a key, then a late 5
        records = [at(1, requests="2", quantities={"m": "14"}, properties={"key": "a"}), at(2, quantities={"m": "9"}),
                   at(3, quantities={"m": "5"}, properties={"key": "b"}), at(4, requests="0", quantities={"m": "100"})]
        got = {how: priced_records(records, {"unit": {"amount": "1"}}, aggregate=how, unique_by="key")
               for how in ("sum", "count", "max", "unique", "latest")}
        self.assertEqual(got, {"sum": "128", "count": "4", "max": "9", "unique": "2", "latest": "5"})

    def test_windows(self):  # 1.13 [Flexprice]: the maximum of each day, priced by itself
        records = [at(1, quantities={"m": "9"}), at(1, quantities={"m": "15"}), at(2, quantities={"m": "12"})]
        price = {"volume": {"tiers": [{"up_to": "20", "amount": "2"}, {"amount": "1"}]}}
        self.assertEqual(priced_records(records, price, aggregate="max", every="day"), "54")
        self.assertEqual(priced_records(records, price, aggregate="max", every="day", each_window="summed"), "27")

    def test_groups_restart(self):  # 1.11 [Flexprice]: 3 and 12 units → 3 + 14, together 20
        records = [at(1, quantities={"m": "3"}, properties={"key": "a"}), at(2, quantities={"m": "12"}, properties={"key": "b"})]
        charge = {"quantity": {"of": ["m"]}, "group_by": ["key"],
                  "price": {"graduated": {"tiers": [{"up_to": "10", "amount": "1"}, {"amount": "2"}]}}}
        self.assertEqual([line["amount"] for line in make(charge, records)["lines"]], ["3", "14"])
        shared = make({**charge, "group_tiers": "shared"}, records)
        self.assertEqual([line["amount"] for line in shared["lines"]], ["4", "16"])

    def test_days_of_the_time_zone(self):
        late = {"at": "2026-11-30T19:00:00Z", "quantities": {"m": "1"}}
        charge = {"quantity": {"of": ["m"]}, "price": {"unit": {"amount": "1"}}}
        self.assertEqual(make(charge, [late])["left_out"], 0)
        self.assertEqual(make(charge, [late], time_zone="+05:30")["left_out"], 1)  # the first of December there


class Events(unittest.TestCase):
    def money(self, records, **price):
        return make({"price": {"percentage": price}}, records)["lines"][0]["exact"]

    def test_percentage_with_both_free_rules(self):  # 1.8 [Lago]: 15 units free but only one event
        got = self.money(amounts("10", "10"), percent="10", fixed="1", free_events="3", free_amount="15")
        self.assertEqual(got, "1.5")  # 5 × 10 % + 1

    def test_percentage_with_one_free_rule(self):
        self.assertEqual(self.money(amounts("10", "10", "10"), percent="10", fixed="1", free_events="2"), "2")
        self.assertEqual(self.money(amounts("10", "10"), percent="10", fixed="1", free_amount="15"), "1.5")
        self.assertEqual(self.money(amounts("10", "10"), percent="10", fixed="1"), "4")
        self.assertEqual(self.money(amounts("0", "0"), percent="10", fixed="1"), "0")

    def test_percentage_clamped(self):  # 0.10 → 0.50, 1.00, 10 → 2; the first wholly free
        got = self.money(amounts("5", "1", "10", "100"), percent="10", free_events="1", event_minimum="0.5", event_maximum="2")
        self.assertEqual(got, "3.5")

    def test_basis_points(self):  # 1.8 [Orb]
        def points(by, tiers):
            return make({"price": {"basis_points": {"by": by, "tiers": tiers}}}, amounts("100", "300"))["lines"][0]["exact"]

        self.assertEqual(points("event", [{"basis_points": "100", "event_maximum": "2"}]), "3")  # 1 + min(3, 2)
        bands = [{"up_to": "100", "basis_points": "100"}, {"basis_points": "50"}]
        self.assertEqual(points("total", bands), "2")  # 400 × 0.5 %
        self.assertEqual(points("position", bands), "2.5")  # 100 × 1 % + 300 × 0.5 %

    def test_list_price_with_markup(self):  # 1.10: long prompt by the context of each request
        records = [at(1, model=GPT, requests="2", context="300000", quantities={"input": "600000", "output": "1000"}),
                   at(2, model=GPT, variant="batch", quantities={"input": "1000", "cache_read": "500", "output_reasoning": "10"})]
        made = make({"price": {"cost_plus": {"markup_percent": "50"}}}, records)
        got = {line["group"]["meter"]: line["exact"] for line in made["lines"]}
        self.assertEqual(got, {
            "cache_read": "0.00075",  # as input of the variant: 500 × 1 / 1e6 × 1.5
            "input": "3.6015",  # (600,000 × 4 + 1,000 × 1) / 1e6 × 1.5
            "output": "0.0675", "output_reasoning": "0.00045"})

    def test_no_list_price(self):
        for record in (at(1, model="openai/none", quantities={"input": "1"}), at(1, quantities={"pages": "1"}),
                       at(1, model=GPT, requests="2", quantities={"input": "1"})):
            with self.assertRaises(PlanError):
                make({"price": {"cost_plus": {}}}, [record])

    def test_matrix(self):  # 1.11
        records = [at(1, quantities={"m": "3"}, properties={"region": "eu"}), at(2, quantities={"m": "4"})]
        price = {"by": ["region"], "cells": [{"is": ["eu"], "amount": "2"}], "default": "1"}
        made = make({"quantity": {"of": ["m"]}, "price": {"matrix": price}}, records)
        self.assertEqual([line["amount"] for line in made["lines"]], ["6", "4"])
        with self.assertRaises(PlanError):
            del price["default"]
            make({"quantity": {"of": ["m"]}, "price": {"matrix": price}}, records)

    def test_outcome(self):  # 1.14: 3 answers at 0.9 or better of 4 attempts
        records = [at(1, requests="2", score="0.9"), at(2, score="0.89"), at(3, score="1"), at(4)]
        price = {"amount": "1", "score_at_least": "0.9", "each_attempt": "0.01"}
        charge = {"quantity": {"of": ["requests"]}, "price": {"outcome": price}}
        self.assertEqual(make(charge, records)["lines"][0]["exact"], "3.05")
        price["missing_score"] = "billed"
        self.assertEqual(make(charge, records)["lines"][0]["exact"], "4.05")

    def test_capacity(self):  # 1.15: 400 deployed, 300 reserved → 100 each hour of 30 days
        price = {"units": "400", "reserved": "300", "amount": "1"}
        self.assertEqual(make({"price": {"capacity": price}})["totals"]["fixed"], "72000")
        spill = {"of": ["input"], "tokens_per_unit_hour": "1000"}
        made = make({"price": {"capacity": {"units": "1", "amount": "0", "spill_over": spill}}},
                    [at(1, model=GPT, quantities={"input": "4000"})])
        self.assertEqual(made["lines"][1]["exact"], "0.006")  # 4,000 × 2 / 1e6 × 3,000 / 4,000


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

    def test_a_credit_bound_to_a_charge(self):
        made = make([flat("10"), flat("20")], credits=[{"id": "k", "amount": "50", "on": ["c0"]}])
        self.assertEqual((made["totals"]["total"], made["credits"][0]["left"]), ("20", "40"))


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
